package view

import (
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/tui/model"
)

// TestKeysAndTheirTable: no key means two things, each does something, and each
// is told on the page of keys, itself or with the one before.
func TestKeysAndTheirTable(t *testing.T) {
	seen := map[stroke]bool{}
	for i, a := range actions() {
		require.NotNil(t, a.do)
		require.NotEmpty(t, a.keys)
		for _, k := range a.keys {
			require.False(t, seen[k], "%v twice", k)
			seen[k] = true
		}
		require.True(t, i > 0 || a.full.French != "")
		for _, m := range []model.Message{a.shown, a.brief, a.full, a.group} {
			require.Equal(t, m.French == "", m.English == "", "%v", m)
		}
	}
}

// TestFooterFits: at 80 columns every key of the footer shows, but for the page
// of sentences, which the sentences themselves tell of.
func TestFooterFits(t *testing.T) {
	for _, l := range []model.Language{model.French, model.English} {
		p := page{language: l}
		rows := p.footerRows(fullWidth-1, false)
		var shown string
		for _, row := range rows {
			require.LessOrEqual(t, row.width(), fullWidth-1)
			for _, s := range row {
				shown += s.text
			}
			shown += "  "
		}
		for _, a := range actions() {
			if a.brief.French != "" && a.keys[0].key != tcell.KeyEnter {
				assert.Contains(t, shown, a.shown.In(l, nil)+" "+a.brief.In(l, nil))
			}
		}
	}
}

func TestStepping(t *testing.T) {
	term := open(t, tape(t, "join"), Options{Title: "TP 2"}, 80, 24)
	at := func() string {
		return strings.Fields(strings.Split(term.text(), "■ ")[0])[len(strings.Fields(strings.Split(term.text(), "■ ")[0]))-3]
	}
	require.Contains(t, term.text(), "■ début")
	term.press("p")
	require.Contains(t, term.text(), "C'est le début de l'enregistrement.")
	term.press("n") // job 0 and its first stage begin
	require.Equal(t, "0/15", at())
	require.NotContains(t, term.text(), "C'est le début")
	term.press("nn")
	require.Equal(t, "2/15", at())
	before := term.text()
	term.press("n", tcell.KeyLeft)
	require.Equal(t, before, term.text(), "forward then back is where one was")
	term.press("N")
	require.Contains(t, term.text(), "L'étape 1 (count) commence")
	term.press("P")
	require.Contains(t, term.text(), "L'étape 0 (map) commence")
	term.press(".")
	require.Contains(t, term.text(), "La tâche 0 (étape 0, partition 0) commence sur e0.")
	term.press("..,,", tcell.KeyEnd)
	require.Contains(t, term.text(), "■ fin")
	term.press(tcell.KeyRight)
	require.Contains(t, term.text(), "C'est la fin de l'enregistrement.")
	term.press(tcell.KeyHome)
	require.Equal(t, "0/15", at())
	term.press("g1x2", tcell.KeyEnter)
	require.Equal(t, "12/15", at(), "only digits are taken")
	term.press("g99", tcell.KeyEnter)
	require.Contains(t, term.text(), "■ fin")
	term.press("g3", tcell.KeyEscape)
	require.Contains(t, term.text(), "■ fin", "the prompt was left")
}

func TestSearching(t *testing.T) {
	term := open(t, tape(t, "join"), Options{}, 80, 24)
	term.press("/compagnies", tcell.KeyEnter)
	require.Contains(t, term.text(), "tp02 · job 1 ·", "without a title, the application's name")
	term.press("/", tcell.KeyEnter)
	require.Contains(t, term.text(), "job 2 ·", "an empty search goes on with the last")
	term.press("/", tcell.KeyEnter)
	require.Contains(t, term.text(), "job 1 ·")
	require.Contains(t, term.text(), "Trouvé en reprenant du début.")
	term.press("/[red]rien", tcell.KeyEnter)
	require.Contains(t, term.text(), "« [red]rien » ne se trouve nulle part.")
}

func TestPlaying(t *testing.T) {
	term := open(t, tape(t, "join"), Options{}, 80, 24)
	term.press(" ")
	require.Contains(t, term.text(), "▶ lecture 1/s")
	term.press(">")
	require.Contains(t, term.text(), "▶ lecture 2/s")
	term.press(tick, tick, tick)
	require.Contains(t, term.text(), "2/15 tâches")
	term.press("<<")
	require.Contains(t, term.text(), "▶ lecture 1/s")
	term.press(" ")
	require.Contains(t, term.text(), "■ pause")
	term.press(tick)
	require.Contains(t, term.text(), "2/15 tâches", "a tick after the pause does nothing")
	term.press(" p")
	require.Contains(t, term.text(), "■ pause", "stepping by hand stops it")
	term.press(">>>")
	require.Contains(t, term.text(), "lecture 4/s", "never faster")
	term.press("g15", tcell.KeyEnter, " ", tick, tick, tick, tick)
	require.Contains(t, term.text(), "■ fin", "the end stops it")
	term.press(" ")
	require.Contains(t, term.text(), "C'est la fin de l'enregistrement.")
}

func TestPanels(t *testing.T) {
	term := open(t, tape(t, "cache"), Options{}, 80, 24)
	focused := func() string {
		var titles []string
		for _, row := range strings.Split(term.text(), "\n") {
			if _, title, found := strings.Cut(row, "╔"); found {
				titles = append(titles, strings.Trim(strings.Split(title, "═")[0], " "))
			}
		}
		return strings.Join(titles, ";")
	}
	require.Equal(t, "2 Étapes et tâches", focused())
	term.press(tcell.KeyTab)
	require.Equal(t, "3 Stockage", focused())
	term.press(tcell.KeyTab, tcell.KeyTab)
	require.Equal(t, "1 Lignée", focused())
	term.press(tcell.KeyBacktab)
	require.Equal(t, "4 Brassage écrivain→lecteur", focused())
	term.press("3z")
	require.NotContains(t, term.text(), "Lignée")
	require.Equal(t, "3 Stockage", focused())
	term.press("1")
	require.Equal(t, "1 Lignée", focused(), "another panel takes the full screen")
	term.press(tcell.KeyEscape)
	require.Contains(t, term.text(), "Stockage")

	term.press("g12", tcell.KeyEnter, "3", tcell.KeyDown, tcell.KeyDown)
	require.Contains(t, term.text(), "3–7 sur 10")
	term.press(tcell.KeyPgDn, tcell.KeyPgDn)
	require.Contains(t, term.text(), "6–10 sur 10", "no further than the last line")
	term.press(tcell.KeyUp)
	require.Contains(t, term.text(), "5–9 sur 10", "and one line back from there")
	term.press(tcell.KeyPgUp)
	require.Contains(t, term.text(), "1–5 sur 10")

	term.press(tcell.KeyEnter)
	require.Equal(t, "Pourquoi ?", focused())
	term.press("n")
	require.Equal(t, "Pourquoi ?", focused(), "one reads on while stepping")
	term.press(tcell.KeyEscape, "F")
	require.Equal(t, "3 Storage", focused())
	term.press("F")
	require.Equal(t, "3 Stockage", focused())
}

func TestHelpRunsWhatItShows(t *testing.T) {
	term := open(t, tape(t, "join"), Options{Language: model.English}, 80, 24)
	term.press("?")
	require.Contains(t, term.text(), "▶ n/→")
	term.press(tcell.KeyDown, tcell.KeyDown)
	require.Contains(t, term.text(), "▶ N/P")
	term.press("french")
	require.Contains(t, term.text(), "▶ F ")
	require.NotContains(t, term.text(), "N/P")
	term.press(tcell.KeyEnter)
	require.Contains(t, term.text(), "1 Lignée", "Enter did what the line says")
	term.press("?zzz")
	require.Contains(t, term.text(), "Aucune touche ne porte ce mot.")
	term.press(tcell.KeyEnter)
	require.Contains(t, term.text(), "1 Lignée")
	term.press("?", tcell.KeyPgDn, tcell.KeyPgDn, tcell.KeyPgDn)
	require.Contains(t, term.text(), "+ large (brassage)", "the signs come after the last key")
	term.press(tcell.KeyEscape)
	require.NotContains(t, term.text(), "Aide")
}
