package receiving

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/tui/follow"
	"etincelle/tui/terminaltest"
)

func TestALiveRecording(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.rec")
	whole := append(tape(t, "words"), event.SessionEnd{})
	add := func(facts []event.Event) {
		f, err := os.OpenFile(path+event.Growing, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		require.NoError(t, err)
		require.NoError(t, event.Write(f, facts))
		require.NoError(t, f.Close())
	}
	file := follow.Open(path)
	add(whole[:100])
	_, err := file.Look()
	require.NoError(t, err)
	written := map[string]string{}
	o := Options{Live: file, Mouse: true, Write: func(name string, content []byte) (string, error) {
		written[name] = string(content)
		return name, nil
	}}
	term := terminaltest.Open(t, 80, 24, func(ctx context.Context, app *tview.Application) error {
		return run(ctx, file.Events, o, app)
	})
	require.Contains(t, term.Text(), "● en direct")
	term.Press("p")
	add(whole[100:150])
	term.Press(follow.Grown)
	require.Contains(t, term.Text(), "■ pause · Fin : direct")
	term.Press(tcell.KeyEnd)
	require.Contains(t, term.Text(), "● en direct")
	add(whole[150:])
	term.Press(follow.Grown)
	require.Contains(t, term.Text(), "■ programme terminé")

	x, y := term.Find("1 ")
	term.Click(x, y)
	require.Contains(t, term.Text(), "╔ 1 ")
	term.Wheel(x, y+1, 1)
	term.Press("y", "e")
	require.Len(t, written, 3)
	require.Contains(t, string(term.Sim.GetClipboardData()), "1 ")
}

// Whatever the pieces are in which a recording comes, its steps are told once each.
func TestPlainOn(t *testing.T) {
	whole := tape(t, "words")
	var all, got strings.Builder
	require.NoError(t, Plain(&all, whole, Options{Title: message.Same("TP 5")}))
	told := 0
	for _, to := range []int{40, 90, 91, 200, len(whole)} {
		var err error
		told, err = PlainOn(&got, whole[:min(to, len(whole))], Options{Title: message.Same("TP 5")}, told, to == len(whole))
		require.NoError(t, err)
	}
	require.Equal(t, all.String(), got.String())
}
