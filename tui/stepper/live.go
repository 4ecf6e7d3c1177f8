package stepper

import (
	"errors"

	"github.com/rivo/tview"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/tui/follow"
	"etincelle/tui/terminal"
)

// A recording that still grows: the screen stays at its end while one is there, and
// where one is otherwise.

// ErrNothing says that a recording has nothing yet that the screen could show.
var ErrNothing = errors.New("nothing to show yet")

var (
	paused      = message.Both("pause", "pause")
	atBeginning = message.Both("début", "start")
	atEnd       = message.Both("fin", "end")
	live        = message.Both("en direct", "live")
	leftLive    = message.Both("pause · Fin : direct", "pause · End: live")
	overLive    = message.Both("programme terminé", "program over")
	brokenTape  = message.Both("L'enregistrement n'est plus lisible : {error}", "The recording can no longer be read: {error}")
)

// Follow makes the screen show what is recorded as it comes; the caller stops the
// clock. file may be nil.
func (s *Stepper) Follow(file *follow.File, app *tview.Application) (stop func()) {
	if file == nil {
		return func() {}
	}
	s.look.Live = Growing
	s.tape.GoTo(s.tape.End())
	looks := terminal.NewClockOf(app, follow.Grown)
	looks.Start(follow.LooksPerSecond)
	return looks.Stop
}

// Grow looks for new facts: the key Grown was pressed. show shows a recording at the
// place where one is.
func (s *Stepper) Grow(file *follow.File, show func([]event.Event) error) {
	if file == nil || s.look.Prompt != "" {
		return // an answer is about what shows
	}
	grew, err := file.Look()
	if grew && err == nil {
		there := s.tape.Position() == s.tape.End()
		if err = show(file.Events); err == nil && there {
			s.tape.GoTo(s.tape.End())
		}
	}
	if err != nil && !errors.Is(err, ErrNothing) {
		s.look.Notice = s.look.Say(brokenTape, message.Facts{"error": err.Error()})
	}
	s.look.Live = Growing
	if file.Over() {
		s.look.Live = Over
	}
}

// Live is whether a recording is followed.
type Live int

// A recording is whole, grows, or grew until its program was over.
const (
	Whole Live = iota
	Growing
	Over
)

// Now says for the header what the screen does.
func (l *Look) Now(position, end int) string {
	switch {
	case l.Speed > 0:
		return "▶ " + l.Say(Playing, message.Facts{"speed": l.Speed})
	case l.Live == Growing && position == end:
		return "● " + l.Say(live, nil)
	case l.Live == Growing:
		return "■ " + l.Say(leftLive, nil)
	case l.Live == Over && position == end:
		return "■ " + l.Say(overLive, nil)
	case position == 0:
		return "■ " + l.Say(atBeginning, nil)
	case position == end:
		return "■ " + l.Say(atEnd, nil)
	}
	return "■ " + l.Say(paused, nil)
}
