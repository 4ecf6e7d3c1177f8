package figure

import (
	"fmt"
	"slices"
)

// Bars with their names and numbers, in panels beside each other: the rows of
// partitions, what a watermark's delay costs.

const (
	panelWidth = 340
	panelLabel = 90 // pixels for a bar's name, "partition 7"
	panelValue = 70 // and for its number
	panelGap   = 28
	bar        = 14
	barStep    = 20
	panelsWide = 2 // panels beside each other
)

// panel is some bars to one scale.
type panel struct {
	head, about string
	names       []string // of the bars
	values      []string
	rows        []int64
	most        int64   // what the longest bar stands for
	mean        float64 // drawn when it is more than 0
	more        string  // what was left out, "" when nothing was
}

// barsFigure is panels with bars, under heads.
type barsFigure struct {
	heads  []string
	panels [][]panel // by head
	mean   string    // the word
	notes  []string  // below all
}

func (f barsFigure) paint(c *canvas) {
	for i, head := range f.heads {
		c.text(margin, c.y+14, "strong", head)
		c.y += lineStep + 8
		for row := range slices.Chunk(f.panels[i], panelsWide) {
			height := 0
			for k, p := range row {
				height = max(height, f.panel(c, p, margin+k*(panelWidth+panelGap), c.y))
			}
			c.y += height + betweenY
		}
	}
	for _, line := range f.notes {
		c.text(margin, c.y+10, "soft small", line)
		c.y += lineStep
	}
}

// panel draws one, and gives its height.
func (f barsFigure) panel(c *canvas, p panel, x, top int) int {
	c.text(x, top+12, "small", fitted(p.head, "small", panelWidth))
	y := top + 22
	wide := panelWidth - panelLabel - panelValue
	at, foot := x+panelLabel+p.length(p.mean, wide), y+len(p.rows)*barStep
	if p.mean > 0 {
		c.line("mean", at, top+18, at, foot)
	}
	for i, n := range p.rows {
		c.text(x, y+11, "soft small", fitted(p.names[i], "small", panelLabel))
		length := p.length(float64(n), wide)
		if n > 0 {
			c.rect("mark", x+panelLabel, y, max(length, 1), bar, 2)
		}
		c.text(x+panelLabel+length+6, y+11, "small halo", p.values[i])
		y += barStep
	}
	if p.mean > 0 {
		c.middle(at, y+10, "soft small", f.mean)
		y += 12
	}
	c.text(x, y+14, "soft small", fitted(list(p.more, p.about), "small", panelWidth))
	c.grow(x+panelWidth, y+18)
	return y + 18 - top
}

// length is how long the bar of n is.
func (p panel) length(n float64, wide int) int {
	if p.most == 0 {
		return 0
	}
	return int(n/float64(p.most)*float64(wide) + 0.5)
}

func (f barsFigure) write(s *sheet) {
	const wide = 44
	for i, head := range f.heads {
		s.line("")
		s.line(head)
		for _, p := range f.panels[i] {
			s.line("")
			s.line("  " + p.head)
			for k, n := range p.rows {
				s.line(fmt.Sprintf("  %-14s %s", p.names[k], list2(gauge(n, p.most, wide), p.values[k])))
			}
			for _, rest := range []string{p.more, p.about} {
				if rest != "" {
					s.line("  " + rest)
				}
			}
		}
	}
	for i, line := range f.notes {
		if i == 0 {
			s.line("")
		}
		s.line("  " + line)
	}
}

// list2 puts a blank between two parts of which the first may be missing.
func list2(first, second string) string {
	if first == "" {
		return second
	}
	return first + " " + second
}
