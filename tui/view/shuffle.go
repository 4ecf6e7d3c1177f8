package view

import (
	"fmt"
	"slices"
	"strings"

	"etincelle/tui/canvas"
	"etincelle/tui/model"
)

// shuffleLines draws each shuffle of the job as a matrix: a row for each writer
// (map partition), a column for each reader (reduce partition), in rows.
//
//	n° 0 de l'étape 0 · 31 lignes · sans combineur 5 000
//	      →0 →1 →2 total
//	total 12  8 11    31
//	0→     3  2  3     8
func (p *page) shuffleLines(n int) canvas.Listing {
	var lines canvas.Listing
	list := p.state.ShufflesOfJob()
	if len(list) == 0 {
		none := noShuffle
		if j := p.state.Job(); j != nil && slices.ContainsFunc(j.Stages, func(s *model.Stage) bool { return s.Writes >= 0 }) {
			none = noShuffleYet
		}
		lines.Add(canvas.Text(canvas.Faint, p.word(none, nil)))
	}
	for i, s := range list {
		if i > 0 {
			lines.Add(nil)
		}
		p.matrix(&lines, s, n)
	}
	return lines
}

func (p *page) matrix(lines *canvas.Listing, s model.Shuffle, n int) {
	readers, sum, combined, known := s.Matrix()
	head := p.word(shuffleNumber, model.Facts{"shuffle": s.ID})
	if i := slices.IndexFunc(s.Outputs, func(o model.Output) bool { return o.Stage >= 0 }); i >= 0 {
		head = p.word(shuffleOfStage, model.Facts{"shuffle": s.ID, "stage": s.Outputs[i].Stage})
	}
	before := p.word(uncombinedYet, nil)
	if known {
		before = p.word(uncombined, model.Facts{"rows": combined})
	}
	lines.Add(canvas.Flow([]canvas.Line{canvas.Text(canvas.Strong, head), canvas.Text(canvas.Normal, p.word(shuffleRows, model.Facts{"rows": sum})), canvas.Text(canvas.Normal, before)}, " · ", n)...)

	word := p.word(total, nil)
	g := newGrid(word, len(s.Outputs), readers, sum, n)
	names := make([]string, len(readers))
	for r := range names {
		names[r] = fmt.Sprintf("→%d", r)
	}
	lines.Add(canvas.Text(canvas.Faint, g.row("", names, word)), canvas.Text(canvas.Strong, g.row(word, digits(readers), fmt.Sprint(sum))))
	gone := lostWriter
	if p.state.Closed {
		gone = lostSession
	}
	for _, o := range s.Outputs {
		writer := fmt.Sprintf("%d→", o.Map)
		lines.Later(func() canvas.Line {
			if o.Lost {
				return canvas.Text(canvas.Bad, canvas.Fit(writer, g.label)+" ✗ "+p.word(gone, model.Facts{"executor": o.Executor}))
			}
			return canvas.Text(canvas.Normal, g.row(writer, digits(o.Rows), fmt.Sprint(o.Total())))
		})
	}
	if g.shown < len(readers) {
		lines.Add(canvas.Text(canvas.Faint, p.word(moreReaders, model.Facts{"readers": len(readers) - g.shown})))
	}
}

// grid is the columns of a matrix.
type grid struct {
	label, cell, last int // widths of the writer's name, of a reader's rows, of the sum
	readers, shown    int // as many readers as fit are shown; the sum always is
}

func newGrid(word string, writers int, readers []int64, sum int64, n int) grid {
	g := grid{
		label:   max(canvas.Columns(word), len(fmt.Sprint(writers))+1),
		cell:    len(fmt.Sprint(len(readers))) + 1,
		last:    max(canvas.Columns(word), len(fmt.Sprint(sum))),
		readers: len(readers),
	}
	for _, text := range digits(readers) {
		g.cell = max(g.cell, len(text))
	}
	room := n - g.label - 1 - g.last
	g.shown = min(g.readers, max(room/(g.cell+1), 0))
	if g.shown < g.readers {
		g.shown = max((room-2)/(g.cell+1), 0) // the … takes two columns
	}
	return g
}

func (g grid) row(name string, cells []string, sum string) string {
	var b strings.Builder
	b.WriteString(canvas.Fit(name, g.label))
	for r := range g.shown {
		text := ""
		if r < len(cells) {
			text = cells[r]
		}
		b.WriteString(" " + canvas.FitRight(text, g.cell))
	}
	if g.shown < g.readers {
		b.WriteString(" …")
	}
	return b.String() + " " + canvas.FitRight(sum, g.last)
}

func digits(rows []int64) []string {
	texts := make([]string, len(rows))
	for i, n := range rows {
		texts[i] = fmt.Sprint(n)
	}
	return texts
}
