package model

import (
	"maps"
	"slices"

	"etincelle/engine/event"
)

// State is what is known after some of a recording's facts. Every number in it
// was read from a fact, or is a sum of such numbers. A State that a Timeline
// hands out is the caller's own: later ones never change it.
type State struct {
	Position  int // facts taken in so far
	Ended     int // tasks that have ended so far, however they ended
	App       string
	Closed    bool // the session has ended
	JobOver   bool // the last fact was the end of a job
	Executors []Executor
	Jobs      []*Job         // in order of start; a job that ended keeps its inside until the next begins
	Counters  event.Counters // of the session

	// What outlives a job.
	Kept        map[int]event.Dataset // datasets with a storage level, blocks or a checkpoint
	Blocks      map[BlockID]Block
	Shuffles    map[int]Shuffle
	Checkpoints map[int]event.CheckpointWritten
	Cut         map[int]int // datasets that a checkpoint has cut off the lineage, by the one that was written

	// Notes explain the step that led here, in the order of the facts.
	Notes []Note

	current int                // the job that the last fact spoke of, an index in Jobs; -1 before the first
	rested  bool               // the last fact closed a step: the next one opens another
	again   map[partition]bool // being computed though it had been kept, or nearly
	owned   map[int]bool       // shuffles whose outputs no other state shares
}

// partition names one partition of a dataset, wherever it is kept.
type partition struct{ dataset, number int }

// Executor is one simulated worker, alive or lost.
type Executor struct {
	Name   string
	Cores  int
	Budget int64 // bytes for cached blocks
	Lost   bool
	Reason string // why it was lost

	// Excluded, after tasks failed there too often: from the whole session, or from
	// some stages of the job on screen.
	Excluded bool
	Stages   []int
}

// Excludes reports whether the executor gets no task of a stage.
func (x Executor) Excludes(stage int) bool { return x.Excluded || slices.Contains(x.Stages, stage) }

func empty() State {
	return State{
		Kept: map[int]event.Dataset{}, Blocks: map[BlockID]Block{}, Shuffles: map[int]Shuffle{},
		Checkpoints: map[int]event.CheckpointWritten{}, Cut: map[int]int{}, again: map[partition]bool{}, owned: map[int]bool{}, current: -1,
	}
}

// clone copies what apply changes in place. What apply replaces (tasks, jobs
// that ended) or copies first (shuffle outputs) is shared. s itself must not
// take in another fact: the clone goes on in its place.
func (s *State) clone() State {
	c := *s
	c.Executors = slices.Clone(s.Executors)
	c.Jobs = slices.Clone(s.Jobs)
	for i, j := range c.Jobs {
		if i == s.current || !j.settled() {
			c.Jobs[i] = j.clone()
		}
	}
	c.Kept = maps.Clone(s.Kept)
	c.Blocks = maps.Clone(s.Blocks)
	c.Shuffles = maps.Clone(s.Shuffles)
	c.Checkpoints, c.Cut = maps.Clone(s.Checkpoints), maps.Clone(s.Cut)
	c.Notes = slices.Clip(s.Notes)
	c.again = maps.Clone(s.again)
	c.owned = map[int]bool{}
	return c
}

// Job is the job on screen: the last one that a fact spoke of, nil before the first.
func (s *State) Job() *Job {
	if s.current < 0 {
		return nil
	}
	return s.Jobs[s.current]
}

// job finds a job by its number, newest first.
func (s *State) job(id int) *Job {
	for _, j := range slices.Backward(s.Jobs) {
		if j.ID == id {
			return j
		}
	}
	return nil
}

// Executor finds an executor by its name.
func (s *State) Executor(name string) (Executor, bool) {
	i := slices.IndexFunc(s.Executors, func(e Executor) bool { return e.Name == name })
	if i < 0 {
		return Executor{}, false
	}
	return s.Executors[i], true
}
