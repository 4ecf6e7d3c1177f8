package receiving

import (
	"fmt"
	"strings"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/receiving"
)

// batchLines are the batches over time: when their rows came, how long they waited,
// how long they ran.
func (p *page) batchLines(n int) canvas.Listing {
	var lines canvas.Listing
	const label, note = 9, 26
	columns := max(n-label-note, 8)
	program := p.state.Program
	if p.state.Batches.Len() == 0 {
		lines.Add(canvas.Text(canvas.Faint, p.Say(noBatch, nil)))
		return lines
	}
	// A column is a share of a batch; what shows ends now.
	unit := max(program.BatchDuration/4, 1)
	end := p.state.Now.UnixMilli()
	for b := range p.state.Batches.All() {
		end = max(end, b.Completed)
	}
	from := max(end-unit*int64(columns-1), program.ZeroTime)
	for b := range p.state.Batches.All() {
		lines.Later(func() canvas.Line { return p.batchLine(b, from, unit, columns, label) })
	}
	return lines
}

func (p *page) batchLine(b *model.Batch, from, unit int64, columns, label int) canvas.Line {
	cells := []rune(strings.Repeat(" ", columns))
	fill := func(start, stop int64, sign rune) {
		if start < from { // to the first column that is its own
			start += (from - start + unit - 1) / unit * unit
		}
		for at := start; at < stop && (at-from)/unit < int64(columns); at += unit {
			cells[(at-from)/unit] = sign
		}
	}
	now := p.state.Now.UnixMilli()
	fill(b.Time-p.state.Program.BatchDuration, b.Time, '░')
	started, stopped := b.Started, b.Completed
	if started == 0 {
		started = now
	}
	if stopped == 0 {
		stopped = now
	}
	if b.Status != model.CutOff && (b.Status != model.Formed || b.Error == "") {
		fill(b.Time, started, '·')
	}
	if b.Started > 0 {
		fill(b.Started, stopped, '█')
	}
	head, look := "  ", canvas.Normal
	if last := p.state.Last(); last != nil && last.Time == b.Time {
		head, look = "▶ ", canvas.Strong
	}
	name := head + p.Say(batchAt, message.Facts{"at": p.state.Seconds(b.Time)})
	line := canvas.Line{canvas.Say(look, canvas.Fit(name, label)), canvas.Say(canvas.Active, string(cells))}
	return append(line, p.batchNote(*b))
}

// batchNote is a batch's state in words.
func (p *page) batchNote(b model.Batch) canvas.Span {
	f := message.Facts{"rows": b.Rows, "delay": b.Delay, "processing": b.Processing}
	text, look := p.Say(batchWaits, f), canvas.Faint
	switch b.Status {
	case model.Running:
		text, look = "▶ "+p.Say(batchRuns, f), canvas.Active
	case model.Done:
		text, look = "✔ "+p.Say(batchTimes, f), canvas.Normal
		if b.Processing > p.state.Program.BatchDuration {
			look = canvas.Bad
		}
	case model.CutOff:
		text, look = "✗ "+p.Say(batchCutOff, f), canvas.Bad
	case model.Failed:
		text, look = "✗ "+p.Say(batchFailed, f), canvas.Bad
	}
	if b.Times > 1 {
		text += fmt.Sprintf(" ×%d", b.Times)
	}
	if b.Lost > 0 {
		text += fmt.Sprintf(" −%d", b.Lost)
	}
	return canvas.Say(look, " "+text)
}
