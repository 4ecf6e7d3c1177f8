// Package model turns a recording of the engine's facts into states that a
// screen can show, forwards and backwards. It is pure: no clock, no terminal,
// no goroutine; what it knows, it has read from the facts.
//
//	Timeline   the recording with its snapshots and its stops   (this file)
//	State      what is known at one position                    (state.go, job.go, storage.go, shuffle.go)
//	apply      the fold from one state to the next              (apply.go)
//	Note       one sentence about a step, in French and English (explain.go, sentences.go)
//	Branch     one line of a job's lineage                      (lineage.go)
package model

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"etincelle/engine/event"
)

// Timeline is a recording that can be looked at from any position. A position
// is a number of facts: 0 before the first, Len after the last.
type Timeline struct {
	facts     []event.Event
	snapshots []State // one every gap facts
	gap       int
	stops     [numGrains][]int // by Grain: the positions where one rests
	ends      []int            // the position after each task's end
	starts    []Start
}

// Start is where one first rests in a job.
type Start struct{ Job, Position int }

// Grain is how far one step goes.
type Grain int

// The grains, from fine to coarse. The stops of each are stops of the finer ones.
const (
	Fine      Grain = iota // every start and end of a task as well
	ByTask                 // the end of a task, or a fact between tasks
	ByStage                // a stage that begins or is skipped
	numGrains = iota
)

// A recording keeps at most maxSnapshots states, at least minGap facts apart.
const (
	maxSnapshots = 64
	minGap       = 200
)

// New reads a recording. The facts are not copied and must not change.
func New(recording []event.Event) (*Timeline, error) {
	if err := check(recording); err != nil {
		return nil, err
	}
	t := &Timeline{facts: recording}
	t.gap = max(minGap, (len(t.facts)+maxSnapshots-1)/maxSnapshots)
	now := empty()
	for i, e := range t.facts {
		if i%t.gap == 0 {
			t.snapshots = append(t.snapshots, now)
			now = now.clone() // the snapshot never takes in another fact
		}
		now.apply(e)
		if _, ends := e.(event.TaskEnd); ends {
			t.ends = append(t.ends, i+1)
		}
		if job, starts := e.(event.JobStart); starts {
			t.starts = append(t.starts, Start{job.Job, i + 1})
		}
		for g := range Grain(numGrains) {
			if stopsAt(g, e) {
				t.stops[g] = append(t.stops[g], i+1)
			}
		}
	}
	for i := range t.starts {
		t.starts[i].Position = t.rest(t.starts[i].Position)
	}
	if t.snapshots == nil {
		t.snapshots = []State{now}
	}
	return t, nil
}

// Len is the last position.
func (t *Timeline) Len() int { return len(t.facts) }

// Starts are the jobs of the recording, in their order.
func (t *Timeline) Starts() []Start { return t.starts }

// Tasks is the number of tasks that end in the recording.
func (t *Timeline) Tasks() int { return len(t.ends) }

// At is the state at a position; the nearest end for one outside.
func (t *Timeline) At(position int) State {
	position = min(max(position, 0), t.Len())
	i := min(position/t.gap, len(t.snapshots)-1)
	s := t.snapshots[i].clone()
	for _, e := range t.facts[i*t.gap : position] {
		s.apply(e)
	}
	s.owned = nil // it takes in no more facts
	return s
}

// Walk visits the state at every stop, in order. The state is the visitor's
// until it returns.
func (t *Timeline) Walk(g Grain, visit func(*State)) {
	now := empty()
	stops := t.stops[g]
	for i, e := range t.facts {
		now.apply(e)
		if len(stops) > 0 && stops[0] == i+1 {
			stops = stops[1:]
			visit(&now)
		}
	}
	if last := t.stops[g]; t.Len() > 0 && (len(last) == 0 || last[len(last)-1] < t.Len()) {
		visit(&now) // the end is a stop of every grain
	}
}

// Next is the first stop after a position: the end of the recording when there
// is no other.
func (t *Timeline) Next(g Grain, position int) int {
	stops := t.stops[g]
	if i := sort.SearchInts(stops, position+1); i < len(stops) {
		return stops[i]
	}
	return t.Len()
}

// Previous is the last stop before a position: 0 when there is none.
func (t *Timeline) Previous(g Grain, position int) int {
	stops := t.stops[g]
	if i := sort.SearchInts(stops, position); i > 0 {
		return stops[i-1]
	}
	return 0
}

// Task is the position at which the n-th task to end has ended, from 1.
func (t *Timeline) Task(n int) int {
	switch {
	case n < 1 || len(t.ends) == 0:
		return 0
	case n > len(t.ends):
		return t.Len()
	}
	return t.ends[n-1]
}

// Search finds the next step whose facts or sentences hold the text, after a
// position and then from the start again.
func (t *Timeline) Search(text string, after int, l Language) (position int, found bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return 0, false
	}
	look := func(from, to int) bool {
		s := t.At(from)
		s.owned = map[int]bool{}
		for i := from; i < to; i++ {
			e := t.facts[i]
			if speaksOf(&s, e, text, l) {
				position = t.rest(i + 1)
				return true
			}
			s.apply(e)
		}
		return false
	}
	after = min(max(after, 0), t.Len())
	if look(after, t.Len()) {
		return position, true
	}
	return position, look(0, after)
}

// rest is the first stop by task at or after a position.
func (t *Timeline) rest(position int) int { return t.Next(ByTask, position-1) }

// speaksOf reports whether a fact, a sentence about it, or a dataset it brings
// holds the text.
func speaksOf(s *State, e event.Event, text string, l Language) bool {
	holds := func(where string) bool { return strings.Contains(strings.ToLower(where), text) }
	if holds(e.String()) {
		return true
	}
	for _, n := range explain(s, e) {
		if holds(strings.ReplaceAll(n.In(l), hard, " ")) {
			return true
		}
	}
	job, ok := e.(event.JobStart)
	return ok && slices.ContainsFunc(job.Datasets, func(d event.Dataset) bool {
		return holds(Label(d)) || holds(d.Class) || holds(d.Site)
	})
}

// rests reports whether a step of the default grain ends with a fact.
func rests(e event.Event) bool { return stopsAt(ByTask, e) }

func stopsAt(g Grain, e event.Event) bool {
	switch e := e.(type) {
	case event.StageStart, event.StageSkipped:
		return true
	case event.TaskEnd, event.JobEnd, event.ExecutorLost, event.ExecutorExcluded, event.ExecutorIncluded, event.Persisted, event.CheckpointWritten:
		return g <= ByTask
	case event.JobStart:
		return g <= ByTask && len(e.Stages) == 0
	case event.TaskStart:
		return g == Fine
	}
	return false
}

// maxTasks is the most tasks a job may claim: more is a damaged recording.
const maxTasks = 1 << 20

// check refuses what no engine could have recorded.
func check(recording []event.Event) error {
	for i, e := range recording {
		job, ok := e.(event.JobStart)
		if !ok {
			continue
		}
		left := maxTasks
		for _, stage := range job.Stages {
			if stage.Tasks < 0 || stage.Tasks > left {
				return fmt.Errorf("event %d: %w: stage %d of job %d has %d tasks; the stages of a job have from 0 to %d together", i+1, event.ErrRecording, stage.ID, job.Job, stage.Tasks, maxTasks)
			}
			left -= stage.Tasks
		}
	}
	return nil
}
