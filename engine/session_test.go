package engine_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start opens a session whose files lie in memory and whose tasks run in the
// same order in every run, and records it.
func start(t *testing.T, options ...engine.Option) (*engine.Session, *event.Recorder) {
	recorder := &event.Recorder{}
	base := []engine.Option{engine.Files(&fs.Memory{}), engine.Sequential(), engine.Listen(recorder.Hear)}
	s := engine.Start(append(base, options...)...)
	t.Cleanup(s.Stop)
	return s, recorder
}

// told is the lines of the recorded events of some kinds, all when none is named.
func told(r *event.Recorder, kinds ...string) (lines []string) {
	for _, e := range r.Events() {
		if len(kinds) == 0 || strings.Contains(" "+strings.Join(kinds, " ")+" ", " "+e.Kind()+" ") {
			lines = append(lines, e.String())
		}
	}
	return lines
}

func TestDefaultSession(t *testing.T) {
	s, r := start(t)
	assert.Equal(t, 2, s.DefaultParallelism())
	assert.Equal(t, []string{
		`session "etincelle" opens, 2 partitions by default`,
		"executor driver joins with 2 cores and 455501414 bytes",
	}, told(r))
}

func TestOptions(t *testing.T) {
	at := time.Date(2013, 1, 1, 5, 15, 0, 0, time.UTC)
	s, r := start(t, engine.App("tp02"), engine.Executors(11), engine.Cores(3), engine.Memory(1000), engine.Clock(clock.NewManual(at)))
	events := r.Events()
	assert.Equal(t, event.SessionStart{App: "tp02", Time: at, Parallelism: 33}, events[0])
	assert.Equal(t, event.ExecutorAdded{Time: at, Executor: "e0", Cores: 3, Memory: 1000}, events[1])
	assert.Equal(t, event.ExecutorAdded{Time: at, Executor: "e10", Cores: 3, Memory: 1000}, events[11])
	assert.Len(t, events, 12)
	assert.Equal(t, 33, rdd.Of(s, rdd.DefaultPartitions, 1, 2, 3).NumPartitions())

	for _, c := range []struct {
		name    string
		options []engine.Option
		want    int
	}{
		{"all the cores", []engine.Option{engine.Executors(2), engine.Cores(4)}, 8},
		{"a cluster has two at least, as in Spark", []engine.Option{engine.Executors(1), engine.Cores(1)}, 2},
		{"local mode has its cores", []engine.Option{engine.Cores(1)}, 1},
		{"what the program says", []engine.Option{engine.Parallelism(7), engine.Executors(2)}, 7},
		{"nonsense is brought to the least that works", []engine.Option{engine.Executors(0), engine.Cores(-1)}, 2},
		{"later options win", []engine.Option{engine.Parallelism(7), engine.Parallelism(5)}, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _ := start(t, c.options...)
			assert.Equal(t, c.want, s.DefaultParallelism())
			n, err := rdd.Of(s, rdd.DefaultPartitions, 1, 2, 3).Count()
			require.NoError(t, err)
			assert.Equal(t, 3, n)
		})
	}
}

func TestLocal(t *testing.T) {
	// tries counts how often a session lets a task fail.
	tries := func(t *testing.T, options ...engine.Option) int {
		s, _ := start(t, options...)
		n := 0
		err := rdd.Of(s, 1, 0).ForEach(func(int) { n++; panic("always") })
		require.Error(t, err)
		return n
	}
	for _, c := range []struct {
		master          string
		cores, attempts int
	}{
		{"local", 1, 1}, {"local[3]", 3, 1}, {"local[2,4]", 2, 4}, {"local[*]", runtime.NumCPU(), 1}, {"local[*,2]", runtime.NumCPU(), 2},
	} {
		t.Run(c.master, func(t *testing.T) {
			option, err := engine.Local(c.master)
			require.NoError(t, err)
			s, r := start(t, engine.Executors(5), option)
			assert.Equal(t, c.cores, s.DefaultParallelism())
			assert.Len(t, told(r, "ExecutorAdded"), 1)
			assert.Equal(t, "driver", r.Events()[1].(event.ExecutorAdded).Executor)
			assert.Equal(t, c.attempts, tries(t, option))
		})
	}
	for _, master := range []string{"", "yarn", "local[]", "local[0]", "local[2,0]", "local[-1]", "local[two]", "local[2", "LOCAL", " local", "local[99999999999999999999]"} {
		_, err := engine.Local(master)
		assert.ErrorContains(t, err, fmt.Sprintf("master %q: found neither local, local[N], local[*] nor local[N,F]", master))
	}
	assert.Equal(t, 4, tries(t), "four attempts by default, as on a cluster")
	assert.Equal(t, 2, tries(t, engine.Attempts(2)))
	assert.Equal(t, 1, tries(t, engine.Attempts(0)))
}

func TestStop(t *testing.T) {
	files := &fs.Memory{}
	s, r := start(t, engine.Files(files))
	numbers := rdd.Of(s, 2, 1, 2, 3).Persist(rdd.DiskOnly)
	_, err := numbers.Count()
	require.NoError(t, err)
	left, err := files.List(os.TempDir())
	require.NoError(t, err)
	require.Len(t, left, 1, "the session's folder")

	s.Stop()
	left, err = files.List(os.TempDir())
	require.NoError(t, err)
	assert.Empty(t, left, "its files are gone")
	_, err = numbers.Count()
	var failure *lineage.Failure
	require.ErrorAs(t, err, &failure)
	assert.Equal(t, "java.lang.IllegalStateException", failure.Class)
	assert.ErrorContains(t, err, "Cannot call methods on a stopped session: count came after Stop (session_test.go:")

	before := len(r.Events())
	s.Stop()
	engine.Inside(s).AddExecutor("e9")
	assert.Len(t, r.Events(), before, "a session ends once")
	assert.Equal(t, event.SessionEnd{}, r.Events()[before-1])
}

// A job that runs while its session stops is cancelled; it does not hang, and its
// end is told before the session's.
func TestStopDuringAJob(t *testing.T) {
	s, r := start(t)
	err := rdd.Of(s, 4, 1, 2, 3, 4).ForEach(func(int) { s.Stop() })
	assert.EqualError(t, err, "Job 0 cancelled because SparkContext was shut down")
	assert.ErrorIs(t, err, context.Canceled)
	s.Stop() // which waits for the one in the task
	assert.Equal(t, []string{
		"job 0 failed: Job 0 cancelled because SparkContext was shut down",
		"session closes: cached blocks and shuffle outputs are gone",
	}, told(r, "JobEnd", "SessionEnd"))
}

func TestCountersTellWhatLayBetween(t *testing.T) {
	s, _ := start(t)
	pairs := rdd.KeyBy(rdd.Of(s, 2, 1, 2, 3, 4), func(n int) int { return n % 2 })
	counts := rdd.MapValues(rdd.GroupByKey(pairs), func(g []int) int { return len(g) })
	_, err := counts.Collect()
	require.NoError(t, err)
	before := s.Counters()
	assert.Equal(t, event.Counters{Jobs: 1, Stages: 2, Tasks: 4, Combined: 4, ShuffleWrite: 4, ShuffleRead: 4, Result: 2}, before)
	_, err = counts.Collect()
	require.NoError(t, err)
	assert.Equal(t, event.Counters{Jobs: 1, Stages: 1, SkippedStages: 1, Tasks: 2, ShuffleRead: 4, Result: 2}, s.Counters().Since(before))
}

func TestMustAndCheck(t *testing.T) {
	problem := errors.New("no such file")
	assert.Equal(t, 3, engine.Must(3, nil))
	assert.NotPanics(t, func() { engine.Check(nil) })
	assert.PanicsWithError(t, "no such file", func() { engine.Must(3, problem) })
	assert.PanicsWithError(t, "no such file", func() { engine.Check(problem) })
}

// Without Sequential the tasks of a stage do run at once: each of these waits
// for the others.
func TestTasksRunAtOnce(t *testing.T) {
	s := engine.Start(engine.Executors(2), engine.Cores(2), engine.Files(&fs.Memory{}))
	defer s.Stop()
	var together sync.WaitGroup
	together.Add(4)
	err := rdd.Of(s, 4, 1, 2, 3, 4).ForEach(func(int) {
		together.Done()
		together.Wait()
	})
	assert.NoError(t, err)
}

// Several goroutines of a program share a session.
func TestActionsFromManyGoroutines(t *testing.T) {
	s := engine.Start(engine.Executors(2), engine.Files(&fs.Memory{}))
	defer s.Stop()
	sums := rdd.ReduceByKey(rdd.KeyBy(rdd.Range(s, 0, 100, 1, 5), func(n int64) int64 { return n % 3 }), rdd.Add).Cache()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			got, err := rdd.CollectMap(sums)
			assert.NoError(t, err)
			assert.Equal(t, map[int64]int64{0: 1683, 1: 1617, 2: 1650}, got)
		})
	}
	wg.Wait()
	assert.Equal(t, 8, s.Counters().Jobs)
	assert.Equal(t, 1+8, s.Counters().Stages, "the shuffle is written once")
}
