package streaming

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
)

// long is a made recording of a query in update mode: batches of five rows, windows of
// ten minutes for each of five keys, that close or that stay for ever.
func long(batches int, closes bool) []event.Event {
	zero := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	cell := func(t time.Time) string { return t.Format("2006-01-02 15:04:05") }
	facts := []event.Event{event.QueryStart{Mode: "update", Columns: []string{"window", "key", "count"},
		Sources: []event.QuerySource{{Columns: []string{"at", "key"}, Time: 0}}, Watermarks: []event.QueryWatermark{{Column: "at", Delay: 10 * time.Minute}}}}
	for i := range batches {
		at := zero.Add(time.Duration(i) * time.Minute)
		number, seen := int64(i), at.Add(-10*time.Minute)
		start := at.Truncate(10 * time.Minute)
		window := "{" + cell(start) + ", " + cell(start.Add(10*time.Minute)) + "}"
		arrived := event.RowsArrived{Batch: number, Count: 5}
		state := event.StateChanged{Batch: number, Updated: 5}
		out := event.RowsOut{Batch: number, Count: 5}
		for k := range 5 {
			key := fmt.Sprint("k", k)
			arrived.Rows = append(arrived.Rows, []string{cell(at), key})
			count := fmt.Sprint(i%10 + 1)
			change := event.StateChange{What: "updated", Key: []string{window, key}, After: []string{count}}
			state.Changes = append(state.Changes, change)
			out.Rows = append(out.Rows, []string{window, key, count})
			if closes && i%10 == 0 && i >= 20 { // two windows ago
				old := start.Add(-20 * time.Minute)
				gone := "{" + cell(old) + ", " + cell(old.Add(10*time.Minute)) + "}"
				state.Changes, state.Removed = append(state.Changes, event.StateChange{What: "closed", Key: []string{gone, key}, After: []string{"10"}}), state.Removed+1
			}
		}
		facts = append(facts, event.BatchStart{Batch: number, Watermark: seen, LateBy: seen}, arrived, state, out,
			event.WatermarkMoved{Batch: number, After: seen.Add(time.Minute), At: at}, event.BatchEnd{Batch: number})
	}
	return facts
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestLongRecording: ten thousand batches open, and a jump among them is instant.
func TestLongRecording(t *testing.T) {
	t.Run("windows close", func(t *testing.T) { longRecording(t, true) })
	t.Run("windows stay", func(t *testing.T) { longRecording(t, false) })
}

func longRecording(t *testing.T, closes bool) {
	const batches = 10000
	facts := long(batches, closes)
	before := heap()
	began := time.Now()
	s, err := New(facts, 0)
	require.NoError(t, err)
	opened := time.Since(began)
	kept := float64(heap()-before) / (1 << 20)
	var jumps []time.Duration
	for i := range 60 {
		at := 1 + (i*7919)%batches
		began = time.Now()
		m := s.At(at)
		notes := s.Why(&m)
		jumps = append(jumps, time.Since(began))
		require.NotEmpty(t, notes)
		require.Equal(t, int64(at-1), m.Lead().Batch.Number)
	}
	runtime.KeepAlive(s)
	slices.Sort(jumps)
	usual := jumps[len(jumps)/2] // the machine may be busy during some
	t.Logf("%d facts: opened in %v, %.0f MiB, jumps of %v to %v", len(facts), opened, kept, usual, jumps[len(jumps)-1])
	require.Less(t, usual, 50*time.Millisecond)
	require.Less(t, kept, 200.0, "MiB")
}
