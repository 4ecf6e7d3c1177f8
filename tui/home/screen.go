package home

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
	"etincelle/tui/terminal"
)

// Screen is the home page between two commands: it keeps its place.
type Screen struct {
	page
	options     terminal.Options
	environment message.Language // what a command speaks that is not told otherwise
	load        func() (Course, error)
	editor      bool
	newClock    func(*tview.Application) clock
}

// clock presses terminal.Tick until it is stopped.
type clock interface {
	Start(perSecond int)
	Stop()
}

// New is the home page. load reads how far the student is; editor says that
// there is an editor to open.
func New(language, environment message.Language, o terminal.Options, editor bool, load func() (Course, error)) (*Screen, error) {
	course, err := load()
	if err != nil {
		return nil, err
	}
	s := &Screen{page: page{course: course}, options: o, environment: environment, load: load, editor: editor,
		newClock: func(app *tview.Application) clock { return terminal.NewClock(app) }}
	s.speak(language)
	s.at = course.next(language).at
	return s, nil
}

func (s *Screen) speak(l message.Language) {
	s.language, s.suffix = l, ""
	if l != s.environment {
		s.suffix = " --lang " + string(l)
	}
}

// Show shows the page until the user quits or starts a command, which it
// returns; nil means quit.
func (s *Screen) Show(ctx context.Context, app *tview.Application) (*terminal.Command, error) {
	w := terminal.NewWindow(s.options)
	on := &screen{Screen: s, window: w}
	on.refresh()
	refreshing := s.newClock(app)
	refreshing.Start(1) // another window may check meanwhile
	defer refreshing.Stop()
	err := terminal.Run(ctx, app, w.Show(on))
	return on.started, err
}

// screen is the page with what its keys do.
type screen struct {
	*Screen
	window  *terminal.Window
	started *terminal.Command
}

// Draw implements terminal.Page.
func (s *screen) Draw(width, height int) *canvas.Canvas { return s.draw(width, height) }

// Field implements terminal.Page.
func (s *screen) Field(width, height int) canvas.Rect {
	return keys.Field(arrange(width, height).footer, s.prompt)
}

// Press implements terminal.Page.
func (s *screen) Press(e *tcell.EventKey) {
	if e.Key() == terminal.Tick {
		s.refresh()
		return
	}
	s.notice = ""
	if a, known := keys.Find(actions(), e); known {
		a.Do(s)
	}
}

// refresh reads the course anew; what cannot be read stays as it was.
func (s *screen) refresh() {
	course, err := s.load()
	if err != nil {
		s.notice = err.Error()
		return
	}
	if !reflect.DeepEqual(course, s.course) {
		s.course = course
		if !slices.Contains(course.places(everyTP), s.at) {
			s.at = course.next(s.language).at
		}
	}
}

// move goes to another row of the whole course.
func (s *screen) move(by int) {
	all := s.course.places(everyTP)
	if len(all) == 0 {
		return
	}
	s.at = all[min(max(slices.Index(all, s.at)+by, 0), len(all)-1)]
}

func (s *screen) moveTP(by int) {
	s.at = place{min(max(s.at.tp+by, 0), max(len(s.course.TPs)-1, 0)), -1}
}

// start ends the screen with a command to start.
func (s *screen) start(key rune) {
	commands := s.course.commands(s.at)
	at := slices.IndexFunc(commands, func(c command) bool { return c.key == key })
	switch {
	case at < 0:
		s.notice = nothingLeft.In(s.language)
	case commands[at].File != "" && !s.editor:
		s.notice = noEditor.Fill(s.language, message.Facts{"where": commands[at].shown("")})
	default:
		s.end(commands[at].Command)
	}
}

var (
	nothingLeft = message.Both("Plus d'indice à donner : tout est fait dans ce TP.", "No hint to give: all is done in this TP.")
	noEditor    = message.Both("La variable EDITOR ne nomme pas d'éditeur. Ouvrez {where}", "The variable EDITOR names no editor. Open {where}")
)

func (s *screen) end(c terminal.Command) {
	if c.File == "" && s.suffix != "" {
		c.Words = append(slices.Clone(c.Words), strings.Fields(s.suffix)...)
	}
	s.started = &c
	s.window.Quit()
}

// askCommand lets the user type any command line of the course.
func (s *screen) askCommand() {
	s.prompt = "go run ."
	s.window.Ask(terminal.Question{
		Left: func() { s.prompt = "" },
		Done: func(text string) {
			if words := strings.Fields(text); len(words) > 0 {
				s.end(terminal.Command{Words: words})
			}
		},
	})
}

func (s *screen) openHelp() {
	s.help, s.prompt = &keys.Help{}, keys.FilterPrompt(s.language)
	terminal.AskHelp(s.window, s.help, actions(), s.language, s, func() { s.help, s.prompt = nil, "" })
}

func (s *screen) switchLanguage() {
	if s.language == message.English {
		s.speak(message.French)
	} else {
		s.speak(message.English)
	}
}
