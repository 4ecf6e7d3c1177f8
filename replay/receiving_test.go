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

// TestTheDriverDies: what executors held dies with the driver; the log gives it back,
// and what had been done may be done twice.
func TestTheDriverDies(t *testing.T) {
	for _, c := range []struct{ log, lost bool }{{false, true}, {true, false}} {
		for at := 4 * time.Second; at <= 11*time.Second; at += 700 * time.Millisecond { // between batches and within
			s := receivers()
			s.Copies, s.Log, s.Kills = 2, c.log, []scenario.Kill{{At: scenario.Duration(at), Executor: scenario.Driver}}
			facts, err := RunReceiving(s)
			require.NoError(t, err)
			again, err := RunReceiving(s)
			require.NoError(t, err)
			require.Equal(t, encode(t, facts), encode(t, again), "every run is the same")
			var lost, deaths, starts int
			var recovered []int64
			var died time.Time
			for _, e := range facts {
				switch e := e.(type) {
				case event.InputLost:
					lost += int(e.Rows)
				case event.DriverLost:
					died = e.Time
					deaths++
				case event.StreamingStart:
					starts++
					recovered = append(recovered, e.Recovered...)
					require.True(t, died.IsZero() || e.Time.Sub(died) >= time.Second, "it takes its time")
				}
			}
			require.Equal(t, 1, deaths)
			require.Equal(t, 2, starts)
			require.NotEmpty(t, recovered)
			require.Equal(t, c.lost, lost > 0, "%+v at %s: %d rows lost", c, at, lost)
		}
	}
}

// TestNoCoreIsLeft: a kill that leaves receivers on every core ends in batches that wait,
// and not in a program that never ends.
func TestNoCoreIsLeft(t *testing.T) {
	s := receivers()
	s.Executors, s.Kills = 2, []scenario.Kill{{At: s.Kills[0].At, Executor: "e1"}}
	s.Receivers = 2
	facts, err := RunReceiving(s)
	require.NoError(t, err)
	stalled, formed := 0, 0
	for _, e := range facts {
		switch e.(type) {
		case event.StreamingStalled:
			stalled++
		case event.BatchFormed:
			formed++
		}
	}
	require.Equal(t, 1, stalled)
	require.GreaterOrEqual(t, formed, 8, "batches come due, and wait")
}

func TestReceiversThatMakeNoSense(t *testing.T) {
	for want, change := range map[string]func(*scenario.Receiving){
		"version 0":              func(s *scenario.Receiving) { s.Version = 0 },
		"whole tenths":           func(s *scenario.Receiving) { s.Block = scenario.Duration(time.Millisecond) },
		"multiples of the batch": func(s *scenario.Receiving) { s.Window = scenario.Duration(3 * time.Second) },
		"at most 10 min":         func(s *scenario.Receiving) { s.Lasts = scenario.Duration(time.Hour) },
		"from 1 to 20":           func(s *scenario.Receiving) { s.Receivers = 0 },
		"e0 to e2":               func(s *scenario.Receiving) { s.Kills[0].Executor = "e3" },
		"at most 100":            func(s *scenario.Receiving) { s.Kills = make([]scenario.Kill, 101) },
		"is killed at 1ms":       func(s *scenario.Receiving) { s.Kills[0].At = scenario.Duration(time.Millisecond) },
		"1 or 2":                 func(s *scenario.Receiving) { s.Copies = 3 },
	} {
		s := receivers()
		change(&s)
		_, err := RunReceiving(s)
		require.ErrorContains(t, err, want)
	}
}
