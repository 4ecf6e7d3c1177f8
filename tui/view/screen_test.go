package view

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/tui/model"
)

var rewrite = flag.Bool("rewrite", false, "write the golden files instead of comparing with them")

func tape(t testing.TB, name string) []event.Event {
	f, err := os.Open(filepath.Join("..", "testdata", name+".jsonl"))
	require.NoError(t, err)
	defer f.Close()
	events, err := event.Read(f)
	require.NoError(t, err)
	return events
}

// terminal is a screen in memory with the application running on it.
type terminal struct {
	t     testing.TB
	sim   tcell.SimulationScreen
	app   *tview.Application
	drawn chan struct{} // one for each time the page was drawn
	over  chan error
	stop  context.CancelFunc
}

func open(t testing.TB, recording []event.Event, o Options, width, height int) *terminal {
	ctx, stop := context.WithCancel(context.Background())
	term := &terminal{t: t, sim: tcell.NewSimulationScreen("UTF-8"), drawn: make(chan struct{}, 1000), over: make(chan error, 1), stop: stop}
	term.app = tview.NewApplication().SetScreen(term.sim)
	term.sim.SetSize(width, height)
	term.app.SetAfterDrawFunc(func(tcell.Screen) { term.drawn <- struct{}{} })
	go func() { term.over <- run(ctx, recording, o, term.app) }()
	term.settle()
	t.Cleanup(func() {
		stop()
		if term.over != nil {
			<-term.over
		}
	})
	return term
}

// settle waits until a page has been drawn and shown.
func (term *terminal) settle() {
	<-term.drawn                    // tview tells just before it shows the page,
	term.app.QueueUpdate(func() {}) // and does this just after
}

// press types keys, one after the other, and waits until each has been drawn.
func (term *terminal) press(keys ...any) {
	for _, key := range keys {
		switch k := key.(type) {
		case tcell.Key:
			term.sim.InjectKey(k, 0, tcell.ModNone)
			term.settle()
		case string:
			for _, r := range k {
				term.sim.InjectKey(tcell.KeyRune, r, tcell.ModNone)
				term.settle()
			}
		}
	}
}

// text is what the terminal shows.
func (term *terminal) text() string {
	cells, width, height := term.sim.GetContents()
	var b strings.Builder
	for y := range height {
		var row strings.Builder
		for x := 0; x < width; x++ {
			for _, r := range cells[y*width+x].Runes {
				row.WriteRune(r)
			}
			if runes := cells[y*width+x].Runes; len(runes) > 0 && widths.RuneWidth(runes[0]) == 2 {
				x++
			}
		}
		b.WriteString(strings.TrimRight(row.String(), " ") + "\n")
	}
	return b.String()
}

func golden(t testing.TB, name, got string) {
	file := filepath.Join("testdata", name)
	if *rewrite {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "%s; go test ./tui/view -rewrite writes it", file)
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
				term.press(c.keys...)
				got := term.text()
				for i, row := range strings.Split(got, "\n") {
					require.LessOrEqual(t, textWidth(row), size.width, "row %d", i)
				}
				golden(t, c.name+"-"+size.name+".txt", got)
			})
		}
	}
}
