package watch

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gdamore/tcell/v2"

	"etincelle/grader/check"
	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
	"etincelle/tui/terminal"
)

// screen is the page with what its keys do. All of it runs on one goroutine; what
// the worker does beside it comes back as news.
type screen struct {
	page
	window  *terminal.Window
	worker  *worker
	watcher watcher
	ready   bool // to judge
	started *terminal.Command
	fault   error // ours; it ends the watch
}

var (
	noEditor    = message.Both("La variable EDITOR ne nomme pas d'éditeur. Ouvrez {where}", "The variable EDITOR names no editor. Open {where}")
	resetPrompt = message.Both("Remettre {functions} comme au début ? Une copie sera gardée. [o/N]", "Put {functions} back as at the start? A copy will be kept. [y/N]")
	keptNotice  = message.Both("Remis comme au début. Copie gardée : {kept}", "Back as at the start. Copy kept: {kept}")
	sameNotice  = message.Both("Rien n'a changé.", "Nothing was changed.")
	lastHint    = message.Both("C'est le dernier indice.", "That is the last hint.")
	allRight    = message.Both("Tous les exercices du TP sont réussis.", "All exercises of the TP are done.")
	gone        = message.Both("{file} n'est pas là. Pour le remettre : go run . reset {lab}", "{file} is not there. To put it back: go run . reset {lab}")
)

func newScreen(ctx context.Context, w *Watch, press func()) *screen {
	s := &screen{page: page{Watch: w}, window: terminal.NewWindow(w.options.Options), watcher: watcher{file: w.file}}
	s.worker = newWorker(ctx, w.work, press)
	s.phase, s.source = warming, nil
	s.worker.prepare()
	return s
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
		s.hear()
		s.look()
		return
	}
	s.notice = ""
	if a, known := keys.Find(actions(), e); known {
		a.Do(s)
	}
}

// hear takes in what the worker has told.
func (s *screen) hear() {
	for {
		select {
		case n := <-s.worker.news:
			s.take(n)
		default:
			return
		}
	}
}

func (s *screen) take(n news) {
	switch {
	case n.fault != nil:
		s.fault = n.fault
		s.window.Quit()
	case n.warm != nil:
		s.warm(*n.warm)
	case n.ready:
		s.ready, s.phase = true, waiting
	case n.of != s.worker.job: // of a source that was saved over
	case n.told != nil:
		before := s.kinds[s.exercise().Number]
		s.told(*n.told, s.now())
		if s.kinds[s.exercise().Number] != before {
			s.offset = 0
		}
	case n.judged != nil:
		if others := s.judged(*n.judged); len(others) > 0 {
			s.worker.check(s.source, others)
		}
	}
}

// look has the file judged when it has changed.
func (s *screen) look() {
	if !s.ready {
		return
	}
	source, changed, err := s.watcher.look()
	switch {
	case err != nil:
		s.notice = err.Error()
	case changed:
		s.judge(s.saved(source, s.now()))
	case s.source == nil && s.watcher.looks > looksPerSecond:
		s.notice = gone.Fill(s.language, message.Facts{"file": s.path(), "lab": s.lab.Short})
	}
}

func (s *screen) judge(exercises []lab.Exercise) {
	s.begun()
	s.worker.check(s.source, exercises)
}

func (s *screen) checkAll() {
	if s.source != nil {
		s.since = s.now()
		s.judge(s.lab.Exercises)
	}
}

func (s *screen) turn(at int) {
	s.list, s.offset = false, 0
	if s.show(at) {
		s.since = s.now()
		s.judge(s.due())
	}
}

func (s *screen) goNext() {
	at := s.next(s.at + 1)
	if s.done() == len(s.lab.Exercises) {
		s.notice = allRight.In(s.language)
		at = (s.at + 1) % len(s.lab.Exercises)
	}
	s.turn(at)
}

func (s *screen) goBack() { s.turn((s.at + len(s.lab.Exercises) - 1) % len(s.lab.Exercises)) }

func (s *screen) toggleList() { s.list, s.row = !s.list, s.at }

func (s *screen) choose() {
	if s.list {
		s.turn(s.row)
	}
}

func (s *screen) move(by int) {
	if s.list {
		s.row = min(max(s.row+by, 0), len(s.lab.Exercises)-1)
		return
	}
	s.offset = max(s.offset+by, 0)
}

func (s *screen) hint() {
	e := s.exercise()
	before := len(s.hints[e.Number])
	shown, err := s.work.Hint(e, s.language)
	if err != nil {
		s.notice = err.Error()
		return
	}
	s.list, s.hints[e.Number] = false, shown
	if len(shown) == before {
		s.notice = lastHint.In(s.language)
	}
	s.offset = len(s.content(40)) // to the end: drawing keeps it in bounds
}

func (s *screen) reset() {
	e := s.exercise()
	s.prompt = resetPrompt.Fill(s.language, message.Facts{"functions": strings.Join(e.Functions, ", ")})
	s.window.Ask(terminal.Question{
		Left: func() { s.prompt = "" },
		Done: func(answer string) {
			switch strings.ToLower(strings.TrimSpace(answer)) {
			case "o", "oui", "y", "yes":
			default:
				s.notice = sameNotice.In(s.language)
				return
			}
			kept, err := s.work.Reset(e)
			switch {
			case err != nil:
				s.notice = err.Error()
			case kept == "":
				s.notice = sameNotice.In(s.language)
			default:
				s.notice = keptNotice.Fill(s.language, message.Facts{"kept": filepath.ToSlash(kept)})
			}
		},
	})
}

// start ends the screen with a command to start.
func (s *screen) start(screen bool, words ...string) {
	if s.language != s.options.Environment {
		words = append(words, "--lang", string(s.language))
	}
	s.started = &terminal.Command{Words: words, Screen: screen}
	s.window.Quit()
}

func (s *screen) run() { s.start(false, "run", s.lab.Short, strconv.Itoa(s.exercise().Number)) }

func (s *screen) step() {
	// What was handed out has no result to step through.
	if s.kind(s.exercise().Number) == check.Unfinished {
		s.start(true, "step", s.lab.Short)
		return
	}
	s.start(true, "step", s.lab.Short, strconv.Itoa(s.exercise().Number))
}

func (s *screen) notebook() { s.start(true, "notebook", s.lab.Short, s.exercise().Section) }

func (s *screen) edit() {
	line := s.lineOf(s.exercise().Functions[0])
	if !s.options.Editor {
		s.notice = noEditor.Fill(s.language, message.Facts{"where": fmt.Sprintf("%s:%d", s.path(), line)})
		return
	}
	s.started = &terminal.Command{File: s.path(), Line: line, Screen: true}
	s.window.Quit()
}

func (s *screen) openHelp() {
	s.help, s.prompt = &keys.Help{}, keys.FilterPrompt(s.language)
	terminal.AskHelp(s.window, s.help, actions(), s.language, s, func() { s.help, s.prompt = nil, "" })
}

func (s *screen) switchLanguage() {
	if s.language == message.English {
		s.language = message.French
	} else {
		s.language = message.English
	}
	clear(s.hints) // they are in the other language
}
