package book

import (
	"fmt"
	"strings"

	"etincelle/grader/message"
	"etincelle/grader/notebook"
	"etincelle/tui/canvas"
)

// contents is the table of contents: each heading, with the questions and the
// exercises that stand below it.
type contents struct {
	items  []item
	here   int // the section that is read
	chosen int
	offset int
}

type item struct {
	heading   *notebook.Heading
	questions []string // their ids
	tasks     []int
}

var contentsTitle = message.Both("Table", "Contents")

// newContents lists a notebook's headings; at is the key that is read.
func newContents(s *state, at int) *contents {
	t := &contents{}
	for _, b := range s.notebook.Blocks {
		last := len(t.items) - 1
		switch b := b.(type) {
		case *notebook.Heading:
			t.items = append(t.items, item{heading: b})
			if b.At() <= at {
				t.here = last + 1
			}
		case *notebook.Predict:
			if last >= 0 {
				t.items[last].questions = append(t.items[last].questions, b.ID)
			}
		case *notebook.Task:
			if last >= 0 {
				t.items[last].tasks = append(t.items[last].tasks, b.Number)
			}
		}
	}
	t.chosen = t.here
	return t
}

// draw draws it; with open, the cursor is in it.
func (t *contents) draw(c *canvas.Canvas, r canvas.Rect, s *state, open bool) {
	var lines canvas.Listing
	for i, it := range t.items {
		sign, role := "  ", canvas.Normal
		switch {
		case open && i == t.chosen:
			sign, role = "▶ ", canvas.Chosen
		case open && i == t.here:
			sign = "• "
		case i == t.here:
			sign, role = "▶ ", canvas.Strong
		}
		title := sign + strings.Repeat("  ", max(it.heading.Level-2, 0)) + it.heading.Title()
		lines.Add(canvas.Text(role, title).Beside(canvas.Text(canvas.Normal, it.signs(s)), r.Inside().Width))
	}
	at, height := t.here, r.Inside().Height
	if open {
		at = t.chosen
	}
	t.offset = max(min(t.offset, at), at-height+1, 0)
	c.Blank(r)
	t.offset = c.Panel(r, s.language, contentsTitle.In(s.language), open, lines, t.offset)
}

// signs are an item's questions and exercises: ? to predict, ! predicted, and the
// exercises by number, as they stand.
func (it item) signs(s *state) string {
	var b strings.Builder
	for _, id := range it.questions {
		if _, made := s.predictions[id]; made {
			b.WriteString("!")
		} else {
			b.WriteString("?")
		}
	}
	for _, n := range it.tasks {
		sign := map[Mark]string{ToDo: "○", ToMend: "✗", Done: "✓"}[s.exercises[n]]
		fmt.Fprintf(&b, " %d%s", n, sign)
	}
	return b.String()
}
