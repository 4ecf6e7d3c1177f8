package view

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
	"etincelle/tui/canvas"
	"etincelle/tui/model"
	"etincelle/tui/terminaltest"
)

func tape(t testing.TB, name string) []event.Event {
	f, err := os.Open(filepath.Join("..", "testdata", name+".jsonl"))
	require.NoError(t, err)
	defer f.Close()
	events, err := event.Read(f)
	require.NoError(t, err)
	return events
}

func open(t testing.TB, recording []event.Event, o Options, width, height int) *terminaltest.Terminal {
	return terminaltest.Open(t, width, height, func(ctx context.Context, app *tview.Application) error {
		return run(ctx, recording, o, app)
	})
}

func TestGoldenScreens(t *testing.T) {
	for _, c := range []struct {
		name, tape string
		english    bool
		keys       []any
	}{
		{"join", "join", false, []any{"g10", tcell.KeyEnter}},
		{"combiner", "join", true, []any{"g3", tcell.KeyEnter, "1"}},
		{"skipped", "join", false, []any{"NNN"}},
		{"cache", "cache", false, []any{"g11", tcell.KeyEnter, "3"}},
		{"retry", "retry", true, []any{"g3", tcell.KeyEnter}},
		{"failed", "retry", false, []any{tcell.KeyEnd}},
		{"fetch", "fetch", false, []any{"g6", tcell.KeyEnter, "p"}},
		{"copies", "copies", false, []any{"/est une copie", tcell.KeyEnter, "3"}},
		{"lost", "copies", true, []any{"/Executor e1 is lost", tcell.KeyEnter}},
		{"cut", "copies", false, []any{tcell.KeyEnd, "p"}},
		{"hostile", "hostile", false, []any{tcell.KeyEnd}},
		{"start", "join", false, nil},
		{"why", "cache", true, []any{"g11", tcell.KeyEnter, tcell.KeyEnter}},
		{"zoom", "join", false, []any{tcell.KeyEnd, "4z"}},
		{"help", "join", false, []any{"?"}},
	} {
		for _, size := range []struct {
			name          string
			width, height int
		}{{"80x24", 80, 24}, {"120x36", 120, 36}} {
			t.Run(c.name+"-"+size.name, func(t *testing.T) {
				o := Options{Title: "TP 2", Language: model.French}
				if c.english {
					o.Language = model.English
				}
				term := open(t, tape(t, c.tape), o, size.width, size.height)
				term.Press(c.keys...)
				got := term.Text()
				for i, row := range strings.Split(got, "\n") {
					require.LessOrEqual(t, canvas.Columns(row), size.width, "row %d", i)
				}
				terminaltest.Golden(t, c.name+"-"+size.name+".txt", got)
			})
		}
	}
}
