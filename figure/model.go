package figure

import (
	"slices"
	"strings"
	"time"

	"etincelle/grader/message"
	"etincelle/tui/model/streaming"
)

// The programming model: at each trigger, rows are added to the input table,
// which nothing bounds; the query says what the result table is; the output mode
// says what of it is written. The rows are those of the recording's first
// triggers that read some.

const (
	triggers  = 3 // drawn
	tableRows = 8 // of a table that are shown
	complete  = "complete"
)

// modelFigure is a table of tables: a line for each table, a column for each trigger.
type modelFigure struct {
	heads  []string // of the triggers
	tables []modelTable
	legend string
}

type modelTable struct {
	name string
	by   string // what makes it of the table above it; "" for the input
	at   [][]modelRow
}

type modelRow struct {
	text  string
	fresh bool // added or changed by this trigger
}

func drawModel(queries []query, w words) (drawing, []string, error) {
	story := sideBySide(queries)
	clock := streaming.Clock{Days: severalDays(story)}
	f := modelFigure{legend: w.say(freshText, nil)}
	input := modelTable{name: w.say(inputTable, nil)}
	result := modelTable{name: w.say(resultTable, nil), by: w.say(theQuery, nil)}
	outputs := make([]modelTable, len(story.Queries))
	for i, q := range story.Queries {
		outputs[i] = modelTable{name: w.say(outputTable, nil), by: w.say(modeText, message.Facts{"mode": mode(q)})}
	}
	var grown, before []modelRow
	for p := 1; p <= story.Len() && len(f.heads) < triggers; p++ {
		moment := story.At(p)
		lead := moment.Lead()
		if lead.Batch.Empty() {
			continue
		}
		f.heads = append(f.heads, w.say(triggerText, message.Facts{"trigger": len(f.heads) + 1}))
		for i := range grown {
			grown[i].fresh = false
		}
		for _, r := range lead.Batch.Rows {
			grown = append(grown, modelRow{rowText(r.Cells, clock, w), true})
		}
		input.at = append(input.at, slices.Clone(grown))
		now := resultRows(moment, clock, w)
		for i := range now {
			now[i].fresh = !slices.ContainsFunc(before, func(b modelRow) bool { return b.text == now[i].text })
		}
		before = now
		result.at = append(result.at, now)
		for i := range moment.Modes {
			outputs[i].at = append(outputs[i].at, rowsAs(moment.Modes[i].Output(), clock, w))
		}
	}
	if last := len(outputs) - 1; last > 0 && story.Queries[last].Mode == complete {
		outputs = outputs[:last] // it has said what the result is
	}
	f.tables = append([]modelTable{input, result}, outputs...)
	for _, t := range f.tables {
		for i := range t.at {
			t.at[i] = shown(t.at[i], w)
		}
	}
	said := []string{about(story.Queries[0], w) + "."}
	for i, head := range f.heads {
		for _, t := range f.tables {
			var rows []string
			for _, r := range t.at[i] {
				rows = append(rows, r.text)
			}
			if len(rows) == 0 {
				rows = []string{w.say(nothingText, nil)}
			}
			said = append(said, w.sentence(list(head, t.name, t.by), list(rows...))+".")
		}
	}
	return f, said, nil
}

// resultRows is the result table: what complete mode writes, or else the state.
func resultRows(m streaming.Moment, clock streaming.Clock, w words) []modelRow {
	for i := range m.Modes {
		if m.Modes[i].Query.Mode == complete && m.Modes[i].Batch != nil {
			return rowsAs(m.Modes[i].Output(), clock, w)
		}
	}
	var rows [][]string
	for _, g := range m.Lead().Table {
		if g.Touched != "closed" {
			rows = append(rows, append(slices.Clone(g.Key), g.Value...))
		}
	}
	return rowsAs(rows, clock, w)
}

// rowsAs are rows as the figure writes them, a window as short as it can be.
func rowsAs(rows [][]string, clock streaming.Clock, w words) []modelRow {
	var all []modelRow
	for _, cells := range rows {
		all = append(all, modelRow{text: rowText(cells, clock, w)})
	}
	slices.SortStableFunc(all, func(a, b modelRow) int { return strings.Compare(a.text, b.text) })
	return all
}

// rowText is a row with its times as short as they can be.
func rowText(cells []string, clock streaming.Clock, w words) string {
	var parts []string
	for _, cell := range cells {
		if span, is := streaming.SpanOf(cell); is {
			cell = clock.Span(span).In(w.language)
		} else if at, is := streaming.TimeOf(cell); is {
			cell = clock.Time(at).In(w.language)
		}
		parts = append(parts, plain(cell))
	}
	return strings.Join(parts, " ")
}

// severalDays reports whether times in the rows are of more than one day.
func severalDays(s *streaming.Story) bool {
	day := ""
	for _, q := range s.Queries {
		for _, b := range q.Batches {
			for _, r := range b.Rows {
				for _, cell := range r.Cells {
					at, is := streaming.TimeOf(cell)
					if !is {
						continue
					}
					if on := at.Format(time.DateOnly); day != "" && on != day {
						return true
					} else {
						day = on
					}
				}
			}
		}
	}
	return false
}

// shown are the rows of a table that fit, and how many do not: the new ones last.
func shown(rows []modelRow, w words) []modelRow {
	left := len(rows) - tableRows
	if left <= 0 {
		return rows
	}
	return append([]modelRow{{text: w.say(moreText, message.Facts{"more": left})}}, rows[left:]...)
}

// lines is how many lines the tables of one kind take at the first triggers.
func (t modelTable) lines(triggers int) int {
	n := 1
	for _, rows := range t.at[:triggers] {
		n = max(n, len(rows))
	}
	return n
}

// freshSign stands before a row that a trigger added or changed.
const freshSign = "+ "

// write draws a trigger less when its rows would not fit otherwise.
func (f modelFigure) write(s *sheet) {
	longest := 0
	for _, t := range f.tables {
		for _, rows := range t.at {
			for _, r := range rows {
				longest = max(longest, width(r.text))
			}
		}
	}
	if fit := (sheetWidth - 2) / triggers; longest > fit-7 && len(f.heads) == triggers {
		f.heads = f.heads[:triggers-1]
	}
	wide := (sheetWidth - 2) / max(len(f.heads), 1)
	across := func(of func(i int) string) {
		var b strings.Builder
		for i := range f.heads {
			text := cut(of(i), wide-2)
			b.WriteString(text + strings.Repeat(" ", wide-width(text)))
		}
		s.line(" " + b.String())
	}
	s.line("")
	across(func(i int) string {
		return f.heads[i] + " " + strings.Repeat("─", max(wide-4-width(f.heads[i]), 0)) + "▶"
	})
	for _, t := range f.tables {
		if t.by != "" {
			across(func(int) string { return "    ▼ " + t.by })
		}
		across(func(int) string {
			return "┌ " + t.name + " " + strings.Repeat("─", max(wide-6-width(t.name), 0)) + "┐"
		})
		for line := range t.lines(len(f.heads)) {
			across(func(i int) string {
				text := ""
				if rows := t.at[i]; line < len(rows) {
					r := rows[line]
					text = "  " + r.text
					if r.fresh {
						text = freshSign + r.text
					}
				}
				text = cut(text, wide-5)
				return "│ " + text + strings.Repeat(" ", max(wide-4-width(text)-1, 0)) + "│"
			})
		}
		across(func(int) string { return "└" + strings.Repeat("─", max(wide-4, 0)) + "┘" })
	}
	s.line(" " + f.legend)
}

const (
	tableWidth = 200
	tableGap   = 40
	arrowSpace = 36
)

func (f modelFigure) paint(c *canvas) {
	x := func(i int) int { return margin + i*(tableWidth+tableGap) }
	for i, head := range f.heads {
		c.text(x(i), c.y+14, "strong", head)
		if i > 0 {
			c.arrow(x(i)-tableGap+4, c.y+10, x(i)-6, c.y+10, 1)
		}
	}
	c.y += lineStep + 8
	for _, t := range f.tables {
		if t.by != "" {
			for i := range f.heads {
				c.down(x(i)+20, c.y+2, c.y+arrowSpace-4)
				c.text(x(i)+32, c.y+arrowSpace/2+3, "soft small", fitted(t.by, "small", tableWidth-36))
			}
			c.y += arrowSpace
		}
		high := 26 + t.lines(len(f.heads))*lineStep + 6
		for i := range f.heads {
			c.rect("box", x(i), c.y, tableWidth, high, 6)
			c.text(x(i)+10, c.y+17, "soft small", fitted(t.name, "small", tableWidth-20))
			for k, r := range t.at[i] {
				class := "plain"
				if r.fresh {
					class = "strong"
					c.text(x(i)+10, c.y+36+k*lineStep, "strong", strings.TrimSpace(freshSign))
				}
				c.text(x(i)+26, c.y+36+k*lineStep, class, fitted(r.text, class, tableWidth-36))
			}
		}
		c.y += high
	}
	c.y += 6
	c.text(margin, c.y+12, "soft small", f.legend)
	c.y += lineStep
}
