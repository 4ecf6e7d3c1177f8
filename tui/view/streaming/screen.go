package streaming

import (
	"errors"
	"slices"
	"strings"

	"github.com/gdamore/tcell/v2"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/tui/canvas"
	"etincelle/tui/follow"
	"etincelle/tui/keys"
	model "etincelle/tui/model/streaming"
	"etincelle/tui/stepper"
	"etincelle/tui/terminal"
	"etincelle/tui/trial"
)

// screen is the page with what its keys do.
type screen struct {
	page
	stepper.Stepper
	options Options
}

func newScreen(story *model.Story, o Options, p terminal.Player, r *runner) *screen {
	s := &screen{options: o}
	s.page = page{look: look{Look: stepper.Look{Language: o.Language, Title: o.Title}, focus: timePanel, row: -1}, bench: bench{Scenario: o.Scenario, Runner: r}}
	s.Stepper = stepper.New(s, &s.Look, p, terminal.Options{NoColor: o.NoColor, ASCII: o.ASCII, Mouse: o.Mouse}, o.Write)
	s.mode = min(1, len(story.Queries)-1) // update, when it is there
	if i := slices.IndexFunc(story.Queries, func(q *model.Query) bool { return q.Mode == o.Mode }); i >= 0 {
		s.mode = i
	}
	s.tell(story, 0)
	if o.Batch != nil {
		s.goTo(story.Find(*o.Batch))
	}
	s.Window.Show(s)
	return s
}

// Position, End, GoTo, Following and Find implement stepper.Tape.
func (s *screen) Position() int  { return s.moment.Position }
func (s *screen) End() int       { return s.story.Len() }
func (s *screen) GoTo(to int)    { s.goTo(to) }
func (s *screen) Following() int { return s.moment.Position + 1 }
func (s *screen) Find(text string) (int, bool) {
	return s.story.Search(text, s.moment.Position, s.spoken)
}

// Draw implements terminal.Page.
func (s *screen) Draw(width, height int) *canvas.Canvas {
	s.Speed = s.Play.Speed
	return s.draw(width, height)
}

// Field implements terminal.Page.
func (s *screen) Field(width, height int) canvas.Rect {
	return keys.Field(arrange(width, height, 1, 0, false).footer, s.Prompt)
}

// Press implements terminal.Page.
func (s *screen) Press(e *tcell.EventKey) {
	switch e.Key() {
	case terminal.Tick:
		s.PlayOn()
		return
	case trial.Done:
		s.Arrived(s)
		return
	case follow.Grown:
		s.Grow(s.options.Live, s.take)
		return
	}
	s.Notice, s.coming = "", nil
	if s.moving > 0 && s.pressMoving(e) {
		return
	}
	if a, known := keys.Find(actions(), e); known {
		a.Do(s)
	}
}

// take shows a recording that has grown.
func (s *screen) take(recording []event.Event) error {
	story, err := model.New(recording, s.options.Comparison)
	if errors.Is(err, model.ErrNoQuery) {
		return stepper.ErrNothing
	}
	if err != nil {
		return err
	}
	s.grow(story)
	return nil
}

// look at another row of the batch: an event at a time.
func (s *screen) nextRow(by int) {
	lead := s.moment.Lead()
	if lead == nil || s.row+by < -1 || s.row+by >= len(lead.Batch.Rows) {
		s.Notice = s.Say(noRowHere, nil)
		return
	}
	s.row += by
}

// open gives a panel the focus.
func (s *screen) open(panel int) { s.focus, s.reading = (panel+panelCount)%panelCount, readNothing }

func (s *screen) nextMode() {
	s.mode = (s.mode + 1) % len(s.story.Queries)
	s.scroll[statePanel], s.scroll[outputPanel] = fresh, fresh
}

// shift scrolls what has the focus; drawing keeps it in bounds.
func (s *screen) shift(by int) {
	switch {
	case s.reading != readNothing:
		s.told = max(s.told+by, 0)
	case s.focus == timePanel: // its end is the step on screen: up goes back
		s.scroll[timePanel] = max(s.scroll[timePanel]-by, 0)
	default:
		s.scroll[s.focus] = max(s.scroll[s.focus]+by, 0)
	}
}

// read opens a page of lines, or closes it.
func (s *screen) read(which int) {
	if s.reading == which {
		which = readNothing
	}
	s.reading, s.told = which, 0
}

func (s *screen) closeAll() {
	switch {
	case s.reading != readNothing:
		s.reading = readNothing
	case s.row >= 0:
		s.row = -1
	default:
		s.zoom = false
	}
}

// spoken is what a search looks through: the rows of a step and its sentences.
func (s *screen) spoken(m *model.Moment) []string {
	var all []string
	for _, mode := range m.Modes {
		if mode.Batch == nil {
			continue
		}
		for _, r := range mode.Batch.Rows {
			all = append(all, s.story.Clock().Time(r.At).In(s.Language)+" "+r.Text())
		}
	}
	for _, n := range s.story.Why(m) {
		all = append(all, strings.ReplaceAll(n.In(s.Language), message.Hard, " "))
	}
	return all
}
