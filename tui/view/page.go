package view

import (
	"fmt"
	"slices"

	"etincelle/tui/model"
)

// page is all that decides what is on screen: a state of the recording and how
// one looks at it. Drawing it is a pure function of it and of the size.
type page struct {
	line     *model.Timeline
	state    model.State
	language model.Language
	title    string

	focus  int
	zoom   bool
	scroll [panelCount]int // lines hidden above, by panel; drawing keeps it in bounds
	why    bool            // the page of sentences is open
	told   int             // its lines hidden above
	help   *helpPage       // the page of keys, nil when it is closed
	speed  int             // steps a second while it plays, 0 while it does not
	notice string          // said once in the place of the first line of keys
	prompt string          // what is asked in that place, before what the user types
}

func (p *page) word(w word, facts model.Facts) string { return words[w].In(p.language, facts) }

// draw is the page at a size.
func (p *page) draw(width, height int) *canvas {
	c := newCanvas(width, height)
	l := arrange(width, height, p.focus, p.zoom)
	body := rect{0, l.header.height, width, height - l.header.height - l.footer.height}
	switch {
	case p.help != nil:
		p.drawHelp(c, rect{0, 0, width, height - l.footer.height})
	case p.why:
		p.drawHeader(c, l.header)
		p.told = p.drawPanel(c, body, p.word(titleWhy, nil), true, p.whyLines(body.inside().width), p.told)
	default:
		p.drawHeader(c, l.header)
		p.drawJobs(c, l.jobs)
		p.drawPanels(c, l)
		p.drawSentence(c, l.sentence)
	}
	p.drawFooter(c, l)
	return c
}

func (p *page) drawPanels(c *canvas, l layout) {
	titles := [panelCount]word{titleLineage, titleStages, titleStorage, titleShuffle}
	content := [panelCount]func(int) listing{p.lineageLines, p.stagesLines, p.storageLines, p.shuffleLines}
	for i, r := range l.panels {
		if r.empty() {
			continue
		}
		title := fmt.Sprintf("%d %s", i+1, p.word(titles[i], nil))
		p.scroll[i] = p.drawPanel(c, r, title, i == p.focus, content[i](r.inside().width), p.scroll[i])
	}
}

// drawPanel draws lines in a frame from an offset, and returns the offset that
// it could use. The lower border tells which lines show when not all do.
func (p *page) drawPanel(c *canvas, r rect, title string, focused bool, lines listing, offset int) int {
	inside := r.inside()
	offset = max(min(offset, len(lines)-inside.height), 0)
	below := ""
	if len(lines) > inside.height && inside.height > 0 {
		below = p.word(rangeOf, model.Facts{"from": offset + 1, "to": offset + inside.height, "total": len(lines)})
	}
	c.frame(r, title, focused, below)
	for i, l := range lines[offset:min(len(lines), offset+inside.height)] {
		c.put(inside.x, inside.y+i, inside.width, l())
	}
	return offset
}

func (p *page) drawHeader(c *canvas, r rect) {
	left := line{say(strong, " "+p.title)}
	if p.title != "" {
		left = append(left, say(normal, " · "))
	}
	j := p.state.Job()
	if j == nil {
		left = append(left, say(normal, p.word(noJob, nil)))
	} else {
		left = append(left, say(normal, p.word(jobAt, model.Facts{"job": j.ID, "action": j.Action, "site": j.Site})))
	}
	now := "■ " + p.word(paused, nil)
	switch {
	case p.speed > 0:
		now = "▶ " + p.word(playing, model.Facts{"speed": p.speed})
	case p.state.Position == 0:
		now = "■ " + p.word(atStart, nil)
	case p.state.Position == p.line.Len():
		now = "■ " + p.word(atEnd, nil)
	}
	count := p.word(taskOf, model.Facts{"n": p.state.Ended, "total": p.line.Tasks()})
	c.put(r.x, r.y, r.width, left.beside(text(strong, count+" · "+now+" "), r.width))
}

// drawJobs is the line of jobs: as many as fit, up to the one on screen.
func (p *page) drawJobs(c *canvas, r rect) {
	if r.empty() {
		return
	}
	before := line{say(faint, " "+p.word(jobs, nil)+" ")}
	var items []span
	for _, j := range p.state.Jobs {
		sign, look := "✔", good
		switch j.Status {
		case model.Running:
			sign, look = "▶ "+p.word(running, nil), active
		case model.Failed:
			sign, look = "✗ "+p.word(failedJob, nil), bad
		}
		here := ""
		if j == p.state.Job() {
			here = "◆"
		}
		items = append(items, say(look, fmt.Sprintf("%s%d %s", here, j.ID, sign)))
	}
	var row line
	room := r.width - before.width() - 4
	for _, item := range slices.Backward(items) {
		if row.width()+textWidth(item.text)+2 > room {
			row = append(line{say(faint, "… ")}, row...)
			break
		}
		if len(row) > 0 {
			row = append(line{say(faint, "──")}, row...)
		}
		row = append(line{item}, row...)
	}
	c.put(r.x, r.y, r.width, append(before, row...))
}

// drawSentence says what the step means: the most telling sentence, then the
// others as far as there is room.
func (p *page) drawSentence(c *canvas, r rect) {
	if r.empty() {
		return
	}
	var lines []line
	for i, paragraph := range p.sentences() {
		look := normal
		if i == 0 {
			look = strong
		}
		for _, s := range wrap(paragraph, r.width-2) {
			lines = append(lines, text(look, " "+s))
		}
	}
	for i, l := range lines[:min(len(lines), r.height)] {
		if i == r.height-1 && len(lines) > r.height {
			l = l.beside(text(faint, p.word(seeMore, nil)+" "), r.width)
		}
		c.put(r.x, r.y+i, r.width, l)
	}
}

// sentences are the step's notes in words, the most telling first.
func (p *page) sentences() []string {
	if p.state.Position == 0 {
		return []string{p.word(atTheStart, model.Facts{"facts": p.line.Len(), "tasks": p.line.Tasks()})}
	}
	var list []string
	for _, n := range p.state.Telling() {
		list = append(list, n.In(p.language))
	}
	return list
}

func (p *page) whyLines(n int) listing {
	var lines listing
	for i, paragraph := range p.sentences() {
		if i > 0 {
			lines.add(nil)
		}
		for _, s := range wrap(paragraph, n-2) {
			lines.add(text(normal, " "+s))
		}
	}
	return lines
}

// drawFooter shows the keys, as many as fit without cutting one.
func (p *page) drawFooter(c *canvas, l layout) {
	r := l.footer
	if r.empty() {
		return
	}
	rows := p.footerRows(r.width-1, l.small)
	notice := p.notice
	if notice == "" && l.small {
		notice = p.word(smallWindow, model.Facts{"width": c.width, "height": c.height})
	}
	switch {
	case p.prompt != "":
		rows = [2]line{text(strong, p.prompt), text(faint, p.word(answerKeys, nil))}
		if p.help != nil {
			rows[1] = text(faint, p.word(helpKeys, nil))
		}
	case notice != "":
		rows[0] = text(strong, notice)
	}
	for i, row := range rows[:min(len(rows), r.height)] {
		c.put(r.x+1, r.y+i, r.width-1, row)
	}
}

// promptRow is the row where the footer's first line is.
func promptRow(width, height int) int {
	return min(arrange(width, height, 0, false).footer.y, max(height-1, 0))
}

// footerRows lays the keys out on two lines; in a small window the first ones
// on the second line, for the first has something to say.
func (p *page) footerRows(n int, small bool) [2]line {
	var rows [2]line
	for _, a := range actions() {
		if a.brief == (model.Message{}) || small && !a.first {
			continue
		}
		if small {
			a.row = 1
		}
		item := line{say(strong, a.shown.In(p.language, nil)), say(normal, " "+a.brief.In(p.language, nil))}
		row := &rows[a.row]
		if len(*row) > 0 {
			item = append(line{say(normal, "  ")}, item...)
		}
		if row.width()+item.width() <= n {
			*row = append(*row, item...)
		}
	}
	return rows
}
