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
	"etincelle/grader/message"
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
		keys       []any
	}{
		{"join", "join", []any{"g10", tcell.KeyEnter}},
		{"combiner", "join", []any{"g3", tcell.KeyEnter, "1"}},
		{"skipped", "join", []any{"NNN"}},
		{"cache", "cache", []any{"g11", tcell.KeyEnter, "3"}},
		{"retry", "retry", []any{"g3", tcell.KeyEnter}},
		{"failed", "retry", []any{tcell.KeyEnd}},
		{"fetch", "fetch", []any{"g6", tcell.KeyEnter, "p"}},
		{"copies", "copies", []any{"/est une copie", tcell.KeyEnter, "3"}},
		{"lost", "copies", []any{"/e1 est perdu", tcell.KeyEnter}},
		{"cut", "copies", []any{tcell.KeyEnd, "p"}},
		{"hostile", "hostile", []any{tcell.KeyEnd}},
		{"start", "join", nil},
		{"why", "cache", []any{"g11", tcell.KeyEnter, tcell.KeyEnter}},
		{"zoom", "join", []any{tcell.KeyEnd, "4z"}},
		{"help", "join", []any{"?"}},
	} {
		for _, size := range []struct {
			name          string
			width, height int
		}{{"80x24", 80, 24}, {"120x36", 120, 36}} {
			for _, l := range []model.Language{model.French, model.English} {
				name := c.name + "-" + size.name + "." + string(l) + ".txt"
				t.Run(name, func(t *testing.T) {
					term := open(t, tape(t, c.tape), Options{Title: message.Same("TP 2"), Language: l}, size.width, size.height)
					term.Press(c.keys...)
					got := term.Text()
					for i, row := range strings.Split(got, "\n") {
						require.LessOrEqual(t, canvas.Columns(row), size.width, "row %d", i)
					}
					terminaltest.Golden(t, name, got)
				})
			}
		}
	}
}
