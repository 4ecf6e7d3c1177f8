package clock

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

var start = time.Date(2013, 1, 1, 5, 15, 0, 0, time.UTC)

func TestManualStandsStill(t *testing.T) {
	var zero Manual
	assert.True(t, zero.Now().IsZero())
	m := NewManual(start)
	assert.Equal(t, start, m.Now())
	assert.Equal(t, start, m.Now())
}

// The clock is always at its start plus all it was told.
func TestManualMovesWhenTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, sum := NewManual(start), time.Duration(0)
		for _, d := range rapid.SliceOf(rapid.Int64Range(-1e12, 1e12)).Draw(t, "steps") {
			m.Advance(time.Duration(d))
			sum += time.Duration(d)
			assert.Equal(t, start.Add(sum), m.Now())
		}
	})
}

func TestManualFromManyGoroutines(t *testing.T) {
	m := NewManual(start)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				before := m.Now()
				m.Advance(time.Second)
				assert.True(t, m.Now().After(before))
			}
		})
	}
	wg.Wait()
	assert.Equal(t, start.Add(800*time.Second), m.Now())
}

func TestSystemIsTheComputersClock(t *testing.T) {
	before := time.Now()
	now := System{}.Now()
	assert.False(t, now.Before(before))
	assert.False(t, time.Now().Before(now))
}

// come says whether a time was told.
func come(told <-chan time.Time) (time.Time, bool) {
	select {
	case at := <-told:
		return at, true
	default:
		return time.Time{}, false
	}
}

func TestAfterComesWhenTheClockHasMoved(t *testing.T) {
	m := NewManual(start)
	_, waits := m.Next()
	assert.False(t, waits)
	minute := m.After(time.Minute)
	next, waits := m.Next()
	assert.True(t, waits)
	assert.Equal(t, time.Minute, next)

	m.Advance(59 * time.Second)
	_, now := come(minute)
	assert.False(t, now)
	m.Advance(10 * time.Second)
	at, now := come(minute)
	assert.True(t, now)
	assert.Equal(t, start.Add(time.Minute), at, "the clock passes through every time that is waited for")
	m.Advance(time.Hour)
	_, again := come(minute)
	assert.False(t, again, "once")

	_, now = come(m.After(0))
	assert.True(t, now, "what has come need not be waited for")
	_, now = come(m.After(-time.Second))
	assert.True(t, now)
	_, waits = m.Next()
	assert.False(t, waits)
}

// Whoever waits is told at the first step that reaches his time, and no earlier;
// Next is always the nearest time that was not told.
func TestAfterIsToldInTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := NewManual(start)
		type promise struct {
			at   time.Time
			told <-chan time.Time
			due  time.Time // at, or when it was asked for if that was past
		}
		var open []promise
		t.Repeat(map[string]func(*rapid.T){
			"ask": func(t *rapid.T) {
				d := time.Duration(rapid.IntRange(-2, 20).Draw(t, "after"))
				open = append(open, promise{m.Now().Add(d), m.After(d), m.Now().Add(max(d, 0))})
			},
			"move": func(t *rapid.T) { m.Advance(time.Duration(rapid.IntRange(-3, 9).Draw(t, "by"))) },
			"": func(t *rapid.T) {
				var left []promise
				for _, p := range open {
					at, told := come(p.told)
					if told != !p.at.After(m.Now()) {
						t.Fatalf("at %v: waiting for %v, told %v", m.Now(), p.at, told)
					}
					if !told {
						left = append(left, p)
					} else if at != p.due {
						t.Fatalf("told %v, due %v", at, p.due)
					}
				}
				open = left
				next, waits := m.Next()
				assert.Equal(t, len(open) > 0, waits)
				for _, p := range open {
					assert.LessOrEqual(t, next, p.at.Sub(m.Now()))
				}
			},
		})
	})
}

func TestSystemAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before := System{}.Now()
		at := <-System{}.After(time.Hour)
		assert.Equal(t, before.Add(time.Hour), at)
	})
}
