package sched

import (
	"context"
	"sync"

	"etincelle/engine/clock"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// Outputs knows which shuffle outputs exist.
type Outputs interface {
	// Missing lists the map partitions of s whose output nobody holds.
	Missing(s *lineage.Shuffle) []int
	// Forget drops what a fetch failure proved lost.
	Forget(*lineage.FetchFailed)
	// Writer is the stage that wrote s, for the explanation of a skipped stage.
	Writer(s *lineage.Shuffle) int
}

// Places knows the executors and what they hold.
type Places interface {
	// Cores lists the executors that are alive and the cores they give to tasks,
	// in a stable order.
	Cores() []Core
	// Cached reports whether every partition of n can be read without computing it.
	Cached(n *lineage.Node) bool
	// Preferred lists the executors that hold a block that partition p of n reads.
	Preferred(n *lineage.Node, p int) []string
}

// Runner runs one task on its executor and hands over what came of it, once.
// It may do so on the caller's goroutine (one task after the other, always in
// the same order) or later on another. ErrExecutorLost may be handed over as soon
// as the executor dies, while the task goes on; nothing else may. Whoever waits
// for the task waits no longer than until its job's context is done.
type Runner interface {
	Run(t *lineage.Task, body func(*lineage.Task) (any, error), report func(any, error))
}

// Job is one action on one dataset.
type Job struct {
	Action      string
	Site        lineage.Site
	Target      *lineage.Node
	Partitions  []int  // which ones are wanted
	Group       string // the job group that it is part of, "" for none
	Description string // what the program says of the group
	// Compute computes one of them; what it returns is given to Take.
	Compute func(*lineage.Task, int) (any, error)
	// Take receives each result once, on the goroutine that called Run, in the
	// order in which tasks end.
	Take func(partition int, result any)
}

// Scheduler runs jobs one at a time, first come first served.
type Scheduler struct {
	Outputs     Outputs
	Places      Places
	Runner      Runner
	Clock       clock.Clock
	Emit        func(event.Event)
	Attempts    int          // a task that fails this often fails its job
	Speculation *Speculation // nil: no task is copied
	Exclusion   *Exclusion   // nil: no executor is excluded
	Idle        func() bool  // nil, or does something that may end a task while nothing else is to be done; false when it can do nothing

	mu    sync.Mutex
	queue []*run         // the first has its turn
	jobs  int            // numbers given out
	kept  map[string]int // cores that receivers keep, and tasks which were left behind, by executor

	// Of the job that has its turn.
	stages int
	tasks  int
	health health
}

// Run runs j and returns when it is over.
func (s *Scheduler) Run(ctx context.Context, j Job) error {
	r := s.enter(ctx, j)
	defer s.leave(r)
	if err := r.await(); err != nil {
		return err
	}
	if _, err := j.Target.Partitions(); err != nil {
		return err // the job cannot even be described: Spark fails here too, without a job
	}
	var stages []*Stage
	if len(j.Partitions) > 0 {
		next := s.stages
		g, err := cut(j.Target, j.Action, j.Site, len(j.Partitions), func() int { next++; return next - 1 })
		if err != nil {
			return err // as above, and no number is used up
		}
		stages, s.stages = g.stages, next
	}
	r.begin()
	r.open(stages)
	err := r.all(stages)
	end := event.JobEnd{Time: s.Clock.Now(), Job: r.id}
	if err != nil {
		end.Error = err.Error()
	}
	s.Emit(end)
	return err
}

// run is one job, from its call to its end.
type run struct {
	s        *Scheduler
	job      Job
	ctx      context.Context // done when the job is cancelled
	cancel   context.CancelCauseFunc
	turn     chan struct{} // closed when its turn has come
	woken    chan struct{} // a core may have become free
	id       int
	numbered bool
	done     map[int]bool // partitions of the result whose answer was taken
}

// open emits the job's opening.
func (r *run) open(stages []*Stage) {
	target := r.job.Target
	start := event.JobStart{
		Time: r.s.Clock.Now(), Job: r.id, Action: r.job.Action, Site: r.job.Site.String(), Dataset: target.ID,
		Datasets: lineage.Describe(target), Group: r.job.Group, Description: r.job.Description,
	}
	for _, stage := range stages {
		start.Stages = append(start.Stages, stage.describe())
	}
	r.s.Emit(start)
}
