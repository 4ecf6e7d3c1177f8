package clock

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestAfterFuncIsCalledOnTheWay(t *testing.T) {
	m := NewManual(start)
	var calls []string
	note := func(name string) func() {
		return func() { calls = append(calls, fmt.Sprint(name, " ", m.Now().Sub(start))) }
	}
	m.AfterFunc(3*time.Second, note("late"))
	m.AfterFunc(time.Second, note("early"))
	m.AfterFunc(time.Second, note("early too"))
	stop := m.AfterFunc(2*time.Second, note("never"))
	m.AfterFunc(0, note("at once"))
	assert.Empty(t, calls, "nothing is called before the clock is moved")
	stop()
	m.Advance(4 * time.Second)
	assert.Equal(t, []string{"at once 0s", "early 1s", "early too 1s", "late 3s"}, calls)
	assert.Equal(t, start.Add(4*time.Second), m.Now())
}

// What is called may ask to be called again, and may move the clock itself.
func TestAfterFuncMayMoveTheClock(t *testing.T) {
	m := NewManual(start)
	var ticks []time.Duration
	var tick func()
	tick = func() {
		ticks = append(ticks, m.Now().Sub(start))
		m.AfterFunc(time.Second, tick)
		if len(ticks) == 2 {
			m.Advance(1500 * time.Millisecond) // the third tick comes inside the second
		}
	}
	m.AfterFunc(time.Second, tick)
	m.Advance(3 * time.Second)
	assert.Equal(t, []time.Duration{time.Second, 2 * time.Second, 3 * time.Second, 4 * time.Second}, ticks)
	assert.Equal(t, start.Add(4500*time.Millisecond), m.Now(), "moved by both")
}

// A clock that is held stands still until it is let go.
func TestHold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := NewManual(start)
		m.Hold()
		moved := make(chan struct{})
		go func() { m.Advance(time.Second); close(moved) }()
		synctest.Wait()
		assert.Equal(t, start, m.Now())
		m.Release()
		<-moved
		assert.Equal(t, start.Add(time.Second), m.Now())
	})
}

// Who rests holds the clock again at the very moment that it waited for: nothing
// that is due later comes before it is done.
func TestRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sleeps := rapid.SliceOfN(rapid.IntRange(1, 5), 1, 5).Draw(t, "sleeps")
		m := NewManual(start)
		var order []string
		m.Hold()
		done := make(chan struct{})
		go func() {
			defer close(done)
			defer m.Release()
			for range sleeps {
				m.Rest(time.Duration(sleeps[0])*time.Second, nil)
				order = append(order, fmt.Sprint("awake ", m.Now().Sub(start)))
			}
		}()
		var want []string
		for i := range sleeps {
			at := time.Duration(sleeps[0]*(i+1)) * time.Second
			want = append(want, fmt.Sprint("awake ", at), fmt.Sprint("after ", at+1))
			m.AfterFunc(at+1, func() { order = append(order, fmt.Sprint("after ", m.Now().Sub(start))) })
		}
		m.Advance(time.Minute)
		<-done
		assert.Equal(t, want, order)
	})
}

func TestRestEndsWithDone(t *testing.T) {
	m := NewManual(start)
	m.Hold()
	done := make(chan struct{})
	close(done)
	m.Rest(time.Hour, done)
	m.Release()
	m.Advance(time.Second)
	_, waits := m.Next()
	assert.False(t, waits)
}

func TestSystemAfterFunc(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		called := make(chan time.Duration, 2)
		before := time.Now()
		System{}.AfterFunc(time.Hour, func() { called <- time.Since(before) })
		System{}.AfterFunc(time.Minute, func() { called <- 0 })()
		assert.Equal(t, time.Hour, <-called)
	})
}
