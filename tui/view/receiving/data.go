package receiving

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/receiving"
)

// The shape of the data that JSON writes: a batch with all that the screen shows of it.
// Times are seconds after the start, durations milliseconds, as in Spark's own names.
type (
	dataBatch struct {
		Batch           float64            `json:"batch"`
		Status          string             `json:"status"`
		Rows            int64              `json:"rows"`
		Lost            int64              `json:"lost"`
		Missed          int64              `json:"missedInWindows,omitempty"`
		Waiting         int                `json:"waiting"` // batches before it
		SchedulingDelay int64              `json:"schedulingDelay"`
		ProcessingTime  int64              `json:"processingTime"`
		Succeeded       int                `json:"succeeded"` // how often
		Inputs          []dataInput        `json:"inputs"`
		Tasks           map[string]int     `json:"tasksByExecutor,omitempty"`
		Results         []event.OutputRows `json:"results"`
		Error           string             `json:"error,omitempty"`
		Totals          dataTotals         `json:"totals"` // when it was over
		Executors       []dataExecutor     `json:"executors"`
		Why             []string           `json:"why"`
	}
	dataInput struct {
		Stream   int         `json:"stream"`
		Executor string      `json:"executor"` // of its receiver, when the batch was due
		Rows     int64       `json:"rows"`
		Blocks   []dataBlock `json:"blocks"`
	}
	dataBlock struct {
		Block   float64  `json:"block"`
		Rows    int64    `json:"rows"`
		Holders []string `json:"holders"` // when the batch was due
		Logged  bool     `json:"logged,omitempty"`
		Lost    bool     `json:"lost,omitempty"`
	}
	dataTotals struct {
		Received  int64 `json:"received"`
		Processed int64 `json:"processed"`
		Waiting   int64 `json:"waiting"`
		Lost      int64 `json:"lost"`
		Twice     int64 `json:"twice"`
		Missed    int64 `json:"missedInWindows"`
	}
	dataExecutor struct {
		Executor string `json:"executor"`
		Cores    int    `json:"cores"`
		Lost     bool   `json:"lost,omitempty"`
	}
)

var statuses = map[model.Status]string{
	model.Formed: "due", model.Waiting: "waiting", model.Running: "running", model.Done: "done", model.Failed: "failed", model.CutOff: "cut off",
}

// JSON writes a recording as data: an array of batches, or the one batch that is asked
// for, named by its seconds.
func JSON(w io.Writer, recording []event.Event, o Options) error {
	line, err := model.New(recording)
	if err != nil {
		return fmt.Errorf("the recording cannot be read: %w", err)
	}
	batches := []dataBatch{}
	for at := 0; ; {
		b, over, some := line.Outcome(at)
		if !some {
			break
		}
		at = line.DueAt(b.Time)
		if o.Batch == nil || b.Time == line.Zero()+*o.Batch*1000 {
			batches = append(batches, data(line, at, over, b, o.Language))
		}
	}
	out := json.NewEncoder(w)
	out.SetIndent("", " ")
	return out.Encode(batches)
}

// data is one batch, which is due at one position and over at another.
func data(line *model.Timeline, due, over int, b model.Batch, l message.Language) dataBatch {
	then, end := line.At(due), line.At(over)
	d := dataBatch{
		Batch: end.Seconds(b.Time), Status: statuses[b.Status], Rows: b.Rows, Lost: b.Lost, Missed: b.Missed, Waiting: b.Waiting,
		SchedulingDelay: b.Delay, ProcessingTime: b.Processing, Succeeded: b.Times, Inputs: []dataInput{}, Results: b.Results, Error: b.Error, Why: []string{},
		Totals: dataTotals{end.Totals.Received, end.Totals.Processed, end.Totals.Waiting(), end.Totals.Lost, end.Totals.Twice, end.Totals.Missed},
	}
	if d.Results == nil {
		d.Results = []event.OutputRows{}
	}
	for _, share := range b.Tasks {
		if d.Tasks == nil {
			d.Tasks = map[string]int{}
		}
		d.Tasks[share.Executor] = share.Tasks
	}
	for _, in := range b.Inputs {
		one := dataInput{Stream: in.Stream, Rows: in.Records, Blocks: []dataBlock{}}
		for _, r := range then.Receivers {
			if r.Stream == in.Stream {
				one.Executor = r.Executor
			}
		}
		for _, block := range then.BlocksOf(in.Stream, b.Time) {
			one.Blocks = append(one.Blocks, dataBlock{then.Seconds(int64(block.ID.Number)), block.Rows, append([]string{}, block.Holders...), block.Logged, block.Lost()})
		}
		d.Inputs = append(d.Inputs, one)
	}
	for _, x := range end.Executors {
		d.Executors = append(d.Executors, dataExecutor{x.Name, x.Cores, x.Lost})
	}
	for _, at := range []int{due, over} {
		for _, sentence := range line.Why(at, l) {
			d.Why = append(d.Why, strings.ReplaceAll(canvas.Clean(sentence), message.Hard, " "))
		}
	}
	return d
}
