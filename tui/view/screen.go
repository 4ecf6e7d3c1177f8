package view

import (
	"strconv"
	"strings"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"etincelle/tui/model"
)

// pageLines is how far PgUp and PgDn go.
const pageLines = 8

// ask says what a prompt is for.
type ask int

const (
	askNothing ask = iota
	askTask
	askText
	askFilter
)

// speeds are the steps a second at which a recording plays: never more than 4,
// so that the terminal does not flicker.
var speeds = []int{1, 2, 4}

// tick is the key that the player presses; no keyboard has it.
const tick = tcell.KeyF64

// screen is the page with its keyboard: the one widget of the application.
// Everything here runs on tview's goroutine.
type screen struct {
	*tview.Box
	page
	options Options
	field   *tview.InputField
	asking  ask
	sought  string // the last text searched for
	pace    int    // index in speeds
	player  player
	quit    func()
}

// player presses tick at a pace until it is stopped.
type player interface {
	play(stepsPerSecond int)
	stop()
}

func newScreen(line *model.Timeline, o Options, p player, quit func()) *screen {
	s := &screen{Box: tview.NewBox(), options: o, player: p, quit: quit, field: tview.NewInputField()}
	s.Box.SetBackgroundColor(tcell.ColorDefault)
	s.page = page{line: line, state: line.At(0), language: o.Language, title: titleOf(o, line), focus: stagesPanel}
	s.field.SetFieldStyle(tcell.StyleDefault).SetBackgroundColor(tcell.ColorDefault)
	s.field.SetChangedFunc(func(text string) {
		if s.asking == askFilter {
			s.help.filter, s.help.chosen, s.help.offset = text, 0, 0
		}
	})
	return s
}

// Draw draws the page, and what is being typed after the page's prompt. (The
// field has no label of its own: tview would draw it on black.)
func (s *screen) Draw(to tcell.Screen) {
	s.Box.DrawForSubclass(to, s)
	x, y, width, height := s.GetInnerRect()
	s.draw(width, height).show(to, x, y, s.options.NoColor, s.options.ASCII)
	if s.asking == askNothing {
		to.HideCursor()
		return
	}
	label := min(textWidth(s.prompt)+1, width)
	s.field.SetRect(x+label, y+promptRow(width, height), width-label, 1)
	s.field.Draw(to)
}

// HasFocus keeps the keyboard here while the prompt shows its cursor.
func (s *screen) HasFocus() bool { return s.Box.HasFocus() || s.field.HasFocus() }

// InputHandler does what the key says.
func (s *screen) InputHandler() func(*tcell.EventKey, func(tview.Primitive)) {
	return s.WrapInputHandler(func(e *tcell.EventKey, setFocus func(tview.Primitive)) {
		if e.Key() == tick {
			s.playOn()
			return
		}
		s.notice = ""
		if s.asking != askNothing {
			s.answer(e, setFocus)
			return
		}
		for _, a := range actions() {
			for _, k := range a.keys {
				if k.is(e) {
					a.do(s)
					return
				}
			}
		}
	})
}

// step goes to a position by hand: a recording that played stops.
func (s *screen) step(position int) {
	s.pausePlay()
	switch {
	case position == s.state.Position && position == s.line.Len():
		s.notice = s.word(lastStep, nil)
	case position == s.state.Position:
		s.notice = s.word(firstStep, nil)
	}
	s.look(position)
}

func (s *screen) jump(position int) {
	s.pausePlay()
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
	if s.speed == 0 {
		return // pressed just before the pause
	}
	s.look(s.line.Next(model.ByTask, s.state.Position))
	if s.state.Position == s.line.Len() {
		s.pausePlay()
	}
}

func (s *screen) togglePlay() {
	if s.speed > 0 {
		s.pausePlay()
		return
	}
	if s.state.Position == s.line.Len() {
		s.notice = s.word(lastStep, nil)
		return
	}
	s.speed = speeds[s.pace]
	s.player.play(s.speed)
}

func (s *screen) pausePlay() {
	if s.speed > 0 {
		s.speed = 0
		s.player.stop()
	}
}

func (s *screen) changeSpeed(by int) {
	s.pace = min(max(s.pace+by, 0), len(speeds)-1)
	if s.speed > 0 {
		s.speed = speeds[s.pace]
		s.player.play(s.speed)
		return
	}
	s.notice = s.word(playing, model.Facts{"speed": speeds[s.pace]})
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
	s.help = &helpPage{}
	s.ask(askFilter)
}

// ask opens the prompt.
func (s *screen) ask(what ask) {
	s.pausePlay()
	labels := map[ask]word{askTask: askedTask, askText: askedText, askFilter: askedFilter}
	s.field.SetText("")
	s.prompt = s.word(labels[what], nil)
	s.field.SetAcceptanceFunc(nil)
	if what == askTask {
		s.field.SetAcceptanceFunc(func(text string, _ rune) bool {
			_, err := strconv.ParseUint(text, 10, 31)
			return err == nil
		})
	}
	s.asking = what
	s.field.Focus(nil)
}

// answer gives a key to the prompt.
func (s *screen) answer(e *tcell.EventKey, setFocus func(tview.Primitive)) {
	switch e.Key() {
	case tcell.KeyCtrlC:
		s.quit()
	case tcell.KeyEscape:
		s.closePrompt()
	case tcell.KeyEnter:
		s.answered()
	case tcell.KeyUp, tcell.KeyDown, tcell.KeyPgUp, tcell.KeyPgDn, tcell.KeyTab, tcell.KeyBacktab:
		if s.asking == askFilter {
			by := map[tcell.Key]int{tcell.KeyUp: -1, tcell.KeyBacktab: -1, tcell.KeyDown: 1, tcell.KeyTab: 1, tcell.KeyPgUp: -pageLines, tcell.KeyPgDn: pageLines}
			s.help.chosen = max(s.help.chosen+by[e.Key()], 0)
		}
	default:
		s.field.InputHandler()(e, setFocus)
	}
}

func (s *screen) closePrompt() {
	s.asking, s.help, s.prompt = askNothing, nil, ""
	s.field.Blur()
}

func (s *screen) answered() {
	text, what := s.field.GetText(), s.asking
	var run func(*screen)
	if what == askFilter {
		if list := s.helped(); len(list) > 0 {
			run = list[s.help.chosen].do
		}
	}
	s.closePrompt()
	switch what {
	case askTask:
		if n, err := strconv.Atoi(text); err == nil {
			s.look(s.line.Task(n))
		}
	case askText:
		s.search(text)
	case askFilter:
		if run != nil {
			run(s)
		}
	}
}

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
		s.notice = s.word(notFound, model.Facts{"text": clean(s.sought)})
		return
	case position <= s.state.Position:
		s.notice = s.word(foundRound, nil)
	}
	s.look(position)
}
