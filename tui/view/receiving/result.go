package receiving

import (
	"fmt"
	"strconv"
	"strings"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/receiving"
)

// resultTitle names the batch whose result shows.
func (p *page) resultTitle() string {
	if b := p.state.Answered(); b != nil {
		return p.Say(titleResultOf, message.Facts{"at": p.state.Seconds(b.Time)})
	}
	return p.Say(titleResult, nil)
}

// resultLines are what the outputs of the last batch that has any brought to the
// program, each number beside how it changed since the batch before.
func (p *page) resultLines(n int) canvas.Listing {
	var lines canvas.Listing
	b := p.state.Answered()
	if b == nil {
		for _, s := range canvas.Wrap(p.Say(noResult, nil), n) {
			lines.Add(canvas.Text(canvas.Faint, s))
		}
		return lines
	}
	if b.Lost > 0 {
		lines.Add(canvas.Text(canvas.Bad, p.Say(resultLacks, message.Facts{"rows": b.Lost})))
	}
	if b.Times > 1 {
		lines.Add(canvas.Text(canvas.Bad, p.Say(resultTwice, nil)))
	}
	before := p.resultBefore(b)
	for i, r := range b.Results {
		if len(b.Results) > 1 || len(r.Rows) == 0 {
			lines.Add(canvas.Text(canvas.Faint, p.Say(oneResult, message.Facts{"output": r.Output, "action": r.Action, "rows": r.Count})))
		}
		var old [][]string
		if before != nil && i < len(before.Results) && before.Results[i].Action == r.Action {
			old = before.Results[i].Rows
		}
		for _, row := range r.Rows {
			lines.Later(func() canvas.Line { return resultLine(row, old, n) })
		}
		if hidden := r.Count - len(r.Rows); hidden > 0 || r.More {
			lines.Add(canvas.Text(canvas.Faint, p.hidden(hidden, r)))
		}
	}
	return lines
}

func (p *page) hidden(rows int, r event.OutputRows) string {
	if r.More {
		return p.Say(moreNotBrought, nil)
	}
	return p.Say(moreRows, message.Facts{"rows": rows})
}

// resultBefore is the batch before one that has a result.
func (p *page) resultBefore(b *model.Batch) *model.Batch {
	var before *model.Batch
	for other := range p.state.Batches.All() {
		if other.Time < b.Time && len(other.Results) > 0 {
			before = other
		}
	}
	return before
}

// resultLine is a row of a result. Of a key and a number it says by how much the number
// of that key has changed.
func resultLine(row []string, old [][]string, n int) canvas.Line {
	if len(row) != 2 {
		return canvas.Text(canvas.Normal, strings.Join(row, " "))
	}
	line := canvas.Line{canvas.Say(canvas.Normal, canvas.Fit(row[0], min(max(n-18, 8), 24))+" "), canvas.Say(canvas.Strong, canvas.FitRight(row[1], 7))}
	now, err := strconv.ParseInt(row[1], 10, 64)
	if err != nil {
		return line
	}
	for _, other := range old {
		if len(other) == 2 && other[0] == row[0] {
			if was, err := strconv.ParseInt(other[1], 10, 64); err == nil {
				return append(line, canvas.Say(canvas.Faint, fmt.Sprintf("  %+d", now-was)))
			}
		}
	}
	return line
}
