package receiving

import (
	"fmt"
	"strings"

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
	differ bool            // that of the difference with the run before is
	told   int             // the lines of either that are hidden above

	predicted map[int][]verdict // by the position at which the answers were marked
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
		for _, text := range []message.Text{legendCopies, legendBatches, legendCores} {
			items = append(items, canvas.Text(canvas.Faint, p.Say(text, nil)))
		}
		keys.DrawHelp(c, canvas.At(0, 0, width, height-l.footer.Height), p.Help, actions(), p.Language, p.More(items))
	case p.why:
		p.drawHeader(c, l.header)
		body := canvas.At(0, 1, width, height-1-l.footer.Height)
		p.told = c.Panel(body, p.Language, p.Say(titleWhy, nil), true, p.whyLines(body.Inside().Width), p.told)
	case p.differ:
		p.drawHeader(c, l.header)
		body := canvas.At(0, 1, width, height-1-l.footer.Height)
		p.told = c.Panel(body, p.Language, p.Say(titleDifference, nil), true, p.differenceLines(body.Inside().Width), p.told)
	default:
		p.drawHeader(c, l.header)
		p.drawQueue(c, l.queue)
		titles := [panelCount]string{p.Say(titleReceivers, nil), p.Say(titleBatches, nil), p.Say(titleExecutors, nil), p.resultTitle(), p.Say(titleProgram, nil), p.Say(titleWhy, nil)}
		content := [panelCount]func(int) canvas.Listing{p.receiverLines, p.batchLines, p.executorLines, p.resultLines, p.programLines, p.whyLines}
		for i, r := range l.panels {
			if !r.Empty() {
				lines := content[i](r.Inside().Width)
				at := p.scroll[i]
				if i == batchPanel { // its end is now
					at = max(len(lines)-r.Inside().Height-at, 0)
				}
				used := c.Panel(r, p.Language, fmt.Sprintf("%d %s", i+1, titles[i]), i == p.focus, lines, at)
				if i != batchPanel {
					p.scroll[i] = used
				} else {
					p.scroll[i] = min(p.scroll[i], max(len(lines)-r.Inside().Height, 0))
				}
			}
		}
		p.DrawSentences(c, l.sentence, p.sentences())
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
	right := canvas.Text(canvas.Strong, p.Say(clock, message.Facts{"at": p.state.Elapsed()})+" "+p.Now(p.state.Position, p.line.Len())+" ")
	program := canvas.Text(canvas.Normal, p.settings())
	room := r.Width - right.Columns() - program.Columns() - 2
	head := canvas.Text(canvas.Strong, " "+p.Title.In(p.Language))
	aside := func(look canvas.Role, text string) { // where there is no room it takes the place of the title
		if head.Columns()+canvas.Columns(text)+3 > room {
			head = canvas.Text(look, " "+text)
		} else {
			head = append(head, canvas.Say(look, " · "+text))
		}
	}
	if n := len(p.Before); n > 0 {
		aside(canvas.Active, p.Say(trial.Changed, message.Facts{"n": n}))
	}
	if p.state.Dead {
		aside(canvas.Bad, p.Say(driverDead, nil))
	}
	left := append(head.Cut(max(room, 12)), program...)
	c.Put(r.X, r.Y, r.Width, left.Beside(right, r.Width))
}

// settings are what the experiment is: batches, blocks, copies, log.
func (p *page) settings() string {
	program := p.state.Program
	if program.BatchDuration == 0 {
		return ""
	}
	w := settings
	if program.Log {
		w = settingsLog
	}
	return " · " + p.Say(w, message.Facts{"batch": seconds(program.BatchDuration), "block": program.BlockInterval, "copies": p.state.Copies()})
}

// drawQueue is how the batches get on: how many wait, and whether processing keeps up.
func (p *page) drawQueue(c *canvas.Canvas, r canvas.Rect) {
	if r.Empty() {
		return
	}
	n := p.state.Queue()
	const drawn = 12
	line := canvas.Line{canvas.Say(canvas.Faint, " "+p.Say(queued, nil)+" "), canvas.Say(canvas.Active, strings.Repeat("█", min(n, drawn))), canvas.Say(canvas.Normal, " "+p.Say(inQueue, message.Facts{"n": n}))}
	if p.state.Problem != "" {
		line = append(line, canvas.Say(canvas.Bad, " · "+p.Say(stuck, nil)))
	} else if b := p.state.Ended(); b != nil {
		f := message.Facts{"delay": b.Delay, "processing": b.Processing, "batch": p.state.Program.BatchDuration}
		line = append(line, canvas.Say(canvas.Normal, " · "+p.Say(lastDelays, f)))
		if p.state.Unstable() {
			line = append(line, canvas.Say(canvas.Bad, " "+p.Say(unstable, f)))
		}
	}
	c.Put(r.X, r.Y, r.Width, line)
}

// sentences are what explains the step: the verdict of a prediction, then the rest.
func (p *page) sentences() []string {
	var all []string
	for _, v := range p.predicted[p.state.Position] {
		all = append(all, v.in(p.Language))
	}
	return append(all, p.line.Why(p.state.Position, p.Language)...)
}

func (p *page) whyLines(n int) canvas.Listing {
	var lines canvas.Listing
	marked := p.predicted[p.state.Position]
	for i, paragraph := range p.sentences() {
		look := canvas.Normal
		if i < len(marked) {
			look = canvas.Bad
			if marked[i].right {
				look = canvas.Good
			}
		}
		for j, s := range canvas.Wrap(paragraph, n-2) {
			head := "• "
			if j > 0 {
				head = "  "
			}
			lines.Add(canvas.Text(look, head+s))
		}
	}
	return lines
}
