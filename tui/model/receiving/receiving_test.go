package receiving

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/event"
	"etincelle/grader/message"
)

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

func line(t testing.TB) *Timeline {
	l, err := New(tape(t))
	require.NoError(t, err)
	return l
}

// text is all of a state.
func text(t require.TestingT, s State) string {
	blocks := s.Blocks
	s.Blocks = nil
	b, err := json.Marshal(s)
	require.NoError(t, err)
	return string(b) + fmt.Sprint(blocks) // fmt sorts the keys
}

// TestForwardAndBack: a state is the same, byte for byte, whichever way it was
// reached, and looking at one changes no other.
func TestForwardAndBack(t *testing.T) {
	l := line(t)
	seen := map[int]string{}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.IntRange(0, l.Len()).Draw(t, "position")
		g := Grain(rapid.IntRange(0, int(numGrains)-1).Draw(t, "grain"))
		here := text(t, l.At(p))
		if was, known := seen[p]; known {
			require.Equal(t, was, here)
		}
		seen[p] = here
		next := l.Next(g, p)
		l.At(next)
		require.Equal(t, here, text(t, l.At(p)))
		if next < l.Len() {
			require.LessOrEqual(t, l.Previous(g, next), p)
		}
	})
}

// TestTheBooksBalance: what was received is what the batches read, and no block is part
// of two.
func TestTheBooksBalance(t *testing.T) {
	l := line(t)
	end := l.At(l.Len())
	read := int64(0)
	for _, b := range end.Batches {
		read += b.Rows
	}
	waiting := int64(0)
	for _, b := range end.Blocks {
		if b.Batch == 0 {
			waiting += b.Rows
		}
	}
	require.Equal(t, end.Totals.Received, read+waiting)
	require.GreaterOrEqual(t, l.Batches(), 15)
	require.Zero(t, end.Totals.Lost, "there were two copies")
	require.True(t, end.Over)
}

func TestWhy(t *testing.T) {
	l := line(t)
	var all []string
	for at := 0; at <= l.Len(); {
		for _, lang := range []message.Language{message.French, message.English} {
			for _, s := range l.Why(at, lang) {
				require.NotContains(t, s, "{")
				require.NotContains(t, s, "?", "no fact is missing")
			}
		}
		all = append(all, l.Why(at, message.French)...)
		if at == l.Len() {
			break
		}
		at = l.Next(ByEvent, at)
	}
	story := strings.ReplaceAll(strings.Join(all, "\n"), message.Hard, " ")
	for _, want := range []string{
		"Le programme commence : un lot toutes les 2 s, un bloc toutes les 200 ms.",
		"Le récepteur tap-1 démarre sur e1 et y prend un cœur.",
		"L'exécuteur e1 meurt (killed) : il tenait ",
		"dont 0 sans autre copie ni journal.",
		"Le récepteur tap-1 redémarre sur e2",
		"Le lot 2 s est dû : 40 lignes en 20 blocs, donc 20 tâches à la première étape.",
	} {
		require.Contains(t, story, want)
	}
}

func TestMoving(t *testing.T) {
	l := line(t)
	require.Equal(t, 0, l.Batch(0))
	require.Equal(t, l.Len(), l.Batch(99))
	s := l.At(l.Batch(3))
	require.InDelta(t, 6, s.Seconds(s.Last().Time), 0)
	p, found := l.Search("e1 meurt", 0, message.French)
	require.True(t, found)
	_, found = l.Search("girafe", p, message.French)
	require.False(t, found)
	_, err := New(nil)
	require.ErrorIs(t, err, ErrNoProgram)
}
