package event

import (
	"fmt"
	"strings"
)

// The names and the lines of text of the facts of Spark Streaming, as text.go's.

func (StreamingStart) Kind() string      { return "StreamingStart" }
func (StreamingEnd) Kind() string        { return "StreamingEnd" }
func (DriverLost) Kind() string          { return "DriverLost" }
func (StreamingStalled) Kind() string    { return "StreamingStalled" }
func (ReceiverStarted) Kind() string     { return "ReceiverStarted" }
func (ReceiverStopped) Kind() string     { return "ReceiverStopped" }
func (ReceiverError) Kind() string       { return "ReceiverError" }
func (InputBlockStored) Kind() string    { return "InputBlockStored" }
func (InputBlockDropped) Kind() string   { return "InputBlockDropped" }
func (InputBlockAdded) Kind() string     { return "InputBlockAdded" }
func (InputLost) Kind() string           { return "InputLost" }
func (BatchFormed) Kind() string         { return "BatchFormed" }
func (BatchSubmitted) Kind() string      { return "BatchSubmitted" }
func (BatchStarted) Kind() string        { return "BatchStarted" }
func (BatchCompleted) Kind() string      { return "BatchCompleted" }
func (BatchNotGenerated) Kind() string   { return "BatchNotGenerated" }
func (OutputStarted) Kind() string       { return "OutputStarted" }
func (OutputCompleted) Kind() string     { return "OutputCompleted" }
func (OutputRows) Kind() string          { return "OutputRows" }
func (StreamingCheckpoint) Kind() string { return "StreamingCheckpoint" }
func (RateChanged) Kind() string         { return "RateChanged" }

func (e StreamingStart) String() string {
	line := fmt.Sprintf("streaming starts: a batch every %d ms after %d ms", e.BatchDuration, e.ZeroTime)
	if e.Log {
		line += ", with a write-ahead log"
	}
	if len(e.Recovered) > 0 {
		line += fmt.Sprintf("; batches that run again: %s", times(e.Recovered))
	}
	return line
}

func (e StreamingEnd) String() string {
	if e.Error != "" {
		return "streaming stops: " + e.Error
	}
	return "streaming stops"
}

func (e DriverLost) String() string { return "the driver dies, and its executors with it" }

func (e StreamingStalled) String() string { return "no batch is processed: " + e.Reason }

func (e ReceiverStarted) String() string {
	return fmt.Sprintf("receiver %s starts on %s", e.Name, e.Executor)
}

func (e ReceiverStopped) String() string {
	return fmt.Sprintf("receiver %d stops on %s: %s", e.Stream, e.Executor, withError(e.Message, e.Error))
}

func (e ReceiverError) String() string {
	return fmt.Sprintf("receiver %d on %s reports: %s", e.Stream, e.Executor, withError(e.Message, e.Error))
}

func withError(message, problem string) string {
	if problem == "" {
		return message
	}
	return message + " - " + problem
}

func (e InputBlockStored) String() string {
	what := "block"
	if e.Replica {
		what = "replica"
	}
	return fmt.Sprintf("%s input-%d-%d stored on %s: %d rows, %s", what, e.Stream, e.Block, e.Executor, e.Rows, e.Level)
}

func (e InputBlockDropped) String() string {
	return fmt.Sprintf("block input-%d-%d not kept on %s: %s, %d copies left", e.Stream, e.Block, e.Executor, e.Reason, e.Left)
}

func (e InputBlockAdded) String() string {
	line := fmt.Sprintf("block input-%d-%d is known to the driver: %d rows", e.Stream, e.Block, e.Rows)
	if e.Logged {
		line += ", in the log"
	}
	return line
}

func (e InputLost) String() string {
	return fmt.Sprintf("batch %d ms goes without block input-%d-%d: %d rows are lost", e.Batch, e.Stream, e.Block, e.Rows)
}

func (e BatchFormed) String() string {
	var parts []string
	for _, in := range e.Inputs {
		parts = append(parts, fmt.Sprintf("%d rows in %d blocks of stream %d", in.Records, len(in.Blocks), in.Stream))
	}
	if len(parts) == 0 {
		return fmt.Sprintf("batch %d ms is due", e.Batch)
	}
	return fmt.Sprintf("batch %d ms is due: %s", e.Batch, strings.Join(parts, ", "))
}

func (e BatchSubmitted) String() string {
	return fmt.Sprintf("batch %d ms: %d rows, %d outputs, %d batches before it", e.Batch, e.InputSize, e.Outputs, e.Waiting)
}

func (e BatchStarted) String() string {
	return fmt.Sprintf("batch %d ms starts after %d ms", e.Batch, e.SchedulingDelay)
}

func (e BatchCompleted) String() string {
	line := fmt.Sprintf("batch %d ms is completed: waited %d ms, ran %d ms", e.Batch, e.SchedulingDelay, e.ProcessingTime)
	if e.Failed > 0 {
		line += fmt.Sprintf(", %d of %d outputs failed", e.Failed, e.Outputs)
	}
	return line
}

func (e BatchNotGenerated) String() string {
	return fmt.Sprintf("batch %d ms cannot be made: %s", e.Batch, e.Error)
}

func (e OutputStarted) String() string {
	return fmt.Sprintf("output %d of batch %d ms starts: %s", e.Output, e.Batch, e.Name)
}

func (e OutputCompleted) String() string {
	return fmt.Sprintf("output %d of batch %d ms %s after %d ms", e.Output, e.Batch, outcome(e.Error), e.Duration)
}

func (e OutputRows) String() string {
	return fmt.Sprintf("output %d of batch %d ms: %s brings %d rows", e.Output, e.Batch, e.Action, e.Count)
}

func (e StreamingCheckpoint) String() string {
	return fmt.Sprintf("checkpoint of batch %d ms: %s would run again", e.Batch, times(e.Pending))
}

func (e RateChanged) String() string {
	return fmt.Sprintf("receiver %d may store %.1f rows a second", e.Stream, e.Rate)
}

// times lists batches: "1000, 2000 ms", or "none".
func times(batches []int64) string {
	if len(batches) == 0 {
		return "none"
	}
	var parts []string
	for _, b := range batches {
		parts = append(parts, fmt.Sprint(b))
	}
	return strings.Join(parts, ", ") + " ms"
}
