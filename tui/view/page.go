package view

import (
	"fmt"
	"slices"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
	"etincelle/tui/model"
	"etincelle/tui/stepper"
	"etincelle/tui/trial"
)

// page is all that decides what is on screen: a state of the recording and how
// one looks at it. Drawing it is a pure function of it and of the size.
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
}

func (p *page) word(w word, facts model.Facts) string { return words[w].In(p.Language, facts) }

// draw is the page at a size.
func (p *page) draw(width, height int) *canvas.Canvas {
	c := canvas.New(width, height)
	l := arrange(width, height, p.focus, p.zoom)
	body := l.body()
	switch {
	case p.Help != nil:
		more := p.legend(width-2, legendCells, legendBlocks, legendMarks, legendEdges)
		keys.DrawHelp(c, canvas.At(0, 0, width, height-l.footer.Height), p.Help, actions(), p.Language, p.More(more))
	case p.why:
		p.drawHeader(c, l.header)
		p.told = c.Panel(body, p.Language, p.word(titleWhy, nil), true, p.whyLines(body.Inside().Width), p.told)
	case p.differ:
		p.drawHeader(c, l.header)
		p.told = c.Panel(body, p.Language, p.Say(titleDifference, nil), true, p.differenceLines(body.Inside().Width), p.told)
	default:
		p.drawHeader(c, l.header)
		p.drawJobs(c, l.jobs)
		p.drawPanels(c, l)
		p.DrawSentences(c, l.sentence, p.sentences())
	}
	p.drawFooter(c, l)
	return c
}

func (p *page) drawPanels(c *canvas.Canvas, l layout) {
	titles := [panelCount]word{titleLineage, titleStages, titleStorage, titleShuffle}
	content := [panelCount]func(int) canvas.Listing{p.lineageLines, p.stagesLines, p.storageLines, p.shuffleLines}
	for i, r := range l.panels {
		if r.Empty() {
			continue
		}
		title := fmt.Sprintf("%d %s", i+1, p.word(titles[i], nil))
		p.scroll[i] = c.Panel(r, p.Language, title, i == p.focus, content[i](r.Inside().Width), p.scroll[i])
	}
}

func (p *page) drawHeader(c *canvas.Canvas, r canvas.Rect) {
	left := canvas.Line{canvas.Say(canvas.Strong, " "+p.Title)}
	if n := len(p.Before); n > 0 { // it takes the place of the title on a narrow page
		if tried := p.Say(trial.Changed, message.Facts{"n": n}); r.Width < wideWidth {
			left = canvas.Text(canvas.Active, " "+tried)
		} else {
			left = append(left, canvas.Say(canvas.Active, " · "+tried))
		}
	}
	if p.Title != "" || len(p.Before) > 0 {
		left = append(left, canvas.Say(canvas.Normal, " · "))
	}
	j := p.state.Job()
	if j == nil {
		left = append(left, canvas.Say(canvas.Normal, p.word(noJob, nil)))
	} else {
		left = append(left, canvas.Say(canvas.Normal, p.word(jobAt, model.Facts{"job": j.ID, "action": j.Action, "site": j.Site})))
	}
	count := p.word(taskOf, model.Facts{"n": p.state.Ended, "total": p.line.Tasks()})
	c.Put(r.X, r.Y, r.Width, left.Beside(canvas.Text(canvas.Strong, count+" · "+p.Now(p.state.Position, p.line.Len())+" "), r.Width))
}

// drawJobs is the line of jobs: as many as fit, up to the one on screen.
func (p *page) drawJobs(c *canvas.Canvas, r canvas.Rect) {
	if r.Empty() {
		return
	}
	before := canvas.Line{canvas.Say(canvas.Faint, " "+p.word(jobs, nil)+" ")}
	var items []canvas.Span
	for _, j := range p.state.Jobs {
		sign, look := "✔", canvas.Good
		switch j.Status {
		case model.Running:
			sign, look = "▶ "+p.word(running, nil), canvas.Active
		case model.Failed:
			sign, look = "✗ "+p.word(failedJob, nil), canvas.Bad
		}
		here := ""
		if j == p.state.Job() {
			here = "◆"
		}
		items = append(items, canvas.Say(look, fmt.Sprintf("%s%d %s", here, j.ID, sign)))
	}
	var row canvas.Line
	room := r.Width - before.Columns() - 4
	for _, item := range slices.Backward(items) {
		if row.Columns()+canvas.Columns(item.Text)+2 > room {
			row = append(canvas.Line{canvas.Say(canvas.Faint, "… ")}, row...)
			break
		}
		if len(row) > 0 {
			row = append(canvas.Line{canvas.Say(canvas.Faint, "──")}, row...)
		}
		row = append(canvas.Line{item}, row...)
	}
	c.Put(r.X, r.Y, r.Width, append(before, row...))
}

// sentences are the step's notes in words, the most telling first.
func (p *page) sentences() []string {
	if p.state.Position == 0 {
		return []string{p.word(atTheStart, model.Facts{"facts": p.line.Len(), "tasks": p.line.Tasks()})}
	}
	var list []string
	for _, n := range p.state.Telling() {
		list = append(list, n.In(p.Language))
	}
	return list
}

func (p *page) whyLines(n int) canvas.Listing {
	var lines canvas.Listing
	for i, paragraph := range p.sentences() {
		if i > 0 {
			lines.Add(nil)
		}
		for _, s := range canvas.Wrap(paragraph, n-2) {
			lines.Add(canvas.Text(canvas.Normal, " "+s))
		}
	}
	return lines
}

// drawFooter shows the keys, or what is asked or said.
func (p *page) drawFooter(c *canvas.Canvas, l layout) {
	notice := p.Notice
	if notice == "" && l.small {
		notice = p.word(smallWindow, model.Facts{"width": c.Width, "height": c.Height})
	}
	if p.Busy {
		notice = p.Say(trial.Replaying, nil)
	}
	keys.DrawFooter(c, l.footer, actions(), p.Language, l.small, keys.Says{Prompt: p.Prompt, Help: p.Help != nil, Notice: notice})
}
