package evidence

import (
	"fmt"

	"etincelle/engine/event"
	"etincelle/grader/protocol"
)

// phase of a case: what has been going on since the last mark.
type phase int

const (
	opening   phase = iota // the session starts
	inside                 // the function under test runs
	acting                 // the result is computed
	repeating              // and computed again
	closing                // the session stops
	phases    = iota
)

// ends is the mark that ends a phase; closing ends with the answer.
var ends = map[protocol.Mark]phase{protocol.Called: opening, protocol.Returned: inside, protocol.Acted: acting, protocol.Again: repeating}

// Recording gathers one case as it happens. Its zero value is ready.
type Recording struct {
	now     phase
	events  [phases][]event.Event
	reads   [phases]map[string]int
	calls   [phases]map[string]int // at the end of each phase
	served  map[string]int         // rows by source, all phases
	broken  string                 // the first thing that the harness does not do
	over    bool
	answer  *protocol.Answer
	failure *protocol.Failure
}

// Take takes in a frame of the case. It reports whether that was the last one.
func (r *Recording) Take(f protocol.Frame) (over bool) {
	switch {
	case r.over:
		r.breach("a frame came after the answer")
	case f.Mark != "":
		ended, known := ends[f.Mark]
		if !known || ended != r.now {
			r.breach(fmt.Sprintf("the mark %q came out of turn", f.Mark))
			break
		}
		r.calls[r.now] = f.Calls
		r.now++
	case f.Event != nil:
		e, err := event.Decode(f.Event)
		if err != nil {
			r.breach("an event cannot be read: " + err.Error())
			break
		}
		r.events[r.now] = append(r.events[r.now], e)
	case f.Answer != nil:
		if r.now != closing || f.Failure != nil {
			r.breach("the answer came out of turn")
		}
		r.answer, r.over = f.Answer, true
	case f.Failure != nil:
		r.failure, r.over = f.Failure, true
	case f.Need == nil && f.Ready == nil:
		r.breach("a frame says nothing")
	}
	return r.over
}

// Served notes that a partition of a source was handed out.
func (r *Recording) Served(source string, rows int) {
	if r.reads[r.now] == nil {
		r.reads[r.now] = map[string]int{}
	}
	if r.served == nil {
		r.served = map[string]int{}
	}
	r.reads[r.now][source]++
	r.served[source] += rows
}

func (r *Recording) breach(what string) {
	if r.broken == "" {
		r.broken = what
	}
}

// Outcome is what came of the case, once it is over.
func (r *Recording) Outcome(sources []string) Outcome {
	o := Outcome{
		Failure: r.failure, Tampered: r.broken,
		Inside: count(r.events[inside]), Own: count(asked(r.events[inside])), Acting: count(r.events[acting]),
		SourceTasks: map[string]int{}, Reads: r.reads[acting], ByValue: r.reads[opening],
		InsideEvents: r.events[inside], AgainEvents: r.events[repeating],
		ReadsInside: r.reads[inside], ReadsAgain: r.reads[repeating],
		CallsInside: r.calls[inside], Calls: r.calls[acting],
		Events: append(append(append([]event.Event(nil), r.events[opening]...), r.events[inside]...), r.events[acting]...),
	}
	if r.answer == nil {
		return o
	}
	o.Rows, o.Again, o.Lineage, o.Value = r.answer.Rows, r.answer.Again, r.answer.Lineage, r.answer.Value
	r.describe(&o, sources)
	if o.Tampered == "" {
		o.Tampered = r.plausible(sources)
	}
	return o
}

// describe reads the result's lineage from the event that opens its job.
func (r *Recording) describe(o *Outcome, sources []string) {
	for _, e := range r.events[acting] {
		job, ok := e.(event.JobStart)
		if !ok {
			continue
		}
		named := map[int]string{}
		for _, d := range job.Datasets {
			if d.ID == r.answer.Dataset {
				o.Partitioner = d.Partitioner
			}
			if len(d.Parents) == 0 {
				o.Roots = append(o.Roots, d.Op)
				named[d.ID] = d.Op
			}
		}
		for _, stage := range job.Stages {
			for _, id := range stage.Datasets {
				for _, source := range sources {
					if named[id] == source {
						o.SourceTasks[source] = max(o.SourceTasks[source], stage.Tasks)
					}
				}
			}
		}
		return
	}
}
