package view

import (
	"fmt"
	"strings"

	"etincelle/engine/event"
	"etincelle/tui/canvas"
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
func (p *page) lineageLines(n int) canvas.Listing {
	var lines canvas.Listing
	tree := p.state.Lineage()
	if len(tree) == 0 {
		lines.Add(canvas.Text(canvas.Faint, p.word(noLineage, nil)))
		return lines
	}
	for _, b := range tree {
		lines.Later(func() canvas.Line { return p.branch(b, n) })
		if _, kept := p.state.Kept[b.Dataset.ID]; kept {
			lines.Add(p.blocks(b.Dataset.ID, indent(b.Open, n/3)+"     ", n)...)
		}
	}
	lines.Add(nil)
	lines.Add(p.legend(n, legendEdges, legendMarks, legendBlocks)...)
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

func (p *page) branch(b model.Branch, n int) canvas.Line {
	d := b.Dataset
	mark := " ─  "
	switch {
	case b.First:
		mark = fmt.Sprintf("(%d) ", d.Partitions)
	case b.Turn:
		mark = "─ "
	}
	l := canvas.Line{canvas.Say(canvas.Faint, edge(b, n/3)), canvas.Say(canvas.Normal, mark), canvas.Say(canvas.Strong, model.Label(d))}
	if d.Level != "" {
		l = append(l, canvas.Say(canvas.Good, fmt.Sprintf(" ● %d/%d", p.state.Stored(d.ID), d.Partitions)))
	}
	if _, saved := p.state.Checkpoints[d.ID]; saved {
		l = append(l, canvas.Say(canvas.Good, " ◆"))
		if cut := p.state.Cut[d.ID]; cut > 0 {
			l = append(l, canvas.Say(canvas.Good, " "+p.word(lineageCut, model.Facts{"datasets": cut})))
		}
	}
	if b.Again {
		l = append(l, canvas.Say(canvas.Faint, " ("+p.word(seenAbove, nil)+")"))
	}
	if n >= roomy && d.Class != "" {
		l = append(l, canvas.Say(canvas.Faint, "  "+d.Site+"  "+strings.TrimSuffix(d.Class, "RDD")))
	}
	if !b.First {
		return l.Cut(n)
	}
	right := canvas.Line{canvas.Say(canvas.Faint, p.word(stageNumber, model.Facts{"stage": b.Stage.ID}))}
	if b.Stage.Status == model.Skipped {
		right = append(right, canvas.Say(canvas.Good, " "+p.word(stageSkipped, nil)))
	}
	return l.Beside(right, n)
}

// blocks lists a dataset's blocks under its line, as many rows as it takes: each
// partition once, with the number of its copies.
func (p *page) blocks(dataset int, before string, n int) []canvas.Line {
	var lines []canvas.Line
	row := canvas.Line{canvas.Say(canvas.Faint, before)}
	drawn := map[int]bool{}
	for _, b := range p.state.BlocksOf(dataset) {
		copies := p.state.Copies(dataset, b.Partition)
		if drawn[b.Partition] || copies > 0 && b.Gone != "" {
			continue // another executor's block of the partition tells more
		}
		drawn[b.Partition] = true
		s := block(b)
		if copies > 1 {
			s = canvas.Say(s.Role, fmt.Sprintf("%s×%d", s.Text, copies))
		}
		if row.Columns()+canvas.Columns(s.Text)+1 > n && len(row) > 1 {
			lines = append(lines, row)
			row = canvas.Line{canvas.Say(canvas.Faint, before)}
		}
		row = append(row, s, canvas.Say(canvas.Normal, " "))
	}
	if len(row) > 1 {
		lines = append(lines, row)
	}
	return lines
}

// block is a partition with the sign of where it is, or why it is not.
func block(b model.PlacedBlock) canvas.Span {
	sign, r := "▣", canvas.Good
	switch {
	case b.Gone == event.Lost:
		sign, r = "✗", canvas.Bad
	case b.Gone != "":
		sign, r = "□", canvas.Bad
	case b.Memory == 0 && b.Disk > 0:
		sign = "▤"
	}
	text := fmt.Sprintf("%s%d", sign, b.Partition)
	if b.Again && b.Gone == "" {
		text += "↻"
	}
	return canvas.Say(r, text)
}
