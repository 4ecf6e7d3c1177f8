package view

import (
	"github.com/gdamore/tcell/v2"

	"etincelle/tui/canvas"
	"etincelle/tui/follow"
	"etincelle/tui/keys"
	"etincelle/tui/model"
	"etincelle/tui/stepper"
	"etincelle/tui/terminal"
	"etincelle/tui/trial"
)

// screen is the page with what its keys do.
type screen struct {
	page
	stepper.Stepper
	options Options
	live    *follow.File
}

func newScreen(line *model.Timeline, o Options, p terminal.Player, r *runner) *screen {
	s := &screen{options: o, live: o.Live}
	s.page = page{bench: bench{Scenario: o.Scenario, Runner: r}, Look: stepper.Look{Language: o.Language, Title: titleOf(o, line)}, line: line, state: line.At(0), focus: stagesPanel}
	s.Stepper = stepper.New(s, &s.Look, p, terminal.Options{NoColor: o.NoColor, ASCII: o.ASCII, Mouse: o.Mouse}, o.Write)
	s.Window.Show(s)
	return s
}

// Position, End, GoTo, Following and Find implement stepper.Tape.
func (s *screen) Position() int  { return s.state.Position }
func (s *screen) End() int       { return s.line.Len() }
func (s *screen) Following() int { return s.line.Next(model.ByTask, s.state.Position) }
func (s *screen) Find(text string) (int, bool) {
	return s.line.Search(text, s.state.Position, s.Language)
}

// GoTo implements stepper.Tape.
func (s *screen) GoTo(position int) {
	if position == s.state.Position {
		return
	}
	s.state, s.told = s.line.At(position), 0
	s.scroll[stagesPanel] = 0 // the task just stepped to heads the table
}

// Draw implements terminal.Page.
func (s *screen) Draw(width, height int) *canvas.Canvas {
	s.Speed = s.Play.Speed
	return s.draw(width, height)
}

// Field implements terminal.Page.
func (s *screen) Field(width, height int) canvas.Rect {
	return keys.Field(arrange(width, height, 0, false).footer, s.Prompt)
}

// Press implements terminal.Page.
func (s *screen) Press(e *tcell.EventKey) {
	switch e.Key() {
	case terminal.Tick:
		s.PlayOn()
		return
	case trial.Done:
		s.Notice = ""
		if s.Arrived(s); s.Notice == "" {
			s.Tell(replayed, nil)
		}
		return
	case follow.Grown:
		s.Grow(s.live, s.take)
		return
	}
	s.Notice = ""
	if a, known := keys.Find(actions(), e); known {
		a.Do(s)
	}
}

// open gives a panel the focus.
func (s *screen) open(panel int) {
	s.focus, s.why, s.differ = panel%panelCount, false, false
}

// shift scrolls what has the focus; drawing keeps it in bounds.
func (s *screen) shift(by int) {
	if s.why || s.differ {
		s.told = max(s.told+by, 0)
		return
	}
	s.scroll[s.focus] = max(s.scroll[s.focus]+by, 0)
}

func (s *screen) closeAll() {
	if s.why || s.differ {
		s.why, s.differ = false, false
	} else {
		s.zoom = false
	}
}
