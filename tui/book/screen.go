package book

import (
	"slices"
	"strings"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"etincelle/grader/message"
	"etincelle/grader/notebook"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
	"etincelle/tui/terminal"
)

// screen is the book with what its keys do.
type screen struct {
	*Book
	window  *terminal.Window
	clock   clock
	run     *run // what runs, nil when nothing does
	tenths  int  // ticks since it began
	started *terminal.Command
}

func newScreen(b *Book, app *tview.Application) *screen {
	return &screen{Book: b, window: terminal.NewWindow(b.options), clock: b.newClock(app)}
}

// stop ends what runs, and waits for it.
func (s *screen) stop() {
	s.clock.Stop()
	if s.run != nil {
		s.run.cancel()
		<-s.run.done
		s.running = nil
	}
}

// Draw implements terminal.Page.
func (s *screen) Draw(width, height int) *canvas.Canvas { return s.draw(width, height) }

// Field implements terminal.Page.
func (s *screen) Field(width, height int) canvas.Rect { return s.field(width, height) }

// Press implements terminal.Page.
func (s *screen) Press(e *tcell.EventKey) {
	if e.Key() == terminal.Tick {
		s.hear()
		return
	}
	s.notice = ""
	if s.toc != nil {
		s.pressContents(e)
		return
	}
	if a, known := keys.Find(actions(), e); known {
		a.Do(s)
	}
}

// enter works on what is chosen.
func (s *screen) enter() {
	e := s.laid().entry(s.focus)
	if e == nil {
		s.notice = nothingChosen.In(s.language)
		return
	}
	switch b := e.block.(type) {
	case *notebook.Cell:
		s.askOrRun(b.Name)
	case *notebook.Predict:
		if _, made := s.predictions[b.ID]; made || s.seen[b.Cell] {
			s.notice = kept.In(s.language)
			return
		}
		s.askFor(b, func() { s.chooseCell(b.Cell) })
	case *notebook.Folded:
		s.open[e.key] = !s.open[e.key]
	case *notebook.Task:
		s.notice = taskKeys.In(s.language)
	case nil:
		s.seen[e.veils] = true
		s.chooseCell(e.veils)
	}
}

var (
	nothingChosen = message.Both("Rien à lancer ici : Tab choisit la cellule suivante.", "Nothing to run here: Tab chooses the next cell.")
	kept          = message.Both("La prédiction reste telle qu'elle a été faite.", "The prediction stays as it was made.")
	notFound      = message.Both("« {text} » ne se trouve pas dans le cahier.", "“{text}” is not in the notebook.")
	foundRound    = message.Both("Trouvé en reprenant de l'autre bout.", "Found from the other end.")
	askedText     = message.Both("Chercher :", "Search:")
)

// chooseCell gives Enter a cell.
func (s *screen) chooseCell(name string) {
	for _, c := range s.notebook.Cells() {
		if c.Name == name {
			s.focus = c.At()
			s.reveal(s.laid(), s.height)
		}
	}
}

// askFor puts a question, under the code that it is about; then is done when the
// prediction is kept.
func (s *screen) askFor(question *notebook.Predict, then func()) {
	s.chooseCell(question.Cell)
	if e, sh := s.laid().entry(s.focus), s.laid(); e != nil {
		s.show(sh, s.height, e.first)
	}
	s.asked = question
	s.window.Ask(terminal.Question{
		Left: func() { s.asked = nil },
		Done: func(text string) {
			if s.predict(question.ID, text) {
				if err := s.desk.Predicted(question.ID, s.predictions[question.ID]); err != nil {
					s.notice = err.Error()
				}
			}
			then()
		},
	})
}

func (s *screen) askText() {
	s.prompt = askedText.In(s.language)
	s.window.Ask(terminal.Question{
		Left: func() { s.prompt = "" },
		Done: func(text string) {
			if strings.TrimSpace(text) != "" {
				s.query, s.hit = strings.ToLower(canvas.Clean(text)), position{}
			}
			s.searchOn(1)
		},
	})
}

func (s *screen) searchOn(by int) {
	if s.query == "" {
		s.askText()
		return
	}
	found, round := s.search(s.laid(), s.height, by)
	switch {
	case !found:
		s.notice = notFound.Fill(s.language, message.Facts{"text": s.query})
	case round:
		s.notice = foundRound.In(s.language)
	}
}

func (s *screen) openContents() { s.toc = newContents(s.state, s.topKey(s.laid())) }

// pressContents moves in the table of contents.
func (s *screen) pressContents(e *tcell.EventKey) {
	t := s.toc
	moves := map[tcell.Key]int{tcell.KeyUp: -1, tcell.KeyDown: 1, tcell.KeyPgUp: -8, tcell.KeyPgDn: 8, tcell.KeyTab: 1, tcell.KeyBacktab: -1,
		tcell.KeyHome: -len(t.items), tcell.KeyEnd: len(t.items)}
	letters := map[rune]int{'j': 1, 'k': -1, ' ': 8, 'b': -8, 'g': -len(t.items), 'G': len(t.items)}
	by, move := moves[e.Key()]
	if e.Key() == tcell.KeyRune {
		by, move = letters[e.Rune()]
	}
	switch {
	case move:
		t.chosen = max(min(t.chosen+by, len(t.items)-1), 0)
	case e.Key() == tcell.KeyEnter:
		s.toc = nil
		if t.chosen < len(t.items) {
			sh := s.laid()
			s.turnTo(sh, s.height, sh.index(position{t.items[t.chosen].heading.At(), 0}))
		}
	case e.Key() == tcell.KeyCtrlC:
		s.window.Quit()
	case e.Key() == tcell.KeyEscape, e.Rune() == 't', e.Rune() == 'q':
		s.toc = nil
	}
}

func (s *screen) openHelp() {
	s.help, s.prompt = &keys.Help{}, keys.FilterPrompt(s.language)
	terminal.AskHelp(s.window, s.help, actions(), s.language, s, func() { s.help, s.prompt = nil, "" })
}

func (s *screen) switchLanguage() {
	to := message.English
	if s.language == message.English {
		to = message.French
	}
	n, err := s.desk.Open(to)
	switch {
	case err != nil:
		s.notice = err.Error()
	case s.run != nil:
		s.notice = busy.In(s.language)
	default:
		s.turn(n, to)
	}
}

// escape stops what runs, or ends the search.
func (s *screen) escape() {
	if s.run != nil {
		s.run.stopped = true
		s.run.cancel()
		return
	}
	s.query, s.hit = "", position{}
}

// start ends the screen with a command for the section's exercise.
func (s *screen) start(key rune) {
	command, why := s.desk.Command(key, s.task(), s.language)
	if command == nil {
		s.notice = why
		return
	}
	s.started = command
	s.window.Quit()
}

// all lists the names of the cells.
func (s *screen) all() []string {
	var names []string
	for _, c := range s.notebook.Cells() {
		names = append(names, c.Name)
	}
	return slices.Clip(names)
}
