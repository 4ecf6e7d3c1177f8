package streaming

import (
	"fmt"

	"etincelle/tui/canvas"
)

// What the mouse points at, and what is handed out: both go by where things are drawn.

// Point implements terminal.Pointed: a batch is gone to, a panel gets the focus.
func (s *screen) Point(x, y, width, height int) {
	if s.reading != readNothing {
		return
	}
	l := s.arrange(width, height)
	if l.batches.Has(x, y) {
		for _, item := range s.batchItems(l.batches.Width) {
			if x >= item.from && x < item.from+item.line.Columns() {
				s.Jump(item.position)
			}
		}
		return
	}
	for i, r := range l.outputs {
		if len(l.outputs) > 1 && r.Has(x, y) && s.mode != i {
			s.mode = i
			s.scroll[statePanel], s.scroll[outputPanel] = fresh, fresh
		}
	}
	panel, found := l.hit(x, y)
	if !found {
		return
	}
	s.open(panel)
	if panel != timePanel {
		return
	}
	r := l.panels[timePanel].Inside()
	if from, to := s.shownSteps(r.Height); r.Has(x, y) && y > r.Y && from+y-r.Y-1 <= to {
		s.Jump(from + y - r.Y - 1)
	}
}

// Wheel implements terminal.Pointed.
func (s *screen) Wheel(x, y, width, height, by int) {
	if panel, found := s.arrange(width, height).hit(x, y); found && s.reading == readNothing {
		s.open(panel)
	}
	s.shift(by)
}

// arrange is where everything is on the page.
func (p *page) arrange(width, height int) layout {
	return arrange(width, height, len(p.story.Queries), p.focus, p.zoom)
}

// hit is the panel at a cell.
func (l layout) hit(x, y int) (panel int, found bool) {
	for i, r := range l.panels {
		if r.Has(x, y) {
			return i, true
		}
	}
	return 0, false
}

// Name implements stepper.Sheets.
func (s *screen) Name() string {
	if b := s.story.Lead(s.moment.Position); b != nil {
		return s.Say(batchWord, nil) + "-" + fmt.Sprint(b.Number)
	}
	return "0"
}

// Sheet implements stepper.Sheets.
func (s *screen) Sheet(width, height int) *canvas.Canvas {
	p := s.page // what drawing scrolls stays here
	return p.draw(width, height)
}

// InFocus implements stepper.Sheets.
func (s *screen) InFocus(width, height int) (*canvas.Canvas, canvas.Rect, int) {
	p := s.page
	p.zoom, p.told, p.scroll = true, 0, [panelCount]int{}
	if p.focus == outputPanel {
		width = min(width, wideWidth-1) // the mode in focus alone
	}
	l := p.arrange(width, height)
	where := l.panels[p.focus]
	if p.reading != readNothing {
		where = l.body()
	}
	return p.draw(width, height), where, p.focus + 1
}
