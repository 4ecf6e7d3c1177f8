package streaming

import (
	"fmt"
	"strings"
	"time"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
	model "etincelle/tui/model/streaming"
	"etincelle/tui/stepper"
	"etincelle/tui/trial"
)

// page is all that decides what is on screen: a moment of the story and how one
// looks at it. Drawing it is a pure function of it and of the size.
type page struct {
	look
	story  *model.Story
	moment model.Moment

	// Of the whole story, computed once.
	signs    map[string]rune // by key
	keys     []signed        // those that have a sign
	allTimes []time.Time
	window   time.Duration

	bench // what the story came from

	predicted map[int][]judged // verdicts of predictions, by position
	verdict   []judged         // of the one that was made for this step
	coming    *model.Batch     // that is being predicted: what it reads shows, and nothing else of it
}

// look is how one looks at a story.
type look struct {
	stepper.Look
	focus   int
	mode    int // whose state and output are in focus, an index in the story's queries
	zoom    bool
	scroll  [panelCount]int // lines hidden above, by panel; drawing keeps it in bounds
	row     int             // of the step's batch that is looked at, -1: none
	reading int             // which page of lines is open: one of the constants below
	told    int             // its lines hidden above
	moving  int             // which event of those that were added the arrows move, from 1; 0: none
}

// The pages of lines that cover the panels.
const (
	readNothing = iota
	readWhy
	readDifference
)

// tell makes the page show a story, from a position.
func (p *page) tell(s *model.Story, position int) {
	p.story = s
	p.signs, p.keys = signsOf(s)
	p.allTimes = p.timesOf(1, s.Len(), false)
	p.window = windowOf(s)
	p.mode = min(p.mode, len(s.Queries)-1)
	p.goTo(position)
}

// grow makes the page show the same story with more batches, where one is. A batch of
// a mode that runs after the others may come before that place.
func (p *page) grow(s *model.Story) {
	row, scroll := p.row, p.scroll
	position := p.moment.Position
	if b := p.story.Lead(position); b != nil && position < p.story.Len() {
		for position < s.Len() && s.Lead(position).Read < b.Read {
			position++
		}
	}
	p.tell(s, position)
	p.row, p.scroll = row, scroll
}

// goTo shows a position; panels begin at what the step changed.
func (p *page) goTo(position int) {
	p.moment, p.row, p.told, p.coming = p.story.At(position), -1, 0, nil
	p.verdict = p.predicted[p.moment.Position]
	p.scroll = [panelCount]int{}
	p.scroll[statePanel], p.scroll[outputPanel] = fresh, fresh
}

// fresh is the offset of a panel that nobody has scrolled: it shows what the step
// changed.
const fresh = -1

// modeInFocus is the mode whose state and output show.
func (p *page) modeInFocus() *model.Mode { return &p.moment.Modes[p.mode] }

// draw is the page at a size.
func (p *page) draw(width, height int) *canvas.Canvas {
	c := canvas.New(width, height)
	l := p.arrange(width, height)
	body := l.body()
	switch {
	case p.Help != nil:
		keys.DrawHelp(c, canvas.At(0, 0, width, height-l.footer.Height), p.Help, actions(), p.Language, p.More(p.legend(width-2)))
	case p.reading == readWhy:
		p.drawHeader(c, l.header)
		p.told = c.Panel(body, p.Language, p.Say(titleWhy, nil), true, p.whyLines(body.Inside().Width), p.told)
	case p.reading == readDifference:
		p.drawHeader(c, l.header)
		p.told = c.Panel(body, p.Language, p.Say(titleDifference, nil), true, p.differenceLines(body.Inside().Width), p.told)
	default:
		p.drawHeader(c, l.header)
		p.drawBatches(c, l.batches)
		p.drawPanels(c, l)
		p.DrawSentences(c, l.sentence, p.sentences())
	}
	notice := p.Notice
	if notice == "" && l.small {
		notice = p.Say(smallWindow, message.Facts{"width": width, "height": height})
	}
	if p.Busy {
		notice = p.Say(trial.Replaying, nil)
	}
	if p.moving > 0 && p.moving <= len(p.Latest().Added) && (notice == "" || p.Busy) {
		p.drawMoving(c, l.footer)
		return c
	}
	keys.DrawFooter(c, l.footer, actions(), p.Language, l.small, keys.Says{Prompt: p.Prompt, Help: p.Help != nil, Notice: notice})
	return c
}

func (p *page) drawPanels(c *canvas.Canvas, l layout) {
	if r := l.panels[timePanel]; !r.Empty() {
		inside := r.Inside()
		c.Panel(r, p.Language, "1 "+p.Say(titleTime, nil), p.focus == timePanel, p.timeLines(inside.Width, inside.Height), 0)
		c.Below(r, p.keyLegend(), p.focus == timePanel)
	}
	if r := l.panels[statePanel]; !r.Empty() {
		lines, first := p.stateLines(r.Inside().Width)
		title := "2 " + p.Say(titleState, message.Facts{"mode": model.ModeName(p.modeInFocus().Query.Mode)})
		p.scroll[statePanel] = c.Panel(r, p.Language, title, p.focus == statePanel, lines, offset(p.scroll[statePanel], first, len(lines), r))
	}
	if r := l.panels[whyPanel]; !r.Empty() {
		p.scroll[whyPanel] = c.Panel(r, p.Language, "3 "+p.Say(titleWhy, nil), p.focus == whyPanel, p.whyLines(r.Inside().Width), p.scroll[whyPanel])
	}
	for i, r := range l.outputs {
		mode, focused := &p.moment.Modes[i], i == p.mode
		if len(l.outputs) == 1 {
			mode, focused = p.modeInFocus(), true
		}
		p.drawOutput(c, r, mode, focused, len(l.outputs) == 1)
	}
}

// offset is where a panel's lines begin: at what is new when nobody has scrolled.
func offset(scroll, first, lines int, r canvas.Rect) int {
	if scroll != fresh {
		return scroll
	}
	if first < r.Inside().Height {
		return 0
	}
	return min(first-1, lines)
}

// drawOutput draws one mode's rows; alone, the other modes are told in a line each.
func (p *page) drawOutput(c *canvas.Canvas, r canvas.Rect, mode *model.Mode, focused, alone bool) {
	lines, first := p.outputLines(mode, r.Inside().Width)
	title := "4 " + p.outputTitle(mode)
	if alone && len(p.moment.Modes) > 1 {
		title = "4 [m] " + p.outputTitle(mode)
		for _, other := range p.moment.Modes {
			if other.Query == mode.Query {
				continue
			}
			f := message.Facts{"mode": model.ModeName(other.Query.Mode), "rows": 0}
			w := otherNothing
			if other.Batch != nil {
				w, f["rows"] = otherMode, other.Batch.Out.Count
			}
			lines.Add(canvas.Text(canvas.Faint, p.Say(w, f)))
		}
	}
	at := offset(p.scroll[outputPanel], first, len(lines), r)
	if !focused {
		at = offset(fresh, first, len(lines), r)
	}
	at = c.Panel(r, p.Language, title, focused && p.focus == outputPanel, lines, at)
	if focused {
		p.scroll[outputPanel] = at
	}
}

// settings says what the experiment is: windows and delay; sliding is how the former are
// said.
func (p *page) settings(sliding message.Text) string {
	var parts []string
	q := p.story.Queries[0]
	switch {
	case p.Scenario != nil && p.Scenario.Slide < p.Scenario.Window:
		parts = append(parts, p.Say(sliding, message.Facts{"window": model.Delay(p.Scenario.Window), "slide": model.Delay(p.Scenario.Slide)}))
	case p.window > 0:
		parts = append(parts, p.Say(oneWindow, message.Facts{"window": model.Delay(p.window)}))
	}
	if d, marked := q.Delay(); marked {
		parts = append(parts, p.Say(watermarkDelay, message.Facts{"delay": model.Delay(d)}))
	}
	return strings.Join(parts, " · ")
}

func (p *page) drawHeader(c *canvas.Canvas, r canvas.Rect) {
	at := "—"
	if b := p.story.Lead(p.moment.Position); b != nil {
		at = message.Number(p.Language, b.Number)
	}
	count := p.Say(batchOf, message.Facts{"batch": at, "last": p.story.Last()})
	right := canvas.Text(canvas.Strong, count+" "+p.Now(p.moment.Position, p.story.Len())+" ")
	title, look := p.Title.In(p.Language), canvas.Strong
	tried := canvas.Line{}
	if n := len(p.Before); n > 0 {
		changed := p.Say(trial.Changed, message.Facts{"n": n})
		if r.Width < wideWidth {
			title, look = changed, canvas.Active // it takes the place of the title
		} else {
			tried = canvas.Text(canvas.Active, " · "+changed)
		}
	}
	// What gives way is the title: the settings are what one compares.
	const least = 8
	var more canvas.Line
	room := 0
	for _, sliding := range []message.Text{slidingWindow, slidingShort} {
		more = nil
		if settings := p.settings(sliding); settings != "" {
			more = canvas.Text(canvas.Normal, " · "+settings)
		}
		more = append(more, tried...)
		if room = r.Width - right.Columns() - more.Columns() - 2; canvas.Columns(title) < room {
			break
		}
	}
	for canvas.Columns(title)+1 > room {
		shorter := strings.LastIndex(title, " · ")
		if shorter < 0 {
			break
		}
		title = title[:shorter] // TP08 · Case M: TP08 says more than TP08 · Ca…
	}
	left := append(canvas.Text(look, " "+title).Cut(max(room, least)), more...)
	c.Put(r.X, r.Y, r.Width, left.Beside(right, r.Width))
}

// drawBatches is the line of batches around the one on screen; those without rows
// are in parentheses.
func (p *page) drawBatches(c *canvas.Canvas, r canvas.Rect) {
	if r.Empty() {
		return
	}
	line := canvas.Text(canvas.Faint, " "+p.Say(batchesWord, nil)+" ")
	for i, item := range p.batchItems(r.Width) {
		if i > 0 {
			line = append(line, canvas.Say(canvas.Faint, "──"))
		}
		line = append(line, item.line...)
	}
	c.Put(r.X, r.Y, r.Width, line.Beside(canvas.Text(canvas.Faint, p.Say(emptyInParentheses, nil)+" "), r.Width))
}

// batchItem is one batch of the line of batches, from a column on.
type batchItem struct {
	line           canvas.Line
	from, position int
}

// batchItems are as many batches as a width holds.
func (p *page) batchItems(width int) (items []batchItem) {
	column := canvas.Columns(p.Say(batchesWord, nil)) + 2
	for at := max(1, p.moment.Position-8); at <= p.story.Len() && column <= width; at++ {
		b := p.story.Lead(at)
		text, look := fmt.Sprint(b.Number), canvas.Normal
		if b.Empty() {
			text, look = "("+text+")", canvas.Faint
		}
		if at == p.moment.Position {
			text, look = "◆"+text, canvas.Active
		}
		items = append(items, batchItem{canvas.Text(look, text), column, at})
		column += canvas.Columns(text) + len("--")
	}
	return items
}

// sentences are what explains the step: the row that is looked at, or the verdict of
// a prediction, then all the rest.
func (p *page) sentences() []string {
	if p.coming != nil {
		return []string{p.foretold()}
	}
	var all []string
	for _, v := range p.verdict {
		all = append(all, v.in(p.Language))
	}
	if lead := p.moment.Lead(); lead != nil && p.row >= 0 && p.row < len(lead.Batch.Rows) {
		for _, n := range p.story.WhyRow(lead.Query, lead.Batch, lead.Batch.Rows[p.row]) {
			all = append(all, n.In(p.Language))
		}
	}
	for _, n := range p.story.Why(&p.moment) {
		all = append(all, n.In(p.Language))
	}
	return all
}

func (p *page) whyLines(n int) canvas.Listing {
	var lines canvas.Listing
	for i, paragraph := range p.sentences() {
		look := canvas.Normal
		if i < len(p.verdict) && p.coming == nil {
			look = canvas.Bad
			if p.verdict[i].right {
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

// legend explains the signs on the page of keys.
func (p *page) legend(n int) []canvas.Line {
	var items []canvas.Line
	for _, text := range append(strings.Split(p.Say(signsLegend, nil), "  "), strings.Split(p.keyLegend(), "  ")...) {
		items = append(items, canvas.Text(canvas.Faint, text))
	}
	return canvas.Flow(items, "  ", n)
}

func (p *page) differenceLines(n int) canvas.Listing {
	var lines canvas.Listing
	for _, text := range p.difference() {
		for _, s := range canvas.Wrap(text, n-2) {
			lines.Add(canvas.Text(canvas.Normal, " "+s))
		}
	}
	return lines
}
