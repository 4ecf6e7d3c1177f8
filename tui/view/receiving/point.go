package receiving

import (
	"fmt"
	"slices"

	"etincelle/engine/event"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/receiving"
)

// What the mouse points at, what is handed out, and a recording that grows.

// Point implements terminal.Pointed: a panel gets the focus.
func (s *screen) Point(x, y, width, height int) {
	if panel := s.panelAt(x, y, width, height); panel >= 0 {
		s.open(panel)
	}
}

// Wheel implements terminal.Pointed.
func (s *screen) Wheel(x, y, width, height, by int) {
	s.Point(x, y, width, height)
	s.shift(by)
}

// panelAt is the panel at a cell; -1 where there is none.
func (s *screen) panelAt(x, y, width, height int) int {
	if s.why || s.differ {
		return -1
	}
	l := arrange(width, height, s.focus, s.zoom)
	return slices.IndexFunc(l.panels[:], func(r canvas.Rect) bool { return r.Has(x, y) })
}

// Name implements stepper.Sheets.
func (s *screen) Name() string { return fmt.Sprint(s.state.Position) }

// Sheet implements stepper.Sheets.
func (s *screen) Sheet(width, height int) *canvas.Canvas {
	p := s.page // what drawing scrolls stays here
	return p.draw(width, height)
}

// InFocus implements stepper.Sheets.
func (s *screen) InFocus(width, height int) (*canvas.Canvas, canvas.Rect, int) {
	p := s.page
	p.zoom, p.told, p.scroll = true, 0, [panelCount]int{}
	l := arrange(width, height, p.focus, p.zoom)
	where := l.panels[p.focus]
	if p.why || p.differ {
		where = canvas.At(0, 1, width, height-1-l.footer.Height)
	}
	return p.draw(width, height), where, p.focus + 1
}

// take shows a recording that has grown.
func (s *screen) take(recording []event.Event) error {
	line, err := model.New(recording)
	if err != nil {
		return err
	}
	scroll := s.scroll
	s.line = line
	s.goTo(min(s.state.Position, line.Len()))
	s.scroll = scroll
	return nil
}
