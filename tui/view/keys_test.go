package view

import (
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"etincelle/grader/message"
	"etincelle/tui/model"
	"etincelle/tui/terminal"
	"etincelle/tui/terminaltest"
)

// The page of sentences is told of by the sentences themselves.
func TestKeysAndTheirTable(t *testing.T) { terminaltest.Keys(t, actions(), "pourquoi ?") }

func TestStepping(t *testing.T) {
	term := open(t, tape(t, "join"), Options{Title: message.Same("TP 2")}, 80, 24)
	at := func() string {
		return strings.Fields(strings.Split(term.Text(), "■ ")[0])[len(strings.Fields(strings.Split(term.Text(), "■ ")[0]))-3]
	}
	require.Contains(t, term.Text(), "■ début")
	term.Press("p")
	require.Contains(t, term.Text(), "C'est le début de l'enregistrement.")
	term.Press("n") // job 0 and its first stage begin
	require.Equal(t, "0/15", at())
	require.NotContains(t, term.Text(), "C'est le début")
	term.Press("nn")
	require.Equal(t, "2/15", at())
	before := term.Text()
	term.Press("n", tcell.KeyLeft)
	require.Equal(t, before, term.Text(), "forward then back is where one was")
	term.Press("N")
	require.Contains(t, term.Text(), "L'étape 1 (count) commence")
	term.Press("P")
	require.Contains(t, term.Text(), "L'étape 0 (map) commence")
	term.Press(".")
	require.Contains(t, term.Text(), "La tâche 0 (étape 0, partition 0) commence sur e0.")
	term.Press("..,,", tcell.KeyEnd)
	require.Contains(t, term.Text(), "■ fin")
	term.Press(tcell.KeyRight)
	require.Contains(t, term.Text(), "C'est la fin de l'enregistrement.")
	term.Press(tcell.KeyHome)
	require.Equal(t, "0/15", at())
	term.Press("g1x2", tcell.KeyEnter)
	require.Equal(t, "12/15", at(), "only digits are taken")
	term.Press("g99", tcell.KeyEnter)
	require.Contains(t, term.Text(), "■ fin")
	term.Press("g3", tcell.KeyEscape)
	require.Contains(t, term.Text(), "■ fin", "the prompt was left")
}

func TestSearching(t *testing.T) {
	term := open(t, tape(t, "join"), Options{}, 80, 24)
	term.Press("/compagnies", tcell.KeyEnter)
	require.Contains(t, term.Text(), "tp02 · job 1 ·", "without a title, the application's name")
	term.Press("/", tcell.KeyEnter)
	require.Contains(t, term.Text(), "job 2 ·", "an empty search goes on with the last")
	term.Press("/", tcell.KeyEnter)
	require.Contains(t, term.Text(), "job 1 ·")
	require.Contains(t, term.Text(), "Trouvé en reprenant du début.")
	term.Press("/[red]rien", tcell.KeyEnter)
	require.Contains(t, term.Text(), "« [red]rien » ne se trouve nulle part.")
}

func TestPlaying(t *testing.T) {
	term := open(t, tape(t, "join"), Options{}, 80, 24)
	term.Press(" ")
	require.Contains(t, term.Text(), "▶ lecture 1/s")
	term.Press(">")
	require.Contains(t, term.Text(), "▶ lecture 2/s")
	term.Press(terminal.Tick, terminal.Tick, terminal.Tick)
	require.Contains(t, term.Text(), "2/15 tâches")
	term.Press("<<")
	require.Contains(t, term.Text(), "▶ lecture 1/s")
	term.Press(" ")
	require.Contains(t, term.Text(), "■ pause")
	term.Press(terminal.Tick)
	require.Contains(t, term.Text(), "2/15 tâches", "a tick after the pause does nothing")
	term.Press(" p")
	require.Contains(t, term.Text(), "■ pause", "stepping by hand stops it")
	term.Press(">>>")
	require.Contains(t, term.Text(), "lecture 4/s", "never faster")
	term.Press("g15", tcell.KeyEnter, " ", terminal.Tick, terminal.Tick, terminal.Tick, terminal.Tick)
	require.Contains(t, term.Text(), "■ fin", "the end stops it")
	term.Press(" ")
	require.Contains(t, term.Text(), "C'est la fin de l'enregistrement.")
}

func TestPanels(t *testing.T) {
	term := open(t, tape(t, "cache"), Options{}, 80, 24)
	focused := func() string {
		var titles []string
		for _, row := range strings.Split(term.Text(), "\n") {
			if _, title, found := strings.Cut(row, "╔"); found {
				titles = append(titles, strings.Trim(strings.Split(title, "═")[0], " "))
			}
		}
		return strings.Join(titles, ";")
	}
	require.Equal(t, "2 Étapes et tâches", focused())
	term.Press(tcell.KeyTab)
	require.Equal(t, "3 Stockage", focused())
	term.Press(tcell.KeyTab, tcell.KeyTab)
	require.Equal(t, "1 Lignée", focused())
	term.Press(tcell.KeyBacktab)
	require.Equal(t, "4 Brassage écrivain→lecteur", focused())
	term.Press("3z")
	require.NotContains(t, term.Text(), "Lignée")
	require.Equal(t, "3 Stockage", focused())
	term.Press("1")
	require.Equal(t, "1 Lignée", focused(), "another panel takes the full screen")
	term.Press(tcell.KeyEscape)
	require.Contains(t, term.Text(), "Stockage")

	term.Press("g12", tcell.KeyEnter, "3", tcell.KeyDown, tcell.KeyDown)
	require.Contains(t, term.Text(), "3–7 sur 10")
	term.Press(tcell.KeyPgDn, tcell.KeyPgDn)
	require.Contains(t, term.Text(), "6–10 sur 10", "no further than the last line")
	term.Press(tcell.KeyUp)
	require.Contains(t, term.Text(), "5–9 sur 10", "and one line back from there")
	term.Press(tcell.KeyPgUp)
	require.Contains(t, term.Text(), "1–5 sur 10")

	term.Press(tcell.KeyEnter)
	require.Equal(t, "Pourquoi ?", focused())
	term.Press("n")
	require.Equal(t, "Pourquoi ?", focused(), "one reads on while stepping")
	term.Press(tcell.KeyEscape, "F")
	require.Equal(t, "3 Storage", focused())
	term.Press("F")
	require.Equal(t, "3 Stockage", focused())
}

func TestHelpRunsWhatItShows(t *testing.T) {
	term := open(t, tape(t, "join"), Options{Language: model.English}, 80, 24)
	term.Press("?")
	require.Contains(t, term.Text(), "▶ n/→")
	term.Press(tcell.KeyDown, tcell.KeyDown)
	require.Contains(t, term.Text(), "▶ N/P")
	term.Press("french")
	require.Contains(t, term.Text(), "▶ F ")
	require.NotContains(t, term.Text(), "N/P")
	term.Press(tcell.KeyEnter)
	require.Contains(t, term.Text(), "1 Lignée", "Enter did what the line says")
	term.Press("?zzz")
	require.Contains(t, term.Text(), "Aucune touche ne porte ce mot.")
	term.Press(tcell.KeyEnter)
	require.Contains(t, term.Text(), "1 Lignée")
	term.Press("?", tcell.KeyPgDn, tcell.KeyPgDn, tcell.KeyPgDn, tcell.KeyPgDn, tcell.KeyPgDn, tcell.KeyPgDn)
	require.Contains(t, term.Text(), "+ large (brassage)", "the signs come after the last key")
	term.Press(tcell.KeyEscape)
	require.NotContains(t, term.Text(), "Aide")
}
