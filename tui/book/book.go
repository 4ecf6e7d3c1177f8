// Package book is a TP's notebook on the screen: a pager whose cells run on a
// key, whose questions are asked before the cell that answers them, and whose
// answers unfold.
//
//	state   the notebook, its reader's predictions and results: pure   (state.go)
//	sheet   the notebook as lines at a width: pure                     (sheet.go, entry.go)
//	move    pages, sections, choosing, searching: pure                 (move.go)
//	page    the screen as cells: pure                                  (page.go, contents.go)
//	screen  its keyboard, and the cells that run                       (screen.go, cells.go, keys.go)
package book

import (
	"context"
	"io/fs"

	"github.com/rivo/tview"

	"etincelle/grader/message"
	"etincelle/grader/notebook"
	"etincelle/tui/terminal"
)

// Desk is what lies outside the page: the files, the programs.
type Desk interface {
	// Open reads the notebook in a language, as it is now.
	Open(message.Language) (*notebook.Notebook, error)
	// Run runs cells, or all, from a clean state.
	Run(ctx context.Context, n *notebook.Notebook, cells []string) ([]notebook.CellResult, error)
	// Write puts what the cells printed beside the notebook, and says where.
	Write(n *notebook.Notebook, results []notebook.CellResult) (file string, err error)
	// Predicted keeps a prediction, for good.
	Predicted(question, text string) error
	// Predictions are those that were made.
	Predictions() (map[string]string, error)
	// Exercises says how they stand.
	Exercises() map[int]Mark
	// Command is what a key starts for an exercise; nil with a reason when it cannot.
	Command(key rune, exercise int, l message.Language) (*terminal.Command, string)
}

// Options of the book.
type Options struct {
	terminal.Options
	Name     string // of the TP, as commands call it
	Language message.Language
	Section  string // to open at, "" the beginning
	Files    fs.FS  // the notebook's folder
}

// Book is a notebook between two commands: it keeps its place, its results and
// what was unfolded.
type Book struct {
	page
	desk     Desk
	options  terminal.Options
	newClock func(*tview.Application) clock
}

// clock presses terminal.Tick until it is stopped.
type clock interface {
	Start(perSecond int)
	Stop()
}

// New opens a notebook.
func New(desk Desk, o Options) (*Book, error) {
	n, err := desk.Open(o.Language)
	if err != nil {
		return nil, err
	}
	predictions, err := desk.Predictions()
	if err != nil {
		return nil, err
	}
	b := &Book{desk: desk, options: o.Options, newClock: func(app *tview.Application) clock { return terminal.NewClock(app) }}
	b.page = page{state: newState(n, o.Language, predictions, desk.Exercises()), name: o.Name, ink: ink{o.Files, o.NoColor}}
	b.goTo(o.Section)
	return b, nil
}

// Section is the id of the section that was read last.
func (b *Book) Section() string { return b.section() }

// Show shows the notebook until the reader quits or starts a command, which it
// returns; nil means quit. No cell runs after it.
func (b *Book) Show(ctx context.Context, app *tview.Application) (*terminal.Command, error) {
	s := newScreen(b, app)
	defer s.stop()
	b.exercises = b.desk.Exercises()
	err := terminal.Run(ctx, app, s.window.Show(s))
	return s.started, err
}
