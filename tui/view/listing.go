package view

import "strings"

// listing is what a panel can scroll through. A line is made when it shows: a
// job may have a hundred thousand tasks, and a window thirty rows.
type listing []func() line

// add appends lines that are made already.
func (l *listing) add(lines ...line) {
	for _, made := range lines {
		*l = append(*l, func() line { return made })
	}
}

// later appends a line to make when it shows.
func (l *listing) later(line func() line) { *l = append(*l, line) }

// flow puts items one after the other, on as many lines as it takes; an item
// too long for a line goes on to the next between two of its spans.
func flow(items []line, between string, n int) []line {
	var lines []line
	var current line
	for _, item := range items {
		if len(current) > 0 {
			if current.width()+textWidth(between)+item.width() <= n {
				current = append(current, say(faint, between))
			} else {
				lines = append(lines, current)
				current = nil
			}
		}
		for _, s := range item {
			if len(current) > 0 && current.width()+textWidth(s.text) > n {
				lines = append(lines, current)
				current = nil
				s.text = "  " + strings.TrimLeft(s.text, " ")
			}
			current = append(current, s)
		}
	}
	if len(current) > 0 {
		lines = append(lines, current)
	}
	return lines
}

// legend explains signs, as many on a line as fit.
func (p *page) legend(n int, signs ...word) []line {
	var lines []line
	for _, w := range signs {
		var items []line
		for _, item := range strings.Split(p.word(w, nil), "  ") {
			items = append(items, text(faint, item))
		}
		lines = append(lines, flow(items, "  ", n)...)
	}
	return lines
}
