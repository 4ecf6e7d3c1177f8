package view

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
	"etincelle/tui/model"
	"etincelle/tui/stepper"
	"etincelle/tui/terminaltest"
)

// TestAnySize: whatever the size, the state and the view, a page can be drawn,
// has no character a terminal obeys, and no panel runs over its frame.
func TestAnySize(t *testing.T) {
	lines := map[string]*model.Timeline{}
	names := []string{"join", "cache", "retry", "fetch", "copies", "hostile"}
	for _, name := range names {
		line, err := model.New(tape(t, name))
		require.NoError(t, err)
		lines[name] = line
	}
	rapid.Check(t, func(t *rapid.T) {
		line := lines[rapid.SampledFrom(names).Draw(t, "tape")]
		p := page{
			Look: stepper.Look{
				Title:    message.Same("TP 2"),
				Language: rapid.SampledFrom([]model.Language{model.French, model.English}).Draw(t, "language"),
				Speed:    rapid.IntRange(0, 4).Draw(t, "speed"),
				Prompt:   rapid.SampledFrom([]string{"", "Filtrer : "}).Draw(t, "prompt"),
			},
			line: line, state: line.At(rapid.IntRange(0, line.Len()).Draw(t, "position")),
			focus: rapid.IntRange(0, panelCount-1).Draw(t, "focus"), zoom: rapid.Bool().Draw(t, "zoom"),
			why: rapid.Bool().Draw(t, "why"), told: rapid.IntRange(0, 50).Draw(t, "told"),
		}
		for i := range p.scroll {
			p.scroll[i] = rapid.IntRange(0, 40).Draw(t, "scroll")
		}
		if rapid.Bool().Draw(t, "help") {
			p.Help = &keys.Help{Filter: rapid.SampledFrom([]string{"", "é", "zzz"}).Draw(t, "filter"), Chosen: rapid.IntRange(0, 99).Draw(t, "chosen")}
		}
		columns, rows := rapid.IntRange(0, 150).Draw(t, "columns"), rapid.IntRange(0, 50).Draw(t, "rows")
		c := p.draw(columns, rows)
		require.Len(t, c.Cells, columns*rows)
		for _, cell := range c.Cells {
			require.False(t, unicode.IsControl(cell.Main) && cell.Main != 0)
			require.False(t, cell.Main >= 0x2800 && cell.Main <= 0x28ff, "Braille patterns are noise on Braille displays")
		}
		if columns >= fullWidth && rows >= fullHeight && p.Help == nil && !p.why {
			for i, r := range arrange(columns, rows, p.focus, p.zoom).panels {
				if r.Empty() {
					continue
				}
				edge, bottom := c.Cells[(r.Y+r.Height/2)*columns+r.X+r.Width-1].Main, c.Cells[(r.Y+r.Height-1)*columns+r.X].Main
				if i == p.focus {
					require.Equal(t, []rune("║╚"), []rune{edge, bottom})
				} else {
					require.Equal(t, []rune("│└"), []rune{edge, bottom})
				}
			}
		}
		again := p.draw(columns, rows)
		require.Equal(t, c.String(), again.String(), "drawing twice changes nothing")
	})
}

// TestArrangement: the rectangles of a full page cover it and do not overlap.
func TestArrangement(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {99, 40}, {100, 29}, {100, 30}, {120, 36}, {250, 80}} {
		l := arrange(size[0], size[1], 0, false)
		area := 0
		for _, r := range append([]canvas.Rect{l.header, l.jobs, l.sentence, l.footer}, l.panels[:]...) {
			require.LessOrEqual(t, r.X+r.Width, size[0])
			require.LessOrEqual(t, r.Y+r.Height, size[1])
			area += r.Width * r.Height
		}
		require.Equal(t, size[0]*size[1], area, "%v", size)
		require.False(t, l.small)
	}
	require.True(t, arrange(79, 24, 0, false).small)
	require.True(t, arrange(80, 23, 0, false).small)
}

func TestSmallWindow(t *testing.T) {
	term := open(t, tape(t, "join"), Options{Title: message.Same("TP 2")}, 60, 16)
	term.Press("g10", tcell.KeyEnter)
	terminaltest.Golden(t, "small-60x16.txt", term.Text())
	term.Press(tcell.KeyTab)
	require.Contains(t, term.Text(), "3 Stockage")
}

func TestColours(t *testing.T) {
	for _, noColor := range []bool{false, true} {
		for _, name := range []string{"cache", "retry", "hostile"} {
			term := open(t, tape(t, name), Options{NoColor: noColor}, 120, 36)
			for _, key := range []any{"n", tcell.KeyEnd, "/", tcell.KeyEscape, "?"} {
				term.Press(key)
				cells, _, _ := term.Sim.GetContents()
				for _, cell := range cells {
					fore, back, attributes := cell.Style.Decompose()
					require.Equal(t, tcell.ColorDefault, back, "the background is the terminal's own")
					if noColor {
						require.Equal(t, tcell.ColorDefault, fore)
						require.Zero(t, attributes&^(tcell.AttrBold|tcell.AttrReverse))
					} else {
						require.Contains(t, []tcell.Color{tcell.ColorDefault, tcell.PaletteColor(32), tcell.PaletteColor(166)}, fore)
					}
				}
			}
		}
	}
}

func TestASCII(t *testing.T) {
	for _, name := range []string{"join", "cache", "retry", "fetch"} {
		term := open(t, tape(t, name), Options{ASCII: true, Title: message.Same("TP 2")}, 120, 36)
		for _, key := range []any{"nnnn", "g11", tcell.KeyEnter, tcell.KeyEnd, tcell.KeyEnter, "?", tcell.KeyEscape, "/"} {
			term.Press(key)
			for _, r := range term.Text() {
				require.True(t, r < 0x80 || unicode.IsLetter(r) || r == '°', "%q is a sign", r)
			}
		}
	}
}

// TestBothLanguages: no word is missing in a language, and both tell the same.
func TestBothLanguages(t *testing.T) {
	hole := regexp.MustCompile(`\{([a-z]+)`)
	holes := func(s string) []string {
		list := hole.FindAllString(s, -1)
		slices.Sort(list)
		return slices.Compact(list)
	}
	for i, m := range words {
		require.NotEmpty(t, m.French, "word %d", i)
		require.NotEmpty(t, m.English, "word %d", i)
		assert.Equal(t, holes(m.French), holes(m.English), m.English)
	}
}

// TestDeepLineage: a lineage of many shuffles keeps its names in sight.
func TestDeepLineage(t *testing.T) {
	start := event.JobStart{Dataset: 100}
	for id := 100; id > 0; id-- {
		start.Datasets = append(start.Datasets, event.Dataset{ID: id, Op: "reduceByKey", Parents: []event.Parent{{Dataset: id - 1, Shuffle: id}}})
	}
	line, err := model.New([]event.Event{start})
	require.NoError(t, err)
	p := page{line: line, state: line.At(1)}
	lines := p.lineageLines(38)
	for i := range 100 {
		var b strings.Builder
		for _, s := range lines[i]() {
			b.WriteString(s.Text)
		}
		require.Contains(t, b.String(), fmt.Sprintf("[%d]", 100-i))
	}
}

func BenchmarkDraw(b *testing.B) {
	const tasks = 20000
	facts := []event.Event{event.ExecutorAdded{Executor: "e0"}, event.JobStart{Stages: []event.Stage{{Tasks: tasks, Writes: 0}}}}
	for p := range tasks {
		facts = append(facts, event.TaskStart{Task: p, Partition: p, Executor: "e0"},
			event.ShuffleWritten{Map: p, Executor: "e0", Rows: []int64{1, 2}},
			event.TaskEnd{Task: p, Partition: p, Executor: "e0", Status: event.Succeeded})
	}
	line, err := model.New(facts)
	require.NoError(b, err)
	p := page{line: line, state: line.At(line.Len())}
	for b.Loop() {
		p.draw(120, 36)
	}
}
