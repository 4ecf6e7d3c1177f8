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
// and those that wait for the next; then what came of all rows, and each block.
func (p *page) receiverLines(n int) canvas.Listing {
	var lines canvas.Listing
	if p.state.Program.BatchDuration == 0 {
		return lines // nothing has begun
	}
	if len(p.state.Receivers) == 0 {
		none := noReceiver
		if p.state.Receives() {
			none = notStarted
		}
		for _, s := range canvas.Wrap(p.Say(none, nil), n) {
			lines.Add(canvas.Text(canvas.Faint, s))
		}
		return lines
	}
	last := int64(0)
	if b := p.state.Last(); b != nil {
		last = b.Time
		lines.Add(canvas.Text(canvas.Faint, p.Say(blocksOfBatch, message.Facts{"at": p.state.Seconds(last)})))
	}
	for _, r := range p.state.Receivers {
		line := canvas.Line{canvas.Say(canvas.Strong, fmt.Sprintf("R%d ", r.Stream)), canvas.Say(canvas.Normal, canvas.Fit(r.Executor, 3))}
		if r.Runs {
			line = append(line, canvas.Say(canvas.Good, "✔ "+p.Say(active, message.Facts{"rate": p.rate(r.Stream)})+" "))
		} else {
			line = append(line, canvas.Say(canvas.Bad, "✗ "+p.Say(down, nil)+" "))
		}
		if last > 0 {
			line = append(line, p.blockSigns(p.state.BlocksOf(r.Stream, last))...)
			line = append(line, canvas.Say(canvas.Faint, " | "))
		}
		line = append(line, p.blockSigns(p.state.BlocksOf(r.Stream, 0))...)
		lines.Add(line)
	}
	look := canvas.Normal
	if p.state.Totals.Lost > 0 {
		look = canvas.Bad
	}
	for _, s := range canvas.Wrap(p.accounts(), n) {
		lines.Add(canvas.Text(look, s))
	}
	for _, r := range p.state.Receivers {
		if r.Message != "" {
			lines.Add(canvas.Text(canvas.Bad, fmt.Sprintf("R%d : %s", r.Stream, p.Say(model.Reason(r.Message), nil))))
		}
		if r.Rate > 0 {
			lines.Add(canvas.Text(canvas.Normal, fmt.Sprintf("R%d : %s", r.Stream, p.Say(limited, message.Facts{"rate": r.Rate}))))
		}
	}
	p.blockLines(&lines, last)
	return lines
}

// accounts are the sums of rows; what is 0 and seldom is anything else is left out.
func (p *page) accounts() string {
	t := p.state.Totals
	text := p.Say(totals, message.Facts{"received": t.Received, "processed": t.Processed, "waiting": t.Waiting(), "lost": t.Lost})
	if t.Twice > 0 {
		text += " · " + p.Say(twice, message.Facts{"n": t.Twice})
	}
	if t.Missed > 0 {
		text += " · " + p.Say(missed, message.Facts{"n": t.Missed})
	}
	return text
}

// rate is the rows a second that a stream gave to the batch that was due last.
func (p *page) rate(stream int) float64 {
	b := p.state.Last()
	if b == nil || p.state.Program.BatchDuration == 0 {
		return 0
	}
	for _, in := range b.Inputs {
		if in.Stream == stream {
			return float64(in.Records) / seconds(p.state.Program.BatchDuration)
		}
	}
	return 0
}

// blockLines are the blocks one by one: who holds them.
func (p *page) blockLines(lines *canvas.Listing, last int64) {
	parts := []int64{last, 0} // of the last batch, then of none yet
	if last == 0 {
		parts = parts[1:]
	}
	for _, part := range parts {
		for _, r := range p.state.Receivers {
			for _, b := range p.state.BlocksOf(r.Stream, part) {
				lines.Later(func() canvas.Line { return p.blockLine(b) })
			}
		}
	}
}

func (p *page) blockLine(b model.Block) canvas.Line {
	sign := blockSign(b)
	where := strings.Join(b.Holders, " ")
	switch {
	case b.Lost():
		where = p.Say(nowhere, nil)
	case len(b.Holders) == 0:
		where = p.Say(inLog, nil)
	case b.Logged:
		where += " " + p.Say(andLog, nil)
	}
	f := message.Facts{"stream": b.ID.Stream, "at": p.state.Seconds(int64(b.ID.Number)), "rows": b.Rows}
	return canvas.Line{sign, canvas.Say(canvas.Normal, " "+p.Say(oneBlock, f)+"  "+where)}
}

// blockSign is a block in one sign: two copies, one, in the log alone, lost.
func blockSign(b model.Block) canvas.Span {
	switch {
	case b.Lost():
		return canvas.Say(canvas.Bad, "✗")
	case len(b.Holders) > 1:
		return canvas.Say(canvas.Good, "▣")
	case len(b.Holders) == 1:
		return canvas.Say(canvas.Normal, "□")
	}
	return canvas.Say(canvas.Normal, "▤")
}

func (p *page) blockSigns(blocks []model.Block) canvas.Line {
	var line canvas.Line
	for _, b := range blocks {
		line = append(line, blockSign(b))
	}
	if len(blocks) == 0 {
		line = canvas.Text(canvas.Faint, "·")
	}
	return line
}

// mostCores is how many cores are drawn one by one.
const mostCores = 8

// executorLines are the executors: what each core does, and the blocks they hold.
func (p *page) executorLines(int) canvas.Listing {
	var lines canvas.Listing
	if p.state.Dead {
		lines.Add(canvas.Text(canvas.Bad, "✗ "+p.Say(driverDead, nil)))
	}
	for _, x := range p.state.Executors {
		receivers := 0
		for _, r := range p.state.Receivers {
			if r.Runs && r.Executor == x.Name {
				receivers++
			}
		}
		if x.Lost {
			lines.Add(canvas.Text(canvas.Bad, fmt.Sprintf("%s ✗ %s", x.Name, p.Say(lostExecutor, message.Facts{"why": model.Reason(x.Reason)}))))
			continue
		}
		free := max(x.Cores-receivers-x.Busy, 0)
		cores := ""
		if x.Cores <= mostCores {
			cores = strings.Repeat("R", receivers) + strings.Repeat("█", x.Busy) + strings.Repeat("░", free) + " "
		}
		f := message.Facts{"cores": free, "all": x.Cores, "blocks": p.state.Holds(x.Name)}
		lines.Add(canvas.Line{canvas.Say(canvas.Good, x.Name+" ✔ "), canvas.Say(canvas.Active, cores), canvas.Say(canvas.Normal, p.Say(executorHolds, f))})
	}
	if len(p.state.Executors) > 0 {
		lines.Add(canvas.Text(canvas.Faint, p.Say(legendCores, nil)))
	}
	return lines
}
