package event

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestStreamingLines(t *testing.T) {
	for _, c := range []struct {
		event Event
		want  string
	}{
		{StreamingStart{BatchDuration: 2000, ZeroTime: 0}, "streaming starts: a batch every 2000 ms after 0 ms"},
		{StreamingStart{BatchDuration: 2000, Log: true, Recovered: []int64{2000, 4000}}, "streaming starts: a batch every 2000 ms after 0 ms, with a write-ahead log; batches that run again: 2000, 4000 ms"},
		{StreamingEnd{}, "streaming stops"},
		{StreamingEnd{Error: "boom"}, "streaming stops: boom"},
		{DriverLost{}, "the driver dies, and its executors with it"},
		{StreamingStalled{Reason: "no core"}, "no batch is processed: no core"},
		{ReceiverStarted{Name: "SocketReceiver-0", Executor: "e1"}, "receiver SocketReceiver-0 starts on e1"},
		{ReceiverStopped{Stream: 1, Executor: "e1", Message: "done"}, "receiver 1 stops on e1: done"},
		{ReceiverStopped{Stream: 1, Executor: "e1", Message: "done", Error: "eof"}, "receiver 1 stops on e1: done - eof"},
		{ReceiverError{Stream: 1, Executor: "e1", Message: "lost"}, "receiver 1 on e1 reports: lost"},
		{InputBlockStored{Stream: 1, Block: 7, Executor: "e0", Rows: 3, Level: "Memory"}, "block input-1-7 stored on e0: 3 rows, Memory"},
		{InputBlockStored{Stream: 1, Block: 7, Executor: "e0", Rows: 3, Level: "Memory", Replica: true}, "replica input-1-7 stored on e0: 3 rows, Memory"},
		{InputBlockDropped{Stream: 1, Block: 7, Executor: "e0", Reason: Lost, Left: 1}, "block input-1-7 not kept on e0: lost, 1 copies left"},
		{InputBlockAdded{Stream: 1, Block: 7, Rows: 3}, "block input-1-7 is known to the driver: 3 rows"},
		{InputBlockAdded{Stream: 1, Block: 7, Rows: 3, Logged: true}, "block input-1-7 is known to the driver: 3 rows, in the log"},
		{InputLost{Batch: 2000, Stream: 1, Block: 7, Rows: 3}, "batch 2000 ms goes without block input-1-7: 3 rows are lost"},
		{BatchFormed{Batch: 2000}, "batch 2000 ms is due"},
		{BatchFormed{Batch: 2000, Inputs: []BatchInput{{Stream: 1, Records: 5, Blocks: []int{7, 8}}}}, "batch 2000 ms is due: 5 rows in 2 blocks of stream 1"},
		{BatchSubmitted{Batch: 2000, InputSize: 5, Outputs: 2, Waiting: 1}, "batch 2000 ms: 5 rows, 2 outputs, 1 batches before it"},
		{BatchStarted{Batch: 2000, SchedulingDelay: 7}, "batch 2000 ms starts after 7 ms"},
		{BatchCompleted{Batch: 2000, SchedulingDelay: 7, ProcessingTime: 8}, "batch 2000 ms is completed: waited 7 ms, ran 8 ms"},
		{BatchCompleted{Batch: 2000, Outputs: 2, Failed: 1}, "batch 2000 ms is completed: waited 0 ms, ran 0 ms, 1 of 2 outputs failed"},
		{BatchNotGenerated{Batch: 2000, Error: "boom"}, "batch 2000 ms cannot be made: boom"},
		{OutputStarted{Batch: 2000, Output: 1, Name: "print at a.go:3"}, "output 1 of batch 2000 ms starts: print at a.go:3"},
		{OutputCompleted{Batch: 2000, Output: 1, Duration: 4}, "output 1 of batch 2000 ms succeeded after 4 ms"},
		{OutputCompleted{Batch: 2000, Output: 1, Error: "boom"}, "output 1 of batch 2000 ms failed: boom after 0 ms"},
		{OutputRows{Batch: 2000, Output: 1, Action: "take", Count: 4}, "output 1 of batch 2000 ms: take brings 4 rows"},
		{StreamingCheckpoint{Batch: 2000}, "checkpoint of batch 2000 ms: none would run again"},
		{StreamingCheckpoint{Batch: 2000, Pending: []int64{1000, 2000}}, "checkpoint of batch 2000 ms: 1000, 2000 ms would run again"},
		{RateChanged{Stream: 1, Rate: 12.34}, "receiver 1 may store 12.3 rows a second"},
	} {
		t.Run(c.event.Kind(), func(t *testing.T) { assert.Equal(t, c.want, c.event.String()) })
	}
}
