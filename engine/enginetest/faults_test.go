package enginetest_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/enginetest"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// ends lists how the tasks of a dataset's stage ended, in order of their start.
func ends(heard *event.Recorder) (all []string) {
	for _, e := range heard.Events() {
		if end, ok := e.(event.TaskEnd); ok {
			all = append(all, fmt.Sprintf("%d.%d %s", end.Partition, end.Attempt, end.Status))
		}
	}
	return all
}

// A task is met by any dataset of its stage, not by those of other stages.
func TestFailMeetsTheTasksOfADataset(t *testing.T) {
	s, heard := start(t)
	numbers := rdd.Of(s, 3, 1, 2, 3)
	doubled := rdd.Map(rdd.Filter(numbers, func(n int) bool { return n != 2 }), func(n int) int { return 2 * n })
	other := rdd.Of(s, 1, 9)
	all := rdd.Union(s, other, doubled) // partition 0 is other's, 1 to 3 are doubled's
	undo := enginetest.Fail(s, enginetest.Of(numbers, 2), 2)
	enginetest.Fail(s, enginetest.Of(other, 0), 1)
	assert.Equal(t, []int{9, 2, 6}, engine.Must(all.Collect()))
	assert.Equal(t, []string{"0.0 failed", "1.0 succeeded", "0.1 succeeded", "2.0 succeeded", "3.0 failed", "3.1 failed", "3.2 succeeded"}, ends(heard))
	assert.Equal(t, []int{9, 2, 6}, engine.Must(all.Collect()))
	assert.Len(t, ends(heard), 7+4, "so often, and no more")

	undo()
	enginetest.Fail(s, enginetest.Of(doubled, 0), 4)
	_, err := rdd.ReduceByKey(rdd.KeyBy(all, func(n int) int { return n }), rdd.Add).Count()
	assert.ErrorContains(t, err, "failed 4 times")
	assert.ErrorContains(t, err, "a test makes the task fail (4 of 4 times)")
}

// Faults add up, and each is undone by itself.
func TestFaultsAddUp(t *testing.T) {
	s, heard := start(t)
	numbers := rdd.Of(s, 4, 1, 2, 3, 4)
	first := enginetest.Fail(s, enginetest.On("e0"), 1)
	second := enginetest.Fail(s, enginetest.Of(numbers, 2), 1)
	attempts := 0
	third := engine.Inside(s).Intervene(func(t *lineage.Task) error {
		if enginetest.On("e0").And(enginetest.Of(numbers, 0))(t) {
			attempts++
		}
		return nil
	})
	engine.Must(numbers.Count())
	assert.LessOrEqual(t, attempts, 1, "the first attempt failed before it came to this one")
	assert.Equal(t, 2, strings.Count(strings.Join(ends(heard), "\n"), "failed"))
	for _, undo := range []func(){second, first, third, second} {
		undo()
	}
	before := attempts
	reached := 0
	undo := enginetest.At(s, enginetest.Of(numbers, 0), func() { reached++ })
	engine.Must(numbers.Count())
	engine.Must(numbers.Count())
	assert.Equal(t, 1, reached, "once")
	assert.Equal(t, before, attempts, "it was undone")
	undo()
	enginetest.Fail(s, enginetest.Of(numbers, 0), 9)
	engine.Inside(s).Intervene(nil)
	engine.Must(numbers.Count()) // nil ends them all
}

// Slow waits by the session's clock; a task that is told to stop waits no longer.
func TestSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hours := clock.NewManual(time.Date(2013, 1, 1, 5, 15, 0, 0, time.UTC))
		s := engine.Start(engine.Executors(2), engine.Cores(1), engine.Files(&fs.Memory{}), engine.Clock(hours))
		defer s.Stop()
		undo := enginetest.Slow(s, enginetest.On("e1"), time.Hour)
		counted := make(chan error, 1)
		count := func() { _, err := rdd.Of(s, 2, 1, 2).Count(); counted <- err }
		go count()
		synctest.Wait()
		hours.Advance(59 * time.Minute)
		synctest.Wait()
		assert.Empty(t, counted)
		hours.Advance(time.Minute)
		assert.NoError(t, <-counted)

		go count()
		synctest.Wait()
		s.CancelAllJobs()
		assert.ErrorContains(t, <-counted, "cancelled as part of cancellation of all jobs")
		undo()
		go count()
		require.NoError(t, <-counted, "the slow task has stopped: its core is free")
	})
}

// Hang is deaf: the job ends without its task, whose core comes back when it is undone.
func TestHang(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := engine.Start(engine.Cores(1), engine.Files(&fs.Memory{}))
		defer s.Stop()
		release := enginetest.Hang(s, func(*lineage.Task) bool { return true })
		counted := make(chan error, 2)
		count := func() { _, err := rdd.Of(s, 1, 1).Count(); counted <- err }
		go count()
		synctest.Wait()
		s.CancelAllJobs()
		assert.Error(t, <-counted)
		go count()
		synctest.Wait()
		assert.Empty(t, counted)
		release()
		release()
		assert.NoError(t, <-counted)
	})
}

// Killing an executor in the middle of a job: what it had written is written again
// elsewhere, and only that.
func ExampleAt() {
	s := engine.Start(engine.Executors(2), engine.Cores(1), engine.Sequential())
	defer s.Stop()
	words := rdd.Of(s, 4, "le", "chat", "et", "le", "chien", "et", "la", "souris")
	counts := rdd.ReduceByKey(rdd.MapToPair(words, func(w string) (string, int) { return w, 1 }), rdd.Add, rdd.Hash(2))
	enginetest.At(s, enginetest.Of(counts, 0), func() { enginetest.Kill(s, "e1") })
	fmt.Println(engine.Must(counts.Count()), "words")
	fmt.Println(s.Counters())
	// Output:
	// 6 words
	// 1 jobs, 4 stages (0 skipped), 9 tasks, 12 rows shuffled
}

func ExampleFail() {
	s := engine.Start(engine.Attempts(2), engine.Sequential(), engine.Files(&fs.Memory{}))
	defer s.Stop()
	numbers := rdd.Of(s, 2, 1, 2, 3, 4)
	undo := enginetest.Fail(s, enginetest.Of(numbers, 1), 2)
	_, err := numbers.Count()
	fmt.Println(err)
	undo()
	fmt.Println(numbers.Count())
	// Output:
	// Job aborted due to stage failure: Task 1 in stage 0.0 failed 2 times, most recent failure: Lost task 1.1 in stage 0.0 (TID 2) (host executor driver): enginetest.Fault: a test makes the task fail (2 of 2 times)
	// 4 <nil>
}

func ExampleSlow() {
	s := engine.Start(engine.Executors(2), engine.Speculation(engine.SpeculationSettings{}), engine.Files(&fs.Memory{}))
	defer s.Stop()
	undo := enginetest.Slow(s, enginetest.On("e1"), time.Hour)
	defer undo()
	fmt.Println(rdd.Of(s, 2, 1, 2, 3, 4).Count())
	// Output:
	// 4 <nil>
}
