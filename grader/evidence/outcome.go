// Package evidence turns a conversation with the program under test into what
// can be judged: the rows that came, and counters that are computed here, in the
// grader, from the session's events and from the reads that the grader served.
// The child counts nothing that it reports.
//
// The events come from the student's process all the same. So they are held
// against each other and against the reads (plausible.go): a log that cannot
// have happened is never a right answer.
package evidence

import (
	"encoding/json"

	"etincelle/engine/event"
	"etincelle/grader/protocol"
)

// Outcome is what came of one case.
type Outcome struct {
	Failure *protocol.Failure // instead of an answer

	Rows        [][]json.RawMessage // by partition
	Again       [][]json.RawMessage // computed a second time, after every executor was lost
	Partitioner string              // "" when none
	Lineage     string
	Roots       []string       // the operations of the datasets that the result comes from in the end
	SourceTasks map[string]int // by source: the tasks of the widest stage that reads it
	Reads       map[string]int // by source: partitions served while the result was computed

	Value   bool           // the function returned a value, the one row; its jobs are Inside
	ByValue map[string]int // by source: partitions that were handed to the function as plain values

	CallsInside map[string]int // by name: of functions handed to the one under test, before it returned
	Calls       map[string]int // and until its result was computed

	Inside Counters // jobs that ran before the function returned
	Own    Counters // those of them that it asked for, not a sort that samples
	Acting Counters // the one job that computes its result

	Tampered string // why the events cannot have happened; "" when they can
	Events   []event.Event

	InsideEvents []event.Event  // of the jobs that ran before the function returned
	AgainEvents  []event.Event  // since executors were lost
	ReadsInside  map[string]int // by source: partitions served before the function returned
	ReadsAgain   map[string]int // and since executors were lost
}

// Counters are sums over the events of a phase.
type Counters struct {
	event.Counters
	Shuffles int // written to
}

// Shuffled is the rows written to shuffles, whoever's job wrote them.
func (o Outcome) Shuffled() int64 { return o.Inside.ShuffleWrite + o.Acting.ShuffleWrite }

// Shuffles is how many shuffles were written to.
func (o Outcome) Shuffles() int { return o.Inside.Shuffles + o.Acting.Shuffles }

// OwnJobs is how many jobs the function ran itself: those it asked for before it
// returned, and any besides the one that computes its result.
func (o Outcome) OwnJobs() int { return o.Own.Jobs + max(o.Acting.Jobs-1, 0) }

// eager are the transformations that run a job of their own, as in Spark: who
// calls one has asked for no action.
var eager = map[string]bool{"sortBy": true, "sortByKey": true, "RangePartitioner": true, "zipWithIndex": true}

// asked leaves the events of eager transformations' jobs out.
func asked(events []event.Event) []event.Event {
	samples := map[int]bool{}
	var left []event.Event
	for _, e := range events {
		job := -1
		switch e := e.(type) {
		case event.JobStart:
			samples[e.Job] = eager[e.Action]
			job = e.Job
		case event.StageStart:
			job = e.Job
		case event.TaskEnd:
			job = e.Job
		}
		if !samples[job] {
			left = append(left, e)
		}
	}
	return left
}

// count sums up events.
func count(events []event.Event) Counters {
	var c Counters
	written := map[int]bool{}
	for _, e := range events {
		c.Add(e)
		if w, ok := e.(event.ShuffleWritten); ok {
			written[w.Shuffle] = true
		}
	}
	c.Shuffles = len(written)
	return c
}
