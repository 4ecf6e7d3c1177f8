package streaming

import (
	"strconv"
	"strings"

	"github.com/gdamore/tcell/v2"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
	model "etincelle/tui/model/streaming"
	"etincelle/tui/terminal"
	"etincelle/tui/trial"
)

// pageLines is how far PgUp and PgDn go.
const pageLines = 8

// screen is the page with what its keys do.
type screen struct {
	page
	options Options
	window  *terminal.Window
	sought  string
	play    terminal.Play
	runner  *runner // of changed scenarios; nil when the story cannot be changed
}

func newScreen(s *model.Story, o Options, p terminal.Player, r *runner) *screen {
	screen := &screen{options: o, play: terminal.Play{Player: p}, runner: r, window: terminal.NewWindow(terminal.Options{NoColor: o.NoColor, ASCII: o.ASCII})}
	screen.page = page{look: look{language: o.Language, title: o.Title, focus: timePanel, row: -1}, scenario: o.Scenario}
	screen.mode = min(1, len(s.Queries)-1) // update, when it is there
	screen.tell(s, 0)
	screen.window.Show(screen)
	return screen
}

// Draw implements terminal.Page.
func (s *screen) Draw(width, height int) *canvas.Canvas {
	s.speed = s.play.Speed
	return s.draw(width, height)
}

// Field implements terminal.Page.
func (s *screen) Field(width, height int) canvas.Rect {
	return keys.Field(arrange(width, height, 1, 0, false).footer, s.prompt)
}

// Press implements terminal.Page.
func (s *screen) Press(e *tcell.EventKey) {
	switch e.Key() {
	case terminal.Tick:
		s.playOn()
		return
	case trial.Done:
		s.arrived()
		return
	}
	s.notice = ""
	if a, known := keys.Find(actions(), e); known {
		a.Do(s)
	}
}

// step goes to a position by hand: a recording that played stops.
func (s *screen) step(position int) {
	s.play.Pause()
	position = min(max(position, 0), s.story.Len())
	switch {
	case position == s.moment.Position && position == s.story.Len():
		s.notice = s.say(lastStep, nil)
		return
	case position == s.moment.Position:
		s.notice = s.say(firstStep, nil)
		return
	}
	s.goTo(position)
}

// look at another row of the batch: an event at a time.
func (s *screen) nextRow(by int) {
	lead := s.moment.Lead()
	if lead == nil || s.row+by < -1 || s.row+by >= len(lead.Batch.Rows) {
		s.notice = s.say(noRowHere, nil)
		return
	}
	s.row += by
}

func (s *screen) playOn() {
	if s.play.Speed == 0 {
		return // pressed just before the pause
	}
	s.goTo(s.moment.Position + 1)
	if s.moment.Position == s.story.Len() {
		s.play.Pause()
	}
}

func (s *screen) togglePlay() {
	switch {
	case s.play.Speed > 0:
		s.play.Pause()
	case s.moment.Position == s.story.Len():
		s.notice = s.say(lastStep, nil)
	default:
		s.play.Go()
	}
}

func (s *screen) changeSpeed(by int) {
	s.notice = s.say(playing, message.Facts{"speed": s.play.Change(by)})
}

// open gives a panel the focus.
func (s *screen) open(panel int) { s.focus, s.reading = (panel+panelCount)%panelCount, readNothing }

func (s *screen) nextMode() {
	s.mode = (s.mode + 1) % len(s.story.Queries)
	s.scroll[statePanel], s.scroll[outputPanel] = fresh, fresh
}

// shift scrolls what has the focus; drawing keeps it in bounds.
func (s *screen) shift(by int) {
	switch {
	case s.reading != readNothing:
		s.told = max(s.told+by, 0)
	case s.focus == timePanel: // its end is the step on screen: up goes back
		s.scroll[timePanel] = max(s.scroll[timePanel]-by, 0)
	default:
		s.scroll[s.focus] = max(s.scroll[s.focus]+by, 0)
	}
}

func (s *screen) switchLanguage() {
	if s.language == message.English {
		s.language = message.French
	} else {
		s.language = message.English
	}
}

// read opens a page of lines, or closes it.
func (s *screen) read(which int) {
	if s.reading == which {
		which = readNothing
	}
	s.reading, s.told = which, 0
}

func (s *screen) closeAll() {
	switch {
	case s.reading != readNothing:
		s.reading = readNothing
	case s.row >= 0:
		s.row = -1
	default:
		s.zoom = false
	}
}

func (s *screen) openHelp() {
	s.play.Pause()
	s.help, s.prompt = &keys.Help{}, keys.FilterPrompt(s.language)
	terminal.AskHelp(s.window, s.help, actions(), s.language, s, func() { s.help, s.prompt = nil, "" })
}

// ask opens the prompt.
func (s *screen) ask(label string, accept func(text string, last rune) bool, done func(text string)) {
	s.play.Pause()
	s.prompt = label
	s.window.Ask(terminal.Question{Accept: accept, Done: done, Left: func() { s.prompt = "" }})
}

func digits(text string, _ rune) bool {
	_, err := strconv.ParseUint(text, 10, 31)
	return err == nil
}

func (s *screen) askBatch() {
	s.ask(s.say(askedBatch, nil), digits, func(text string) {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			s.goTo(s.story.Find(n))
		}
	})
}

func (s *screen) askText() { s.ask(s.say(askedText, nil), nil, s.search) }

// search goes to the next step that speaks of a text; an empty one means the text
// searched for before.
func (s *screen) search(text string) {
	if strings.TrimSpace(text) != "" {
		s.sought = text
	}
	if s.sought == "" {
		return
	}
	position, found := s.story.Search(s.sought, s.moment.Position, s.spoken)
	if !found {
		s.notice = s.say(notFound, message.Facts{"text": canvas.Clean(s.sought)})
		return
	}
	if position <= s.moment.Position {
		s.notice = s.say(foundRound, nil)
	}
	s.goTo(position)
}

// spoken is what a search looks through: the rows of a step and its sentences.
func (s *screen) spoken(m *model.Moment) []string {
	var all []string
	for _, mode := range m.Modes {
		if mode.Batch == nil {
			continue
		}
		for _, r := range mode.Batch.Rows {
			all = append(all, s.story.Clock().Time(r.At).In(s.language)+" "+r.Text())
		}
	}
	for _, n := range s.story.Why(m) {
		all = append(all, strings.ReplaceAll(n.In(s.language), message.Hard, " "))
	}
	return all
}
