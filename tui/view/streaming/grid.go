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

// signed is a key that has a letter, and the first position that has it.
type signed struct {
	key   string
	since int
}

// signsOf gives the first keys a letter each: their first that is free.
func signsOf(s *model.Story) (signs map[string]rune, order []signed) {
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
			order = append(order, signed{text, at})
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

// keyLegend is the letters seen so far with what they stand for: what comes is not told.
func (p *page) keyLegend() string {
	var parts []string
	for _, k := range p.keys {
		if k.since <= p.moment.Position {
			parts = append(parts, fmt.Sprintf("%c %s", p.signs[k.key], k.key))
		}
	}
	return strings.Join(parts, "  ")
}

// label is the columns before the time: ▶ lot  6.
func (p *page) label() int { return p.numberAt() + max(2, len(fmt.Sprint(p.story.Last()))) + 1 }

// numberAt is the column of a batch's number.
func (p *page) numberAt() int { return canvas.Columns("▶ " + p.Say(batchWord, nil) + " ") }

// timeLines are the lines of the panel: the axis, then the last steps that fit.
func (p *page) timeLines(width, height int) canvas.Listing {
	var lines canvas.Listing
	from, to := p.shownSteps(height)
	p.scroll[timePanel] = p.moment.Position - to
	a := p.axisOf(from, to, width-p.label())
	lines.Add(p.axisLine(a))
	for at := from; at <= to; at++ {
		lines.Add(p.stepLine(a, p.story.Lead(at), at == p.moment.Position))
	}
	if p.coming != nil {
		lines.Add(p.comingLine(a))
	}
	return lines
}

// shownSteps are the first and the last step of the panel.
func (p *page) shownSteps(height int) (from, to int) {
	rows := max(height-1, 1)
	if p.coming != nil {
		rows = max(rows-1, 1)
	}
	to = max(p.moment.Position-p.scroll[timePanel], min(p.moment.Position, rows))
	return max(to-rows+1, 1), to
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
func (p *page) stepLine(a axis, b *model.Batch, here bool) canvas.Line {
	g := newGrid(a)
	shade := b.LateBy
	if b.Empty() {
		shade = b.Watermark
	}
	for i := range g.cells {
		if !shade.IsZero() && i < a.column(shade) {
			g.put(i, '░', canvas.Faint)
		}
	}
	for i, r := range b.Rows {
		g.putRow(r, p.sign(r), here, here && i == p.row)
	}
	mark := g.putWatermark(b)
	g.putOutside(p)
	line := canvas.Line{p.stepHead(b, here)}
	told := ""
	switch {
	case b.Empty():
		told = p.Say(emptyBatch, nil)
	case len(p.allTimes) == 0: // rows without a time of their own have no place on the axis
		var texts []string
		for _, r := range b.Rows[:min(len(b.Rows), a.columns)] { // more have no room
			texts = append(texts, canvas.Clean(r.Text()))
		}
		told = p.Say(rowsRead, message.Facts{"rows": b.Count, "texts": strings.Join(texts, " · ")})
	}
	for i, c := range []rune(told) {
		g.put(max(mark, -1)+4+i, c, canvas.Faint)
	}
	return append(line, spans(g.cells, g.roles)...)
}

// stepHead names a step left of the axis.
func (p *page) stepHead(b *model.Batch, here bool) canvas.Span {
	head, look := "  ", canvas.Normal
	switch {
	case b == p.coming:
		head, look = "? ", canvas.Strong
	case here:
		head, look = "▶ ", canvas.Strong
	}
	return canvas.Say(look, canvas.Fit(head+p.Say(batchWord, nil)+" "+canvas.FitRight(fmt.Sprint(b.Number), p.label()-p.numberAt()-1), p.label()))
}

// comingLine is the rows of the batch that is predicted. What becomes of them is the
// question.
func (p *page) comingLine(a axis) canvas.Line {
	g := newGrid(a)
	for _, r := range p.coming.Rows {
		r.Late, r.Partly = false, false
		g.putRow(r, p.sign(r), true, false)
	}
	g.putOutside(p)
	return append(canvas.Line{p.stepHead(p.coming, false)}, spans(g.cells, g.roles)...)
}
