package view

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"etincelle/engine/event"
	"etincelle/tui/model"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// ended waits for the application to be over.
func (term *terminal) ended() error {
	err := <-term.over
	term.over = nil
	return err
}

func TestQuit(t *testing.T) {
	for _, key := range []tcell.Key{tcell.KeyCtrlC, tcell.KeyRune} {
		term := open(t, tape(t, "join"), Options{}, 80, 24)
		term.press(" ") // even while it plays
		term.sim.InjectKey(key, 'q', tcell.ModNone)
		require.NoError(t, term.ended())
		require.True(t, gone(term.sim))
	}
	term := open(t, tape(t, "join"), Options{}, 80, 24)
	term.press("/")
	term.sim.InjectKey(tcell.KeyCtrlC, 0, tcell.ModNone)
	require.NoError(t, term.ended(), "from a prompt as well")
}

// gone reports whether a screen was given back.
func gone(s tcell.SimulationScreen) bool {
	_, width, _ := s.GetContents()
	return width == 0
}

func TestSignalGivesTheTerminalBack(t *testing.T) {
	term := open(t, tape(t, "join"), Options{}, 80, 24)
	term.stop()
	require.NoError(t, term.ended())
	require.True(t, gone(term.sim))
}

func TestDefectGivesTheTerminalBack(t *testing.T) {
	sim := tcell.NewSimulationScreen("UTF-8")
	app := tview.NewApplication().SetScreen(sim)
	app.SetBeforeDrawFunc(func(tcell.Screen) bool { panic("a defect") })
	err := run(context.Background(), tape(t, "join"), Options{}, app)
	require.ErrorContains(t, err, "the recording is unharmed: a defect")
	require.True(t, gone(sim))
}

func TestDamagedRecording(t *testing.T) {
	err := run(context.Background(), []event.Event{event.JobStart{Stages: []event.Stage{{Tasks: -1}}}}, Options{}, tview.NewApplication())
	require.ErrorIs(t, err, event.ErrRecording)
	require.ErrorIs(t, Plain(failing{}, []event.Event{event.JobStart{Stages: []event.Stage{{Tasks: -1}}}}, Options{}), event.ErrRecording)
	require.ErrorIs(t, Plain(failing{}, tape(t, "join"), Options{}), errFull, "a writer's error is told")
}

var errFull = errors.New("disk full")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }

func TestTicker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pressed := 0
		clock := &ticker{press: func() { pressed++ }}
		clock.play(1)
		clock.play(4)                         // in the place of the first
		<-time.After(1100 * time.Millisecond) // of the bubble's own clock
		synctest.Wait()
		require.Equal(t, 4, pressed)
		clock.stop()
		clock.stop()
		<-time.After(time.Hour)
		require.Equal(t, 4, pressed)
	})
}

func TestTitle(t *testing.T) {
	line, err := model.New(tape(t, "join"))
	require.NoError(t, err)
	require.Equal(t, "tp02", titleOf(Options{}, line))
	require.Equal(t, "TP 2", titleOf(Options{Title: "TP 2"}, line))
}
