package view

import (
	"strconv"
	"strings"

	"github.com/gdamore/tcell/v2"

	"etincelle/tui/canvas"
	"etincelle/tui/keys"
	"etincelle/tui/model"
	"etincelle/tui/terminal"
)

// pageLines is how far PgUp and PgDn go.
const pageLines = 8

// screen is the page with what its keys do.
type screen struct {
	page
	window *terminal.Window
	sought string // the last text searched for
	play   terminal.Play
}

func newScreen(line *model.Timeline, o Options, p terminal.Player) *screen {
	s := &screen{play: terminal.Play{Player: p}, window: terminal.NewWindow(terminal.Options{NoColor: o.NoColor, ASCII: o.ASCII})}
	s.page = page{line: line, state: line.At(0), language: o.Language, title: titleOf(o, line), focus: stagesPanel}
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
	if e.Key() == terminal.Tick {
		s.playOn()
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
		s.notice = s.word(lastStep, nil)
	case position == s.state.Position:
		s.notice = s.word(firstStep, nil)
	}
	s.look(position)
}

func (s *screen) jump(position int) {
	s.play.Pause()
	s.look(position)
}

func (s *screen) look(position int) {
	if position == s.state.Position {
		return
	}
	s.state, s.told = s.line.At(position), 0
	s.scroll[stagesPanel] = 0 // the task just stepped to heads the table
}

// playOn is one step of a recording that plays.
func (s *screen) playOn() {
	if s.play.Speed == 0 {
		return // pressed just before the pause
	}
	s.look(s.line.Next(model.ByTask, s.state.Position))
	if s.state.Position == s.line.Len() {
		s.play.Pause()
	}
}

func (s *screen) togglePlay() {
	switch {
	case s.play.Speed > 0:
		s.play.Pause()
	case s.state.Position == s.line.Len():
		s.notice = s.word(lastStep, nil)
	default:
		s.play.Go()
	}
}

func (s *screen) changeSpeed(by int) {
	speed := s.play.Change(by)
	if s.play.Speed == 0 {
		s.notice = s.word(playing, model.Facts{"speed": speed})
	}
}

// open gives a panel the focus.
func (s *screen) open(panel int) { s.focus, s.why = panel%panelCount, false }

// shift scrolls what has the focus; drawing keeps it in bounds.
func (s *screen) shift(by int) {
	if s.why {
		s.told = max(s.told+by, 0)
		return
	}
	s.scroll[s.focus] = max(s.scroll[s.focus]+by, 0)
}

func (s *screen) switchLanguage() {
	if s.language == model.English {
		s.language = model.French
	} else {
		s.language = model.English
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

// ask opens the prompt.
func (s *screen) ask(label word, accept func(text string, last rune) bool, done func(text string)) {
	s.play.Pause()
	s.prompt = s.word(label, nil)
	s.window.Ask(terminal.Question{Accept: accept, Done: done, Left: func() { s.prompt = "" }})
}

func (s *screen) askTask() {
	digits := func(text string, _ rune) bool {
		_, err := strconv.ParseUint(text, 10, 31)
		return err == nil
	}
	s.ask(askedTask, digits, func(text string) {
		if n, err := strconv.Atoi(text); err == nil {
			s.look(s.line.Task(n))
		}
	})
}

func (s *screen) askText() { s.ask(askedText, nil, s.search) }

// search goes to the next step that speaks of a text; an empty one means the
// text searched for before.
func (s *screen) search(text string) {
	if strings.TrimSpace(text) != "" {
		s.sought = text
	}
	if s.sought == "" {
		return
	}
	position, found := s.line.Search(s.sought, s.state.Position, s.language)
	switch {
	case !found:
		s.notice = s.word(notFound, model.Facts{"text": canvas.Clean(s.sought)})
		return
	case position <= s.state.Position:
		s.notice = s.word(foundRound, nil)
	}
	s.look(position)
}
