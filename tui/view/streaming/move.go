package streaming

import (
	"slices"
	"time"

	"github.com/gdamore/tcell/v2"

	"etincelle/grader/message"
	"etincelle/replay/scenario"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/streaming"
)

// An event that was added is moved with the arrows: across in event time, up and down
// in arrival. The engine runs all of it again after each key.

var (
	nothingAdded = message.Both("Aucun événement ajouté : l en ajoute un, a le déplace.", "No event was added: l adds one, a moves it.")
	movingNow    = message.Both("« {row} » à {at} arrive au lot {batch} ({n}/{all})", "“{row}” at {at} arrives in batch {batch} ({n}/{all})")
	movingKeys   = message.Both("← → heure ({step})  ↑ ↓ arrivée  Tab un autre  Suppr ôter  Entrée fini", "← → time ({step})  ↑ ↓ arrival  Tab another  Del remove  Enter done")
)

// moveAdded lets the arrows move the event that was added last.
func (s *screen) moveAdded() {
	if !s.Changeable(s, fixed) {
		return
	}
	if len(s.Latest().Added) == 0 {
		s.Notice = s.Say(nothingAdded, nil)
		return
	}
	s.Halt()
	s.moving = len(s.Latest().Added)
	s.showAdded()
}

// pressMoving is what the keys do meanwhile; other keys end it and do what they do.
func (s *screen) pressMoving(e *tcell.EventKey) (taken bool) {
	to := s.Latest()
	if s.moving > len(to.Added) { // it was undone
		s.moving = 0
		return false
	}
	to.Added = slices.Clone(to.Added)
	one := &to.Added[s.moving-1]
	step := moveStep(to)
	switch e.Key() {
	case tcell.KeyLeft:
		one.At = one.At.Add(-step)
	case tcell.KeyRight:
		one.At = one.At.Add(step)
	case tcell.KeyUp:
		one.Batch = max(one.Batch-1, 0)
	case tcell.KeyDown:
		one.Batch = min(one.Batch+1, s.lastInput())
	case tcell.KeyDelete, tcell.KeyBackspace, tcell.KeyBackspace2:
		to.Added = slices.Delete(to.Added, s.moving-1, s.moving)
		s.moving = min(s.moving, len(to.Added))
	case tcell.KeyTab:
		s.moving = s.moving%len(to.Added) + 1
		s.showAdded()
		return true
	case tcell.KeyEnter, tcell.KeyEscape:
		s.moving = 0
		return true
	default:
		s.moving = 0
		return false
	}
	if !slices.Equal(to.Added, s.Latest().Added) {
		s.change(to)
	}
	return true
}

// moveStep is how far one key moves an event in its own time: a fifth of a slide, in
// whole minutes when it can.
func moveStep(s scenario.Scenario) time.Duration {
	step := time.Duration(s.Slide) / 5
	if step > time.Minute {
		return step.Truncate(time.Minute)
	}
	return max(step.Truncate(time.Second), time.Second)
}

// lastInput is the last batch of input that an event can be in: one of its own, after
// all the others.
func (s *screen) lastInput() int {
	n, rows := 0, int64(0)
	for at := 1; at <= s.story.Len(); at++ {
		if b := s.story.Lead(at); !b.Empty() {
			n, rows = n+1, b.Count
		}
	}
	for _, a := range s.Scenario.Added {
		if a.Batch >= n-1 {
			rows--
		}
	}
	if rows == 0 { // there is that batch already
		return n - 1
	}
	return n
}

// showAdded goes to the step that the moved event arrives in, and looks at it.
func (s *screen) showAdded() {
	if s.moving == 0 || s.moving > len(s.Scenario.Added) {
		return
	}
	one := s.Scenario.Added[s.moving-1]
	inputs := -1
	for at := 1; at <= s.story.Len(); at++ {
		b := s.story.Lead(at)
		if b.Empty() {
			continue
		}
		inputs++
		row := -1
		for i, r := range b.Rows {
			if r.At.Equal(one.At) && r.Text() == one.Key {
				row = i // the last: it was added after those of the exercise
			}
		}
		if inputs >= one.Batch && row >= 0 {
			s.goTo(at)
			s.row = row
			return
		}
	}
}

// drawMoving tells in the place of the keys what is moved, and how.
func (p *page) drawMoving(c *canvas.Canvas, r canvas.Rect) {
	one := p.Latest().Added[p.moving-1]
	batch := int64(0)
	if b := p.story.Lead(p.moment.Position); b != nil {
		batch = b.Number
	}
	facts := message.Facts{"row": one.Key, "at": p.story.Clock().Time(one.At), "batch": batch, "n": p.moving, "all": len(p.Latest().Added)}
	lines := []canvas.Line{
		canvas.Text(canvas.Strong, p.Say(movingNow, facts)),
		canvas.Text(canvas.Faint, p.Say(movingKeys, message.Facts{"step": model.Delay(moveStep(p.Latest()))})),
	}
	for i, line := range lines[:min(len(lines), r.Height)] {
		c.Put(r.X+1, r.Y+i, r.Width-1, line)
	}
}
