package replay

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/replay/scenario"
)

func receivers() scenario.Receiving {
	d := func(ms int) scenario.Duration { return scenario.Duration(time.Duration(ms) * time.Millisecond) }
	return scenario.Receiving{Version: 1, Title: "x", Batch: d(2000), Block: d(400), Window: d(2000), Slide: d(2000), Lasts: d(16000), Task: d(300),
		Receivers: 2, PerSecond: 10, Copies: 1, Executors: 3, Cores: 2, Kills: []scenario.Kill{{At: d(9000), Executor: "e1"}}}
}

// TestWhatCopiesSave: the blocks that an executor alone held are lost with it; a second
// copy, or the log, saves them.
func TestWhatCopiesSave(t *testing.T) {
	for _, c := range []struct {
		copies int
		log    bool
		lost   bool
	}{{1, false, true}, {2, false, false}, {1, true, false}} {
		s := receivers()
		s.Copies, s.Log = c.copies, c.log
		facts, err := RunReceiving(s)
		require.NoError(t, err)
		again, err := RunReceiving(s)
		require.NoError(t, err)
		require.Equal(t, encode(t, facts), encode(t, again), "every run is the same")
		lost, batches := int64(0), 0
		for _, e := range facts {
			switch e := e.(type) {
			case event.InputLost:
				lost += e.Rows
			case event.BatchFormed:
				batches++
			}
		}
		require.GreaterOrEqual(t, batches, 8)
		require.Equal(t, c.lost, lost > 0, "%+v: %d rows lost", c, lost)
	}
}

func TestReceiversThatMakeNoSense(t *testing.T) {
	for want, change := range map[string]func(*scenario.Receiving){
		"version 0":              func(s *scenario.Receiving) { s.Version = 0 },
		"whole tenths":           func(s *scenario.Receiving) { s.Block = scenario.Duration(time.Millisecond) },
		"multiples of the batch": func(s *scenario.Receiving) { s.Window = scenario.Duration(3 * time.Second) },
		"at most 10 min":         func(s *scenario.Receiving) { s.Lasts = scenario.Duration(time.Hour) },
		"from 1 to 20":           func(s *scenario.Receiving) { s.Receivers = 0 },
		"no core would process":  func(s *scenario.Receiving) { s.Cores = 1 },
		"1 or 2":                 func(s *scenario.Receiving) { s.Copies = 3 },
	} {
		s := receivers()
		change(&s)
		_, err := RunReceiving(s)
		require.ErrorContains(t, err, want)
	}
}
