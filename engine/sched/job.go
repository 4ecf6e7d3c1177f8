package sched

import (
	"context"
	"fmt"
	"slices"
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
// the same order) or later on another.
type Runner interface {
	Run(t *lineage.Task, body func(*lineage.Task) (any, error), report func(any, error))
}

// Job is one action on one dataset.
type Job struct {
	Action     string
	Site       lineage.Site
	Target     *lineage.Node
	Partitions []int // which ones are wanted
	// Compute computes one of them; what it returns is given to Take.
	Compute func(*lineage.Task, int) (any, error)
	// Take receives each result once, on the goroutine that called Run, in the
	// order in which tasks end.
	Take func(partition int, result any)
}

// Scheduler runs jobs one at a time, first come first served.
type Scheduler struct {
	Outputs  Outputs
	Places   Places
	Runner   Runner
	Clock    clock.Clock
	Emit     func(event.Event)
	Attempts int // a task that fails this often fails its job

	turn   sync.Mutex // held by the running job; guards the counters
	jobs   int
	stages int
	tasks  int
}

// Run runs j and returns when it is over.
func (s *Scheduler) Run(ctx context.Context, j Job) error {
	s.turn.Lock()
	defer s.turn.Unlock()

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
	r := &run{s: s, ctx: ctx, id: s.jobs, job: j, done: map[int]bool{}}
	s.jobs++
	r.open(stages)
	err := r.all(stages)
	end := event.JobEnd{Time: r.s.Clock.Now(), Job: r.id}
	if err != nil {
		end.Error = err.Error()
	}
	s.Emit(end)
	return err
}

// run is one job under way.
type run struct {
	s    *Scheduler
	ctx  context.Context
	id   int
	job  Job
	done map[int]bool // partitions of the result whose answer was taken
}

// open emits the job's opening.
func (r *run) open(stages []*Stage) {
	target := r.job.Target
	start := event.JobStart{Time: r.s.Clock.Now(), Job: r.id, Action: r.job.Action, Site: r.job.Site.String(), Dataset: target.ID, Datasets: lineage.Describe(target)}
	for _, stage := range stages {
		start.Stages = append(start.Stages, stage.describe())
	}
	r.s.Emit(start)
}

// all runs the stages that are needed. A job on no partition has none.
func (r *run) all(stages []*Stage) error {
	if len(stages) == 0 {
		return nil
	}
	result := stages[len(stages)-1]
	r.skip(stages, r.planned(result))
	return r.stage(result, "")
}

// planned is the stages that will run if nothing is lost: the result stage and,
// all the way back, what is needed for it.
func (r *run) planned(result *Stage) map[*Stage]bool {
	planned := map[*Stage]bool{}
	var add func(*Stage)
	add = func(stage *Stage) {
		if planned[stage] {
			return
		}
		planned[stage] = true
		for _, parent := range r.needed(stage) {
			add(parent)
		}
	}
	add(result)
	return planned
}

// skip tells of the stages that are listed and will not run, and why.
func (r *run) skip(stages []*Stage, planned map[*Stage]bool) {
	for _, stage := range stages {
		if planned[stage] {
			continue
		}
		skipped := event.StageSkipped{Job: r.id, Stage: stage.ID, Shuffle: stage.Writes.ID, WrittenBy: -1}
		if len(r.s.Outputs.Missing(stage.Writes)) == 0 {
			skipped.WrittenBy = r.s.Outputs.Writer(stage.Writes)
		}
		r.s.Emit(skipped)
	}
}

// maxStageAttempts is how often a stage may meet missing shuffle outputs in a
// row before its job fails (spark.stage.maxConsecutiveAttempts).
const maxStageAttempts = 4

// outputsLost is why a stage runs again though no task failed to fetch from it:
// an executor died with what it held of the stage, and the driver knew.
const outputsLost = "outputs that it had written were lost"

// stage computes what is missing of one stage, after what is missing of its
// parents; a fetch failure sends it round again.
func (r *run) stage(stage *Stage, reason string) error {
	for range maxStageAttempts {
		// Asked again after each parent: an executor that dies under one takes the
		// outputs of another along.
		for parents := r.needed(stage); len(parents) > 0; parents = r.needed(stage) {
			if err := r.stage(parents[0], reason); err != nil {
				return err
			}
		}
		missing := r.missing(stage)
		if len(missing) == 0 {
			return nil
		}
		if reason == "" && stage.attempts > 0 {
			reason = outputsLost
		}
		lost, err := r.attempt(stage, missing, reason)
		switch {
		case err != nil:
			return err
		case lost != nil:
			reason = lost.Error()
		case len(r.missing(stage)) == 0:
			return nil
		default:
			reason = outputsLost
		}
	}
	return &lineage.Failure{Class: lineage.SparkException, Message: fmt.Sprintf(
		"Job aborted due to stage failure: %s (%s at %s) has failed the maximum allowable number of times: %d. Most recent failure reason: %s",
		stage, stage.Name, stage.Site, maxStageAttempts, reason)}
}

// needed lists the parents that must run: those whose output is not all there
// and that no cached dataset stands before.
func (r *run) needed(stage *Stage) []*Stage {
	var parents []*Stage
	walk(stage.Final, func(n *lineage.Node) bool { return !r.s.Places.Cached(n) }, func(shuffle *lineage.Shuffle) {
		for _, p := range stage.Parents {
			if p.Writes == shuffle && !slices.Contains(parents, p) && len(r.s.Outputs.Missing(shuffle)) > 0 {
				parents = append(parents, p)
			}
		}
	})
	slices.SortFunc(parents, func(a, b *Stage) int { return a.ID - b.ID })
	return parents
}

// missing lists the partitions that the stage still owes.
func (r *run) missing(stage *Stage) []int {
	if stage.Writes != nil {
		return r.s.Outputs.Missing(stage.Writes)
	}
	var missing []int
	for _, p := range r.job.Partitions {
		if !r.done[p] {
			missing = append(missing, p)
		}
	}
	return missing
}
