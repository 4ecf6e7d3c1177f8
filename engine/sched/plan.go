package sched

import (
	"fmt"
	"slices"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

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
		if r.ctx.Err() != nil {
			return r.cancelled()
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
