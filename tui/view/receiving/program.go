package receiving

import (
	"fmt"
	"slices"
	"strings"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/receiving"
)

// programLines are what a driver that dies would go on from, the windows of the last
// batch, and the streams of the program.
func (p *page) programLines(n int) canvas.Listing {
	var lines canvas.Listing
	add := func(look canvas.Role, text string) {
		for _, s := range canvas.Wrap(text, n) {
			lines.Add(canvas.Text(look, s))
		}
	}
	if p.state.Problem != "" {
		add(canvas.Bad, p.Say(model.Reason(p.state.Problem), nil))
	}
	if p.state.Program.BatchDuration > 0 {
		add(canvas.Normal, p.recovery())
	}
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
		if line := text + "  " + d.Class; canvas.Columns(line) <= n {
			text = line
		}
		lines.Add(canvas.Text(look, text))
		if d.Window > 0 {
			if covered := p.covered(d.Window); covered != "" {
				add(canvas.Faint, "    "+covered)
			}
		}
	}
	return lines
}

// covered lists the batches of which the window of the last one is made: a window is a
// union of RDDs.
func (p *page) covered(window int64) string {
	last := p.state.Last()
	if last == nil {
		return ""
	}
	var names []string
	for b := range p.state.Batches.All() {
		if b.Time > last.Time-window && b.Time <= last.Time {
			names = append(names, "RDD@"+strings.TrimSuffix(p.state.Name(b.Time), " s"))
		}
	}
	const most = 6
	if extra := len(names) - most; extra > 0 {
		names = append([]string{"…"}, names[extra:]...)
	}
	return p.Say(covers, message.Facts{"at": p.state.Seconds(last.Time), "list": strings.Join(names, " ")})
}

// recovery says what a new driver would do if this one died now.
func (p *page) recovery() string {
	if p.state.Program.CheckpointDir == "" {
		return p.Say(noCheckpoint, nil)
	}
	if p.state.Saved.Batch == 0 {
		return p.Say(noCheckpointYet, nil)
	}
	again := slices.Clone(p.state.Saved.Pending)
	for b := range p.state.Batches.All() {
		if b.Time >= p.state.Saved.Batch {
			again = append(again, b.Time)
		}
	}
	slices.Sort(again)
	again = slices.Compact(again)
	var names []string
	for _, at := range again {
		names = append(names, p.state.Name(at))
	}
	const most = 4
	if len(names) > most {
		names = []string{names[0], "…", names[len(names)-1]}
	}
	return p.Say(checkpointOf, message.Facts{"at": p.state.Seconds(p.state.Saved.Batch), "list": strings.Join(names, ", "), "n": len(again)})
}
