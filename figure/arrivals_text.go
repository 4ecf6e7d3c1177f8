package figure

import (
	"strings"
)

// The signs of a row, by its fate.
var fateSign = [3]string{"●", "◐", "✗"}

// blocks are heights of a dense cell, lowest first.
var blocks = []rune("▁▂▃▄▅▆▇█")

// strip is one line of a plot, column by column.
type strip []rune

func newStrip(n int) strip { return strip(strings.Repeat(" ", n)) }

// put writes a text from a column on. What is two columns wide was taken out
// before: a strip has one rune a column.
func (s strip) put(at int, text string) {
	for _, r := range text {
		if at >= 0 && at < len(s) {
			s[at] = r
		}
		at++
	}
}

// narrow is text of which each sign takes one column.
func narrow(text string) string {
	return strings.Map(func(r rune) rune {
		if columns.RuneWidth(r) != 1 {
			return '?'
		}
		return r
	}, text)
}

func (f arrivalsFigure) write(s *sheet) {
	side := width(f.windowed)
	for _, a := range f.arrivals {
		side = max(side, width(a.label))
	}
	wide := sheetWidth - side - 2
	column := func(at float64) int { return min(int(at*float64(wide)), wide-1) }
	row := func(label string, line strip) {
		s.line(" " + label + strings.Repeat(" ", max(side-width(label), 0)) + " " + string(line))
	}
	s.line("")
	s.line(f.head)
	s.line("")
	labels, rule := newStrip(wide), strip(strings.Repeat("─", wide))
	for _, t := range f.ticks {
		rule.put(column(t.at), "┬")
		if text := narrow(t.label); column(t.at)+len([]rune(text)) <= wide {
			labels.put(column(t.at), text)
		}
	}
	row("", labels)
	row("", rule)
	for _, a := range f.arrivals {
		label := a.label
		for _, line := range f.lines(a, wide, column) {
			row(label, line)
			label = ""
		}
	}
	row("", strip(strings.Repeat("─", wide)))
	f.writeWindows(row, wide, column)
	var signs []string
	for i, name := range f.signs {
		if f.seen[i] {
			signs = append(signs, fateSign[i]+" "+name)
		}
	}
	s.line(" " + strings.Join(append(signs, "░┃ "+f.behind), " · "))
	for _, line := range f.legend {
		s.line(" " + line)
	}
}

// lines draws an arrival.
func (f arrivalsFigure) lines(a arrival, wide int, column func(float64) int) []strip {
	ground := func() strip {
		line := newStrip(wide)
		if a.behind >= 0 {
			line.put(0, strings.Repeat("░", column(a.behind)))
			line.put(column(a.behind), "┃")
		}
		return line
	}
	if a.dense {
		return append(f.dense(a, ground, column), note(ground(), a.note, a.behind, column))
	}
	if len(a.marks) == 0 {
		return []strip{note(ground(), a.note, a.behind, column)}
	}
	var texts []string
	var taken [][2]int
	for _, m := range a.marks {
		at, name := column(m.at), narrow(m.word)
		if long := list2(name, f.signs[dropped]); m.fate == dropped && (a.behind < 0 || at+len([]rune(long)) < column(a.behind)) {
			name = long // where it does not hide the watermark
		}
		text := fateSign[m.fate] + name
		if n := len([]rune(text)); at+n > wide {
			text, at = name+fateSign[m.fate], at-n+1
		}
		texts, taken = append(texts, text), append(taken, [2]int{at, at + len([]rune(text)) + 1})
	}
	of, count := lanes(taken)
	lines := make([]strip, count)
	for i := range lines {
		lines[i] = ground()
	}
	for i, text := range texts {
		lines[of[i]].put(taken[i][0], text)
	}
	return lines
}

// note writes a few words right of the watermark; left of it where they do not fit.
func note(line strip, text string, behind float64, column func(float64) int) strip {
	at, text := 2, narrow(text)
	if behind >= 0 {
		at = column(behind) + 2
	}
	if n := len([]rune(text)); at+n > len(line) {
		at = max(column(max(behind, 0))-n-1, 0)
	}
	line.put(at, text)
	return line
}

// dense draws how many rows each time has, and where rows were dropped.
func (f arrivalsFigure) dense(a arrival, ground func() strip, column func(float64) int) []strip {
	line, lost, any := ground(), ground(), false
	for i, n := range a.density {
		at := column((float64(i) + 0.5) / cells)
		if n > 0 {
			line.put(at, string(blocks[min(int(n*int64(len(blocks))/(f.most+1)), len(blocks)-1)]))
		}
		if a.lost[i] > 0 {
			lost.put(at, fateSign[dropped])
			any = true
		}
	}
	if any {
		return []strip{line, lost}
	}
	return []strip{line}
}

// writeWindows draws the windows as brackets, where there is room for them.
func (f arrivalsFigure) writeWindows(row func(string, strip), wide int, column func(float64) int) {
	var taken [][2]int
	for _, b := range f.windows {
		taken = append(taken, [2]int{column(b.from), max(column(b.to), column(b.from)+1)})
	}
	of, count := lanes(taken)
	lines := make([]strip, count)
	for i := range lines {
		lines[i] = newStrip(wide)
	}
	for i, t := range taken {
		inside := max(t[1]-t[0]-2, 0)
		text := narrow(f.windows[i].label(f.open, func(text string) bool { return width(text)+2 <= inside }))
		if text != "" {
			text = " " + text + " "
		}
		before := max(inside-len([]rune(text)), 0) / 2
		lines[of[i]].put(t[0], "├"+strings.Repeat("─", before)+text+strings.Repeat("─", max(inside-before-len([]rune(text)), 0))+"┤")
	}
	label := f.windowed
	for _, line := range lines {
		row(label, line)
		label = ""
	}
}
