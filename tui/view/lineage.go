package view

import (
	"fmt"
	"strings"

	"etincelle/engine/event"
	"etincelle/tui/model"
)

// roomy is the width from which panels show classes, lines of code and the
// columns that are nice to have.
const roomy = 46

// lineageLines draws the job's lineage, the wanted dataset first:
//
//	(3) join [6]                    étape 4
//	 ─  join [5]
//	├── comptes ● 3/3
//	│     ▣0 ▣1 ▤2
//	│ +─(4) map [1]          étape 2 SAUTÉE
//	│    ─  vols
//	+─(2) compagnies                étape 3
func (p *page) lineageLines(n int) listing {
	var lines listing
	tree := p.state.Lineage()
	if len(tree) == 0 {
		lines.add(text(faint, p.word(noLineage, nil)))
		return lines
	}
	for _, b := range tree {
		lines.later(func() line { return p.branch(b, n) })
		if _, kept := p.state.Kept[b.Dataset.ID]; kept {
			lines.add(p.blocks(b.Dataset.ID, indent(b.Open, n/3)+"     ", n)...)
		}
	}
	lines.add(nil)
	lines.add(p.legend(n, legendEdges, legendMarks, legendBlocks)...)
	return lines
}

// indent draws the levels that go on, in at most n columns: the outermost ones
// of a deep lineage are left out behind a ….
func indent(open []bool, n int) string {
	var b strings.Builder
	if most := max(n/2, 1); len(open) > most {
		b.WriteString("…")
		open = open[len(open)-most:]
	}
	for _, goesOn := range open {
		if goesOn {
			b.WriteString("│ ")
		} else {
			b.WriteString("  ")
		}
	}
	return b.String()
}

// edge draws what leads from a dataset to its child, in about n columns.
func edge(b model.Branch, n int) string {
	if !b.Turn {
		return indent(b.Open, n)
	}
	levels := len(b.Open) - 1
	corner := "└─"
	if b.Open[levels] {
		corner = "├─"
	}
	if b.Shuffle >= 0 {
		corner = "+─" // a shuffle: the rows of one partition go to many
	}
	return indent(b.Open[:levels], n) + corner
}

func (p *page) branch(b model.Branch, n int) line {
	d := b.Dataset
	mark := " ─  "
	switch {
	case b.First:
		mark = fmt.Sprintf("(%d) ", d.Partitions)
	case b.Turn:
		mark = "─ "
	}
	l := line{say(faint, edge(b, n/3)), say(normal, mark), say(strong, model.Label(d))}
	if d.Level != "" {
		l = append(l, say(good, fmt.Sprintf(" ● %d/%d", p.state.Stored(d.ID), d.Partitions)))
	}
	if _, saved := p.state.Checkpoints[d.ID]; saved {
		l = append(l, say(good, " ◆"))
	}
	if b.Again {
		l = append(l, say(faint, " ("+p.word(seenAbove, nil)+")"))
	}
	if n >= roomy && d.Class != "" {
		l = append(l, say(faint, "  "+d.Site+"  "+strings.TrimSuffix(d.Class, "RDD")))
	}
	if !b.First {
		return l.cut(n)
	}
	right := line{say(faint, p.word(stageNumber, model.Facts{"stage": b.Stage.ID}))}
	if b.Stage.Status == model.Skipped {
		right = append(right, say(good, " "+p.word(stageSkipped, nil)))
	}
	return l.beside(right, n)
}

// blocks lists a dataset's blocks under its line, as many rows as it takes.
func (p *page) blocks(dataset int, before string, n int) []line {
	var lines []line
	row := line{say(faint, before)}
	for _, b := range p.state.BlocksOf(dataset) {
		s := block(b)
		if row.width()+textWidth(s.text)+1 > n && len(row) > 1 {
			lines = append(lines, row)
			row = line{say(faint, before)}
		}
		row = append(row, s, say(normal, " "))
	}
	if len(row) > 1 {
		lines = append(lines, row)
	}
	return lines
}

// block is a partition with the sign of where it is, or why it is not.
func block(b model.PlacedBlock) span {
	sign, r := "▣", good
	switch {
	case b.Gone == event.Lost:
		sign, r = "✗", bad
	case b.Gone != "":
		sign, r = "□", bad
	case b.Memory == 0 && b.Disk > 0:
		sign = "▤"
	}
	if b.Again && b.Gone == "" {
		return say(r, fmt.Sprintf("%s%d↻", sign, b.Partition))
	}
	return say(r, fmt.Sprintf("%s%d", sign, b.Partition))
}
