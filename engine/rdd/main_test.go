package rdd_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"go.uber.org/goleak"

	"etincelle/engine"
	"etincelle/engine/fs"
	"etincelle/engine/rdd"
)

// Whatever a test does to its tasks, no goroutine of theirs is left.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A program may run actions from several goroutines: they take turns.
func TestActionsFromManyGoroutines(t *testing.T) {
	s := engine.Start(engine.Executors(2), engine.Files(&fs.Memory{}), engine.CheckpointDir("ck"))
	defer s.Stop()
	shared := rdd.ReduceByKey(rdd.KeyBy(numbers(s, 100, 4), digit), rdd.Add).Cache().Checkpoint()
	want := bag(foldDigits(upTo(100), 0, rdd.Add))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			assert.Equal(t, want, bag(list(shared)))
			own := rdd.Map(shared, func(p rdd.Pair[int, int]) int { return p.Value })
			assert.Equal(t, sum(upTo(100)), engine.Must(own.Reduce(rdd.Add)))
			assert.Len(t, list(rdd.SortBy(own, double, rdd.Descending, 2)), 5)
		})
	}
	all.Wait()
}
