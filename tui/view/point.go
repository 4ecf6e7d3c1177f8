package view

import (
	"fmt"
	"slices"

	"etincelle/engine/event"
	"etincelle/tui/canvas"
	"etincelle/tui/model"
)

// What the mouse points at, what is handed out, and a recording that grows.

// Point implements terminal.Pointed: the start of a job is gone to, a panel gets the
// focus.
func (s *screen) Point(x, y, width, height int) {
	if s.why || s.differ {
		return
	}
	l := arrange(width, height, s.focus, s.zoom)
	if l.jobs.Has(x, y) {
		for _, item := range s.jobItems(l.jobs.Width) {
			if x >= item.from && x < item.from+canvas.Columns(item.span.Text) {
				s.Jump(item.position)
			}
		}
		return
	}
	if panel := s.panelAt(x, y, width, height); panel >= 0 {
		s.open(panel)
	}
}

// panelAt is the panel at a cell, -1 when there is none.
func (s *screen) panelAt(x, y, width, height int) int {
	if s.why || s.differ {
		return -1
	}
	l := arrange(width, height, s.focus, s.zoom)
	return slices.IndexFunc(l.panels[:], func(r canvas.Rect) bool { return r.Has(x, y) })
}

// Wheel implements terminal.Pointed.
func (s *screen) Wheel(x, y, width, height, by int) {
	if panel := s.panelAt(x, y, width, height); panel >= 0 {
		s.open(panel)
	}
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
