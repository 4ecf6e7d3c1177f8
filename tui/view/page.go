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
	left := canvas.Line{canvas.Say(canvas.Strong, " "+p.Title.In(p.Language))}
	if n := len(p.Before); n > 0 { // it takes the place of the title on a narrow page
		if tried := p.Say(trial.Changed, message.Facts{"n": n}); r.Width < wideWidth {
			left = canvas.Text(canvas.Active, " "+tried)
		} else {
			left = append(left, canvas.Say(canvas.Active, " · "+tried))
		}
	}
	if p.Title.In(p.Language) != "" || len(p.Before) > 0 {
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

// drawJobs is the line of jobs, those to come as well.
func (p *page) drawJobs(c *canvas.Canvas, r canvas.Rect) {
	if r.Empty() {
		return
	}
	row := canvas.Text(canvas.Faint, " "+p.word(jobs, nil)+" ")
	for i, item := range p.jobItems(r.Width) {
		if i > 0 {
			row = append(row, canvas.Say(canvas.Faint, "──"))
		}
		row = append(row, item.span)
	}
	c.Put(r.X, r.Y, r.Width, row)
}

// jobItem is one job of the line of jobs, from a column on.
type jobItem struct {
	span           canvas.Span
	from, position int
}

// jobsBefore are the jobs that show before the one on screen.
const jobsBefore = 8

// jobItems are the jobs around the one on screen, as many as a width holds.
func (p *page) jobItems(width int) (items []jobItem) {
	column := canvas.Columns(p.word(jobs, nil)) + 2
	here := p.state.Job()
	first := max(slices.Index(p.state.Jobs, here)-jobsBefore, 0)
	for i, start := range p.line.Starts()[first:] {
		text, look := fmt.Sprint(start.Job), canvas.Faint
		if begun := first + i; begun < len(p.state.Jobs) {
			text, look = p.jobSign(p.state.Jobs[begun], here)
		}
		item := jobItem{canvas.Say(look, text), column, start.Position}
		if column += canvas.Columns(text) + len("--"); column > width+len("--") {
			break
		}
		items = append(items, item)
	}
	return items
}

// jobSign is a job that has begun, and how it stands.
func (p *page) jobSign(j, here *model.Job) (string, canvas.Role) {
	sign, look := "✔", canvas.Good
	switch j.Status {
	case model.Running:
		sign, look = "▶ "+p.word(running, nil), canvas.Active
	case model.Failed:
		sign, look = "✗ "+p.word(failedJob, nil), canvas.Bad
	}
	text := fmt.Sprintf("%d %s", j.ID, sign)
	if j == here {
		text = "◆" + text
	}
	return text, look
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
