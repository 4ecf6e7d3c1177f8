package view

import (
	"fmt"
	"slices"

	"etincelle/engine/event"
	"etincelle/tui/canvas"
	"etincelle/tui/model"
)

// What the mouse points at, what is handed out, and a recording that grows.

// Point implements terminal.Pointed: a panel gets the focus.
func (s *screen) Point(x, y, width, height int) {
	if s.why || s.differ {
		return
	}
	l := arrange(width, height, s.focus, s.zoom)
	if panel := slices.IndexFunc(l.panels[:], func(r canvas.Rect) bool { return r.Has(x, y) }); panel >= 0 {
		s.open(panel)
	}
}

// Wheel implements terminal.Pointed.
func (s *screen) Wheel(x, y, width, height, by int) {
	s.Point(x, y, width, height)
	s.shift(by)
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
		where = l.body()
	}
	return p.draw(width, height), where, p.focus + 1
}

// take shows a recording that has grown.
func (s *screen) take(recording []event.Event) error {
	line, err := model.New(recording)
	if err != nil {
		return err
	}
	s.line = line
	s.state = line.At(s.state.Position)
	return nil
}
