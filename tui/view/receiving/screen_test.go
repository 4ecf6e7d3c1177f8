package receiving

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/replay"
	"etincelle/replay/scenario"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/receiving"
	"etincelle/tui/terminal"
	"etincelle/tui/terminaltest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func tape(t testing.TB) []event.Event {
	f, err := os.Open("../../../replay/recorded/receiving/words.jsonl.gz")
	require.NoError(t, err)
	defer f.Close()
	r, err := gzip.NewReader(f)
	require.NoError(t, err)
	events, err := event.Read(r)
	require.NoError(t, err)
	return events
}

func open(t testing.TB, o Options, width, height int) *terminaltest.Terminal {
	return terminaltest.Open(t, width, height, func(ctx context.Context, app *tview.Application) error {
		return run(ctx, tape(t), o, app)
	})
}

func TestKeysAndTheirTable(t *testing.T) { terminaltest.Keys(t, actions()) }

func TestGoldenScreens(t *testing.T) {
	for _, c := range []struct {
		name string
		keys []any
	}{
		{"start", nil},
		{"killed", []any{"/meurt", tcell.KeyEnter}},
		{"batch", []any{"g6", tcell.KeyEnter}},
		{"end", []any{tcell.KeyEnd, "1"}},
		{"why", []any{"g6", tcell.KeyEnter, tcell.KeyEnter}},
		{"help", []any{"?"}},
	} {
		for _, size := range []struct {
			name          string
			width, height int
		}{{"80x24", 80, 24}, {"120x36", 120, 36}} {
			for _, l := range []message.Language{message.French, message.English} {
				name := c.name + "-" + size.name + "." + string(l) + ".txt"
				t.Run(name, func(t *testing.T) {
					term := open(t, Options{Language: message.French, Title: "TP 5"}, size.width, size.height)
					term.Press(c.keys...)
					if l == message.English && c.name != "help" {
						term.Press("F")
					}
					for i, row := range strings.Split(term.Text(), "\n") {
						require.LessOrEqual(t, canvas.Columns(row), size.width, "row %d", i)
					}
					terminaltest.Golden(t, name, term.Text())
				})
			}
		}
	}
	term := open(t, Options{Title: "TP 5"}, 60, 16)
	term.Press("g6", tcell.KeyEnter)
	terminaltest.Golden(t, "small-60x16.txt", term.Text())
}

type still struct{}

func (still) Start(int) {}
func (still) Stop()     {}

// TestRandomKeys: whatever is pressed, at whatever size, nothing panics and a position
// stays within the recording.
func TestRandomKeys(t *testing.T) {
	line, err := model.New(tape(t))
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		s := newScreen(line, Options{Title: "TP 5"}, still{}, nil)
		for range rapid.IntRange(1, 30).Draw(t, "keys") {
			key, r := tcell.KeyRune, rune(0)
			if rapid.Bool().Draw(t, "special") {
				key = rapid.SampledFrom([]tcell.Key{tcell.KeyEnter, tcell.KeyEscape, tcell.KeyTab, tcell.KeyBacktab, tcell.KeyUp, tcell.KeyDown, tcell.KeyPgUp,
					tcell.KeyPgDn, tcell.KeyHome, tcell.KeyEnd, terminal.Tick}).Draw(t, "key")
			} else {
				r = rapid.SampledFrom([]rune("npNP.,g/<>zF?12345 :é0kxWbuRUs")).Draw(t, "rune")
			}
			s.Window.InputHandler()(tcell.NewEventKey(key, r, tcell.ModNone), func(tview.Primitive) {})
			width, height := rapid.IntRange(0, 150).Draw(t, "width"), rapid.IntRange(0, 50).Draw(t, "height")
			c := s.Draw(width, height)
			require.Len(t, c.Cells, width*height)
			for _, cell := range c.Cells {
				require.False(t, unicode.IsControl(cell.Main) && cell.Main != 0)
			}
			require.Equal(t, c.String(), s.Draw(width, height).String(), "drawing twice changes nothing")
			require.GreaterOrEqual(t, s.state.Position, 0)
			require.LessOrEqual(t, s.state.Position, line.Len())
		}
	})
}

func engine(_ context.Context, s scenario.Receiving) ([]event.Event, error) {
	return replay.RunReceiving(s)
}

// TestChangingTheExperiment: with one copy of each block the executor takes rows along
// that two copies save.
func TestChangingTheExperiment(t *testing.T) {
	f, err := os.Open("../../../replay/recorded/receiving/words.json")
	require.NoError(t, err)
	defer f.Close()
	s, err := scenario.ReadReceiving(f)
	require.NoError(t, err)
	s.Executors = 4 // of which two may die
	savedTo := scenario.Receiving{}
	term := open(t, Options{Title: "TP 5", Scenario: &s, Replay: engine, Save: func(s scenario.Receiving) (string, error) { savedTo = s; return "x.json", nil }}, 120, 36)
	changes := func(keys ...any) string {
		term.Press(keys...)
		term.Settle() // drawn again when the engine is done
		return term.Text()
	}
	term.Press("g6", tcell.KeyEnter)
	before := term.Text()
	require.Contains(t, changes("x"), "modifié (1)")
	require.Contains(t, term.Text(), "□")
	term.Press("/perdue", tcell.KeyEnter)
	require.Contains(t, term.Text(), "plus personne ne le tient")
	term.Press("g6", tcell.KeyEnter, "u")
	require.Equal(t, before, term.Text())
	require.Contains(t, changes("W"), "bloc 200 ms · WAL")
	require.Contains(t, changes("b4s", tcell.KeyEnter), "lot 4 s")
	term.Press("U")
	changes("ke2", tcell.KeyEnter)
	term.Press("N")
	require.Contains(t, term.Text(), "e2 ✗ perdu")
	term.Press("P", "ke9", tcell.KeyEnter)
	require.Contains(t, term.Text(), "un exécuteur vivant est attendu")
	term.Press("s")
	require.Contains(t, term.Text(), "Enregistré : x.json")
	require.Len(t, savedTo.Kills, 2)
	term.Press("bx", tcell.KeyEnter)
	require.Contains(t, term.Text(), "une durée est attendue")
}

func TestStepping(t *testing.T) {
	term := open(t, Options{Title: "TP 5"}, 120, 36)
	term.Press("p")
	require.Contains(t, term.Text(), "C'est le début")
	term.Press("NNN")
	before := term.Text()
	require.Contains(t, before, "Le lot 6 s est dû")
	term.Press("np")
	require.Equal(t, before, term.Text(), "forward then back is where one was")
	term.Press(" ", terminal.Tick)
	require.Contains(t, term.Text(), "▶ lecture 1/s")
	term.Press(tcell.KeyEnd, "n")
	require.Contains(t, term.Text(), "C'est la fin")
	term.Press("/girafe", tcell.KeyEnter)
	require.Contains(t, term.Text(), "« girafe » ne se trouve nulle part.")
	term.Sim.InjectKey(tcell.KeyRune, 'q', tcell.ModNone)
	require.NoError(t, term.Ended())
	require.True(t, term.Gone())
}

func TestSignsAndColours(t *testing.T) {
	for _, o := range []Options{{NoColor: true}, {ASCII: true}} {
		term := open(t, o, 120, 36)
		for _, key := range []any{"g6", tcell.KeyEnter, "?", tcell.KeyEscape, tcell.KeyEnd} {
			term.Press(key)
			cells, _, _ := term.Sim.GetContents()
			for _, cell := range cells {
				fore, back, _ := cell.Style.Decompose()
				require.Equal(t, tcell.ColorDefault, back)
				require.True(t, !o.NoColor || fore == tcell.ColorDefault)
				for _, r := range cell.Runes {
					require.True(t, !o.ASCII || r < 0x80 || unicode.IsLetter(r) || r == '°', "%q is a sign", r)
				}
			}
		}
	}
}

func TestPlain(t *testing.T) {
	for _, l := range []message.Language{message.French, message.English} {
		var b bytes.Buffer
		require.NoError(t, Plain(&b, tape(t), Options{Title: "TP 5", Language: l}))
		terminaltest.Golden(t, "plain."+string(l)+".txt", b.String())
		require.NotRegexp(t, `[─-╿▀-◿✀-➿⠀-⣿]`, b.String(), "signs are words here")
	}
	require.ErrorIs(t, Plain(&bytes.Buffer{}, nil, Options{}), model.ErrNoProgram)
}
