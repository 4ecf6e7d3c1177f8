package dstream_test

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/dstream"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// run starts a program of setup from a checkpoint and lets n batches go by.
func run(t *testing.T, disk fs.FS, hands *clock.Manual, n int, setup func(*engine.Session) (*dstream.Context, error)) error {
	t.Helper()
	s := engine.Start(engine.Sequential(), engine.Clock(hands), engine.Files(disk))
	defer s.Stop()
	c, err := dstream.GetOrCreate(s, "progress", setup)
	if err != nil {
		return err
	}
	defer c.Stop()
	if err := c.Start(); err != nil {
		return err
	}
	return c.Advance(n)
}

// ticks is a source that can be read again.
func ticks(c *dstream.Context) *dstream.DStream[int] {
	return dstream.InputStream(c, "ticks", func(at dstream.Time) (*rdd.RDD[int], int64, error) {
		return rdd.Of(c.Session(), 1, int(at)), 1, nil
	})
}

// A program that is not the checkpoint's is refused, naming what differs.
func TestAnotherProgramIsRefused(t *testing.T) {
	program := func(change func(*dstream.Context, *dstream.DStream[int]) *dstream.DStream[int], interval time.Duration) func(*engine.Session) (*dstream.Context, error) {
		return func(s *engine.Session) (*dstream.Context, error) {
			c := dstream.New(s, interval)
			c.Checkpoint("progress")
			change(c, ticks(c)).ForEachRDD(func(*rdd.RDD[int], dstream.Time) error { return nil })
			return c, nil
		}
	}
	window := func(length time.Duration) func(*dstream.Context, *dstream.DStream[int]) *dstream.DStream[int] {
		return func(_ *dstream.Context, d *dstream.DStream[int]) *dstream.DStream[int] {
			return dstream.Window(d, length)
		}
	}
	disk, hands := &fs.Memory{}, clock.NewManual(time.UnixMilli(0))
	require.NoError(t, run(t, disk, hands, 2, program(window(2*second), second)))
	require.NoError(t, run(t, disk, hands, 1, program(window(2*second), second)), "the same one goes on")
	for name, c := range map[string]struct {
		setup func(*engine.Session) (*dstream.Context, error)
		says  string
	}{
		"another window":   {program(window(3*second), second), "its operator 1 was WindowedDStream (window of int, window 2000 ms"},
		"another interval": {program(window(2*second), 2*second), "its batch interval was 1000 ms, this one's is 2000 ms"},
		"another operator": {program(func(_ *dstream.Context, d *dstream.DStream[int]) *dstream.DStream[int] {
			return dstream.Map(d, func(n int) int { return n })
		}, second), "this one's at program_test.go:"},
		"one more": {program(func(_ *dstream.Context, d *dstream.DStream[int]) *dstream.DStream[int] {
			return dstream.Map(dstream.Window(d, 2*second), func(n int) int { return n })
		}, second), "it had no operator 2, which is MappedDStream (map of int"},
		"one less": {program(func(_ *dstream.Context, d *dstream.DStream[int]) *dstream.DStream[int] { return d }, second), "its operator 1 was WindowedDStream"},
		"another output": {func(s *engine.Session) (*dstream.Context, error) {
			c, err := program(window(2*second), second)(s)
			ticks(c) // no operator more than the checkpoint: refused for that
			return c, err
		}, "it had no operator 2, which is InputDStream (ticks of int"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.ErrorContains(t, run(t, disk, hands, 1, c.setup), c.says)
		})
	}
}

// A damaged checkpoint is passed over for the one before it; when all are, it is an
// error, and no fresh start.
func TestDamagedCheckpoints(t *testing.T) {
	setup := func(s *engine.Session) (*dstream.Context, error) {
		c := dstream.New(s, second)
		c.Checkpoint("progress")
		ticks(c).ForEachRDD(func(*rdd.RDD[int], dstream.Time) error { return nil })
		return c, nil
	}
	disk, hands := &fs.Memory{}, clock.NewManual(time.UnixMilli(0))
	require.NoError(t, run(t, disk, hands, 3, setup))
	damage := func(name string) {
		data, err := fs.Read(disk, filepath.Join("progress", name))
		require.NoError(t, err)
		data[len(data)/2] ^= 1
		require.NoError(t, disk.Write(filepath.Join("progress", name), data))
	}
	damage("checkpoint-3000")
	require.NoError(t, run(t, disk, clock.NewManual(time.UnixMilli(3000)), 0, setup))
	for _, e := range engine.Must(disk.List("progress")) {
		if strings.HasPrefix(filepath.Base(e.Path), "checkpoint-") {
			require.NoError(t, disk.Write(e.Path, []byte("nonsense")))
		}
	}
	err := run(t, disk, hands, 1, setup)
	assert.ErrorContains(t, err, "Failed to read checkpoint from directory progress")
}

// One core and one receiver: nothing is processed, and the engine says why.
func TestReceiversTakeEveryCore(t *testing.T) {
	var heard event.Recorder
	s := engine.Start(engine.Executors(1), engine.Cores(1), engine.Clock(clock.NewManual(time.UnixMilli(0))), engine.Listen(heard.Hear))
	defer s.Stop()
	c := dstream.New(s, second)
	dstream.ReceiverStream(c, func() dstream.CustomReceiver[string] { return &greetings{} }).Print()
	require.NoError(t, c.Start())
	assert.ErrorIs(t, c.Advance(1), dstream.ErrStarved)
	assert.ErrorIs(t, c.Advance(1), dstream.ErrStarved)
	var stalls int
	for _, e := range heard.Events() {
		if _, ok := e.(event.StreamingStalled); ok {
			stalls++
		}
	}
	assert.Equal(t, 1, stalls, "it is told once")
	engine.Inside(s).AddExecutor("e1")
	require.NoError(t, c.Advance(1), "another executor has a core")
	c.Stop()
}

// collector is an output that other goroutines look at.
type collector struct {
	mu   sync.Mutex
	rows []string
}

func (o *collector) take(batch *rdd.RDD[string], _ dstream.Time) error {
	rows, err := batch.Collect()
	o.mu.Lock()
	defer o.mu.Unlock()
	o.rows = append(o.rows, rows...)
	return err
}

func (o *collector) count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.rows)
}

// Real sockets and the computer's clock: lines come, the connection breaks, the
// receiver connects again.
func TestSocketTextStream(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	go func() {
		for n := 0; ; n++ {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if n < 2 {
				fmt.Fprintf(conn, "hello %d\nagain\n", n)
			}
			conn.Close()
		}
	}()
	s := engine.Start(engine.Executors(2), engine.Cores(2))
	defer s.Stop()
	c := dstream.New(s, 50*time.Millisecond, dstream.BlockInterval(10*time.Millisecond), dstream.RestartDelay(10*time.Millisecond))
	var out collector
	dstream.SocketTextStream(c, l.Addr().String()).ForEachRDD(out.take)
	require.NoError(t, c.Start())
	require.Eventually(t, func() bool { return out.count() == 4 }, 20*time.Second, 5*time.Millisecond)
	c.StopGracefully()
	assert.Equal(t, []string{"hello 0", "again", "hello 1", "again"}, out.rows)
}

// On a manual clock the lines that have come are those of the next batch.
func TestSocketTextStreamOnAManualClock(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	s := engine.Start(engine.Executors(2), engine.Clock(clock.NewManual(time.UnixMilli(0))))
	defer s.Stop()
	c := dstream.New(s, second)
	var out collector
	dstream.SocketTextStream(c, l.Addr().String()).ForEachRDD(out.take)
	require.NoError(t, c.Start())
	conn, err := l.Accept()
	require.NoError(t, err)
	for batch := range 3 {
		fmt.Fprintf(conn, "line %d\n", batch)
		require.Eventually(t, func() bool { return dstream.Gathered(c, 0) == int64(batch+1) }, 20*time.Second, time.Millisecond)
		require.NoError(t, c.Advance(1))
		assert.Equal(t, batch+1, out.count())
	}
	conn.Close()
	c.Stop()
}

// Real folders, by the computer's clock.
func TestTextFileStream(t *testing.T) {
	dir := t.TempDir()
	s := engine.Start()
	defer s.Stop()
	c := dstream.New(s, 50*time.Millisecond)
	var out collector
	dstream.TextFileStream(c, dir).ForEachRDD(out.take)
	require.NoError(t, c.Start())
	for n := range 3 {
		hidden := filepath.Join(dir, ".writing")
		require.NoError(t, os.WriteFile(hidden, fmt.Appendf(nil, "line %d\n", n), 0o644))
		require.NoError(t, os.Rename(hidden, filepath.Join(dir, fmt.Sprint("file-", n))))
		require.Eventually(t, func() bool { return out.count() == n+1 }, 20*time.Second, 5*time.Millisecond)
	}
	c.Stop()
	assert.Equal(t, []string{"line 0", "line 1", "line 2"}, out.rows)
}

func TestAFolderThatIsNotThere(t *testing.T) {
	c := program()
	defer c.Session().Stop()
	dstream.TextFileStream(c, "nowhere").Print()
	assert.ErrorContains(t, c.Start(), "folder nowhere does not exist: make it, then start the program")
}

// Mistakes in definitions are kept, and Start returns them with the program's line.
func TestMistakes(t *testing.T) {
	for name, c := range map[string]struct {
		define func(*dstream.Context)
		says   string
	}{
		"no output":                {func(c *dstream.Context) { words(c) }, "No output operations registered"},
		"a window of half a batch": {func(c *dstream.Context) { dstream.Window(words(c), second/2).Print() }, "must be a multiple"},
		"two slides": {func(c *dstream.Context) {
			dstream.Union(words(c), dstream.Window(words(c), 2*second, 2*second)).Print()
		}, "Some of the DStreams have different slide durations"},
		"a checkpoint too often": {func(c *dstream.Context) { words(c).CheckpointEvery(second / 2).Print() }, "which is lower than its slide time"},
		"a level that keeps nothing": {func(c *dstream.Context) {
			dstream.ReceiverStream(c, func() dstream.CustomReceiver[string] { return &greetings{} }, rdd.StorageLevel{}).Print()
		}, "needs a storage level"},
	} {
		t.Run(name, func(t *testing.T) {
			p := program()
			defer p.Session().Stop()
			c.define(p)
			assert.ErrorContains(t, p.Start(), c.says)
			assert.Equal(t, dstream.Stopped, p.State())
		})
	}
	s := engine.Start()
	defer s.Stop()
	none := dstream.New(s, 0)
	dstream.Batches(none, []int{1}).Print()
	assert.ErrorContains(t, none.Start(), "a batch interval of 0s")
	logged := dstream.New(s, second, dstream.WriteAheadLog())
	dstream.Batches(logged, []int{1}).Print()
	assert.ErrorContains(t, logged.Start(), "Cannot enable receiver write-ahead log without checkpoint directory set")
	assert.ErrorContains(t, logged.Advance(1), "manual clock")
	assert.ErrorContains(t, logged.Drain(), "manual clock")
}

// A program's panic in a definition of a batch, or in an output, is an error with its
// line, and the batches go on.
func TestPanicsAreErrors(t *testing.T) {
	c := program()
	defer c.Session().Stop()
	d := dstream.TransformAt(words(c), func(r *rdd.RDD[string], at dstream.Time) *rdd.RDD[string] {
		if at == 2000 {
			panic("in a transform")
		}
		return r
	})
	var seen []dstream.Time
	d.ForEachRDD(func(_ *rdd.RDD[string], at dstream.Time) error {
		if at == 3000 {
			panic("in an output")
		}
		seen = append(seen, at)
		return nil
	})
	require.NoError(t, c.Start())
	require.NoError(t, c.Advance(1))
	assert.ErrorContains(t, c.Advance(1), "in a transform (program_test.go:")
	assert.ErrorContains(t, c.Advance(1), "in an output (program_test.go:")
	require.NoError(t, c.Advance(1))
	assert.Equal(t, []dstream.Time{1000, 4000}, seen)
	c.Stop()
}

// What is old is let go: a program that runs for long does not grow.
func TestOldBatchesAreForgotten(t *testing.T) {
	c := program()
	s := c.Session()
	defer s.Stop()
	d := dstream.Window(ticks(c), 3*second)
	d.Print()
	d.ForEachRDD(func(*rdd.RDD[int], dstream.Time) error { return nil })
	require.NoError(t, c.Start())
	require.NoError(t, c.Advance(30))
	kept := 0
	for _, n := range engine.Inside(s).Persisted() {
		if n.Level().Valid() {
			kept++
		}
	}
	assert.LessOrEqual(t, kept, 5)
	c.Stop()
}

// A kill leaves receivers on every core while a job runs: the program says so and goes
// on to its end, on a manual clock too.
func TestAKillStarvesARunningJob(t *testing.T) {
	for name, rejoins := range map[string]bool{"for good": false, "until an executor joins": true} {
		t.Run(name, func(t *testing.T) {
			var heard event.Recorder
			hands := clock.NewManual(time.UnixMilli(0))
			s := engine.Start(engine.Executors(2), engine.Cores(2), engine.Clock(hands), engine.Listen(heard.Hear),
				engine.Simulated(func(*lineage.Task) time.Duration { return 600 * time.Millisecond }))
			defer s.Stop()
			c := dstream.New(s, second, dstream.RestartDelay(100*time.Millisecond))
			var streams []*dstream.DStream[string]
			for range 2 {
				streams = append(streams, dstream.ReceiverStream(c, func() dstream.CustomReceiver[string] { return &greetings{} }, rdd.MemoryOnly2))
			}
			dstream.Repartition(dstream.Union(streams[0], streams[1:]...), 3).ForEachRDD(func(batch *rdd.RDD[string], _ dstream.Time) error {
				_, err := batch.Count()
				return err
			})
			core := engine.Inside(s)
			hands.AfterFunc(1700*time.Millisecond, func() { core.KillExecutor("e1", "killed") })
			if rejoins {
				hands.AfterFunc(5500*time.Millisecond, func() { core.AddExecutor("e1") })
			}
			require.NoError(t, c.Start())
			err := c.Advance(7)
			var stalled, failed int
			for _, e := range heard.Events() {
				switch e := e.(type) {
				case event.StreamingStalled:
					stalled++
				case event.BatchCompleted:
					failed += e.Failed
				}
			}
			assert.Equal(t, 1, stalled, "it is told once")
			if rejoins {
				require.NoError(t, err, "the job waited, as it does in Spark")
				assert.Zero(t, failed)
			} else {
				require.ErrorIs(t, err, dstream.ErrStarved)
				assert.Equal(t, 1, failed, "the batch that ran")
				assert.ErrorIs(t, c.Advance(1), dstream.ErrStarved)
			}
			c.Stop()
		})
	}
}

// What outputs bring to the program is told: the first rows, and no more of the actions
// than fit in a recording.
func TestResultsAreTold(t *testing.T) {
	var heard event.Recorder
	s := engine.Start(engine.Sequential(), engine.Clock(clock.NewManual(time.UnixMilli(0))), engine.Listen(heard.Hear))
	defer s.Stop()
	c := dstream.New(s, second)
	var numbers []int
	for i := range 30 {
		numbers = append(numbers, i)
	}
	queue := &dstream.Queue[int]{}
	queue.Add(rdd.Of(s, 2, numbers...))
	queued := dstream.QueueStream(c, queue)
	queued.PrintTo(io.Discard, 3)
	dstream.MapToPair(queued, func(n int) (string, int) { return strings.Repeat("x", 300), n }).ForEachRDD(func(batch *rdd.Pairs[string, int], _ dstream.Time) error {
		if empty, err := batch.IsEmpty(); empty || err != nil {
			return err
		}
		for range 9 {
			if _, err := batch.Collect(); err != nil {
				return err
			}
		}
		return nil
	})
	require.NoError(t, c.Start())
	require.NoError(t, c.Advance(1))
	c.Stop()
	var told []event.OutputRows
	for _, e := range heard.Events() {
		if rows, is := e.(event.OutputRows); is {
			told = append(told, rows)
		}
	}
	require.Len(t, told, 1+5)
	assert.Equal(t, event.OutputRows{Batch: 1000, Action: "take", Rows: [][]string{{"0"}, {"1"}, {"2"}}, Count: 3, More: true}, told[0])
	assert.Equal(t, 30, told[1].Count)
	require.Len(t, told[1].Rows, 20)
	assert.Len(t, []rune(told[1].Rows[7][0]), 200)
	assert.Equal(t, "7", told[1].Rows[7][1])
}
