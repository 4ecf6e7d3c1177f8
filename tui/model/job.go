package model

import (
	"cmp"
	"slices"

	"etincelle/engine/event"
)

// Status of a job or a stage.
type Status int

// Waiting and Skipped are for stages alone.
const (
	Waiting Status = iota
	Running
	Succeeded
	Failed
	Skipped
)

// Job is one action under way or over.
type Job struct {
	ID      int
	Action  string
	Site    string
	Dataset int
	Status  Status
	Error   string

	Counters event.Counters
	Stages   []*Stage // parents first; nil once another job has begun
	Datasets []event.Dataset
	Tasks    []*Task // in order of start
	Ticks    int     // task starts and ends so far: the time axis of its tasks
}

// Stage is one stage of a job.
type Stage struct {
	event.Stage
	Status    Status
	Attempt   int
	Reason    string // why it runs again
	Error     string
	WrittenBy int // of a skipped stage: who wrote its shuffle, -1 when it is not all there
	Cells     []Cell
}

// CellState is how far one partition of a stage is.
type CellState int

// A kept cell is one whose shuffle output existed before, so no task ran.
const (
	Pending CellState = iota
	Busy
	Done
	Broken
	Kept
)

// Cell is one partition of a stage: one box on screen.
type Cell struct {
	Partition int
	State     CellState
	Last      *Task // the last task that took it, nil before the first
}

// Task is one attempt at one partition.
type Task struct {
	event.TaskStart
	Ended    bool // a task that never ends in a job that did was cut off with it
	Status   event.Status
	Error    string
	Metrics  event.Metrics
	From, To int // ticks of its job; To is 0 until it ends
	notes    []Note
}

// Stage finds a stage of the job by its number; nil when there is none, or no job.
func (j *Job) Stage(id int) *Stage {
	if j == nil {
		return nil
	}
	for _, s := range j.Stages {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// Writer is the job's stage that writes shuffle; nil when there is none.
func (j *Job) Writer(shuffle int) *Stage {
	for _, s := range j.Stages {
		if s.Writes == shuffle && shuffle >= 0 {
			return s
		}
	}
	return nil
}

// LastTask is the task that started or ended last; nil before the first.
func (j *Job) LastTask() *Task {
	var last *Task
	for _, t := range j.Tasks {
		if last == nil || max(t.From, t.To) > max(last.From, last.To) {
			last = t
		}
	}
	return last
}

// Size is the rows that a task has read for one partition.
type Size struct {
	Partition int
	Rows      int64
}

// Sizes lists the partitions of a stage that a task has computed, the largest first, and
// the median of their rows.
func (s *Stage) Sizes() (sizes []Size, median int64) {
	for _, c := range s.Cells {
		if c.State == Done && c.Last != nil {
			sizes = append(sizes, Size{c.Partition, c.Last.Metrics.Input + c.Last.Metrics.ShuffleRead})
		}
	}
	slices.SortStableFunc(sizes, func(a, b Size) int { return cmp.Compare(b.Rows, a.Rows) })
	if n := len(sizes); n > 0 {
		median = (sizes[(n-1)/2].Rows + sizes[n/2].Rows) / 2
	}
	return sizes, median
}

// Finished counts the cells that need no task any more.
func (s *Stage) Finished() int {
	n := 0
	for _, c := range s.Cells {
		if c.State == Done || c.State == Kept {
			n++
		}
	}
	return n
}

// cell finds the cell of a partition; cells are in order of partition.
func (s *Stage) cell(partition int) *Cell {
	i, found := slices.BinarySearchFunc(s.Cells, partition, func(c Cell, p int) int { return cmp.Compare(c.Partition, p) })
	if !found {
		return nil
	}
	return &s.Cells[i]
}

// task finds a task by its number and returns its index, -1 when there is
// none; a running one is near the end.
func (j *Job) task(number int) int {
	for i, t := range slices.Backward(j.Tasks) {
		if t.Task == number {
			return i
		}
	}
	return -1
}

func (j *Job) clone() *Job {
	c := *j
	c.Tasks = slices.Clone(j.Tasks)
	c.Stages = slices.Clone(j.Stages)
	for i, s := range c.Stages {
		stage := *s
		stage.Cells = slices.Clone(s.Cells)
		c.Stages[i] = &stage
	}
	return &c
}

// settled reports whether only the sums of the job are left.
func (j *Job) settled() bool { return j.Status != Running && j.Stages == nil && j.Tasks == nil }

// summary is what stays of a job once another has begun.
func (j *Job) summary() *Job {
	return &Job{ID: j.ID, Action: j.Action, Site: j.Site, Dataset: j.Dataset, Status: j.Status, Error: j.Error, Counters: j.Counters}
}
