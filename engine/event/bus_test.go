package event

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestListenersHearInOrder(t *testing.T) {
	var bus Bus
	bus.Emit(JobEnd{Job: 0}) // nobody listens: it is gone
	var heard []string
	listener := func(name string) func(Event) {
		return func(e Event) { heard = append(heard, name+" "+e.String()) }
	}
	bus.Listen(listener("first"))
	bus.Emit(JobEnd{Job: 1})
	bus.Listen(listener("second"))
	bus.Emit(JobEnd{Job: 2})
	assert.Equal(t, []string{"first job 1 succeeded", "first job 2 succeeded", "second job 2 succeeded"}, heard)
}

func TestRecorderReturnsACopy(t *testing.T) {
	var r Recorder
	assert.Empty(t, r.Events())
	r.Hear(JobEnd{Job: 1})
	before := r.Events()
	before[0] = JobEnd{Job: 9}
	r.Hear(JobEnd{Job: 2})
	assert.Equal(t, []Event{JobEnd{Job: 1}, JobEnd{Job: 2}}, r.Events())
}

// Many goroutines emit; each listener hears all, and all in the same order.
func TestEmitFromManyGoroutines(t *testing.T) {
	const emitters, each = 8, 50
	var bus Bus
	var a, b Recorder
	bus.Listen(a.Hear)
	bus.Listen(b.Hear)
	var wg sync.WaitGroup
	for i := range emitters {
		wg.Go(func() {
			for n := range each {
				bus.Emit(TaskStart{Task: i, Attempt: n})
			}
		})
	}
	wg.Wait()
	assert.Len(t, a.Events(), emitters*each)
	assert.Equal(t, a.Events(), b.Events())
	next := make([]int, emitters)
	for _, e := range a.Events() {
		s := e.(TaskStart)
		assert.Equal(t, next[s.Task], s.Attempt, "one emitter's facts keep their order")
		next[s.Task]++
	}
}
