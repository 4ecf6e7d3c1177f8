package engine_test

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/enginetest"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/rdd"
)

// With a clock that moves when told, a session copies a straggler at the time at
// which Spark would, and not before.
func TestSpeculationByTheClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hands := clock.NewManual(time.Date(2013, 1, 1, 5, 15, 0, 0, time.UTC))
		heard := &event.Recorder{}
		s := engine.Start(engine.Executors(2), engine.Cores(2), engine.Files(&fs.Memory{}), engine.Clock(hands), engine.Listen(heard.Hear),
			engine.Speculation(engine.SpeculationSettings{}))
		defer s.Stop()
		rows := rdd.Of(s, 4, 1, 2, 3, 4)
		enginetest.Slow(s, enginetest.Of(rows, 3), 200*time.Millisecond) // attempts of it take as long anywhere
		enginetest.Slow(s, enginetest.On("e1").And(enginetest.Of(rows, 3)), time.Hour)
		seen := rdd.Counter(s)
		got := make(chan []int, 1)
		go func() {
			got <- engine.Must(rdd.Map(rows, func(n int) int { seen.Add(1); return n }).Collect())
		}()
		copies := func() (starts []string) {
			synctest.Wait()
			for _, e := range heard.Events() {
				if start, ok := e.(event.TaskStart); ok && start.Speculative {
					starts = append(starts, start.String())
				}
			}
			return starts
		}
		// The others took no time: 100 ms is the least that is long. Looks come every 100 ms.
		for _, ms := range []int{99, 1} {
			assert.Empty(t, copies())
			hands.Advance(time.Duration(ms) * time.Millisecond)
		}
		assert.Empty(t, copies(), "100 ms are not longer than 100 ms")
		hands.Advance(100 * time.Millisecond)
		assert.Equal(t, []string{"task 4 starts on e0: stage 0 partition 3 attempt 1, a copy"}, copies())
		hands.Advance(200 * time.Millisecond)
		assert.Equal(t, []int{1, 2, 3, 4}, <-got)
		assert.EqualValues(t, 4, seen.Value(), "the loser added nothing")
		synctest.Wait()
		assert.Contains(t, told(heard, "TaskEnd"), "task 3 killed: TaskKilled (another attempt succeeded)")
	})
}

// A straggler in a map stage that goes on to its end: its stage and its job end without
// it, what it writes is not taken, and what it added does not count.
func TestStragglerThatGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		heard := &event.Recorder{}
		s := engine.Start(engine.Executors(2), engine.Cores(2), engine.Files(&fs.Memory{}), engine.Listen(heard.Hear), engine.Speculation(engine.SpeculationSettings{}))
		defer s.Stop()
		hang := make(chan struct{})
		var hung atomic.Bool
		seen := rdd.Counter(s)
		rows := rdd.Map(rdd.Of(s, 4, 1, 2, 3, 4), func(n int) int {
			seen.Add(1)
			if n == 4 && hung.CompareAndSwap(false, true) {
				<-hang // its first attempt, in the middle of its last row
			}
			return n
		})
		sums := rdd.ReduceByKey(rdd.KeyBy(rows, func(n int) int { return n % 2 }), rdd.Add, rdd.Hash(2))
		got := engine.Must(rdd.CollectMap(sums))
		assert.Equal(t, map[int]int{0: 6, 1: 4}, got)
		assert.EqualValues(t, 4, seen.Value())
		written := told(heard, "ShuffleWritten")
		assert.Len(t, written, 4)
		assert.Len(t, told(heard, "TaskEnd"), 6, "four map tasks and two result tasks")

		close(hang)
		synctest.Wait()
		ends := told(heard, "TaskEnd")
		require.Len(t, ends, 7)
		assert.Regexp(t, `^task 3 killed.*: TaskKilled \(another attempt succeeded\)$`, ends[6])
		assert.Equal(t, written, told(heard, "ShuffleWritten"))
		assert.EqualValues(t, 4, seen.Value())
		assert.Equal(t, got, engine.Must(rdd.CollectMap(sums)))
		assert.EqualValues(t, 4, seen.Value(), "nothing had to be written again")
	})
}

// Off, as it is unless asked for, nobody is copied.
func TestNoSpeculationUnlessAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := engine.Start(engine.Executors(2), engine.Files(&fs.Memory{}))
		defer s.Stop()
		rows := rdd.Of(s, 4, 1, 2, 3, 4)
		enginetest.Slow(s, enginetest.Of(rows, 3), time.Hour)
		before := time.Now()
		assert.Equal(t, 4, engine.Must(rows.Count()))
		assert.Equal(t, time.Hour, time.Since(before))
		assert.Equal(t, 4, s.Counters().Tasks)
	})
}
