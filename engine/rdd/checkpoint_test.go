package rdd_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/rdd"
)

// TestCacheAgainstCheckpoint is the course's table:
//
//	                    cache             checkpoint
//	lasts               until Stop        for good
//	is for              reuse             long lineages
//	lineage             kept              cut
//	other jobs          cannot use it     can
func TestCacheAgainstCheckpoint(t *testing.T) {
	for _, c := range []struct {
		name              string
		mark              func(r *rdd.RDD[int])
		calls             int64 // of four rows, after two actions
		cut, lasts, local bool
	}{
		{"neither", func(*rdd.RDD[int]) {}, 4 + 4, false, false, false},
		{"cache", func(r *rdd.RDD[int]) { r.Cache() }, 4, false, false, false},
		{"checkpoint", func(r *rdd.RDD[int]) { r.Checkpoint() }, 4 + 4, true, true, false},
		{"cache and checkpoint", func(r *rdd.RDD[int]) { r.Cache().Checkpoint() }, 4, true, true, false},
		{"local checkpoint", func(r *rdd.RDD[int]) { r.LocalCheckpoint() }, 4, true, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var files fs.Memory
			s := engine.Start(engine.Files(&files), engine.CheckpointDir("ck"))
			calls := rdd.Counter(s)
			r := rdd.Map(numbers(s, 4, 2), func(n int) int { calls.Add(1); return 2 * n })
			c.mark(r)
			want := []int{0, 2, 4, 6}
			assert.Equal(t, want, list(r))
			assert.Equal(t, want, list(r))
			assert.Equal(t, c.calls, calls.Value())
			assert.Equal(t, c.cut, r.Dependencies()[0].Class != "ParallelCollectionRDD")
			assert.Equal(t, c.cut, r.IsCheckpointed())

			// What was kept in executors goes; what is on the disk stays.
			require.NoError(t, r.Unpersist())
			rows, err := r.Collect()
			if c.local {
				assert.ErrorContains(t, err, "CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND")
			} else {
				assert.Equal(t, want, rows)
			}
			assert.Equal(t, !c.cut, calls.Value() > c.calls, "the cache alone is computed again")

			path, saved := r.CheckpointFile()
			s.Stop()
			assert.Equal(t, c.lasts, saved)
			if saved {
				other := engine.Start(engine.Files(&files))
				defer other.Stop()
				assert.Equal(t, want, list(rdd.FromCheckpoint[int](other, path)))
			}
		})
	}
}

// Where keys are is kept beside the rows, so another program need not move them.
func TestCheckpointKeepsThePartitioner(t *testing.T) {
	var files fs.Memory
	s := engine.Start(engine.Files(&files), engine.CheckpointDir("ck"))
	placed := rdd.PartitionBy(rdd.KeyBy(numbers(s, 9, 2), digit), rdd.Hash(3)).Checkpoint()
	want := list(rdd.Glom(placed))
	list(placed)
	path, _ := placed.CheckpointFile()
	s.Stop()

	other := engine.Start(engine.Files(&files))
	defer other.Stop()
	back := rdd.FromCheckpoint[rdd.Pair[int, int]](other, path)
	assert.Equal(t, rdd.Hash(3), back.Partitioner())
	assert.Equal(t, want, list(rdd.Glom(back)))
	before := other.Counters()
	engine.Must(rdd.ReduceByKey(back, rdd.Add).Count())
	assert.EqualValues(t, 0, other.Counters().Since(before).ShuffleWrite)
}

// A mark after a first job is silently never acted upon, and Explain says so.
func TestMarkAfterAnActionIsNeverWritten(t *testing.T) {
	s := engine.Start(engine.Files(&fs.Memory{}), engine.CheckpointDir("ck"))
	defer s.Stop()
	r := numbers(s, 4, 2)
	list(r)
	r.Checkpoint()
	list(r)
	require.NoError(t, r.Err())
	assert.False(t, r.IsCheckpointed())
	assert.Contains(t, r.Explain(), "it will never be written")

	child := rdd.Map(numbers(s, 4, 2), double)
	parent := child.Checkpoint()
	assert.Contains(t, parent.Explain(), "written when its next job is over")
	list(rdd.Map(child, double)) // an action on what comes from it saves it too
	assert.True(t, child.IsCheckpointed())
}

func TestCheckpointNeedsADirectory(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	r := numbers(s, 4, 2).Checkpoint()
	assert.ErrorContains(t, r.Err(), "Checkpoint directory has not been set in the SparkContext (checkpoint_test.go:")
	_, err := r.Count()
	assert.Equal(t, r.Err(), err)
	s.SetCheckpointDir(t.TempDir())
	again := numbers(s, 4, 2).Checkpoint()
	assert.Equal(t, 4, engine.Must(again.Count()))
	assert.True(t, again.IsCheckpointed())
}

// TestDamagedCheckpoint: a file that is not what was written is refused, by name.
func TestDamagedCheckpoint(t *testing.T) {
	var files fs.Memory
	s := engine.Start(engine.Files(&files), engine.CheckpointDir("ck"))
	defer s.Stop()
	saved := func(r *rdd.RDD[int]) string {
		engine.Must(r.Checkpoint().Count())
		path, _ := r.CheckpointFile()
		return path
	}
	path := saved(numbers(s, 100, 3))
	other := saved(numbers(s, 7, 2))
	part := func(p string) string { return filepath.Join(path, p) }
	read := func(name string) []byte { return engine.Must(fs.Read(&files, name)) }
	flipped := func(name string, at int) []byte {
		data := append([]byte{}, read(name)...)
		data[(at+len(data))%len(data)] ^= 1
		return data
	}
	for _, c := range []struct {
		name  string
		file  string
		data  []byte // nil: the file is taken away
		says  string
		named string
	}{
		{"cut off", "part-00001", read(part("part-00001"))[:40], "damaged", "part-00001"},
		{"empty", "part-00001", []byte{}, "damaged", "part-00001"},
		{"a bit of the rows", "part-00001", flipped(part("part-00001"), 60), "checksum does not match", "part-00001"},
		{"a bit of the sum", "part-00001", flipped(part("part-00001"), -1), "checksum does not match", "part-00001"},
		{"a bit of the sum file", ".part-00001.crc", flipped(part(".part-00001.crc"), 0), "its sum is not the one in", ".part-00001.crc"},
		{"foreign", "part-00001", []byte("PAR1 something else"), "does not begin as a file of this engine", "part-00001"},
		{"of another checkpoint", "part-00001", read(filepath.Join(other, "part-00001")), "its sum is not the one in", "part-00001"},
		{"under another name", "part-00001", read(part("part-00000")), "its sum is not the one in", "part-00001"},
		{"lost in the middle", "part-00001", nil, "a part is missing", "part-00001"},
		{"lost at the end", "part-00002", nil, "it is one of 3 parts and 2 are there", "part-00002"},
	} {
		whole := read(part(c.file))
		require.NoError(t, files.Remove(part(c.file)))
		if c.data != nil {
			require.NoError(t, files.Write(part(c.file), c.data))
		}
		reader := engine.Start(engine.Files(&files), engine.Attempts(1))
		_, err := rdd.FromCheckpoint[int](reader, path).Count()
		require.ErrorContains(t, err, c.says, c.name)
		assert.ErrorContains(t, err, part(c.named), c.name)
		reader.Stop()
		require.NoError(t, files.Write(part(c.file), whole))
	}
	// Without the sum file a part must still know its own name and number.
	require.NoError(t, files.Remove(part(".part-00001.crc")))
	reader := engine.Start(engine.Files(&files), engine.Attempts(1))
	defer reader.Stop()
	assert.Equal(t, 100, engine.Must(rdd.FromCheckpoint[int](reader, path).Count()))
	require.NoError(t, files.Write(part("part-00001"), read(part("part-00000"))))
	_, err := rdd.FromCheckpoint[int](reader, path).Count()
	assert.ErrorContains(t, err, part("part-00001")+": damaged or foreign file: it was written as part-00000")
}

func TestCheckpointOfAnotherTypeOrPlace(t *testing.T) {
	var files fs.Memory
	s := engine.Start(engine.Files(&files), engine.CheckpointDir("ck"), engine.Attempts(1))
	defer s.Stop()
	r := numbers(s, 3, 1).Checkpoint()
	list(r)
	path, _ := r.CheckpointFile()
	_, err := rdd.FromCheckpoint[string](s, path).Count()
	assert.ErrorContains(t, err, "part-00000 holds rows of type int, rows of type string were asked for: name the type in FromCheckpoint[int]")
	_, err = rdd.FromCheckpoint[int](s, filepath.Dir(path)).Count()
	assert.ErrorContains(t, err, "a part is missing")
	_, err = rdd.FromCheckpoint[int](s, "nowhere").Count()
	assert.ErrorContains(t, err, "it is the folder that CheckpointFile names")
	require.NoError(t, files.Write(filepath.Join(path, "_partitioner"), []byte("?")))
	_, err = rdd.FromCheckpoint[int](s, path).Count()
	assert.ErrorContains(t, err, "_partitioner")
}

// TestLongLineage: three thousand maps run, where Spark overflows its stack at
// about three hundred; a checkpoint every hundred keeps the lineage short.
func TestLongLineage(t *testing.T) {
	const maps, every = 3000, 100
	plus := func(n int) int { return n + 1 }
	want := []int{maps, maps + 1, maps + 2}

	s := engine.Start()
	r := numbers(s, 3, 2)
	for range maps {
		r = rdd.Map(r, plus)
	}
	assert.Equal(t, want, list(r))
	s.Stop()

	var longest int
	s = engine.Start(engine.Files(&fs.Memory{}), engine.CheckpointDir("ck"), engine.Listen(func(e event.Event) {
		if start, ok := e.(event.JobStart); ok {
			longest = max(longest, len(start.Datasets))
		}
	}))
	defer s.Stop()
	r = numbers(s, 3, 2)
	for i := range maps {
		if r = rdd.Map(r, plus); (i+1)%every == 0 {
			engine.Must(r.Checkpoint().Count())
		}
	}
	assert.Equal(t, want, list(r))
	assert.LessOrEqual(t, longest, every+2)
}
