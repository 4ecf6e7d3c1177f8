package model

import (
	"cmp"
	"slices"

	"etincelle/engine/event"
)

// Shuffle is what is known of one shuffle: which map task wrote how many rows
// for which reduce partition.
type Shuffle struct {
	ID      int
	Outputs []Output // in order of map partition
}

// Output is what one map task wrote.
type Output struct {
	Map      int
	Executor string
	Stage    int     // the stage that wrote it; -1 until its task has ended
	Rows     []int64 // for each reduce partition; never changed
	Combined int64   // rows given to the writer, before map-side combine; -1 until its task has ended
	Lost     bool
}

// Total is the rows an output holds.
func (o Output) Total() int64 {
	var n int64
	for _, rows := range o.Rows {
		n += rows
	}
	return n
}

// Readers is the number of reduce partitions.
func (s Shuffle) Readers() int {
	n := 0
	for _, o := range s.Outputs {
		n = max(n, len(o.Rows))
	}
	return n
}

// Matrix sums what exists: the rows each reduce partition will fetch, all of
// them, and how many there were before map-side combine. known is false while
// a writer's task has not said so.
func (s Shuffle) Matrix() (readers []int64, total, combined int64, known bool) {
	readers, known = make([]int64, s.Readers()), true
	for _, o := range s.Outputs {
		if o.Lost {
			continue
		}
		for r, rows := range o.Rows {
			readers[r] += rows
			total += rows
		}
		if o.Combined < 0 {
			known = false
		} else {
			combined += o.Combined
		}
	}
	return readers, total, combined, known
}

// at finds the output of a map partition.
func (s Shuffle) at(m int) (index int, found bool) {
	return slices.BinarySearchFunc(s.Outputs, m, func(o Output, m int) int { return cmp.Compare(o.Map, m) })
}

// own returns a shuffle whose outputs may be changed in place: they are copied
// once after each clone, not once for each fact.
func (s *State) own(id int) (Shuffle, bool) {
	shuffle, written := s.Shuffles[id]
	if written && !s.owned[id] {
		shuffle.Outputs = slices.Clone(shuffle.Outputs)
		s.Shuffles[id] = shuffle
		s.owned[id] = true
	}
	return shuffle, written
}

// strike marks outputs as lost.
func (s *State) strike(id int, lost func(Output) bool) {
	hit := func(o Output) bool { return !o.Lost && lost(o) }
	if !slices.ContainsFunc(s.Shuffles[id].Outputs, hit) {
		return
	}
	shuffle, _ := s.own(id)
	for i, o := range shuffle.Outputs {
		if hit(o) {
			shuffle.Outputs[i].Lost = true
		}
	}
}

func (s *State) writeShuffle(e event.ShuffleWritten) {
	x, known := s.Executor(e.Executor)
	o := Output{Map: e.Map, Executor: e.Executor, Stage: -1, Rows: e.Rows, Combined: -1, Lost: known && x.Lost}
	shuffle, _ := s.own(e.Shuffle)
	shuffle.ID = e.Shuffle
	if i, found := shuffle.at(e.Map); found {
		shuffle.Outputs[i] = o
	} else {
		shuffle.Outputs = slices.Insert(shuffle.Outputs, i, o)
	}
	s.Shuffles[e.Shuffle], s.owned[e.Shuffle] = shuffle, true
}

// combined completes the output of a task that has ended well.
func (s *State) combined(shuffle int, e event.TaskEnd) {
	w, _ := s.own(shuffle)
	i, found := w.at(e.Partition)
	if found && w.Outputs[i].Executor == e.Executor && e.Status == event.Succeeded {
		w.Outputs[i].Stage, w.Outputs[i].Combined = e.Stage, e.Metrics.Combined
	}
}

// loseOutputs marks the outputs that a stage is about to write again: a stage
// runs only for partitions whose output is missing.
func (s *State) loseOutputs(e event.StageStart) {
	if stage := s.job(e.Job).Stage(e.Stage); stage != nil {
		s.strike(stage.Writes, func(o Output) bool { return slices.Contains(e.Partitions, o.Map) })
	}
}

// ShufflesOfJob lists the shuffles that the job on screen writes or reads, the
// one that its last task moved first.
func (s *State) ShufflesOfJob() []Shuffle {
	j := s.Job()
	if j == nil {
		return nil
	}
	var ids []int
	if t := j.LastTask(); t != nil {
		if stage := j.Stage(t.Stage); stage != nil {
			ids = append(ids, stage.Writes)
			ids = append(ids, stage.Reads...)
		}
	}
	for _, stage := range slices.Backward(j.Stages) {
		ids = append(ids, stage.Writes)
		ids = append(ids, stage.Reads...)
	}
	var list []Shuffle
	seen := map[int]bool{}
	for _, id := range ids {
		if shuffle, written := s.Shuffles[id]; written && !seen[id] {
			seen[id] = true
			list = append(list, shuffle)
		}
	}
	return list
}
