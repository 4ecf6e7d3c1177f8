package view

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/replay/scenario"
)

// TestChangingTheExample: each key changes one thing, the run is shown, compared, undone,
// redone and saved.
func TestChangingTheExample(t *testing.T) {
	var asked []scenario.Jobs
	replay := func(_ context.Context, s scenario.Jobs) ([]event.Event, error) {
		asked = append(asked, s)
		if s.Cores == 13 {
			return nil, errors.New("thirteen")
		}
		return tape(t, "fetch"), nil
	}
	var saved scenario.Jobs
	save := func(s scenario.Jobs) (string, error) { saved = s; return "x.json", nil }
	s := scenario.Jobs{Version: 1, TP: "tp02"}
	term := open(t, tape(t, "copies"), Options{Title: message.Same("TP 3"), Scenario: &s, Replay: replay, Save: save}, 120, 36)
	changes := func(keys ...any) string {
		term.Press(keys...)
		term.Settle()
		return term.Text()
	}
	term.Press("d")
	require.Contains(t, term.Text(), "il n'y a qu'un essai")
	term.Press("d", "g3", tcell.KeyEnter)
	before := term.Text()
	require.Contains(t, changes("ke1", tcell.KeyEnter), "modifié (1)")
	require.Contains(t, term.Text(), "Rejoué.")
	term.Press("d")
	require.Contains(t, term.Text(), "lues du brassage : 0 → 300")
	term.Press("d", "u")
	require.Equal(t, before, term.Text(), "undone")
	term.Press("R")
	changes("E5", tcell.KeyEnter)
	changes("m64k", tcell.KeyEnter)
	changes("x")
	changes("c3", tcell.KeyEnter)
	term.Press("s")
	require.Contains(t, term.Text(), "Enregistré : x.json")
	want := scenario.Jobs{Version: 1, TP: "tp02", Executors: 5, Cores: 3, Memory: 64 << 10, Copies: 2, Kills: []scenario.TaskKill{{Tasks: 3, Executor: "e1"}}}
	require.Equal(t, want, saved)
	require.Equal(t, want, asked[len(asked)-1])
	require.Contains(t, changes("c13", tcell.KeyEnter), "Échec : thirteen")
	term.Press("c99", tcell.KeyEnter)
	require.Contains(t, term.Text(), "99 cœurs : de 1 à 20")
	for keys, notice := range map[string]string{"ke9": "« e9 » : on peut tuer", "mlots": "« lots » : une taille est attendue", "m-1": "une taille est attendue"} {
		term.Press(keys, tcell.KeyEnter)
		require.Contains(t, term.Text(), notice)
	}
	term.Press("U")
	require.NotContains(t, term.Text(), "modifié")

	fixed := open(t, tape(t, "copies"), Options{}, 80, 24)
	for _, key := range []any{"k", "x", "E", "c", "m", "s"} {
		fixed.Press(key)
		require.Contains(t, fixed.Text(), "Un enregistrement ne se change pas")
	}
}

func TestSizes(t *testing.T) {
	for text, want := range map[string]int64{"4096": 4096, " 64K ": 64 << 10, "1m": 1 << 20, "2 g": 2 << 30, "0": 0, "x": 0, "": 0, "99999999999": 0} {
		got, ok := size(text)
		require.Equal(t, want > 0, ok, text)
		if ok {
			require.Equal(t, want, got)
		}
	}
	require.True(t, slices.IsSorted([]int{share(0, 9, 8), share(5, 9, 8), share(9, 9, 8), share(99, 9, 8)}))
}
