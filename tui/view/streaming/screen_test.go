package streaming

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/replay/scenario"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/streaming"
	"etincelle/tui/terminaltest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var recorded = filepath.Join("..", "..", "..", "replay", "recorded")

func tape(t testing.TB, name string) []event.Event {
	f, err := os.Open(filepath.Join(recorded, name+".jsonl.gz"))
	require.NoError(t, err)
	defer f.Close()
	r, err := gzip.NewReader(f)
	require.NoError(t, err)
	events, err := event.Read(r)
	require.NoError(t, err)
	return events
}

func experiment(t testing.TB, name string) *scenario.Scenario {
	f, err := os.Open(filepath.Join(recorded, name+".json"))
	require.NoError(t, err)
	defer f.Close()
	s, err := scenario.Read(f)
	require.NoError(t, err)
	return &s
}

func options(t testing.TB, l message.Language) Options {
	return Options{Language: l, Title: message.Same("TP 8"), Scenario: experiment(t, "animals")}
}

func open(t testing.TB, recording []event.Event, o Options, width, height int) *terminaltest.Terminal {
	return terminaltest.Open(t, width, height, func(ctx context.Context, app *tview.Application) error {
		return runOn(ctx, recording, o, app)
	})
}

func TestGoldenScreens(t *testing.T) {
	for _, c := range []struct {
		name, tape string
		keys       []any
	}{
		{"start", "animals", nil},
		{"six", "animals", []any{"g6", tcell.KeyEnter}},
		{"five", "animals", []any{"g5", tcell.KeyEnter, "mm"}},
		{"why", "animals", []any{"g6", tcell.KeyEnter, tcell.KeyEnter}},
		{"row", "animals", []any{"g6", tcell.KeyEnter, ".3"}},
		{"complete", "animals", []any{tcell.KeyEnd, "m4z"}},
		{"help", "animals", []any{"?"}},
		{"predicted", "animals", []any{"g5", tcell.KeyEnter, "r0", tcell.KeyEnter, "12:10 hibou 2; 12:15 hibou 2", tcell.KeyEnter, "12", tcell.KeyEnter, "12:11", tcell.KeyEnter, "9", tcell.KeyEnter}},
		{"predicting", "animals", []any{"g5", tcell.KeyEnter, "r0"}},
		{"storm", "storm", []any{"g100", tcell.KeyEnter}},
	} {
		for _, size := range []struct {
			name          string
			width, height int
		}{{"80x24", 80, 24}, {"120x36", 120, 36}} {
			for _, l := range []message.Language{message.French, message.English} {
				name := c.name + "-" + size.name + "." + string(l)
				t.Run(name, func(t *testing.T) {
					o := options(t, l)
					if c.tape == "storm" {
						o.Scenario = experiment(t, "storm")
					}
					term := open(t, tape(t, c.tape), o, size.width, size.height)
					term.Press(c.keys...)
					got := term.Text()
					for i, row := range strings.Split(got, "\n") {
						require.LessOrEqual(t, canvas.Columns(row), size.width, "row %d", i)
					}
					terminaltest.Golden(t, name+".txt", got)
				})
			}
		}
	}
}

func TestABatchIsAskedFor(t *testing.T) {
	o := options(t, message.French)
	number := int64(6)
	o.Batch = &number
	term := open(t, tape(t, "animals"), o, 80, 24)
	require.Contains(t, term.Text(), "lot 6/10", "the screen opens on it")
	number = 11
	var absent NoBatch
	require.ErrorAs(t, Plain(&bytes.Buffer{}, tape(t, "animals"), o), &absent)
	require.ErrorAs(t, JSON(&bytes.Buffer{}, tape(t, "animals"), o), &absent)
	require.ErrorAs(t, runOn(context.Background(), tape(t, "animals"), o, tview.NewApplication()), &absent)
}

// A TP opens on its own mode, where the recording has it.
func TestOpensOnAMode(t *testing.T) {
	story, err := model.New(tape(t, "animals"), 0)
	require.NoError(t, err)
	for asked, shown := range map[string]string{"": "update", "append": "append", "complete": "complete", "other": "update"} {
		s := newScreen(story, Options{Language: message.English, Mode: asked}, stopped{}, nil)
		assert.Equal(t, shown, story.Queries[s.mode].Mode, asked)
	}
}
