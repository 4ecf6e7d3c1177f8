package receiving

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/event"
	"etincelle/grader/message"
)

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

func line(t testing.TB, name string) *Timeline {
	l, err := New(tape(t, name))
	require.NoError(t, err)
	return l
}

// text is all of a state.
func text(t require.TestingT, s State) string {
	b, err := json.Marshal(struct {
		State
		All     []*Batch
		Waiting []int64
	}{s, slices.Collect(s.Batches.All()), s.Batches.unfinished})
	require.NoError(t, err)
	return string(b) + fmt.Sprint(blocksOf(&s)) // fmt sorts the keys
}

// blocksOf are all blocks of a state.
func blocksOf(s *State) map[BlockID]Block {
	all := map[BlockID]Block{}
	for _, part := range s.Blocks.stretches {
		for id := range part.blocks {
			all[id], _ = s.Block(id)
		}
	}
	return all
}

var tapes = []string{"words", "driver"}

// TestForwardAndBack: a state is the same, byte for byte, whichever way it was
// reached, and looking at one changes no other.
func TestForwardAndBack(t *testing.T) {
	for _, name := range tapes {
		l := line(t, name)
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
}

// TestTheBooksBalance: at every position, each row that was received is processed, lost
// or waiting, and no block is part of two batches.
func TestTheBooksBalance(t *testing.T) {
	for _, name := range tapes {
		l := line(t, name)
		for at := range l.Len() + 1 {
			s := l.At(at)
			var done, lost, waiting, batches int64
			for _, b := range blocksOf(&s) {
				batch := s.Batch(b.Batch)
				switch {
				case !b.Known:
				case b.Counted:
					lost += b.Rows
				case batch != nil && batch.Times > 0:
					done += b.Rows
				default:
					waiting += b.Rows
				}
			}
			for b := range s.Batches.All() {
				batches += b.Rows
			}
			require.Equal(t, Totals{done + lost + waiting, done, lost, s.Totals.Twice, s.Totals.Missed}, s.Totals, "%s at %d", name, at)
			require.Equal(t, waiting, s.Totals.Waiting())
			require.LessOrEqual(t, batches, s.Totals.Received)
			for _, x := range s.Executors {
				require.LessOrEqual(t, x.Busy, x.Cores, "%s at %d", name, at)
			}
		}
		end := l.At(l.Len())
		require.True(t, end.Over)
		require.Equal(t, name == "driver", end.Totals.Lost > 0, "two copies save from the death of an executor, not of the driver")
		require.Equal(t, name == "driver", end.Totals.Missed > 0)
		require.GreaterOrEqual(t, l.Batches(), 12)
	}
}

func TestWhy(t *testing.T) {
	for name, wanted := range map[string][]string{
		"words": {
			"Le programme commence : un lot toutes les 2 s, un bloc toutes les 200 ms.",
			"Le récepteur tap-1 démarre sur e1 et y prend un cœur.",
			"L'exécuteur e1 meurt (tué) : il tenait ",
			"0 n'avait ni autre copie ni journal.",
			"Le récepteur 1 s'arrête sur e1 : l'exécuteur e1 est perdu.",
			"Le récepteur tap-1 redémarre sur e2",
			"Le lot 2 s est dû : 40 lignes en 20 blocs, donc 20 tâches à la première étape.",
			"Sa sortie donne 5 lignes (collect) : filigrane 4 ; bloc 4 ; flux 12 ; spark 16 ; lot 4.",
			"Ses tâches : e0 7 · e1 6 · e2 13.",
			"Le récepteur 0 s'arrête sur e0 : le pilote l'a demandé.",
		},
		"driver": {
			"Le pilote meurt, et ses exécuteurs avec lui : 1 lot n'était pas fini.",
			"Un nouveau pilote reprend au point de reprise : il refait les lots 8 s, 10 s. Il n'a rien reçu pendant 1,95 s.",
			"Le lot 8 s est à refaire",
			"40 lignes perdues, plus personne ne les tient.",
			"Le journal (WAL) les aurait sauvées ; deux copies, non",
			"Les fenêtres ne retrouvent pas 80 lignes des lots 4 s, 6 s, traités avant",
		},
	} {
		l := line(t, name)
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
		for _, want := range wanted {
			require.Contains(t, story, want)
		}
	}
}

// TestEveryFactIsTold: there is a sentence about each position, in both languages.
func TestEveryFactIsTold(t *testing.T) {
	for _, name := range tapes {
		l := line(t, name)
		for at := range l.Len() + 1 {
			for _, lang := range []message.Language{message.French, message.English} {
				told := l.Why(at, lang)
				require.NotEmpty(t, told, "%s at %d: %v", name, at, l.facts[max(at-1, 0)])
				for _, s := range told {
					require.NotContains(t, s, "{")
					require.NotContains(t, s, "?", "no fact is missing")
				}
			}
		}
	}
}

func TestMoving(t *testing.T) {
	l := line(t, "words")
	require.Equal(t, 0, l.Batch(0))
	require.Equal(t, l.Len(), l.Batch(99))
	s := l.At(l.Batch(3))
	require.InDelta(t, 6, s.Seconds(s.Last().Time), 0)
	require.Equal(t, l.Batch(3), l.Due(5))
	require.Equal(t, l.Len(), l.Due(999))
	p, found := l.Search("e1 meurt", 0, message.French)
	require.True(t, found)
	_, found = l.Search("girafe", p, message.French)
	require.False(t, found)
	_, err := New(nil)
	require.ErrorIs(t, err, ErrNoProgram)
}
