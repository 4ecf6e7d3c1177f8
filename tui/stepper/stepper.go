package stepper

import (
	"strconv"
	"strings"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
	"etincelle/tui/terminal"
)

// PageLines is how far PgUp and PgDn go.
const PageLines = 8

// The words of moving.
var (
	Playing    = message.Both("lecture {speed}/s", "playing {speed}/s")
	LastStep   = message.Both("C'est la fin de l'enregistrement.", "This is the end of the recording.")
	firstStep  = message.Both("C'est le début de l'enregistrement.", "This is the start of the recording.")
	notFound   = message.Both("« {text} » ne se trouve nulle part.", "“{text}” is nowhere to be found.")
	foundRound = message.Both("Trouvé en reprenant du début.", "Found from the start again.")
)

// Tape is what is stepped through, from position 0 to its end. A screen implements it.
type Tape interface {
	Position() int
	End() int
	GoTo(position int)                           // shows another position
	Following() int                              // the position after this one, when it plays
	Find(text string) (position int, found bool) // the next step that speaks of a text, from the start again after the end
}

// Stepper is what the keys do alike on every screen. A screen embeds it.
type Stepper struct {
	Play   terminal.Play
	Window *terminal.Window
	look   *Look
	tape   Tape
	write  Write
	sought string // the last text searched for
}

// Write keeps what a screen hands out in a file, and tells where.
type Write func(name string, content []byte) (path string, err error)

// New is a stepper of a tape, on the page that look belongs to.
func New(tape Tape, look *Look, p terminal.Player, o terminal.Options, write Write) Stepper {
	look.Mouse = o.Mouse
	if write == nil {
		write = func(string, []byte) (string, error) { return "", errNowhere }
	}
	return Stepper{Play: terminal.Play{Player: p}, Window: terminal.NewWindow(o), look: look, tape: tape, write: write}
}

// Step goes to a position by hand: a recording that played stops.
func (s *Stepper) Step(position int) {
	s.Play.Pause()
	position = min(max(position, 0), s.tape.End())
	switch {
	case position != s.tape.Position():
		s.tape.GoTo(position)
	case position == s.tape.End():
		s.look.Notice = s.look.Say(LastStep, nil)
	default:
		s.look.Notice = s.look.Say(firstStep, nil)
	}
}

// Jump goes to a position, and says nothing when it is there.
func (s *Stepper) Jump(position int) {
	s.Play.Pause()
	s.tape.GoTo(position)
}

// PlayOn is one step of a recording that plays.
func (s *Stepper) PlayOn() {
	if s.Play.Speed == 0 {
		return // pressed just before the pause
	}
	s.tape.GoTo(s.tape.Following())
	if s.tape.Position() == s.tape.End() {
		s.Play.Pause()
	}
}

// TogglePlay lets it play, or stops it.
func (s *Stepper) TogglePlay() {
	switch {
	case s.Play.Speed > 0:
		s.Play.Pause()
	case s.tape.Position() == s.tape.End():
		s.look.Notice = s.look.Say(LastStep, nil)
	default:
		s.Play.Go()
	}
}

// ChangeSpeed makes it play faster or slower, and says how fast.
func (s *Stepper) ChangeSpeed(by int) {
	s.look.Notice = s.look.Say(Playing, message.Facts{"speed": s.Play.Change(by)})
}

// Ask opens the prompt.
func (s *Stepper) Ask(label string, accept func(text string, last rune) bool, done func(text string)) {
	s.Play.Pause()
	s.look.Prompt = label
	s.Window.Ask(terminal.Question{Accept: accept, Done: done, Left: func() { s.look.Prompt = "" }})
}

// AskNumber asks for a number from 0.
func (s *Stepper) AskNumber(label string, done func(n int)) {
	digits := func(text string, _ rune) bool {
		_, err := strconv.ParseUint(text, 10, 31)
		return err == nil
	}
	s.Ask(label, digits, func(text string) {
		if n, err := strconv.Atoi(text); err == nil {
			done(n)
		}
	})
}

// Search asks for a text and goes to the next step that speaks of it; an empty one
// means the text searched for before.
func (s *Stepper) Search(label string) { s.Ask(label, nil, s.search) }

func (s *Stepper) search(text string) {
	if strings.TrimSpace(text) != "" {
		s.sought = text
	}
	if s.sought == "" {
		return
	}
	from := s.tape.Position()
	position, found := s.tape.Find(s.sought)
	switch {
	case !found:
		s.look.Notice = s.look.Say(notFound, message.Facts{"text": canvas.Clean(s.sought)})
		return
	case position <= from:
		s.look.Notice = s.look.Say(foundRound, nil)
	}
	s.tape.GoTo(position)
}

// OpenHelp opens the page of keys of a screen.
func OpenHelp[S any](s *Stepper, actions []keys.Action[S], on S) {
	s.Play.Pause()
	s.look.Help, s.look.Prompt = &keys.Help{}, keys.FilterPrompt(s.look.Language)
	terminal.AskHelp(s.Window, s.look.Help, actions, s.look.Language, on, func() { s.look.Help, s.look.Prompt = nil, "" })
}
