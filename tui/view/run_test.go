package view

import (
	"context"
	"errors"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/tui/model"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestQuit(t *testing.T) {
	for _, key := range []tcell.Key{tcell.KeyCtrlC, tcell.KeyRune} {
		term := open(t, tape(t, "join"), Options{}, 80, 24)
		term.Press(" ") // even while it plays
		term.Sim.InjectKey(key, 'q', tcell.ModNone)
		require.NoError(t, term.Ended())
		require.True(t, term.Gone())
	}
	term := open(t, tape(t, "join"), Options{}, 80, 24)
	term.Press("/")
	term.Sim.InjectKey(tcell.KeyCtrlC, 0, tcell.ModNone)
	require.NoError(t, term.Ended(), "from a prompt as well")
}

func TestSignalGivesTheTerminalBack(t *testing.T) {
	term := open(t, tape(t, "join"), Options{}, 80, 24)
	term.Stop()
	require.NoError(t, term.Ended())
	require.True(t, term.Gone())
}

func TestDefectGivesTheTerminalBack(t *testing.T) {
	sim := tcell.NewSimulationScreen("UTF-8")
	app := tview.NewApplication().SetScreen(sim)
	app.SetBeforeDrawFunc(func(tcell.Screen) bool { panic("a defect") })
	err := run(context.Background(), tape(t, "join"), Options{}, app)
	require.ErrorContains(t, err, "nothing of yours is lost: a defect")
	_, width, _ := sim.GetContents()
	require.Zero(t, width)
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

func TestTitle(t *testing.T) {
	line, err := model.New(tape(t, "join"))
	require.NoError(t, err)
	require.Equal(t, message.Same("tp02"), titleOf(Options{}, line))
	require.Equal(t, message.Same("TP 2"), titleOf(Options{Title: message.Same("TP 2")}, line))
	term := open(t, tape(t, "join"), Options{Title: message.Both("Cas M", "Case M")}, 80, 24)
	require.Contains(t, term.Text(), "Cas M")
	term.Press("F")
	require.Contains(t, term.Text(), "Case M")
}
