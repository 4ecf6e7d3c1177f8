package canvas

import "strings"

// Listing is what a panel can scroll through. A line is made when it shows: a
// job may have a hundred thousand tasks, and a window thirty rows.
type Listing []func() Line

// Add appends lines that are made already.
func (l *Listing) Add(lines ...Line) {
	for _, made := range lines {
		*l = append(*l, func() Line { return made })
	}
}

// Later appends a line to make when it shows.
func (l *Listing) Later(line func() Line) { *l = append(*l, line) }

// Flow puts items one after the other, on as many lines as it takes; an item
// too long for a line goes on to the next between two of its spans.
func Flow(items []Line, between string, n int) []Line {
	var lines []Line
	var current Line
	for _, item := range items {
		if len(current) > 0 {
			if current.Columns()+Columns(between)+item.Columns() <= n {
				current = append(current, Say(Faint, between))
			} else {
				lines = append(lines, current)
				current = nil
			}
		}
		for _, s := range item {
			if len(current) > 0 && current.Columns()+Columns(s.Text) > n {
				lines = append(lines, current)
				current = nil
				s.Text = "  " + strings.TrimLeft(s.Text, " ")
			}
			current = append(current, s)
		}
	}
	if len(current) > 0 {
		lines = append(lines, current)
	}
	return lines
}
