package book

import (
	"errors"
	"testing"
	"unicode"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/message"
	"etincelle/grader/notebook"
	"etincelle/tui/terminaltest"
)

func TestGoldenScreens(t *testing.T) {
	for _, c := range []struct {
		name    string
		english bool
		desk    func(*fakeDesk)
		keys    []any
		last    string // what to wait for
	}{
		{name: "start"},
		{name: "question", keys: []any{"]]"}},
		{name: "asked", keys: []any{"]]", tcell.KeyTab, tcell.KeyEnter, "dix, je crois"}},
		{name: "happened", english: true, keys: []any{"]]", tcell.KeyTab, tcell.KeyEnter, "ten, I think", tcell.KeyEnter}, last: "What happened"},
		{name: "failed", desk: func(d *fakeDesk) { d.printed["hello"] = "panic" }, keys: []any{"]", tcell.KeyEnter}, last: "boum"},
		{name: "end", english: true, keys: []any{"G"}},
		{name: "contents", keys: []any{"tj"}},
		{name: "help", keys: []any{"?"}},
		{name: "search", keys: []any{"/a", tcell.KeyEnter, "n"}},
	} {
		for _, size := range []struct {
			name          string
			width, height int
		}{{"80x24", 80, 24}, {"120x36", 120, 36}} {
			t.Run(c.name+"-"+size.name, func(t *testing.T) {
				d := newDesk(t)
				if c.desk != nil {
					c.desk(d)
				}
				o := Options{Language: message.French}
				if c.english {
					o.Language = message.English
				}
				r := open(t, d, o, size.width, size.height)
				r.Press(c.keys...)
				if c.last != "" {
					r.tickUntil(t, c.last)
				}
				terminaltest.Golden(t, c.name+"-"+size.name+".txt", r.Text())
			})
		}
	}
}

func TestKeysAndTheirTable(t *testing.T) { terminaltest.Keys(t, actions()) }

// A prediction is asked before its cell runs, is kept, and stands beside what
// happened; before that, nothing on the page tells.
func TestPredictThenRun(t *testing.T) {
	d := newDesk(t)
	r := open(t, d, Options{}, 80, 40)
	r.Press("]]")
	require.NotContains(t, r.Text(), "dix")
	require.NotContains(t, r.Text(), "total: 10")
	r.Press(tcell.KeyTab)
	require.Contains(t, r.Text(), "Cellule sum ─ Entrée : prédire, puis lancer")
	r.Press(tcell.KeyEnter)
	require.Contains(t, r.Text(), "Avant de lancer sum")
	require.Empty(t, d.ran)
	r.Press("douze", tcell.KeyEnter)
	require.Equal(t, map[string]string{"sum": "douze"}, d.predictions)
	r.tickUntil(t, "Ce qui s'est passé")
	require.Equal(t, [][]string{{"sum"}}, d.ran)
	require.Contains(t, r.Text(), "├ Votre prédiction ─")
	require.Contains(t, r.Text(), "│ douze")
	require.Contains(t, r.Text(), "total: 10")
	require.Contains(t, r.Text(), "On additionne dix")
	require.Contains(t, r.Text(), "prédictions 1/1")
	d.printed["sum"] = "total: 11\n"
	r.Press(tcell.KeyEnter)
	r.tickUntil(t, "total: 11")
	require.Len(t, d.ran, 2, "the second time nothing is asked")
	r.Press(tcell.KeyBacktab, tcell.KeyEnter)
	require.Contains(t, r.Text(), "La prédiction reste telle qu'elle a été faite.")
}

func TestPredictFromTheQuestion(t *testing.T) {
	d := newDesk(t)
	r := open(t, d, Options{}, 80, 40)
	r.Press("]]", tcell.KeyEnter, "dix", tcell.KeyEnter)
	require.Equal(t, "dix", d.predictions["sum"])
	require.Empty(t, d.ran, "the reader runs the cell")
	require.Contains(t, r.Text(), "Cellule sum ─ Entrée : lancer")
	require.NotContains(t, r.Text(), "On additionne", "not before it has run")
}

func TestNotPredicting(t *testing.T) {
	d := newDesk(t)
	r := open(t, d, Options{}, 80, 40)
	r.Press("]]", tcell.KeyTab, tcell.KeyEnter, "dou", tcell.KeyEscape)
	require.Empty(t, d.predictions)
	require.Empty(t, d.ran, "to leave the question is to leave the cell")
	r.Press(tcell.KeyEnter, "  ", tcell.KeyEnter)
	r.tickUntil(t, "total: 10")
	require.Empty(t, d.predictions, "blanks are no prediction")
	r.Press("[")
	require.Contains(t, r.Text(), "Pas de prédiction")

	d = newDesk(t)
	r = open(t, d, Options{}, 80, 40)
	r.Press("]]", tcell.KeyTab, tcell.KeyTab)
	require.Contains(t, r.Text(), "▶▸ La suite dit ce qui s'est passé")
	r.Press(tcell.KeyEnter)
	require.Contains(t, r.Text(), "On additionne dix")
	require.Contains(t, r.Text(), "Sortie imprimée dans le cahier")
}

// A prediction of another day opens what it hides.
func TestPredictionsAreKept(t *testing.T) {
	d := newDesk(t)
	d.predictions["sum"] = "onze"
	r := open(t, d, Options{Section: "question"}, 80, 40)
	require.Contains(t, r.Text(), "Votre prédiction : onze")
	require.Contains(t, r.Text(), "On additionne dix")
	r.Press("F")
	require.Contains(t, r.Text(), "Your prediction: onze")
	require.Equal(t, "question", r.book.Section())
}

func TestRunningCells(t *testing.T) {
	d := newDesk(t)
	d.printed["hello"] = "salut\n"
	d.printed["last"] = ""
	for range cap(d.release) {
		<-d.release
	}
	r := open(t, d, Options{}, 80, 60)
	r.Press("]", tcell.KeyTab, tcell.KeyBacktab, tcell.KeyEnter)
	require.Contains(t, r.Text(), "Sortie — en cours, 0 s — Échap l'arrête")
	for range 50 {
		r.Press(string([]rune{}))
		r.tickUntil(t, "en cours")
	}
	require.Contains(t, r.Text(), "en cours, 5 s")
	require.Contains(t, r.Text(), "le moteur se compile")
	r.Press("a")
	require.Contains(t, r.Text(), "Une cellule tourne déjà")
	r.Press(tcell.KeyEscape)
	r.tickUntil(t, "Arrêté.")
	require.NotContains(t, r.Text(), "en cours")

	d.release <- struct{}{}
	r.Press(tcell.KeyEnter)
	r.tickUntil(t, "salut")
	require.Contains(t, r.Text(), "Sortie — autre que dans le cahier")

	d.release <- struct{}{}
	r.Press("a")
	r.tickUntil(t, "(rien ne s'affiche)")
	require.NotContains(t, r.Text(), "total: 10", "what is to be predicted stays hidden")

	d.release <- struct{}{}
	r.Press("o")
	r.tickUntil(t, "Écrit : notebook.fr.run.md")
	require.Equal(t, 1, d.written)
	require.Equal(t, []string{"hello", "sum", "last"}, d.ran[len(d.ran)-1])
}

// What goes wrong outside the page is said on it.
func TestFaults(t *testing.T) {
	d := newDesk(t)
	d.fails = errors.New("labs/n.md:9:2: undefined: x")
	r := open(t, d, Options{}, 80, 40)
	r.Press("]", tcell.KeyEnter)
	r.tickUntil(t, "Le cahier ne compile pas")
	require.Contains(t, r.Text(), "undefined: x")
	d.fails, d.panics = nil, "un défaut"
	r.Press(tcell.KeyEnter)
	r.tickUntil(t, "un défaut")
	d.panics = ""
	r.Press(tcell.KeyEnter)
	r.tickUntil(t, "Entrée : relancer")
	require.NotContains(t, r.Text(), "défaut")
	d.refuses = errFull
	r.Press(tcell.KeyEnter)
	require.Contains(t, r.Text(), "Le cahier modifié ne se lit pas : disk full")
	r.Press("F")
	require.Contains(t, r.Text(), "disk full")
	_, err := New(d, Options{Language: message.French})
	require.ErrorIs(t, err, errFull)
}

// The notebook that runs is the one on the disk.
func TestEditedNotebook(t *testing.T) {
	d := newDesk(t)
	r := open(t, d, Options{}, 80, 40)
	r.Press("]", tcell.KeyEnter)
	r.tickUntil(t, "Entrée : relancer")
	n, err := notebook.Parse("n.md", []byte("# Autre\n\n## X {#exemple}\n\n```go cell=hello\nfmt.Println(\"changé\")\n```\n"))
	require.NoError(t, err)
	d.opened[message.French] = n
	r.Press(tcell.KeyEnter)
	r.tickUntil(t, "(rien ne s'affiche)")
	require.Contains(t, r.Text(), "changé")
}

func TestExercises(t *testing.T) {
	for key, want := range map[string][]string{"c": {"c", "1", "fr"}, "h": {"h", "1", "fr"}, "w": {"w", "1", "fr"}, "s": {"s", "1", "fr"}, "r": {"r", "1", "fr"}} {
		r := open(t, newDesk(t), Options{}, 80, 40)
		r.Press("G")
		r.Sim.InjectKey(tcell.KeyRune, rune(key[0]), tcell.ModNone)
		require.NoError(t, r.Ended())
		require.Equal(t, want, r.command.Words)
	}
	r := open(t, newDesk(t), Options{}, 80, 40)
	r.Press("e")
	require.Contains(t, r.Text(), "no editor")
}

func TestQuit(t *testing.T) {
	for _, keys := range [][]any{nil, {"/"}, {"t"}, {"?"}, {"]]", tcell.KeyTab, tcell.KeyEnter}} {
		r := open(t, newDesk(t), Options{}, 80, 24)
		r.Press(keys...)
		r.Sim.InjectKey(tcell.KeyCtrlC, 0, tcell.ModNone)
		require.NoError(t, r.Ended())
		require.True(t, r.Gone())
		require.Nil(t, r.command)
	}
	// Even while a cell runs: it is stopped, and nothing runs after it.
	d := newDesk(t)
	for range cap(d.release) {
		<-d.release
	}
	r := open(t, d, Options{}, 80, 24)
	r.Press("]", tcell.KeyEnter)
	r.Sim.InjectKey(tcell.KeyRune, 'q', tcell.ModNone)
	require.NoError(t, r.Ended())
	r = open(t, d, Options{}, 80, 24)
	r.Press("]", tcell.KeyEnter)
	r.Stop()
	require.NoError(t, r.Ended(), "a signal as well")
}

func TestNoColour(t *testing.T) {
	o := Options{}
	o.NoColor, o.ASCII = true, true
	r := open(t, newDesk(t), o, 120, 36)
	for _, key := range []any{"]]", tcell.KeyTab, tcell.KeyEnter, tcell.KeyEscape, "G", "t", tcell.KeyEscape, "/a", tcell.KeyEnter} {
		r.Press(key)
		cells, _, _ := r.Sim.GetContents()
		for _, cell := range cells {
			fore, back, _ := cell.Style.Decompose()
			assert.Equal(t, tcell.ColorDefault, fore)
			assert.Equal(t, tcell.ColorDefault, back)
		}
	}
	r.Press("g")
	require.Contains(t, r.Text(), "*court*", "marks stand in for colour")
}

func TestASCII(t *testing.T) {
	o := Options{}
	o.ASCII = true
	d := newDesk(t)
	d.predictions["sum"] = "dix"
	r := open(t, d, o, 120, 36)
	for _, key := range []any{"]", tcell.KeyEnter, "G", tcell.KeyTab, tcell.KeyEnter, "t", tcell.KeyEscape, "?", tcell.KeyEscape} {
		r.Press(key)
		for _, sign := range r.Text() {
			require.True(t, sign < 0x80 || unicode.IsLetter(sign), "%q is a sign", sign)
		}
	}
}
