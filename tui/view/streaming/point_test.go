package streaming

import (
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"etincelle/grader/message"
)

func TestTheMouse(t *testing.T) {
	o := options(t, message.French)
	o.Mouse = true
	term := open(t, tape(t, "animals"), o, 120, 36)
	term.Press("g6", tcell.KeyEnter)
	term.Click(term.Find("──7"))
	require.Contains(t, term.Text(), "lot 6/10", "between two batches there is none")
	x, y := term.Find("──7")
	term.Click(x+2, y)
	require.Contains(t, term.Text(), "lot 7/10")
	x, y = term.Find("lot  2")
	term.Click(x, y)
	require.Contains(t, term.Text(), "lot 2/10", "a line of the time panel")
	term.Click(term.Find("COMPLET"))
	require.Contains(t, term.Text(), "╔ 4 COMPLET")
	require.Contains(t, term.Text(), "2 Fenêtres et état · complet", "a mode's panel gives it the focus")
	term.Press(tcell.KeyEnd)
	x, y = term.Find("AJOUT")
	term.Click(x, y)
	term.Wheel(x, y+2, 2)
	require.Contains(t, term.Text(), "3–9 sur 9")
	term.Wheel(x, y+2, -1)
	require.Contains(t, term.Text(), "1–7 sur 9")
	term.Press("?")
	require.Contains(t, term.Text(), "lot suivant")
	term.Wheel(10, 10, 30)
	require.Contains(t, term.Text(), "sélectionner du texte : Maj.")
	term.Press(tcell.KeyEscape, tcell.KeyEnter)
	term.Wheel(10, 10, 1)
	require.Contains(t, term.Text(), "╔ Pourquoi ?")
	term = open(t, tape(t, "animals"), o, 80, 24)
	term.Press(tcell.KeyEnd)
	term.Click(term.Find("4 [m]"))
	require.Contains(t, term.Text(), "╔ 4 [m]")
	term.Press("?")
	require.NotContains(t, term.Text(), "10/10")
}

func TestHandingOut(t *testing.T) {
	written := map[string]string{}
	o := options(t, message.French)
	o.Write = func(name string, content []byte) (string, error) { written[name] = string(content); return name, nil }
	term := open(t, tape(t, "animals"), o, 80, 24)
	term.Press("g6", tcell.KeyEnter, "2", tcell.KeyDown, tcell.KeyDown)
	before := strings.Split(term.Text(), "\n")
	term.Press("y")
	require.Contains(t, term.Text(), "Copié ; aussi dans etincelle-lot-6-panneau-2.txt")
	require.Equal(t, before[:22], strings.Split(term.Text(), "\n")[:22], "nothing of what shows has moved")
	text := written["etincelle-lot-6-panneau-2.txt"]
	require.Equal(t, text, string(term.Sim.GetClipboardData()))
	require.Contains(t, text, "TP 8 · fenêtre 10 min")
	require.Contains(t, text, "2 Fenêtres et état · mise à jour")
	require.Contains(t, text, "12:20–12:30")
	require.NotContains(t, text, "║")
	term.Press("4y")
	require.Contains(t, written["etincelle-lot-6-panneau-4.txt"], "12:15–12:25 hibou 2 (était 1)")
	term.Press(tcell.KeyEnter, "y")
	require.Contains(t, string(term.Sim.GetClipboardData()), "Complet écrit toute la table")
	term.Press(tcell.KeyEscape, "e")
	require.Contains(t, term.Text(), "Écrit : etincelle-lot-6.txt, etincelle-lot-6.svg")
	require.Contains(t, written["etincelle-lot-6.svg"], "hibou 2")
}
