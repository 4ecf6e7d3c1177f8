package view

import (
	"strings"

	"github.com/gdamore/tcell/v2"
)

// canvas is a page before it meets a terminal: cells of text with roles. All
// drawing ends here, so nothing can be written outside its own rectangle.
type canvas struct {
	width, height int
	cells         []cell
}

// cell is one column of one row. A wide rune has an empty cell on its right.
type cell struct {
	main      rune
	combining []rune
	role      role
}

// maxCombining accents on one letter are drawn; a name may carry thousands.
const maxCombining = 2

func newCanvas(width, height int) *canvas {
	c := &canvas{width: max(width, 0), height: max(height, 0)}
	c.cells = make([]cell, c.width*c.height)
	for i := range c.cells {
		c.cells[i].main = ' '
	}
	return c
}

// rect is a part of a page, in columns and rows.
type rect struct{ x, y, width, height int }

func (r rect) empty() bool { return r.width <= 0 || r.height <= 0 }

// inside is what a frame leaves.
func (r rect) inside() rect { return rect{r.x + 1, r.y + 1, max(r.width-2, 0), max(r.height-2, 0)} }

// put writes a line, cut to n columns.
func (c *canvas) put(x, y, n int, l line) {
	if y < 0 || y >= c.height || x < 0 {
		return
	}
	end := min(x+n, c.width)
	last := -1
	for _, s := range l.cut(end - x) {
		for _, r := range s.text {
			w := widths.RuneWidth(r)
			if w == 0 {
				if last >= 0 && len(c.cells[last].combining) < maxCombining {
					c.cells[last].combining = append(c.cells[last].combining, r)
				}
				continue
			}
			if x+w > end {
				return
			}
			if r == '\u00a0' {
				r = ' '
			}
			last = y*c.width + x
			c.cells[last] = cell{main: r, role: s.role}
			for i := 1; i < w; i++ {
				c.cells[last+i] = cell{role: s.role}
			}
			x += w
		}
	}
}

// frame draws a border and its title; the focused one is double and its title
// reversed. below is written on the lower border.
func (c *canvas) frame(r rect, title string, focused bool, below string) {
	if r.width < 2 || r.height < 2 {
		return
	}
	signs, look := []rune("┌─┐│└┘"), normal
	if focused {
		signs, look = []rune("╔═╗║╚╝"), strong
	}
	across := strings.Repeat(string(signs[1]), r.width-2)
	c.put(r.x, r.y, r.width, line{{string(signs[0]) + across + string(signs[2]), look}})
	for y := r.y + 1; y < r.y+r.height-1; y++ {
		c.put(r.x, y, 1, line{{string(signs[3]), look}})
		c.put(r.x+r.width-1, y, 1, line{{string(signs[3]), look}})
	}
	c.put(r.x, r.y+r.height-1, r.width, line{{string(signs[4]) + across + string(signs[5]), look}})
	titleRole := strong
	if focused {
		titleRole = chosen
	}
	c.put(r.x+1, r.y, r.width-2, text(titleRole, " "+title+" "))
	if n := textWidth(below); below != "" && n+4 <= r.width {
		c.put(r.x+r.width-n-3, r.y+r.height-1, n+2, text(look, " "+below+" "))
	}
}

// String is the page as text, rows without trailing blanks.
func (c *canvas) String() string {
	var b strings.Builder
	for y := range c.height {
		var row strings.Builder
		for _, cell := range c.cells[y*c.width : (y+1)*c.width] {
			if cell.main != 0 {
				row.WriteRune(cell.main)
				row.WriteString(string(cell.combining))
			}
		}
		b.WriteString(strings.TrimRight(row.String(), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// show writes the page to a screen at an offset.
func (c *canvas) show(screen tcell.Screen, x, y int, noColor, onlyASCII bool) {
	for i, cell := range c.cells {
		main := cell.main
		if main == 0 {
			continue // the right half of a wide rune
		}
		if a, known := ascii[main]; known && onlyASCII {
			main = a
		}
		screen.SetContent(x+i%c.width, y+i/c.width, main, cell.combining, style(cell.role, noColor))
	}
}
