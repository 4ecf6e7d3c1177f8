package receiving

import (
	"fmt"
	"strings"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/receiving"
)

// seconds writes milliseconds: 2, 0.5.
func seconds(ms int64) float64 { return float64(ms) / 1000 }

// receiverLines are the receivers with their blocks: of the batch that was due last,
// and those that wait for the next; then what came of all rows.
func (p *page) receiverLines(n int) canvas.Listing {
	var lines canvas.Listing
	if len(p.state.Receivers) == 0 {
		lines.Add(canvas.Text(canvas.Faint, p.Say(noReceiver, nil)))
		return lines
	}
	last := int64(0)
	if b := p.state.Last(); b != nil {
		last = b.Time
		lines.Add(canvas.Text(canvas.Faint, p.Say(blocksOfBatch, message.Facts{"at": p.state.Seconds(last)})))
	}
	for _, r := range p.state.Receivers {
		line := canvas.Line{canvas.Say(canvas.Strong, fmt.Sprintf("R%d ", r.Stream)), canvas.Say(canvas.Normal, canvas.Fit(r.Executor, 4))}
		if r.Runs {
			line = append(line, canvas.Say(canvas.Good, "✔ "+p.Say(active, nil)+"  "))
		} else {
			line = append(line, canvas.Say(canvas.Bad, "✗ "+p.Say(down, nil)+"  "))
		}
		if last > 0 {
			line = append(line, p.blockSigns(p.state.BlocksOf(r.Stream, last))...)
			line = append(line, canvas.Say(canvas.Faint, " | "))
		}
		line = append(line, p.blockSigns(p.state.BlocksOf(r.Stream, 0))...)
		lines.Add(line)
		if r.Message != "" {
			lines.Add(canvas.Text(canvas.Bad, "   "+r.Message))
		}
	}
	t := p.state.Totals
	for _, s := range canvas.Wrap(p.Say(totals, message.Facts{"received": t.Received, "processed": t.Processed, "lost": t.Lost}), n) {
		look := canvas.Normal
		if t.Lost > 0 {
			look = canvas.Bad
		}
		lines.Add(canvas.Text(look, s))
	}
	return lines
}

// blockSigns are a sign a block: two copies, one, in the log alone, lost.
func (p *page) blockSigns(blocks []model.Block) canvas.Line {
	var line canvas.Line
	for _, b := range blocks {
		switch {
		case b.Lost():
			line = append(line, canvas.Say(canvas.Bad, "✗"))
		case len(b.Holders) > 1:
			line = append(line, canvas.Say(canvas.Good, "▣"))
		case len(b.Holders) == 1:
			line = append(line, canvas.Say(canvas.Normal, "□"))
		default:
			line = append(line, canvas.Say(canvas.Normal, "▤"))
		}
	}
	if len(blocks) == 0 {
		line = canvas.Text(canvas.Faint, "·")
	}
	return line
}

// executorLines are the executors, with the cores that receivers leave and the blocks.
func (p *page) executorLines(int) canvas.Listing {
	var lines canvas.Listing
	for _, x := range p.state.Executors {
		receivers := 0
		for _, r := range p.state.Receivers {
			if r.Runs && r.Executor == x.Name {
				receivers++
			}
		}
		if x.Lost {
			lines.Add(canvas.Text(canvas.Bad, fmt.Sprintf("%s ✗ %s", x.Name, p.Say(lostExecutor, message.Facts{"why": x.Reason}))))
			continue
		}
		lines.Add(canvas.Line{canvas.Say(canvas.Good, x.Name+" ✔ "),
			canvas.Say(canvas.Normal, p.Say(executorHolds, message.Facts{"cores": x.Cores - receivers, "all": x.Cores, "blocks": p.state.Holds(x.Name)}))})
	}
	return lines
}

// programLines are the streams of the program, from the outputs back to the sources.
func (p *page) programLines(n int) canvas.Listing {
	var lines canvas.Listing
	for _, d := range p.state.Program.Streams {
		text := fmt.Sprintf("[%d] %s", d.ID, d.Op)
		if d.Window > 0 {
			text += p.Say(windowOf, message.Facts{"window": seconds(d.Window), "slide": seconds(d.Slide)})
		}
		if len(d.Parents) > 0 {
			var from []string
			for _, parent := range d.Parents {
				from = append(from, fmt.Sprintf("[%d]", parent))
			}
			text += " ← " + strings.Join(from, " ")
		}
		if d.Output {
			text += " · " + p.Say(isOutput, nil)
		}
		look := canvas.Normal
		if len(d.Parents) == 0 {
			look = canvas.Strong
		}
		lines.Add(canvas.Text(look, text+"  "+d.Class))
	}
	if p.state.Problem != "" {
		for _, s := range canvas.Wrap(p.state.Problem, n) {
			lines.Add(canvas.Text(canvas.Bad, s))
		}
	}
	return lines
}
