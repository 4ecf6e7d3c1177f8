package engine

import (
	"path/filepath"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/shuffle"
)

// onTask runs body as a task of executor e0 would and returns its error.
func onTask(c *Core, body func(*lineage.Task)) (err error) {
	t := &lineage.Task{Executor: "e0"}
	lineage.Attempt(t, func(t *lineage.Task) (any, error) {
		body(t)
		return nil, nil
	}, func(_ any, problem error) { err = problem })
	return err
}

func sessionOf(t *testing.T, memory int64) (*Core, fs.FS) {
	files := &fs.Memory{}
	s := Start(Executors(1), Cores(2), Memory(memory), Files(files))
	t.Cleanup(s.Stop)
	return s.core, files
}

const mebibyte = 1 << 20

func TestAWorkspaceGrowsToItsShareAndGivesBack(t *testing.T) {
	c, _ := sessionOf(t, 8*mebibyte)
	blocks := c.executor("e0").blocks
	require.NoError(t, onTask(c, func(task *lineage.Task) {
		a, b := c.Workspace(task, event.SpilledMerging), c.Workspace(task, event.SpilledWriting)
		assert.EqualValues(t, 2*mebibyte, a.Share(), "of two cores with two operators each")
		assert.True(t, a.Grow(mebibyte))
		assert.True(t, a.Grow(mebibyte))
		assert.False(t, a.Grow(1), "beyond its share")
		a.Shrink(mebibyte)
		assert.True(t, a.Grow(1))
		assert.True(t, b.Grow(2*mebibyte))
		assert.EqualValues(t, 4*mebibyte, blocks.Reserved())
		a.Close()
		assert.EqualValues(t, 2*mebibyte, blocks.Reserved())
		b.Close()
		assert.Zero(t, blocks.Reserved())
	}))
}

func TestAWorkspaceHoldsALittleEvenWhenNothingIsFree(t *testing.T) {
	c, _ := sessionOf(t, 8*mebibyte)
	blocks := c.executor("e0").blocks
	_, ok, err := blocks.Reserve(8 * mebibyte)
	require.NoError(t, err)
	require.True(t, ok)
	require.NoError(t, onTask(c, func(task *lineage.Task) {
		w := c.Workspace(task, event.SpilledMerging)
		defer w.Close()
		assert.True(t, w.Grow(mebibyte/4))
		assert.False(t, w.Grow(1))
	}))
	assert.EqualValues(t, 8*mebibyte, blocks.Reserved())
}

func TestSpilledRowsAreReadInOrderAndTheFileGoes(t *testing.T) {
	c, files := sessionOf(t, mebibyte)
	row := reflect.TypeFor[string]()
	require.NoError(t, onTask(c, func(task *lineage.Task) {
		w := c.Workspace(task, event.SpilledMerging)
		parts := []shuffle.Bucket{{Chunks: []any{[]string{"a", "b"}, []string{"c"}}, Rows: 3}, {}, {Chunks: []any{[]string{"x"}}, Rows: 1}}
		w.SpillAll(row, parts)
		assert.Len(t, parts[0].Segments, 1, "what lies one behind the other is one segment")
		parts[0].Chunks, parts[0].Rows = []any{[]string{"d"}}, 4
		var got []string
		w.Rows(row, parts[0], func(rows any) bool { got = append(got, rows.([]string)...); return true })
		assert.Equal(t, []string{"a", "b", "c", "d"}, got, "those on disk came first")
		got = nil
		w.Rows(row, parts[0], func(rows any) bool { got = append(got, rows.([]string)...); return false })
		assert.Len(t, got, 2, "no further than asked")
		assert.Positive(t, task.Metrics.Spilled)
		w.Close()
		_, err := files.Stat(w.path)
		assert.True(t, fs.Missing(err))
	}))
}

func TestOutputsStayInMemoryWhileTheyAreASmallPart(t *testing.T) {
	c, files := sessionOf(t, 8*mebibyte)
	e := c.executor("e0")
	parent := c.NewDataset("ParallelCollectionRDD", "of", func() (int, error) { return 3, nil })
	edge := c.NewShuffle(parent, nil)
	row := reflect.TypeFor[int64]()
	write := func(m int) (spilled int64) {
		require.NoError(t, onTask(c, func(task *lineage.Task) {
			w := c.Workspace(task, event.SpilledWriting)
			defer w.Close()
			require.True(t, w.Grow(mebibyte))
			rows := make([]int64, mebibyte/8)
			rows[0] = int64(m)
			task.Check(c.WriteShuffle(w, edge, m, row, []shuffle.Bucket{{Chunks: []any{rows}, Rows: int64(len(rows))}}))
			assert.Positive(t, task.Metrics.ShuffleBytes)
			spilled = task.Metrics.Spilled
		}))
		return spilled
	}
	assert.Zero(t, write(0))
	assert.Zero(t, write(1))
	assert.Positive(t, write(2), "a quarter of the budget is taken")
	assert.EqualValues(t, 2*mebibyte, e.blocks.Reserved())
	first := func() (firsts []int64) {
		require.NoError(t, onTask(c, func(task *lineage.Task) {
			c.FetchRows(task, edge, 0, row, func(rows any) bool {
				if n := rows.([]int64)[0]; n > 0 || len(firsts) == 0 {
					firsts = append(firsts, n)
				}
				return true
			})
		}))
		return firsts
	}
	assert.Equal(t, []int64{0, 1, 2}, first(), "wherever they are")

	bucket, _ := e.outputs.Bucket(edge.ID, 2, 0)
	path := bucket.Segments[0].Path
	require.NoError(t, files.Write(path, []byte("not what was written")))
	var lost *lineage.FetchFailed
	require.ErrorAs(t, onTask(c, func(task *lineage.Task) {
		c.FetchRows(task, edge, 0, row, func(any) bool { return true })
	}), &lost, "a damaged file is a lost output")
	assert.Equal(t, lineage.FetchFailed{Shuffle: edge.ID, Map: 2, Executor: "e0"}, *lost)
	assert.False(t, e.outputs.Holds(edge.ID, 2), "so that it is written again")

	c.DropShuffle(edge)
	assert.Zero(t, e.blocks.Reserved())
	left, err := files.List(filepath.Dir(path))
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestAWorkspaceOfADeadExecutor(t *testing.T) {
	c, _ := sessionOf(t, mebibyte)
	c.KillExecutor("e0", "a test")
	assert.ErrorIs(t, onTask(c, func(task *lineage.Task) { c.Workspace(task, event.SpilledMerging) }), lineage.ErrExecutorLost)
}
