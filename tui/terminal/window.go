package terminal

import (
	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"etincelle/tui/canvas"
)

// Page is what a window shows. Drawing it decides nothing: a page drawn twice
// is the same page. All of it runs on tview's goroutine.
type Page interface {
	// Draw is the page at a size.
	Draw(width, height int) *canvas.Canvas
	// Field is where an answer is typed; the page has drawn the question before it.
	Field(width, height int) canvas.Rect
	// Press does what a key says, those that no keyboard has included.
	Press(e *tcell.EventKey)
}

// Question is what a window asks: a line of text.
type Question struct {
	Accept func(text string, last rune) bool // nil: any text
	Typed  func(text string)                 // told each change; may be nil
	Move   func(by int)                      // told of up and down, for a list that the text filters; may be nil
	Done   func(text string)                 // told the answer
	Left   func()                            // told when it is left, answered or not, before Done
}

// Options of any screen.
type Options struct {
	NoColor bool // bold and reverse only
	ASCII   bool // no signs or frames beyond ASCII
	Mouse   bool // it points at panels; the terminal's own selection then needs Shift
}

// pageLines is how far PgUp and PgDn move in a list.
const pageLines = 8

// Window is a page with its keyboard: the one widget of the application.
type Window struct {
	*tview.Box
	page     Page
	options  Options
	field    *tview.InputField
	question *Question
	screen   tcell.Screen // that it was drawn on last
	quit     func()
}

// NewWindow is a window on a page.
func NewWindow(o Options) *Window {
	w := &Window{Box: tview.NewBox(), options: o, field: tview.NewInputField(), quit: func() {}}
	w.Box.SetBackgroundColor(tcell.ColorDefault)
	// The field has no label of its own: tview would draw it on black.
	w.field.SetFieldStyle(tcell.StyleDefault).SetBackgroundColor(tcell.ColorDefault)
	w.field.SetChangedFunc(func(text string) {
		if w.question != nil && w.question.Typed != nil {
			w.question.Typed(text)
		}
	})
	return w
}

// Show sets what the window shows.
func (w *Window) Show(p Page) *Window {
	w.page = p
	return w
}

// Quit ends the application.
func (w *Window) Quit() { w.quit() }

// Draw implements tview.Primitive.
func (w *Window) Draw(to tcell.Screen) {
	w.screen = to
	w.Box.DrawForSubclass(to, w)
	x, y, width, height := w.GetInnerRect()
	w.page.Draw(width, height).Show(to, x, y, w.options.NoColor, w.options.ASCII)
	if w.question == nil {
		to.HideCursor()
		return
	}
	at := w.page.Field(width, height)
	w.field.SetRect(x+at.X, y+at.Y, max(at.Width, 0), 1)
	w.field.Draw(to)
}

// HasFocus keeps the keyboard here while an answer shows its cursor.
func (w *Window) HasFocus() bool { return w.Box.HasFocus() || w.field.HasFocus() }

// PasteHandler gives what is pasted to the answer, and to nothing else: a page
// would take each letter for a key.
func (w *Window) PasteHandler() func(string, func(tview.Primitive)) {
	return w.WrapPasteHandler(func(text string, setFocus func(tview.Primitive)) {
		if w.question != nil {
			w.field.PasteHandler()(canvas.Clean(text), setFocus)
		}
	})
}

// InputHandler implements tview.Primitive.
func (w *Window) InputHandler() func(*tcell.EventKey, func(tview.Primitive)) {
	return w.WrapInputHandler(func(e *tcell.EventKey, setFocus func(tview.Primitive)) {
		if w.question == nil || e.Key() > lastSeen {
			w.page.Press(e)
			return
		}
		w.answer(e, setFocus)
	})
}

// Copy gives a text to the terminal's clipboard (OSC 52), if it has one.
func (w *Window) Copy(text string) {
	if w.screen != nil {
		w.screen.SetClipboard([]byte(text))
	}
}

// Ask opens the field.
func (w *Window) Ask(q Question) {
	w.question = nil
	w.field.SetText("")
	w.field.SetAcceptanceFunc(q.Accept)
	w.question = &q
	w.field.Focus(nil)
}

// moves are the keys that move in a list, and how far.
var moves = map[tcell.Key]int{
	tcell.KeyUp: -1, tcell.KeyBacktab: -1, tcell.KeyDown: 1, tcell.KeyTab: 1,
	tcell.KeyPgUp: -pageLines, tcell.KeyPgDn: pageLines,
}

func (w *Window) answer(e *tcell.EventKey, setFocus func(tview.Primitive)) {
	q := w.question
	by, move := moves[e.Key()]
	switch {
	case e.Key() == tcell.KeyCtrlC:
		w.quit()
	case e.Key() == tcell.KeyEscape:
		w.leave()
	case e.Key() == tcell.KeyEnter:
		text := w.field.GetText()
		w.leave()
		q.Done(text)
	case move:
		if q.Move != nil {
			q.Move(by)
		}
	default:
		w.field.InputHandler()(e, setFocus)
	}
}

func (w *Window) leave() {
	q := w.question
	w.question = nil
	w.field.Blur()
	if q.Left != nil {
		q.Left()
	}
}
