package figure

import (
	"strings"
)

// grid is a table with groups of columns, numbers at the right of their column.
type grid struct {
	groups []gridGroup
	rows   []gridRow
	total  []string // below a line; none when empty
	notes  []string
}

type gridGroup struct {
	head    string
	columns []string
}

type gridRow struct {
	cells []string // of all groups
	faint bool     // a batch without rows
}

// widths gives each column the room that its widest cell needs.
func (g grid) widths(of func(string) int) []int {
	var wide []int
	for _, group := range g.groups {
		for _, name := range group.columns {
			wide = append(wide, of(name))
		}
	}
	rows := g.rows
	if len(g.total) > 0 {
		rows = append(rows[:len(rows):len(rows)], gridRow{cells: g.total})
	}
	for _, row := range rows {
		for i, cell := range row.cells {
			wide[i] = max(wide[i], of(cell))
		}
	}
	at := 0
	for _, group := range g.groups { // a head that is wider than its columns widens the first
		sum := 0
		for i := range group.columns {
			sum += wide[at+i]
		}
		wide[at] += max(of(group.head)-sum-(len(group.columns)-1)*of(" "), 0)
		at += len(group.columns)
	}
	return wide
}

func (g grid) write(s *sheet) {
	wide := g.widths(width)
	s.line("")
	var heads, names []string
	at := 0
	for _, group := range g.groups {
		names = append(names, group.columns...)
		sum := len(group.columns) - 1
		for i := range group.columns {
			sum += wide[at+i]
		}
		heads = append(heads, group.head+strings.Repeat(" ", sum-width(group.head)))
		at += len(group.columns)
	}
	s.line(" " + strings.Join(heads, " │ "))
	s.line(" " + g.joined(names, wide))
	var rule []string
	for _, head := range heads {
		rule = append(rule, strings.Repeat("─", width(head)))
	}
	s.line(" " + strings.Join(rule, "─┼─"))
	for _, row := range g.rows {
		s.line(" " + g.joined(row.cells, wide))
	}
	if len(g.total) > 0 {
		s.line(" " + strings.Join(rule, "─┼─"))
		s.line(" " + g.joined(g.total, wide))
	}
	for _, note := range g.notes {
		s.line(" " + note)
	}
}

// joined is a line of the table, a bar between groups.
func (g grid) joined(cells []string, wide []int) string {
	var parts []string
	at := 0
	for _, group := range g.groups {
		var inside []string
		for range group.columns {
			inside = append(inside, strings.Repeat(" ", wide[at]-width(cells[at]))+cells[at])
			at++
		}
		parts = append(parts, strings.Join(inside, " "))
	}
	return strings.Join(parts, " │ ")
}

const (
	gridGap   = 16 // between columns
	gridSides = 12 // on both sides of the line between groups
)

func (g grid) paint(c *canvas) {
	wide := g.widths(func(text string) int { return measure(text, "strong") })
	step := lineStep + 3
	lines := len(g.rows) + 2
	if len(g.total) > 0 {
		lines++
	}
	top, x, at := c.y, margin, 0
	for n, group := range g.groups {
		if n > 0 {
			c.line("grid", x-gridSides, top, x-gridSides, top+lines*step)
		}
		c.text(x, top+14, "strong", group.head)
		for i, name := range group.columns {
			x += wide[at]
			c.right(x, top+step+14, "soft small", name)
			for k, row := range g.rows {
				class := "plain"
				if row.faint {
					class = "soft"
				}
				c.right(x, top+(k+2)*step+14, class, row.cells[at])
			}
			if len(g.total) > 0 {
				c.right(x, top+(lines-1)*step+14, "strong", g.total[at])
			}
			if at++; i < len(group.columns)-1 {
				x += gridGap
			}
		}
		c.grow(x, top)
		x += 2 * gridSides
	}
	right := x - 2*gridSides
	c.line("edge", margin, top+2*step-2, right, top+2*step-2)
	if len(g.total) > 0 {
		c.line("edge", margin, top+(lines-1)*step-2, right, top+(lines-1)*step-2)
	}
	c.y = top + lines*step + 6
	for _, note := range g.notes {
		c.text(margin, c.y+12, "soft small", note)
		c.y += lineStep
	}
}
