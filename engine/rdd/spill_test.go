package rdd_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// tight is a session with hardly any memory: what holds rows must put them on disk.
func tight(t *testing.T, options ...engine.Option) *engine.Session {
	s := engine.Start(append([]engine.Option{engine.Memory(1 << 10), engine.Cores(2), engine.Files(&fs.Memory{})}, options...)...)
	t.Cleanup(s.Stop)
	return s
}

// spilling are the operations that hold rows, each with the rows it brings as text.
var spilling = []struct {
	name string
	rows func(s *engine.Session) []string
}{
	{"reduceByKey", func(s *engine.Session) []string {
		return lines(rdd.ReduceByKey(many(s), rdd.Add, rdd.Hash(3)))
	}},
	{"reduceByKey of text", func(s *engine.Session) []string {
		words := rdd.MapToPair(many(s), func(p rdd.Pair[int, int]) (string, string) {
			return strings.Repeat("k", p.Key%90), fmt.Sprint(p.Value)
		})
		longest := func(a, b string) string { return max(a, b) }
		return lines(rdd.ReduceByKey(words, longest, rdd.Hash(2)))
	}},
	{"groupByKey", func(s *engine.Session) []string {
		return lines(rdd.MapValues(rdd.GroupByKey(many(s), rdd.Hash(3)), inOrder))
	}},
	{"distinct", func(s *engine.Session) []string { return lines(rdd.Distinct(rdd.Keys(many(s)), 3)) }},
	{"repartition", func(s *engine.Session) []string { return lines(rdd.Repartition(many(s), 3)) }},
	{"cogroup", func(s *engine.Session) []string {
		other := rdd.Filter(many(s), func(p rdd.Pair[int, int]) bool { return p.Key%3 == 0 })
		return lines(rdd.MapValues(rdd.CoGroup(many(s), other, rdd.Hash(3)), func(g rdd.Grouped[int, int]) string {
			return fmt.Sprint(inOrder(g.Left), inOrder(g.Right))
		}))
	}},
	{"join", func(s *engine.Session) []string {
		other := rdd.FromSlice(s, 3, []rdd.Pair[int, string]{rdd.KV(1, "a"), rdd.KV(700, "b"), rdd.KV(1, "c")})
		return lines(rdd.Join(many(s), other, rdd.Hash(3)))
	}},
	{"subtractByKey", func(s *engine.Session) []string {
		other := rdd.Filter(many(s), func(p rdd.Pair[int, int]) bool { return p.Key%3 == 0 })
		return lines(rdd.SubtractByKey(many(s), other, rdd.Hash(3)))
	}},
}

// many is 20 000 pairs of 3 000 keys.
func many(s *engine.Session) *rdd.Pairs[int, int] {
	return rdd.MapToPair(rdd.Range(s, 0, 20_000, 1, 5), func(n int64) (int, int) { return int(n) * 7919 % 3001, int(n) })
}

func inOrder(ns []int) []int { return slices.Sorted(slices.Values(ns)) }

// lines is all rows as text, in an order of their own.
func lines[T any](r *rdd.RDD[T]) []string { return bag(engine.Must(r.Collect())) }

func TestRowsWithoutRoomGoToDiskAndComeBack(t *testing.T) {
	for _, op := range spilling {
		t.Run(op.name, func(t *testing.T) {
			s := tight(t)
			got := op.rows(s)
			roomy := engine.Start()
			defer roomy.Stop()
			require.Equal(t, op.rows(roomy), got)
			assert.NotZero(t, s.Counters().Spilled)
			assert.Zero(t, roomy.Counters().Spilled)
		})
	}
}

func TestSortWithoutRoomKeepsEqualRowsInOrder(t *testing.T) {
	for _, order := range []rdd.Order{rdd.Ascending, rdd.Descending} {
		s := tight(t)
		byKey := func(s *engine.Session) []rdd.Pair[int, int] {
			return engine.Must(rdd.SortByKey(many(s), order, 3).Collect())
		}
		got := byKey(s)
		roomy := engine.Start()
		defer roomy.Stop()
		require.Equal(t, byKey(roomy), got)
		assert.NotZero(t, s.Counters().Spilled)
	}
}

func TestSpilledRowsOutliveTheTaskOnlyAsShuffleOutputs(t *testing.T) {
	files := &fs.Memory{}
	var heard event.Recorder
	s := tight(t, engine.Files(files), engine.Executors(2), engine.Listen(heard.Hear))
	grouped := rdd.GroupByKey(many(s), rdd.Hash(3))
	want := engine.Must(grouped.Count())
	first := s.Counters()
	assert.Equal(t, want, engine.Must(grouped.Count()), "read again from the disk")
	assert.Equal(t, 1, s.Counters().Since(first).SkippedStages)
	var told int64
	for _, e := range heard.Events() {
		if spilled, ok := e.(event.Spilled); ok {
			told += spilled.Bytes
			assert.Positive(t, spilled.Rows)
		}
	}
	assert.Equal(t, s.Counters().Spilled, told)
	s.Stop()
	left, err := files.List(os.TempDir())
	if !fs.Missing(err) {
		require.NoError(t, err)
	}
	assert.Empty(t, left, "nothing stays behind")
}

// Rows that are computed again must come in the same order as the first time, when
// less memory was free perhaps: a Repartition after them deals them out in turn.
func TestTheOrderOfRowsDoesNotDependOnWhatElseIsInMemory(t *testing.T) {
	orders := map[string]func(s *engine.Session) []string{
		"reduceByKey": func(s *engine.Session) []string { return inTurn(rdd.ReduceByKey(many(s), rdd.Add, rdd.Hash(1))) },
		"groupByKey":  func(s *engine.Session) []string { return inTurn(rdd.GroupByKey(many(s), rdd.Hash(3))) },
		"cogroup":     func(s *engine.Session) []string { return inTurn(rdd.CoGroup(many(s), many(s), rdd.Hash(2))) },
		"text": func(s *engine.Session) []string {
			return inTurn(rdd.GroupByKey(rdd.MapToPair(many(s), func(p rdd.Pair[int, int]) (string, string) {
				return strings.Repeat("k", p.Key%90) + fmt.Sprint(p.Key), fmt.Sprint(p.Value)
			}), rdd.Hash(2)))
		},
	}
	for name, rows := range orders {
		for _, memory := range []int64{64 << 10, 512 << 10, 1 << 20, 4 << 20} {
			t.Run(fmt.Sprint(name, memory), func(t *testing.T) {
				empty := tight(t, engine.Memory(memory))
				full := tight(t, engine.Memory(memory))
				core := engine.Inside(full)
				core.Intervene(func(t *lineage.Task) error { // somebody else takes what is free
					for range 8 {
						w := core.Workspace(t, event.SpilledMerging)
						w.Grow(w.Share())
					}
					return nil
				})
				require.Equal(t, rows(empty), rows(full))
			})
		}
	}
}

// inTurn is all rows as text, in their order.
func inTurn[T any](r *rdd.RDD[T]) []string {
	return each(engine.Must(r.Collect()), func(row T) string { return fmt.Sprint(row) })
}

// alike is a key whose hash tells nothing: no cut by hash takes rows apart.
type alike struct{ N int }

func (alike) HashCode() int32 { return 7 }

func TestKeysOfOneHashAreBroughtTogetherAllTheSame(t *testing.T) {
	s := tight(t)
	rows := rdd.MapToPair(rdd.Range(s, 0, 6_000, 1, 2), func(n int64) (alike, int) { return alike{int(n) % 2_000}, 1 })
	assert.Equal(t, 2_000, engine.Must(rdd.GroupByKey(rows, rdd.Hash(2)).Count()))
	sums := engine.Must(rdd.ReduceByKey(rows, rdd.Add, rdd.Hash(2)).Collect())
	assert.Len(t, sums, 2_000)
	for _, sum := range sums {
		require.Equal(t, 3, sum.Value)
	}
	assert.NotZero(t, s.Counters().Spilled)
}

// An action that stops early leaves nothing held.
func TestTakeFromSpilledRows(t *testing.T) {
	s := tight(t)
	ordered := rdd.SortByKey(many(s), rdd.Ascending, 2)
	assert.Equal(t, 0, engine.Must(ordered.First()).Key)
	grouped := rdd.GroupByKey(many(s), rdd.Hash(2))
	assert.Len(t, engine.Must(grouped.Take(3)), 3)
	assert.Equal(t, 3001, engine.Must(grouped.Count()))
}

type secretive struct {
	N      int
	hidden int
}

func TestRowsThatCannotGoToDiskSaySoNamingTheField(t *testing.T) {
	s := tight(t)
	rows := rdd.MapToPair(rdd.Range(s, 0, 20_000, 1, 2), func(n int64) (int64, secretive) {
		return n % 10, secretive{int(n), 1}
	})
	_, err := rdd.GroupByKey(rows, rdd.Hash(2)).Count()
	require.ErrorContains(t, err, "the rows do not fit in memory")
	require.ErrorContains(t, err, "hidden")
}
