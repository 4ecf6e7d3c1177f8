package receiving

import (
	"strconv"
	"strings"

	"github.com/gdamore/tcell/v2"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
	model "etincelle/tui/model/receiving"
	"etincelle/tui/terminal"
	"etincelle/tui/trial"
)

// pageLines is how far PgUp and PgDn go.
const pageLines = 8

// screen is the page with what its keys do.
type screen struct {
	page
	options Options
	runner  *runner // of changed scenarios; nil when the recording cannot be changed
	window  *terminal.Window
	play    terminal.Play
	sought  string
}

func newScreen(line *model.Timeline, o Options, p terminal.Player, r *runner) *screen {
	s := &screen{options: o, runner: r, play: terminal.Play{Player: p}, window: terminal.NewWindow(terminal.Options{NoColor: o.NoColor, ASCII: o.ASCII})}
	s.page = page{line: line, language: o.Language, title: o.Title, focus: batchPanel, scenario: o.Scenario}
	s.goTo(0)
	s.window.Show(s)
	return s
}

// Draw implements terminal.Page.
func (s *screen) Draw(width, height int) *canvas.Canvas {
	s.speed = s.play.Speed
	return s.draw(width, height)
}

// Field implements terminal.Page.
func (s *screen) Field(width, height int) canvas.Rect {
	return keys.Field(arrange(width, height, 0, false).footer, s.prompt)
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
	switch {
	case position == s.state.Position && position == s.line.Len():
		s.notice = s.say(lastStep, nil)
	case position == s.state.Position:
		s.notice = s.say(firstStep, nil)
	default:
		s.goTo(position)
	}
}

func (s *screen) playOn() {
	if s.play.Speed == 0 {
		return // pressed just before the pause
	}
	s.goTo(s.line.Next(model.ByEvent, s.state.Position))
	if s.state.Position == s.line.Len() {
		s.play.Pause()
	}
}

func (s *screen) togglePlay() {
	switch {
	case s.play.Speed > 0:
		s.play.Pause()
	case s.state.Position == s.line.Len():
		s.notice = s.say(lastStep, nil)
	default:
		s.play.Go()
	}
}

func (s *screen) changeSpeed(by int) {
	s.notice = s.say(playing, message.Facts{"speed": s.play.Change(by)})
}

// open gives a panel the focus.
func (s *screen) open(panel int) { s.focus, s.why = (panel+panelCount)%panelCount, false }

// shift scrolls what has the focus; drawing keeps it in bounds. The batches end now:
// up goes back.
func (s *screen) shift(by int) {
	switch {
	case s.why:
		s.told = max(s.told+by, 0)
	case s.focus == batchPanel:
		s.scroll[batchPanel] = max(s.scroll[batchPanel]-by, 0)
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

func (s *screen) closeAll() {
	if s.why {
		s.why = false
	} else {
		s.zoom = false
	}
}

func (s *screen) openHelp() {
	s.play.Pause()
	s.help, s.prompt = &keys.Help{}, keys.FilterPrompt(s.language)
	terminal.AskHelp(s.window, s.help, actions(), s.language, s, func() { s.help, s.prompt = nil, "" })
}

func (s *screen) ask(label string, accept func(string, rune) bool, done func(text string)) {
	s.play.Pause()
	s.prompt = label
	s.window.Ask(terminal.Question{Accept: accept, Done: done, Left: func() { s.prompt = "" }})
}

func (s *screen) askBatch() {
	digits := func(text string, _ rune) bool {
		_, err := strconv.ParseUint(text, 10, 31)
		return err == nil
	}
	s.ask(s.say(askedBatch, nil), digits, func(text string) {
		if n, err := strconv.Atoi(text); err == nil {
			s.goTo(s.line.Batch(n))
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
	position, found := s.line.Search(s.sought, s.state.Position, s.language)
	if !found {
		s.notice = s.say(notFound, message.Facts{"text": canvas.Clean(s.sought)})
		return
	}
	if position <= s.state.Position {
		s.notice = s.say(foundRound, nil)
	}
	s.goTo(position)
}
