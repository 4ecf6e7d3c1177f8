package terminal

import (
	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
)

// Pointed is a page that the mouse can point at. A page need not be one.
type Pointed interface {
	Point(x, y, width, height int)     // a click, on the page of that size
	Wheel(x, y, width, height, by int) // lines further down there
}

// wheelLines is how far one notch of the wheel goes.
const wheelLines = 3

// MouseHandler implements tview.Primitive. A question leaves the wheel to its list.
func (w *Window) MouseHandler() func(tview.MouseAction, *tcell.EventMouse, func(tview.Primitive)) (bool, tview.Primitive) {
	return w.WrapMouseHandler(func(action tview.MouseAction, e *tcell.EventMouse, _ func(tview.Primitive)) (bool, tview.Primitive) {
		page, pointed := w.page.(Pointed)
		left, top, width, height := w.GetInnerRect()
		x, y := e.Position()
		x, y = x-left, y-top
		by := map[tview.MouseAction]int{tview.MouseScrollUp: -wheelLines, tview.MouseScrollDown: wheelLines}[action]
		click := action == tview.MouseLeftClick || action == tview.MouseLeftDoubleClick
		switch {
		case by != 0 && w.question != nil && w.question.Move != nil:
			w.question.Move(by)
		case !pointed || w.question != nil || by == 0 && !click:
			return false, nil
		case click:
			page.Point(x, y, width, height)
		default:
			page.Wheel(x, y, width, height, by)
		}
		return true, nil
	})
}
