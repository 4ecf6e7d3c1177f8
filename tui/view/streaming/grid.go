package streaming

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/streaming"
)

// The panel of time: event time goes across, arrival goes down, a line a step. What
// lies left of the watermark is too late.

// maxSigns keys have a letter of their own; the others are •.
const maxSigns = 12

// signsOf gives the first keys a letter each: their first that is free.
func signsOf(s *model.Story) (signs map[string]rune, order []string) {
	signs = map[string]rune{}
	taken := map[rune]bool{}
	for at := 1; at <= s.Len(); at++ {
		b := s.Lead(at)
		for _, r := range b.Rows {
			text := r.Text()
			if _, known := signs[text]; known || len(order) == maxSigns {
				continue
			}
			signs[text] = '•'
			for _, c := range strings.ToLower(text) + strings.ToUpper(text) {
				if c < 0x80 && unicode.IsLetter(c) && !taken[c] {
					signs[text], taken[c] = c, true
					break
				}
			}
			order = append(order, text)
		}
	}
	return signs, order
}

// sign is a row's letter.
func (p *page) sign(r model.Row) rune {
	if s, known := p.signs[r.Text()]; known {
		return s
	}
	return '•'
}

// keyLegend is the letters with what they stand for.
func (p *page) keyLegend() string {
	var parts []string
	for _, key := range p.keys {
		parts = append(parts, fmt.Sprintf("%c %s", p.signs[key], key))
	}
	return strings.Join(parts, "  ")
}

// letters is the same as a sentence lists it.
func (p *page) letters() string {
	var parts []string
	for _, key := range p.keys {
		parts = append(parts, fmt.Sprintf("%c = %s", p.signs[key], key))
	}
	return strings.Join(parts, ", ") + "."
}

// label is the columns before the time: ▶ lot  6.
func (p *page) label() int { return len("▶ lot ") - 2 + max(2, len(fmt.Sprint(p.story.Last()))) + 1 }

// timeLines are the lines of the panel: the axis, then the last steps that fit.
func (p *page) timeLines(width, height int) canvas.Listing {
	var lines canvas.Listing
	rows := max(height-1, 1)
	to := max(p.moment.Position-p.scroll[timePanel], min(p.moment.Position, rows))
	p.scroll[timePanel] = p.moment.Position - to
	from := max(to-rows+1, 1)
	a := p.axisOf(from, to, width-p.label())
	lines.Add(p.axisLine(a))
	for at := from; at <= to; at++ {
		lines.Add(p.stepLine(a, at))
	}
	return lines
}

// axisLine writes the times above the columns.
func (p *page) axisLine(a axis) canvas.Line {
	text := []rune(strings.Repeat(" ", p.label()+a.columns))
	if len(p.allTimes) == 0 {
		return nil
	}
	tick := a.tick()
	for t := a.from.Truncate(tick); ; t = t.Add(tick) {
		at := a.column(t)
		if at >= a.columns {
			break
		}
		name := []rune(t.Format("15:04"))
		if tick < time.Minute {
			name = []rune(t.Format("15:04:05"))
		}
		if p.story.Clock().Days && (t.Hour() == 0 && t.Minute() == 0 || tick >= 24*time.Hour) {
			name = []rune(strings.Fields(p.story.Clock().Time(t).In(p.Language))[0])
			if p.Language == message.English {
				name = []rune(t.Format("2 Jan"))
			}
		}
		if at >= 0 && at+len(name) <= a.columns {
			copy(text[p.label()+at:], name)
		}
	}
	return canvas.Text(canvas.Faint, strings.TrimRight(string(text), " "))
}

// stepLine is one step: its rows at their event times.
func (p *page) stepLine(a axis, at int) canvas.Line {
	b := p.story.Lead(at)
	here := at == p.moment.Position
	cells := make([]rune, a.columns)
	roles := make([]canvas.Role, a.columns)
	put := func(column int, r rune, role canvas.Role) {
		if column >= 0 && column < a.columns {
			cells[column], roles[column] = r, role
		}
	}
	shade := b.LateBy
	if b.Empty() {
		shade = b.Watermark
	}
	for i := range cells {
		put(i, ' ', canvas.Normal)
		if !shade.IsZero() && i < a.column(shade) {
			put(i, '░', canvas.Faint)
		}
	}
	mark := -1
	if !b.Watermark.IsZero() {
		mark = a.column(b.Watermark)
		put(mark, '┃', canvas.Strong)
	}
	counts := map[int]int{}
	for i, r := range b.Rows {
		p.putRow(a, r, here, here && i == p.row, counts, put, cells)
	}
	head, look := "  ", canvas.Normal
	if here {
		head, look = "▶ ", canvas.Strong
	}
	line := canvas.Line{canvas.Say(look, canvas.Fit(head+p.Say(batchWord, nil)+" "+canvas.FitRight(fmt.Sprint(b.Number), p.label()-7), p.label()))}
	if b.Empty() {
		for i, c := range []rune(p.Say(emptyBatch, nil)) {
			put(max(mark, -1)+4+i, c, canvas.Faint)
		}
	}
	return append(line, spans(cells, roles)...)
}

// putRow draws a row: its letter, how many there are, or what became of it.
func (p *page) putRow(a axis, r model.Row, here, chosen bool, counts map[int]int, put func(int, rune, canvas.Role), cells []rune) {
	if r.At.IsZero() {
		return
	}
	at := min(max(a.column(r.At), 0), a.columns-1)
	counts[at]++
	look, sign := canvas.Normal, p.sign(r)
	if here {
		look = canvas.Active
	}
	switch n := counts[at]; {
	case r.Late:
		look, sign = canvas.Bad, '✗'
	case r.Partly:
		look, sign = canvas.Bad, '±'
	case n > 9:
		sign = '+'
	case n > 1:
		sign = rune('0' + n)
	}
	if old := cells[at]; (old == '✗' || old == '±') && !r.Late && counts[at] > 1 {
		sign, look = old, canvas.Bad // what was dropped is not hidden by what was not
	}
	if chosen {
		look = canvas.Chosen
	}
	put(at, sign, look)
}

// spans joins cells of one role.
func spans(cells []rune, roles []canvas.Role) canvas.Line {
	var line canvas.Line
	for from := 0; from < len(cells); {
		to := from
		for to < len(cells) && roles[to] == roles[from] {
			to++
		}
		line = append(line, canvas.Say(roles[from], string(cells[from:to])))
		from = to
	}
	return line
}
