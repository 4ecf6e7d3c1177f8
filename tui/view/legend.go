package view

import (
	"strings"

	"etincelle/tui/canvas"
)

// legend explains signs, as many on a line as fit.
func (p *page) legend(n int, signs ...word) []canvas.Line {
	var lines []canvas.Line
	for _, w := range signs {
		var items []canvas.Line
		for _, item := range strings.Split(p.word(w, nil), "  ") {
			items = append(items, canvas.Text(canvas.Faint, item))
		}
		lines = append(lines, canvas.Flow(items, "  ", n)...)
	}
	return lines
}
