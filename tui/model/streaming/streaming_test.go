package streaming

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/event"
	"etincelle/grader/message"
)

func tape(t testing.TB, name string) []event.Event {
	f, err := os.Open(filepath.Join("..", "..", "..", "replay", "recorded", name+".jsonl.gz"))
	require.NoError(t, err)
	defer f.Close()
	r, err := gzip.NewReader(f)
	require.NoError(t, err)
	events, err := event.Read(r)
	require.NoError(t, err)
	return events
}

func story(t testing.TB, name string) *Story {
	s, err := New(tape(t, name), 0)
	require.NoError(t, err)
	return s
}

// text is all of a moment; batches, which never change, by their numbers.
func text(t require.TestingT, m Moment) string {
	type look struct {
		Batch, Last, Set int64
		Table            []Group
		Totals           Totals
		Partial          bool
	}
	number := func(b *Batch) int64 {
		if b == nil {
			return -1
		}
		return b.Number
	}
	var looks []look
	for _, mode := range m.Modes {
		looks = append(looks, look{number(mode.Batch), number(mode.Last), number(mode.Set), mode.Table, mode.Totals, mode.Partial})
	}
	b, err := json.Marshal(looks)
	require.NoError(t, err)
	return string(b)
}

// TestForwardAndBack: a moment is the same, byte for byte, whichever way it was
// reached, and looking at one changes no other.
func TestForwardAndBack(t *testing.T) {
	for _, name := range []string{"animals", "storm"} {
		s := story(t, name)
		fresh := map[int]string{}
		rapid.Check(t, func(t *rapid.T) {
			for range 6 {
				p := rapid.IntRange(0, s.Len()).Draw(t, "position")
				here := text(t, s.At(p))
				if was, seen := fresh[p]; seen {
					require.Equal(t, was, here)
				}
				fresh[p] = here
				s.At(min(p+1, s.Len()))
				require.Equal(t, here, text(t, s.At(p)), "n then p changes nothing")
			}
		})
	}
}

// TestTheStateIsWhatTheEngineCounts: the table that is folded from the changes has as
// many groups as the engine says, at each step of each mode.
func TestTheStateIsWhatTheEngineCounts(t *testing.T) {
	for _, name := range []string{"animals", "storm"} {
		s := story(t, name)
		for p := 1; p <= s.Len(); p++ {
			for _, mode := range s.At(p).Modes {
				require.False(t, mode.Partial)
				total, updated, removed := mode.Last.Totals()
				kept := slices.DeleteFunc(mode.Table, func(g Group) bool { return g.Touched == "closed" })
				require.Len(t, kept, int(total))
				if mode.Batch != nil {
					count := map[string]int64{}
					for _, c := range mode.Batch.Changes() {
						count[c.What]++
					}
					require.Equal(t, updated, count["opened"]+count["updated"])
					require.Equal(t, removed, count["closed"])
				}
			}
		}
	}
}

func TestStormWeek(t *testing.T) {
	s := story(t, "storm")
	end := s.At(s.Len())
	require.Len(t, end.Modes, 3)
	for _, mode := range end.Modes {
		require.EqualValues(t, 6181, mode.Totals.Read)
	}
	require.EqualValues(t, 310, end.Modes[2].Totals.Batches, "complete runs no batch without rows")
	require.Zero(t, end.Modes[2].Totals.Dropped)
	require.True(t, s.Clock().Days)
}

func TestAligned(t *testing.T) {
	s := story(t, "animals")
	require.Equal(t, 11, s.Len())
	six := s.At(s.Find(6))
	require.EqualValues(t, 6, six.Modes[0].Batch.Number)
	require.EqualValues(t, 6, six.Modes[1].Batch.Number)
	require.EqualValues(t, 3, six.Modes[2].Batch.Number, "complete's own number")
	five := s.At(s.Find(5))
	require.Nil(t, five.Modes[2].Batch, "complete runs no batch without rows")
	require.Equal(t, s.Find(7), s.NextRows(s.Find(6)))
	require.Equal(t, s.Find(6), s.PreviousRows(s.Find(7)))
	require.Equal(t, s.Find(4), s.PreviousRows(s.Find(6)))
	require.Equal(t, s.Len(), s.NextRows(s.Find(9)))
	require.Zero(t, s.PreviousRows(s.Find(0)))
	require.Equal(t, s.Len(), s.Find(99))
}

func TestWhy(t *testing.T) {
	s := story(t, "animals")
	tell := func(number int64, l message.Language) string {
		m := s.At(s.Find(number))
		var all []string
		for _, n := range s.Why(&m) {
			all = append(all, strings.ReplaceAll(n.In(l), message.Hard, " "))
		}
		return strings.Join(all, "\n")
	}
	six := tell(6, message.French)
	for _, want := range []string{
		"Le groupe « âne » de la fenêtre 12:00–12:10 est rejeté (ajout, mise à jour) : la fin de la fenêtre, 12:10, n'est pas après 12:11, le filigrane du lot d'avant.",
		"1 événement tardif, mais 2 lignes rejetées",
		"Le mode complet garde tout son état",
		"La prochaine, 12:05–12:15, attend que le filigrane atteigne 12:15 : un événement de 12:25 ou plus tard.",
		"Filigrane en vigueur : 12:11, soit 12:21 (le plus tard vu, fixé à la fin du lot 4) − 10 min.",
		"« hibou » à 12:17 : 12:10–12:20 passe de 1 à 2, 12:15–12:25 passe de 1 à 2.",
		"« âne » à 12:04 : trop tard pour 11:55–12:05, 12:00–12:10 (filigrane du lot d'avant : 12:11).",
		"le filigrane reste 12:11",
	} {
		require.Contains(t, six, want)
	}
	five := tell(5, message.English)
	require.Contains(t, five, "Window 12:00–12:10 comes out now in append mode (3 rows)")
	require.Contains(t, five, "Mode complete has no batch in this step")
	require.Contains(t, five, "This batch reads no row: the watermark has moved, and windows may close.")
	for p := range s.Len() + 1 {
		m := s.At(p)
		for _, n := range s.Why(&m) {
			for _, l := range []message.Language{message.French, message.English} {
				require.NotContains(t, n.In(l), "{")
				for _, hole := range n.Text.Holes(l) {
					require.Contains(t, n.Facts, hole, n.In(l))
				}
			}
		}
	}
}

// A query without state says so, and a batch that was not committed that it ran again.
func TestWithoutState(t *testing.T) {
	facts := []event.Event{event.QueryStart{Mode: "append", Columns: []string{"key"}, Sources: []event.QuerySource{{Columns: []string{"key"}, Time: -1}}}}
	for try, number := range []int64{0, 1, 1} {
		facts = append(facts, event.BatchStart{Batch: number}, event.RowsArrived{Batch: number, Count: 1, Rows: [][]string{{"âne"}}}, event.RowsOut{Batch: number, Count: 1})
		if try != 1 { // the first try of batch 1 is cut short
			facts = append(facts, event.BatchEnd{Batch: number})
		}
	}
	s, err := New(facts, 0)
	require.NoError(t, err)
	told := func(position int) string {
		m := s.At(position)
		var all []string
		for _, n := range s.Why(&m) {
			all = append(all, n.In(message.French))
		}
		return strings.ReplaceAll(strings.Join(all, "\n"), message.Hard, " ")
	}
	require.Equal(t, 2, s.Len())
	require.NotContains(t, told(1), "avait déjà commencé")
	require.Contains(t, told(2), "Ce lot avait déjà commencé (1 fois)")
	require.Contains(t, told(2), "La requête ne garde rien d'un lot à l'autre")
	require.Contains(t, told(2), "« âne » : lu.")
	require.NotContains(t, told(2), "l'état ne se vide pas")
}

func TestSearch(t *testing.T) {
	s := story(t, "animals")
	tell := func(m *Moment) []string {
		var all []string
		for _, n := range s.Why(m) {
			all = append(all, n.In(message.French))
		}
		return all
	}
	p, found := s.Search("ÂNE", 0, tell)
	require.True(t, found)
	require.Equal(t, s.Find(6), p)
	_, found = s.Search("girafe", 0, tell)
	require.False(t, found)
}

func TestDamaged(t *testing.T) {
	for _, facts := range [][]event.Event{
		{event.BatchStart{}},
		{event.QueryStart{}, event.RowsOut{}},
		{event.QueryStart{}, event.BatchStart{}, event.RowsArrived{Source: 3}},
	} {
		_, err := New(facts, 0)
		require.ErrorIs(t, err, event.ErrRecording)
	}
	_, err := New([]event.Event{event.QueryStart{}}, 0)
	require.ErrorIs(t, err, ErrNoQuery)
	_, err = New([]event.Event{event.QueryStart{}, event.BatchStart{}}, 1)
	require.Error(t, err)
}

// TestQueriesThatStandAlone: unrelated queries are not put side by side, and a batch
// that was not committed runs again in its place.
func TestQueriesThatStandAlone(t *testing.T) {
	a := event.QueryStart{Query: 0, ID: "a", Mode: "append", Columns: []string{"x"}}
	b := event.QueryStart{Query: 1, ID: "b", Mode: "update", Columns: []string{"y"}}
	facts := []event.Event{a, b, event.BatchStart{Query: 0}, event.BatchStart{Query: 1},
		event.QueryEnd{Query: 0}, event.QueryStart{Query: 2, ID: "a", Mode: "append", Columns: []string{"x"}},
		event.BatchStart{Query: 2}, event.BatchEnd{Query: 2}, event.BatchStart{Query: 2, Batch: 1}}
	require.Equal(t, 2, Choices(facts))
	s, err := New(facts, 0)
	require.NoError(t, err)
	require.Len(t, s.Queries[0].Batches, 2)
	require.True(t, s.Queries[0].Batches[0].Committed)
	require.False(t, s.Queries[0].Over)
}

func TestTimes(t *testing.T) {
	at := time.Date(2024, 6, 24, 9, 5, 0, 0, time.UTC)
	c := Clock{Days: true}
	require.Equal(t, "24/06 09:05", c.Time(at).In(message.French))
	require.Equal(t, "24 Jun 09:05–10:05", c.Span(Span{at, at.Add(time.Hour)}).In(message.English))
	require.Equal(t, "24/06 09:05–25/06 09:05", c.Span(Span{at, at.Add(24 * time.Hour)}).In(message.French))
	require.Equal(t, "09:05:07", Clock{}.Time(at.Add(7*time.Second)).In(message.French))
	require.Equal(t, "1\u00a0h", Delay(time.Hour).In(message.French))
	require.Equal(t, "90\u00a0min", Delay(90*time.Minute).In(message.French))
	w, rest, found := WindowOf([]string{"a", "[2024-06-24 09:05:00 2024-06-24 10:05:00.5]"})
	require.True(t, found)
	require.Equal(t, []string{"a"}, rest)
	require.Equal(t, at.Add(time.Hour+500*time.Millisecond), w.End)
}

func BenchmarkJump(b *testing.B) {
	s := story(b, "storm")
	b.ReportAllocs()
	p := 0
	for b.Loop() {
		p = (p + 1009) % s.Len()
		s.At(p)
	}
}

func BenchmarkOpen(b *testing.B) {
	facts := tape(b, "storm")
	for b.Loop() {
		if _, err := New(facts, 0); err != nil {
			b.Fatal(err)
		}
	}
}
