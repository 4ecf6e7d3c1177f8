package operator

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/frame/column"
	"etincelle/engine/fs"
	"etincelle/engine/stream/state"
	"etincelle/engine/stream/watermark"
)

// The operators against models of a few lines, over whole lives of a query: batches of
// any sizes, tasks that run twice, watermarks that move.

// life runs an operator batch by batch, each as the next version of the state.
type life struct {
	provider *state.Provider
	version  int64
}

func newLife() *life { return &life{provider: state.NewProvider(&fs.Memory{}, "state")} }

// batch runs one micro-batch; a task that runs twice must do what one does that runs once.
func (l *life) batch(t *rapid.T, lateBy, evictBy int64, run func(*Part) ([]column.Batch, error)) ([][]any, Counters) {
	i := &Instance{Mode: Append, Version: l.version, LateBy: lateBy, EvictBy: evictBy, Stores: l.provider}
	var out []column.Batch
	for range rapid.IntRange(1, 2).Draw(t, "attempts") {
		var err error
		out, err = run(i.On(0))
		require.NoError(t, err)
	}
	l.version++
	require.NoError(t, l.provider.Save(l.version))
	l.provider.Advance(l.version)
	var rows [][]any
	for _, b := range out {
		for r := range b.Rows {
			rows = append(rows, b.Row(r))
		}
	}
	require.Equal(t, 1, i.Partitions())
	return rows, i.Counters()
}

// events is a batch of keys with their event times, in microseconds.
func events(keys, times []int64) column.Batch {
	return column.Batch{Rows: len(keys), Columns: []column.Column{
		&column.Vector[int64]{Of: column.BigIntType, Data: keys},
		&column.Vector[int64]{Of: column.TimestampType, Data: times},
	}}
}

func drawn(t *rapid.T) (keys, times []int64) {
	for range rapid.IntRange(0, 8).Draw(t, "rows") {
		keys = append(keys, int64(rapid.IntRange(0, 5).Draw(t, "key")))
		times = append(times, int64(rapid.IntRange(0, 40).Draw(t, "at"))*1000)
	}
	return keys, times
}

// Law: of the whole life of a query the first N rows pass, in their order, and no other.
func TestLimitLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, limit := newLife(), &Limit{N: int64(rapid.IntRange(0, 12).Draw(t, "limit"))}
		var all, passed [][]any
		for range rapid.IntRange(1, 5).Draw(t, "batches") {
			keys, times := drawn(t)
			b := events(keys, times)
			for r := range b.Rows {
				all = append(all, b.Row(r))
			}
			cut := rapid.IntRange(0, b.Rows).Draw(t, "cut") // rows come in several pieces
			out, _ := l.batch(t, 0, 0, func(p *Part) ([]column.Batch, error) {
				return limit.Run(p, []column.Batch{b.Slice(0, cut), b.Slice(cut, b.Rows)})
			})
			passed = append(passed, out...)
		}
		require.Equal(t, append([][]any{}, all[:min(len(all), int(limit.N))]...), append([][]any{}, passed...))
	})
}

// Law: a row passes when it is not late and its key is not remembered; a key is remembered
// until the watermark has passed the time that is one of the keys, or, within the
// watermark, that of its first row and the delay.
func TestDedupLaw(t *testing.T) {
	type seen struct{ key, at int64 }
	const delay = 10_000
	rapid.Check(t, func(t *rapid.T) {
		within := rapid.Bool().Draw(t, "within")
		l, lateBy := newLife(), int64(0)
		run := (&Dedup{Keys: []int{0, 1}, Types: []column.Type{column.BigIntType, column.TimestampType}, Time: 1, KeyTime: 1}).Run
		if within {
			run = (&DedupWithinWatermark{Keys: []int{0}, Time: 1, Delay: delay}).Run
		}
		remembered := map[seen]int64{} // until when
		for range rapid.IntRange(1, 6).Draw(t, "batches") {
			evictBy := lateBy + int64(rapid.IntRange(0, 15).Draw(t, "moves"))
			keys, times := drawn(t)
			out, counted := l.batch(t, lateBy, evictBy, func(p *Part) ([]column.Batch, error) {
				return run(p, []column.Batch{events(keys, times)})
			})
			var want [][]any
			var dropped, duplicates, removed int64
			b := events(keys, times)
			for r, key := range keys {
				id, until := seen{key, times[r]}, times[r]
				if within {
					id, until = seen{key, 0}, times[r]+delay
				}
				_, known := remembered[id]
				switch {
				case watermark.Behind(times[r], lateBy):
					dropped++
				case known:
					duplicates++
				default:
					remembered[id] = until
					want = append(want, b.Row(r))
				}
			}
			for id, until := range remembered {
				if watermark.Behind(until, evictBy) {
					delete(remembered, id)
					removed++
				}
			}
			require.Equal(t, append([][]any{}, want...), append([][]any{}, out...))
			require.Equal(t, []int64{dropped, duplicates, removed, int64(len(remembered))},
				[]int64{counted.Dropped, counted.Duplicates, counted.Removed, counted.Total})
			lateBy = evictBy
		}
	})
}

// A state that is not what the operator wrote is told, and not taken for a number.
func TestDamagedState(t *testing.T) {
	provider := state.NewProvider(&fs.Memory{}, "state")
	store, err := provider.Open(state.ID{}, 0)
	require.NoError(t, err)
	store.Put(passedKey, []byte("damaged?!"))
	require.NoError(t, store.Commit())
	require.NoError(t, provider.Save(1))
	provider.Advance(1)
	for _, run := range []func(*Part, []column.Batch) ([]column.Batch, error){(&Limit{N: 3}).Run, (&DedupWithinWatermark{Time: None}).Run} {
		_, err := run((&Instance{Version: 1, Stores: provider}).On(0), nil)
		require.ErrorIs(t, err, column.ErrDamaged)
	}
}
