package receiving

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/grader/message"
)

// long is a made recording: batches of 1 s from two receivers, a block each 200 ms.
func long(batches int) []event.Event {
	zero := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	facts := []event.Event{
		event.ExecutorAdded{Executor: "e0", Cores: 2}, event.ExecutorAdded{Executor: "e1", Cores: 2},
		event.StreamingStart{Time: zero, BatchDuration: 1000, BlockInterval: 200, ZeroTime: zero.UnixMilli()},
	}
	for stream, x := range []string{"e0", "e1"} {
		facts = append(facts, event.ReceiverStarted{Time: zero, Stream: stream, Name: "tap", Executor: x})
	}
	for i := range batches {
		due := zero.Add(time.Duration(i+1) * time.Second)
		formed := event.BatchFormed{Batch: due.UnixMilli()}
		for stream, x := range []string{"e0", "e1"} {
			in := event.BatchInput{Stream: stream}
			for b := range 5 {
				at := due.Add(time.Duration(b-5) * 200 * time.Millisecond)
				number := int(at.UnixMilli())
				facts = append(facts,
					event.InputBlockStored{Time: at, Stream: stream, Block: number, Rows: 2, Executor: x},
					event.InputBlockStored{Time: at, Stream: stream, Block: number, Rows: 2, Executor: "e1"},
					event.InputBlockAdded{Time: at, Stream: stream, Block: number, Rows: 2})
				in.Blocks, in.Records = append(in.Blocks, number), in.Records+2
			}
			formed.Inputs = append(formed.Inputs, in)
		}
		facts = append(facts, formed, event.BatchSubmitted{Batch: formed.Batch, InputSize: 20}, event.BatchStarted{Batch: formed.Batch, Time: due})
		for range 4 {
			facts = append(facts, event.TaskStart{Executor: "e0"}, event.TaskEnd{Executor: "e0", Status: event.Succeeded})
		}
		facts = append(facts, event.OutputRows{Batch: formed.Batch}, event.BatchCompleted{Batch: formed.Batch, Time: due.Add(500 * time.Millisecond), ProcessingTime: 500})
	}
	return append(facts, event.StreamingEnd{})
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestLongRecording: ten thousand batches open, and a jump among them is instant.
func TestLongRecording(t *testing.T) {
	const batches = 10000
	facts := long(batches)
	before := heap()
	began := time.Now()
	l, err := New(facts)
	require.NoError(t, err)
	opened := time.Since(began)
	kept := float64(heap()-before) / (1 << 20)
	var jumps []time.Duration
	for i := range 60 {
		at := l.Batch(1 + (i*7919)%batches)
		began = time.Now()
		s := l.At(at)
		_ = l.Why(at, message.French)
		_, _, _ = s.Holds("e0"), s.BlocksOf(0, s.Last().Time), s.BlocksOf(1, 0)
		jumps = append(jumps, time.Since(began))
	}
	runtime.KeepAlive(l)
	slices.Sort(jumps)
	usual := jumps[len(jumps)/2] // the machine may be busy during some
	t.Logf("%d facts: opened in %v, %.0f MiB, jumps of %v to %v", len(facts), opened, kept, usual, jumps[len(jumps)-1])
	require.Less(t, usual, 50*time.Millisecond)
	require.Less(t, kept, 200.0, "MiB")
}
