// Package canvas is a page of the terminal before it meets one: cells of text
// with roles. Every screen of the course is drawn on it by a pure function of
// what there is to show and of the size; Show is the one door to tcell.
//
//	canvas   cells, frames, panels     (this file, panel.go)
//	text     what is put on it         (text.go, listing.go)
//	style    how a role looks          (style.go)
//	picture  a page in a file          (svg.go)
package canvas

import (
	"strings"

	"github.com/gdamore/tcell/v2"
)

// Canvas is a page. All drawing ends here, so nothing can be written outside
// its own rectangle.
type Canvas struct {
	Width, Height int
	Cells         []Cell // row by row
}

// Cell is one column of one row. A wide rune has an empty cell on its right.
type Cell struct {
	Main      rune
	combining []rune
	Role      Role
}

// maxCombining accents on one letter are drawn; a name may carry thousands.
const maxCombining = 2

// New is a blank page.
func New(width, height int) *Canvas {
	c := &Canvas{Width: max(width, 0), Height: max(height, 0)}
	c.Cells = make([]Cell, c.Width*c.Height)
	for i := range c.Cells {
		c.Cells[i].Main = ' '
	}
	return c
}

// Rect is a part of a page, in columns and rows.
type Rect struct{ X, Y, Width, Height int }

// At is a rectangle.
func At(x, y, width, height int) Rect { return Rect{x, y, width, height} }

// Empty reports whether nothing can be drawn in it.
func (r Rect) Empty() bool { return r.Width <= 0 || r.Height <= 0 }

// Inside is what a frame leaves.
func (r Rect) Inside() Rect { return Rect{r.X + 1, r.Y + 1, max(r.Width-2, 0), max(r.Height-2, 0)} }

// Put writes a line, cut to n columns.
func (c *Canvas) Put(x, y, n int, l Line) {
	if y < 0 || y >= c.Height || x < 0 {
		return
	}
	end := min(x+n, c.Width)
	last := -1
	for _, s := range l.Cut(end - x) {
		for _, r := range s.Text {
			w := widths.RuneWidth(r)
			if w == 0 {
				if last >= 0 && len(c.Cells[last].combining) < maxCombining {
					c.Cells[last].combining = append(c.Cells[last].combining, r)
				}
				continue
			}
			if x+w > end {
				return
			}
			if r == '\u00a0' {
				r = ' '
			}
			last = y*c.Width + x
			c.Cells[last] = Cell{Main: r, Role: s.Role}
			for i := 1; i < w; i++ {
				c.Cells[last+i] = Cell{Role: s.Role}
			}
			x += w
		}
	}
}

// Blank empties a rectangle, for what is drawn above the rest.
func (c *Canvas) Blank(r Rect) {
	for y := max(r.Y, 0); y < min(r.Y+r.Height, c.Height); y++ {
		for x := max(r.X, 0); x < min(r.X+r.Width, c.Width); x++ {
			c.Cells[y*c.Width+x] = Cell{Main: ' '}
		}
	}
}

// Frame draws a border and its title; the focused one is double and its title
// reversed. below is written on the lower border.
func (c *Canvas) Frame(r Rect, title string, focused bool, below string) {
	if r.Width < 2 || r.Height < 2 {
		return
	}
	signs, look := []rune("┌─┐│└┘"), Normal
	if focused {
		signs, look = []rune("╔═╗║╚╝"), Strong
	}
	across := strings.Repeat(string(signs[1]), r.Width-2)
	c.Put(r.X, r.Y, r.Width, Line{{string(signs[0]) + across + string(signs[2]), look}})
	for y := r.Y + 1; y < r.Y+r.Height-1; y++ {
		c.Put(r.X, y, 1, Line{{string(signs[3]), look}})
		c.Put(r.X+r.Width-1, y, 1, Line{{string(signs[3]), look}})
	}
	c.Put(r.X, r.Y+r.Height-1, r.Width, Line{{string(signs[4]) + across + string(signs[5]), look}})
	titleRole := Strong
	if focused {
		titleRole = Chosen
	}
	c.Put(r.X+1, r.Y, r.Width-2, Text(titleRole, " "+title+" "))
	c.Below(r, below, focused)
}

// Below writes a text into the lower border of a frame, if there is room.
func (c *Canvas) Below(r Rect, text string, focused bool) {
	look := Normal
	if focused {
		look = Strong
	}
	if n := Columns(text); text != "" && n+4 <= r.Width && r.Height > 1 {
		c.Put(r.X+r.Width-n-3, r.Y+r.Height-1, n+2, Text(look, " "+text+" "))
	}
}

// String is the page as text, rows without trailing blanks.
func (c *Canvas) String() string {
	var b strings.Builder
	for y := range c.Height {
		b.WriteString(strings.TrimRight(textOf(c.Cells[y*c.Width:(y+1)*c.Width]), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// Show writes the page to a screen at an offset.
func (c *Canvas) Show(screen tcell.Screen, x, y int, noColor, onlyASCII bool) {
	for i, cell := range c.Cells {
		main := cell.Main
		if main == 0 {
			continue // the right half of a wide rune
		}
		if a, known := ascii[main]; known && onlyASCII {
			main = a
		}
		screen.SetContent(x+i%c.Width, y+i/c.Width, main, cell.combining, cell.Role.style(noColor))
	}
}

// Top is the first rows of a page, as a page.
func (c *Canvas) Top(rows int) *Canvas {
	rows = min(max(rows, 0), c.Height)
	return &Canvas{c.Width, rows, c.Cells[:rows*c.Width]}
}

// Has reports whether a cell of the page is in it.
func (r Rect) Has(x, y int) bool {
	return x >= r.X && x < r.X+r.Width && y >= r.Y && y < r.Y+r.Height
}
