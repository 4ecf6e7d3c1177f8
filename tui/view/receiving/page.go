package receiving

import (
	"fmt"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
	model "etincelle/tui/model/receiving"
	"etincelle/tui/stepper"
	"etincelle/tui/trial"
)

// page is all that decides what is on screen: a state of the recording and how one
// looks at it. Drawing it is a pure function of it and of the size.
type page struct {
	stepper.Look
	bench
	line  *model.Timeline
	state model.State

	focus  int
	zoom   bool
	scroll [panelCount]int // lines hidden above, by panel; drawing keeps it in bounds
	why    bool            // the page of sentences is open
	told   int             // its lines hidden above
}

func (p *page) goTo(position int) {
	p.state, p.told, p.scroll = p.line.At(position), 0, [panelCount]int{}
}

// draw is the page at a size.
func (p *page) draw(width, height int) *canvas.Canvas {
	c := canvas.New(width, height)
	l := arrange(width, height, p.focus, p.zoom)
	switch {
	case p.Help != nil:
		var items []canvas.Line
		for _, text := range []message.Text{legendCopies, legendBatches} {
			items = append(items, canvas.Text(canvas.Faint, p.Say(text, nil)))
		}
		keys.DrawHelp(c, canvas.At(0, 0, width, height-l.footer.Height), p.Help, actions(), p.Language, p.More(items))
	case p.why:
		p.drawHeader(c, l.header)
		body := canvas.At(0, 1, width, height-1-l.footer.Height)
		p.told = c.Panel(body, p.Language, p.Say(titleWhy, nil), true, p.whyLines(body.Inside().Width), p.told)
	default:
		p.drawHeader(c, l.header)
		titles := [panelCount]message.Text{titleReceivers, titleBatches, titleExecutors, titleProgram, titleWhy}
		content := [panelCount]func(int) canvas.Listing{p.receiverLines, p.batchLines, p.executorLines, p.programLines, p.whyLines}
		for i, r := range l.panels {
			if !r.Empty() {
				lines := content[i](r.Inside().Width)
				at := p.scroll[i]
				if i == batchPanel { // its end is now
					at = max(len(lines)-r.Inside().Height-at, 0)
				}
				used := c.Panel(r, p.Language, fmt.Sprintf("%d %s", i+1, p.Say(titles[i], nil)), i == p.focus, lines, at)
				if i != batchPanel {
					p.scroll[i] = used
				} else {
					p.scroll[i] = min(p.scroll[i], max(len(lines)-r.Inside().Height, 0))
				}
			}
		}
		p.DrawSentences(c, l.sentence, p.line.Why(p.state.Position, p.Language))
	}
	notice := p.Notice
	if notice == "" && l.small {
		notice = p.Say(smallWindow, message.Facts{"width": width, "height": height})
	}
	if p.Busy {
		notice = p.Say(trial.Replaying, nil)
	}
	keys.DrawFooter(c, l.footer, actions(), p.Language, l.small, keys.Says{Prompt: p.Prompt, Help: p.Help != nil, Notice: notice})
	return c
}

func (p *page) drawHeader(c *canvas.Canvas, r canvas.Rect) {
	left := canvas.Line{canvas.Say(canvas.Strong, " "+p.Title)}
	if program := p.state.Program; program.BatchDuration > 0 {
		f := message.Facts{"batch": seconds(program.BatchDuration), "block": program.BlockInterval}
		w := settings
		if program.Log {
			w = settingsLog
		}
		left = append(left, canvas.Say(canvas.Normal, " · "+p.Say(w, f)))
	}
	if n := len(p.Before); n > 0 {
		tried := p.Say(trial.Changed, message.Facts{"n": n})
		if r.Width < wideWidth { // it takes the place of the title
			left[0] = canvas.Say(canvas.Active, " "+tried)
		} else {
			left = append(left, canvas.Say(canvas.Active, " · "+tried))
		}
	}
	if p.state.Unstable() {
		left = append(left, canvas.Say(canvas.Bad, " · "+p.Say(unstable, nil)))
	}
	right := p.Say(clock, message.Facts{"at": p.state.Elapsed()})
	c.Put(r.X, r.Y, r.Width, left.Beside(canvas.Text(canvas.Strong, right+" "+p.Now(p.state.Position, p.line.Len())+" "), r.Width))
}

func (p *page) whyLines(n int) canvas.Listing {
	var lines canvas.Listing
	for _, paragraph := range p.line.Why(p.state.Position, p.Language) {
		for j, s := range canvas.Wrap(paragraph, n-2) {
			head := "• "
			if j > 0 {
				head = "  "
			}
			lines.Add(canvas.Text(canvas.Normal, head+s))
		}
	}
	return lines
}
