package view

import (
	"context"
	"testing"
	"unicode"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/replay/scenario"
	"etincelle/tui/model"
	"etincelle/tui/terminal"
	"etincelle/tui/trial"
)

// TestRandomChanges: whatever is pressed, on a recording or an experiment that is run again,
// nothing panics, a position stays within the recording, and forward then back is where
// one was.
func TestRandomChanges(t *testing.T) {
	var lines []*model.Timeline
	for _, name := range []string{"join", "cache", "retry", "fetch", "copies", "hostile"} {
		line, err := model.New(tape(t, name))
		require.NoError(t, err)
		lines = append(lines, line)
	}
	again := tape(t, "fetch")
	rapid.Check(t, func(t *rapid.T) {
		o, run := Options{Title: message.Same("TP 3")}, (*runner)(nil)
		ran := make(chan struct{}, 100)
		if rapid.Bool().Draw(t, "changeable") {
			o.Scenario = &scenario.Jobs{Version: 1, TP: "tp03"}
			run = trial.NewReplay(context.Background(), func(context.Context, scenario.Jobs) ([]event.Event, error) { return again, nil }, model.New, func(tcell.Event) { ran <- struct{}{} })
		}
		s := newScreen(rapid.SampledFrom(lines).Draw(t, "tape"), o, stopped{}, run)
		press := func(key tcell.Key, r rune) {
			s.Window.InputHandler()(tcell.NewEventKey(key, r, tcell.ModNone), func(tview.Primitive) {})
			if s.Busy {
				<-ran
				s.Window.InputHandler()(tcell.NewEventKey(trial.Done, 0, tcell.ModNone), func(tview.Primitive) {})
			}
		}
		for range rapid.IntRange(1, 30).Draw(t, "keys") {
			if rapid.Bool().Draw(t, "special") {
				press(rapid.SampledFrom([]tcell.Key{tcell.KeyEnter, tcell.KeyEscape, tcell.KeyTab, tcell.KeyBacktab, tcell.KeyUp, tcell.KeyDown, tcell.KeyPgUp,
					tcell.KeyPgDn, tcell.KeyHome, tcell.KeyEnd, terminal.Tick}).Draw(t, "key"), 0)
			} else {
				press(tcell.KeyRune, rapid.SampledFrom([]rune("npNP.,g/<>zF?1234 :é0e1kxEcmuRUsd")).Draw(t, "rune"))
			}
			width, height := rapid.IntRange(0, 150).Draw(t, "width"), rapid.IntRange(0, 50).Draw(t, "height")
			c := s.Draw(width, height)
			require.Len(t, c.Cells, width*height)
			for _, cell := range c.Cells {
				require.False(t, unicode.IsControl(cell.Main) && cell.Main != 0)
			}
			require.Equal(t, c.String(), s.Draw(width, height).String(), "drawing twice changes nothing")
			require.GreaterOrEqual(t, s.state.Position, 0)
			require.LessOrEqual(t, s.state.Position, s.line.Len())
		}
	})
}

// TestForwardAndBack: a page is the same, to the last cell, after a step forwards and one
// back, at each stop of each recording.
func TestForwardAndBack(t *testing.T) {
	for _, name := range []string{"join", "cache", "retry", "fetch", "copies", "hostile"} {
		line, err := model.New(tape(t, name))
		require.NoError(t, err)
		s := newScreen(line, Options{Title: message.Same("TP 3")}, stopped{}, nil)
		for at := 0; at < line.Len(); at = line.Next(model.ByTask, at) {
			s.GoTo(at)
			here := s.Draw(120, 36).String()
			s.GoTo(line.Next(model.ByTask, at))
			s.Draw(120, 36)
			s.GoTo(line.Previous(model.ByTask, s.state.Position))
			require.Equal(t, here, s.Draw(120, 36).String(), "%s at %d", name, at)
		}
	}
}
