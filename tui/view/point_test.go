package view

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/tui/follow"
)

func TestTheMouse(t *testing.T) {
	term := open(t, tape(t, "cache"), Options{Mouse: true}, 80, 24)
	term.Press("g12", tcell.KeyEnter)
	x, y := term.Find("3 Stockage")
	term.Click(x, y)
	require.Contains(t, term.Text(), "╔ 3 Stockage")
	term.Wheel(x, y+1, 1)
	require.Contains(t, term.Text(), "4–8 sur 10")
	x, y = term.Find("1 Lignée")
	term.Wheel(x, y, -1)
	require.Contains(t, term.Text(), "╔ 1 Lignée", "the wheel scrolls what it is over")
	term.Press(":")
	require.Contains(t, term.Text(), "tapez pour filtrer")
}

// A click in the line of jobs goes to the start of a job, before the one on screen or
// after it.
func TestTheMouseInTheLineOfJobs(t *testing.T) {
	term := open(t, tape(t, "cache"), Options{Mouse: true}, 120, 36)
	term.Press(tcell.KeyEnd)
	x, y := term.Find("0 ✔")
	term.Click(x, y)
	require.Contains(t, term.Text(), "◆0 ▶ en cours──1──2")
	require.Contains(t, term.Text(), "job 0 commence")
	x, _ = term.Find("──2")
	term.Click(x+2, y)
	require.Contains(t, term.Text(), "◆2 ▶ en cours")
	term.Click(x, y) // between two jobs
	require.Contains(t, term.Text(), "◆2 ▶ en cours")
	term.Click(119, y)
	require.Contains(t, term.Text(), "◆2 ▶ en cours")
}

func TestHandingOut(t *testing.T) {
	written := map[string]string{}
	o := Options{Title: message.Same("TP 2"), Write: func(name string, content []byte) (string, error) { written[name] = string(content); return name, nil }}
	term := open(t, tape(t, "cache"), o, 80, 24)
	term.Press("g12", tcell.KeyEnter, "3y")
	require.Contains(t, string(term.Sim.GetClipboardData()), "3 Stockage")
	require.Contains(t, term.Text(), "Copié ; aussi dans etincelle-")
	require.Len(t, written, 1)
	term.Press("e")
	require.Len(t, written, 3)
	term = open(t, tape(t, "cache"), Options{}, 80, 24)
	term.Press("e")
	require.Contains(t, term.Text(), "Échec : no files are written here")
}

func TestALiveRecording(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.rec")
	whole := append(tape(t, "join"), event.SessionEnd{})
	add := func(facts []event.Event) {
		f, err := os.OpenFile(path+event.Growing, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		require.NoError(t, err)
		require.NoError(t, event.Write(f, facts))
		require.NoError(t, f.Close())
	}
	file := follow.Open(path)
	add(whole[:20])
	_, err := file.Look()
	require.NoError(t, err)
	term := open(t, file.Events, Options{Live: file}, 80, 24)
	require.Contains(t, term.Text(), "● en direct")
	add(whole[20:30])
	term.Press("p", follow.Grown)
	require.Contains(t, term.Text(), "■ pause · Fin : direct")
	term.Press(tcell.KeyEnd)
	require.Contains(t, term.Text(), "● en direct")
	add(whole[30:])
	term.Press(follow.Grown)
	require.Contains(t, term.Text(), "■ programme terminé")
	require.Contains(t, term.Text(), "15/15")
}

// Whatever the pieces are in which a recording comes, its jobs are told once each.
func TestPlainOn(t *testing.T) {
	whole := tape(t, "join")
	var all, got strings.Builder
	require.NoError(t, Plain(&all, whole, Options{}))
	_, want, _ := strings.Cut(all.String(), "\n")
	told := 0
	for to := range whole {
		var err error
		told, err = PlainOn(&got, whole[:to], Options{}, told, false)
		require.NoError(t, err)
	}
	_, err := PlainOn(&got, whole, Options{}, told, true)
	require.NoError(t, err)
	require.Equal(t, want, got.String())
}
