package stepper

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"etincelle/tui/terminal"
)

// words is a tape of five words.
type words struct{ at int }

var story = strings.Fields("un chat un chien âne")

func (w *words) Position() int  { return w.at }
func (w *words) End() int       { return len(story) - 1 }
func (w *words) GoTo(to int)    { w.at = to }
func (w *words) Following() int { return w.at + 1 }
func (w *words) Find(text string) (int, bool) {
	for i := range story {
		if at := (w.at + 1 + i) % len(story); strings.Contains(story[at], text) {
			return at, true
		}
	}
	return 0, false
}

type player struct{ pace int }

func (p *player) Start(perSecond int) { p.pace = perSecond }
func (p *player) Stop()               { p.pace = 0 }

func TestMoving(t *testing.T) {
	tape, look, clock := &words{}, &Look{Language: "en"}, &player{}
	s := New(tape, look, clock, terminal.Options{}, nil)
	for _, step := range []struct {
		what   string
		do     func()
		at     int
		notice string
		pace   int
	}{
		{"a step back from the start", func() { s.Step(-1) }, 0, "start of the recording", 0},
		{"a step", func() { s.Step(1) }, 1, "", 0},
		{"play", func() { s.TogglePlay() }, 1, "", 1},
		{"it plays", func() { s.PlayOn() }, 2, "", 1},
		{"faster", func() { s.ChangeSpeed(1) }, 2, "playing 2/s", 2},
		{"a step by hand stops it", func() { s.Step(3) }, 3, "", 0},
		{"a tick that came too late", func() { s.PlayOn() }, 3, "", 0},
		{"it stops at the end", func() { s.TogglePlay(); s.PlayOn() }, 4, "", 0},
		{"beyond the end", func() { s.Step(99) }, 4, "end of the recording", 0},
		{"play at the end", func() { s.TogglePlay() }, 4, "end of the recording", 0},
		{"a search goes round", func() { s.search("un") }, 0, "from the start again", 0},
		{"the same again", func() { s.search("") }, 2, "", 0},
		{"nowhere", func() { s.search("loup") }, 2, "“loup” is nowhere to be found", 0},
		{"a jump", func() { s.Jump(4) }, 4, "", 0},
	} {
		look.Notice = ""
		step.do()
		assert.Equal(t, step.at, tape.at, step.what)
		assert.Contains(t, look.Notice, step.notice, step.what)
		assert.Equal(t, step.notice == "", look.Notice == "", step.what)
		assert.Equal(t, step.pace, clock.pace, step.what)
	}
	look.SwitchLanguage()
	assert.Equal(t, "« loup » ne se trouve nulle part.", look.Say(notFound, map[string]any{"text": "loup"}))
}
