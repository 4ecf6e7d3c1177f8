package receiving

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
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

func tape(t testing.TB, name string) []event.Event {
	f, err := os.Open("../../../replay/recorded/receiving/" + name + ".jsonl.gz")
	require.NoError(t, err)
	defer f.Close()
	r, err := gzip.NewReader(f)
	require.NoError(t, err)
	events, err := event.Read(r)
	require.NoError(t, err)
	return events
}

func open(t testing.TB, o Options, width, height int) *terminaltest.Terminal {
	return openTape(t, "words", o, width, height)
}

func openTape(t testing.TB, name string, o Options, width, height int) *terminaltest.Terminal {
	return terminaltest.Open(t, width, height, func(ctx context.Context, app *tview.Application) error {
		return run(ctx, tape(t, name), o, app)
	})
}

func TestKeysAndTheirTable(t *testing.T) { terminaltest.Keys(t, actions()) }

func TestGoldenScreens(t *testing.T) {
	for _, c := range []struct {
		name, tape string
		keys       []any
	}{
		{"start", "words", nil},
		{"killed", "words", []any{"/meurt", tcell.KeyEnter}},
		{"batch", "words", []any{"g12", tcell.KeyEnter}},
		{"done", "words", []any{"/lot 8 s est fini", tcell.KeyEnter, "4"}},
		{"end", "words", []any{tcell.KeyEnd, "1"}},
		{"why", "words", []any{"g12", tcell.KeyEnter, tcell.KeyEnter}},
		{"help", "words", []any{"?"}},
		{"dead", "driver", []any{"/pilote meurt", tcell.KeyEnter}},
		{"lost", "driver", []any{"/perdues", tcell.KeyEnter}},
		{"again", "driver", []any{"/lot 8 s est fini", tcell.KeyEnter, "5"}},
		{"predicted", "words", []any{"g8", tcell.KeyEnter, "r40", tcell.KeyEnter, "12", tcell.KeyEnter, tcell.KeyEnter, "(spark,80)", tcell.KeyEnter}},
	} {
		for _, size := range []struct {
			name          string
			width, height int
		}{{"80x24", 80, 24}, {"120x36", 120, 36}} {
			for _, l := range []message.Language{message.French, message.English} {
				name := c.name + "-" + size.name + "." + string(l) + ".txt"
				t.Run(name, func(t *testing.T) {
					term := openTape(t, c.tape, Options{Language: message.French, Title: message.Same("TP 5")}, size.width, size.height)
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
	term := open(t, Options{Title: message.Same("TP 5")}, 60, 16)
	term.Press("g12", tcell.KeyEnter)
	terminaltest.Golden(t, "small-60x16.txt", term.Text())
}

type still struct{}

func (still) Start(int) {}
func (still) Stop()     {}

// TestRandomKeys: whatever is pressed, at whatever size, nothing panics and a position
// stays within the recording.
func TestRandomKeys(t *testing.T) {
	var lines []*model.Timeline
	for _, name := range []string{"words", "driver"} {
		line, err := model.New(tape(t, name))
		require.NoError(t, err)
		lines = append(lines, line)
	}
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom(lines).Draw(t, "tape")
		s := newScreen(line, Options{Title: message.Same("TP 5")}, still{}, nil)
		for range rapid.IntRange(1, 30).Draw(t, "keys") {
			key, r := tcell.KeyRune, rune(0)
			if rapid.Bool().Draw(t, "special") {
				key = rapid.SampledFrom([]tcell.Key{tcell.KeyEnter, tcell.KeyEscape, tcell.KeyTab, tcell.KeyBacktab, tcell.KeyUp, tcell.KeyDown, tcell.KeyPgUp,
					tcell.KeyPgDn, tcell.KeyHome, tcell.KeyEnd, terminal.Tick}).Draw(t, "key")
			} else {
				r = rapid.SampledFrom([]rune("npNP.,g/<>zF?123456 :é0kxWbuRUsdr")).Draw(t, "rune")
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
	term := open(t, Options{Title: message.Same("TP 5"), Scenario: &s, Replay: engine, Save: func(s scenario.Receiving) (string, error) { savedTo = s; return "x.json", nil }}, 120, 36)
	changes := func(keys ...any) string {
		term.Press(keys...)
		term.Settle() // drawn again when the engine is done
		return term.Text()
	}
	term.Press("g12", tcell.KeyEnter)
	before := term.Text()
	require.Contains(t, changes("x"), "modifié (1)")
	require.Contains(t, term.Text(), "□")
	term.Press("/perdue", tcell.KeyEnter)
	require.Contains(t, term.Text(), "plus personne ne les tient")
	term.Press("d")
	require.Contains(t, term.Text(), "PERDUES 0 → ")
	term.Press("d", "g12", tcell.KeyEnter, "u")
	require.Equal(t, before, term.Text())
	require.Contains(t, changes("W"), "1 copie · WAL", "the log is the other copy")
	require.Contains(t, changes("b4s", tcell.KeyEnter), "lot 4 s")
	term.Press("U")
	changes("ke2", tcell.KeyEnter)
	term.Press("N")
	require.Contains(t, term.Text(), "e2 ✗ perdu")
	term.Press("P", "ke9", tcell.KeyEnter)
	require.Contains(t, term.Text(), "on peut tuer e0, e2, e3, pilote")
	changes("kpilote", tcell.KeyEnter)
	term.Press("/pilote meurt", tcell.KeyEnter)
	require.Contains(t, term.Text(), "PILOTE MORT")
	require.Contains(t, term.Text(), "Le pilote meurt, et ses exécuteurs avec lui")
	term.Press("u", "s")
	require.Contains(t, term.Text(), "Enregistré : x.json")
	require.Len(t, savedTo.Kills, 2)
	term.Press("bx", tcell.KeyEnter)
	require.Contains(t, term.Text(), "une durée est attendue")
}

// TestTheDriverDiesOnScreen: without the log rows are lost, with it they are not.
func TestTheDriverDiesOnScreen(t *testing.T) {
	f, err := os.Open("../../../replay/recorded/receiving/driver.json")
	require.NoError(t, err)
	defer f.Close()
	s, err := scenario.ReadReceiving(f)
	require.NoError(t, err)
	term := openTape(t, "driver", Options{Title: message.Same("TP 5"), Scenario: &s, Replay: engine}, 120, 36)
	term.Press(tcell.KeyEnd)
	require.NotContains(t, term.Text(), "PERDU 0")
	term.Press("W")
	term.Settle()
	term.Press(tcell.KeyEnd)
	require.Contains(t, term.Text(), "PERDU 0")
	term.Press("d")
	require.Regexp(t, `PERDUES \d+ → 0`, term.Text())
}

// TestNoCoreLeft: a kill that leaves receivers on every core is told, and no screen waits.
func TestNoCoreLeft(t *testing.T) {
	f, err := os.Open("../../../replay/recorded/receiving/words.json")
	require.NoError(t, err)
	defer f.Close()
	s, err := scenario.ReadReceiving(f)
	require.NoError(t, err)
	term := open(t, Options{Title: message.Same("TP 5"), Scenario: &s, Replay: engine}, 120, 36)
	term.Press("g12", tcell.KeyEnter, "ke0", tcell.KeyEnter)
	term.Settle()
	term.Press(tcell.KeyEnd)
	require.Contains(t, term.Text(), "AUCUN LOT N'EST TRAITÉ")
	require.Contains(t, term.Text(), "les récepteurs ont pris tous les cœurs")
}

// TestPredicting: each answer is marked and explained, and kept.
func TestPredicting(t *testing.T) {
	var kept []string
	keep := func(p Prediction) error { kept = append(kept, p.Name()+" "+p.Text()); return nil }
	term := open(t, Options{Title: message.Same("TP 5"), Keep: keep}, 120, 36)
	term.Press("g10", tcell.KeyEnter, "r")
	require.Contains(t, term.Text(), "Lot 12 s : combien de lignes reçues ?")
	term.Press("40", tcell.KeyEnter, "7", tcell.KeyEnter, "2", tcell.KeyEnter, "spark 79", tcell.KeyEnter, tcell.KeyEnter)
	for _, want := range []string{"✔ lignes reçues : 40, comme prévu. Entre 10 s et 12 s : R0 20, R1 20.", "✗ lignes perdues : 0, vous aviez écrit 7. Chaque bloc avait encore une copie", "✔ lots avant lui : 2", "✗ résultat : « spark 79 » n'y est pas."} {
		require.Contains(t, strings.ReplaceAll(term.Text(), message.Hard, " "), want)
	}
	require.Equal(t, []string{"step-batch-12s rows: 40 | lost: 7 | waiting: 2 | result: spark 79"}, kept)
	term.Press(tcell.KeyEscape, "r", tcell.KeyEnter, tcell.KeyEnter, tcell.KeyEnter, tcell.KeyEnter)
	require.Len(t, kept, 1, "no answer is no prediction")
	term.Press(tcell.KeyEnd, "r")
	require.Contains(t, term.Text(), "C'est la fin")
}

func TestJSON(t *testing.T) {
	for _, name := range []string{"words", "driver"} {
		var b bytes.Buffer
		require.NoError(t, JSON(&b, tape(t, name), Options{}))
		var batches []map[string]any
		require.NoError(t, json.Unmarshal(b.Bytes(), &batches))
		line, err := model.New(tape(t, name))
		require.NoError(t, err)
		require.Len(t, batches, line.Batches())
		at := int64(12)
		b.Reset()
		require.NoError(t, JSON(&b, tape(t, name), Options{Batch: &at}))
		terminaltest.Golden(t, name+"-12.json.txt", b.String())
	}
}

func TestStepping(t *testing.T) {
	term := open(t, Options{Title: message.Same("TP 5")}, 120, 36)
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
		require.NoError(t, Plain(&b, tape(t, "words"), Options{Title: message.Same("TP 5"), Language: l}))
		terminaltest.Golden(t, "plain."+string(l)+".txt", b.String())
		require.NotRegexp(t, `[─-╿▀-◿✀-➿⠀-⣿]`, b.String(), "signs are words here")
	}
	var b bytes.Buffer
	at, none := int64(8), int64(7)
	require.NoError(t, Plain(&b, tape(t, "driver"), Options{Title: message.Same("TP 5"), Batch: &at}))
	terminaltest.Golden(t, "plain-8.fr.txt", b.String())
	b.Reset()
	require.NoError(t, Plain(&b, tape(t, "driver"), Options{Title: message.Same("TP 5"), Batch: &none}))
	require.Equal(t, "TP 5\nIl n'y a pas de lot de 7 s.\n", b.String())
	require.ErrorIs(t, Plain(&bytes.Buffer{}, nil, Options{}), model.ErrNoProgram)
}
