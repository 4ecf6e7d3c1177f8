package stream

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
	"etincelle/engine/fs"
	"etincelle/engine/stream/analyze"
	"etincelle/engine/stream/checkpoint"
)

var clicks = frame.Schema{{Name: "at", Type: column.TimestampType, Nullable: true}, {Name: "page", Type: column.StringType, Nullable: true}}

// noon is the time of the first event of these tests.
var noon = time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)

// click is a row at so many minutes after noon.
func click(minutes int, page string) frame.Row {
	return frame.Row{column.TimestampOf(noon.Add(time.Duration(minutes) * time.Minute)), page}
}

func session(t testing.TB, options ...engine.Option) *engine.Session {
	s := engine.Start(append([]engine.Option{engine.Files(&fs.Memory{}), engine.Progress(false), engine.Clock(clock.NewManual(noon)), engine.Sequential()}, options...)...)
	t.Cleanup(s.Stop)
	return s
}

// perWindow counts clicks by windows of ten minutes, with a watermark of ten.
func perWindow(f *frame.Frame) *frame.Frame {
	return f.WithWatermark("at", 10*time.Minute).
		GroupBy(frame.Window(frame.Col("at"), 10*time.Minute, 10*time.Minute), frame.Col("page")).Agg(frame.CountAll().As("n"))
}

// shown is rows as text, a window as the minutes of its start.
func shown(rows []frame.Row) []string {
	list := []string{}
	for _, row := range rows {
		text := ""
		for i, v := range row {
			if w, ok := v.(column.Row); ok {
				v = w[0].(column.Timestamp).Time().Format("15:04")
			}
			if i > 0 {
				text += " "
			}
			text += fmt.Sprint(v)
		}
		list = append(list, text)
	}
	return list
}

func TestThreeModes(t *testing.T) {
	for mode, want := range map[OutputMode][][]string{
		Append:   {{}, {}, {}, {"12:00 a 2"}},
		Update:   {{"12:00 a 2"}, {}, {"12:20 a 1"}, {}},
		Complete: {{"12:00 a 2"}, {"12:00 a 2", "12:20 a 1"}},
	} {
		t.Run(string(mode), func(t *testing.T) {
			s := session(t)
			in := NewMemory(s, clicks)
			var got [][]string
			q, err := Start(perWindow(in.Frame), mode, SinkFunc(func(out *Output) error {
				var rows []frame.Row
				for row := range out.Rows() {
					rows = append(rows, row)
				}
				list := shown(rows)
				slices.Sort(list)
				got = append(got, list)
				return nil
			}), ByHand())
			require.NoError(t, err)
			for _, rows := range [][]frame.Row{{click(1, "a"), click(5, "a")}, {click(20, "a")}} {
				require.NoError(t, in.Add(rows...))
				require.NoError(t, q.ProcessAllAvailable())
			}
			assert.Equal(t, want, got)
			require.NoError(t, q.Stop())
			_, err = q.Advance()
			assert.ErrorIs(t, err, ErrStopped)
		})
	}
}

// A process may die at any step of any batch. The one after it goes on, and what
// the sink has taken, each batch once, is what it takes without a death. (Numbers of
// batches may differ: between a batch and the one without rows that follows it a
// death loses the second, for Spark runs none at a start.)
func TestDeathAtEveryStep(t *testing.T) {
	added := [][]frame.Row{{click(1, "a"), click(5, "b")}, {click(14, "a")}, {click(2, "late"), click(33, "a")}, {}, {click(60, "b")}, {}}
	errDied := errors.New("died")
	for _, mode := range []OutputMode{Append, Update, Complete} {
		want, batches := run(t, mode, added, func(Step, int64) error { return nil })
		for _, at := range []Step{Planned, OffsetsSaved, StateSaved, SinkWritten, Committed} {
			for batch := range batches {
				died := false
				got, _ := run(t, mode, added, func(s Step, n int64) error {
					if s == at && n == batch && !died {
						died = true
						return errDied
					}
					return nil
				})
				assert.True(t, died, "%s: step %q of batch %d", mode, at, batch)
				assert.Equal(t, want, got, "%s: death at step %q of batch %d", mode, at, batch)
			}
		}
	}
}

// run runs a query over what is added, and starts it again on its checkpoint each
// time it dies. It returns what a sink that takes each batch once has taken.
func run(t *testing.T, mode OutputMode, added [][]frame.Row, steps func(Step, int64) error) (rows []string, batches int64) {
	s := session(t)
	in := NewMemory(s, clicks)
	taken := map[int64][]string{}
	sink := SinkFunc(func(out *Output) error {
		var rows []frame.Row
		for row := range out.Rows() {
			rows = append(rows, row)
		}
		if before, again := taken[out.Batch]; again {
			assert.Equal(t, before, shown(rows), "a batch that comes again gives the same rows")
		}
		taken[out.Batch] = shown(rows)
		return nil
	})
	var q *Query
	start := func() {
		var err error
		q, err = Start(perWindow(in.Frame), mode, sink, ByHand(), Checkpoint("/checkpoint"), AtStep(steps))
		require.NoError(t, err)
	}
	start()
	for _, rows := range added {
		require.NoError(t, in.Add(rows...))
		for q.ProcessAllAvailable() != nil {
			start()
		}
	}
	for _, n := range slices.Sorted(maps.Keys(taken)) {
		rows = append(rows, taken[n]...)
	}
	return rows, int64(len(taken))
}

func TestCheckpointOfAnotherQueryIsRefused(t *testing.T) {
	s := session(t)
	in := NewMemory(s, clicks)
	q, err := Start(perWindow(in.Frame), Append, MemorySink(), ByHand(), Checkpoint("/checkpoint"))
	require.NoError(t, err)
	require.NoError(t, in.Add(click(1, "a")))
	require.NoError(t, q.ProcessAllAvailable())
	require.NoError(t, q.Stop())

	wider := in.WithWatermark("at", 10*time.Minute).
		GroupBy(frame.Window(frame.Col("at"), 20*time.Minute, 20*time.Minute), frame.Col("page")).Agg(frame.CountAll().As("n"))
	_, err = Start(wider, Append, MemorySink(), ByHand(), Checkpoint("/checkpoint"))
	require.ErrorIs(t, err, checkpoint.ErrOther)
	assert.ErrorContains(t, err, filepath.Join("/checkpoint", "metadata"))
	assert.ErrorContains(t, err, "600000000")
	assert.ErrorContains(t, err, "1200000000")

	_, err = Start(perWindow(in.Frame), Append, MemorySink(), ByHand(), Checkpoint("/checkpoint"))
	assert.NoError(t, err, "nothing was overwritten")
}

func TestDamagedStateIsRefused(t *testing.T) {
	files := &fs.Memory{}
	s := session(t, engine.Files(files))
	in := NewMemory(s, clicks)
	start := func() *Query {
		q, err := Start(perWindow(in.Frame), Append, MemorySink(), ByHand(), Checkpoint("/checkpoint"))
		require.NoError(t, err)
		return q
	}
	q := start()
	require.NoError(t, in.Add(click(1, "a"), click(2, "b"), click(3, "c")))
	require.NoError(t, q.ProcessAllAvailable())
	require.NoError(t, q.Stop())
	damaged := filepath.Join("/checkpoint", "state", "0", "0", "1.delta")
	require.NoError(t, files.Write(damaged, []byte("nonsense")))
	q = start()
	require.NoError(t, in.Add(click(4, "a")))
	err := q.ProcessAllAvailable()
	require.ErrorContains(t, err, damaged)
	assert.False(t, q.Active())
	left, err := fs.Read(files, damaged)
	require.NoError(t, err)
	assert.Equal(t, "nonsense", string(left))
}

func TestRefusals(t *testing.T) {
	s := session(t)
	in := NewMemory(s, clicks)
	_, err := Start(in.GroupBy(frame.Col("page")).Agg(frame.CountAll().As("n")), Append, MemorySink(), ByHand())
	var refused *analyze.Refusal
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, "STREAMING_OUTPUT_MODE.UNSUPPORTED_OPERATION", refused.Class)
	t.Setenv("ETINCELLE_LANG", "fr")
	_, err = Start(in.Frame, Complete, MemorySink(), ByHand())
	assert.ErrorContains(t, err, "Le mode complet réécrit toute la table")
	t.Setenv("ETINCELLE_LANG", "en")
	_, err = Start(in.Frame, Complete, MemorySink(), ByHand())
	assert.ErrorContains(t, err, "Complete mode writes the whole result table")
	_, err = Start(in.Frame, "", MemorySink())
	assert.ErrorContains(t, err, "choose stream.Append")
	_, err = Start(in.Frame, Append, nil)
	assert.ErrorContains(t, err, "no sink was given")
	_, err = Start(in.Frame, Append, MemorySink(), ByHand(), Once())
	assert.ErrorContains(t, err, "several triggers")
	_, err = Start(frame.Of(s, clicks, click(1, "a")), Append, MemorySink(), ByHand())
	assert.ErrorContains(t, err, "Queries without streaming sources")
	_, err = in.Collect()
	assert.ErrorContains(t, err, "writeStream.start()")
}

// A failed batch ends the query with an error that names it; the batches before it
// stay, and the query can be started again.
func TestFailedBatchEndsTheQuery(t *testing.T) {
	s := session(t)
	in := NewMemory(s, clicks)
	fail := true
	taken := 0
	start := func() *Query {
		q, err := Start(in.Frame, Append, SinkFunc(func(out *Output) error {
			if fail && out.Batch == 1 {
				return errors.New("the disk is full")
			}
			taken += out.Count()
			return nil
		}), ByHand(), Checkpoint("/checkpoint"), Name("clicks"))
		require.NoError(t, err)
		return q
	}
	q := start()
	require.NoError(t, in.Add(click(1, "a")))
	require.NoError(t, q.ProcessAllAvailable())
	require.NoError(t, in.Add(click(2, "a"), click(3, "a")))
	err := q.ProcessAllAvailable()
	require.ErrorContains(t, err, "query clicks, batch 1: the disk is full")
	assert.Equal(t, err, q.AwaitTermination())
	assert.Empty(t, Active(s))
	fail = false
	require.NoError(t, start().ProcessAllAvailable())
	assert.Equal(t, 3, taken)
}

// A limit stops reading early, but never what has state: each partition goes on.
func TestLimitOverState(t *testing.T) {
	s := session(t, engine.Conf("spark.sql.shuffle.partitions", "4"))
	in := NewMemory(s, clicks)
	table := MemorySink()
	q, err := Start(in.GroupBy(frame.Col("page")).Agg(frame.CountAll().As("n")).Limit(2), Complete, table, ByHand())
	require.NoError(t, err)
	for range 3 {
		for _, page := range []string{"a", "b", "c", "d", "e", "f"} {
			require.NoError(t, in.Add(click(1, page)))
		}
		require.NoError(t, q.ProcessAllAvailable())
		assert.Len(t, table.Rows(), 2)
	}
	p, _ := q.LastProgress()
	assert.EqualValues(t, 6, p.StateOperators[0].NumRowsTotal)
	assert.EqualValues(t, 4, p.StateOperators[0].NumStateStoreInstances)
}
