package clock

import (
	"sync"
	"testing"
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
