package rddcase

import (
	"cmp"
	"slices"

	"etincelle/engine/event"
)

// Jobs as the oracle gives them, read off the engine's events alone.

type job struct {
	Status string  `json:"status"`
	Stages []stage `json:"stages"`
}

type stage struct {
	Name    string `json:"name"`
	Tasks   int    `json:"tasks"`
	Parents []int  `json:"parents"` // places in the job's list
	Status  string `json:"status"`
	// Records are told of stages that completed, even when 0.
	ShuffleRead  *int64 `json:"shuffle_read_records,omitempty"`
	ShuffleWrite *int64 `json:"shuffle_write_records,omitempty"`
	Input        int64  `json:"input_records,omitempty"`
	Output       int64  `json:"output_records,omitempty"`
	Failed       int    `json:"failed_tasks,omitempty"`
	Attempts     int    `json:"attempts,omitempty"` // when there was more than one
}

const (
	succeeded = "SUCCEEDED"
	failed    = "FAILED"
	complete  = "COMPLETE"
	skipped   = "SKIPPED"
)

// progress is what the events say of one stage of a job. Figures are those of
// its last attempt, as on Spark's page of a stage.
type progress struct {
	event.Stage
	depth    int
	attempts int
	error    string
	failed   int
	metrics  event.Metrics
}

// jobsOf lists the jobs that events tell of.
func jobsOf(events []event.Event) []job {
	var jobs []job
	at := map[int]int{} // job number → place in jobs
	stages := map[int]map[int]*progress{}
	for _, e := range events {
		switch e := e.(type) {
		case event.JobStart:
			at[e.Job] = len(jobs)
			jobs = append(jobs, job{Status: "RUNNING", Stages: []stage{}})
			stages[e.Job] = planned(e.Stages)
		case event.StageStart:
			p := stages[e.Job][e.Stage]
			p.attempts++
			p.failed, p.metrics, p.error = 0, event.Metrics{}, ""
		case event.TaskEnd:
			stages[e.Job][e.Stage].took(e)
		case event.StageEnd:
			stages[e.Job][e.Stage].error = e.Error
		case event.JobEnd:
			j := &jobs[at[e.Job]]
			j.Status = succeeded
			if e.Error != "" {
				j.Status = failed
			}
			j.Stages = inOrder(stages[e.Job])
		}
	}
	return jobs
}

// planned is the stages of a job that starts, by number, with their depth: 0
// for those that read no shuffle, else one below the deepest parent.
func planned(stages []event.Stage) map[int]*progress {
	all := map[int]*progress{}
	for _, s := range stages { // parents first
		p := &progress{Stage: s}
		for _, parent := range s.Parents {
			p.depth = max(p.depth, all[parent].depth+1)
		}
		all[s.ID] = p
	}
	return all
}

func (p *progress) took(e event.TaskEnd) {
	if e.Status == event.Failed {
		p.failed++
	}
	p.metrics.Input += e.Metrics.Input
	p.metrics.Output += e.Metrics.Output
	p.metrics.ShuffleRead += e.Metrics.ShuffleRead
	p.metrics.ShuffleWrite += e.Metrics.ShuffleWrite
}

// inOrder puts the stages in the oracle's order: by depth (the result stage is
// deepest), then by name, tasks and records.
func inOrder(all map[int]*progress) []stage {
	var order []*progress
	for _, p := range all {
		order = append(order, p)
	}
	slices.SortFunc(order, func(a, b *progress) int {
		return cmp.Or(cmp.Compare(a.depth, b.depth), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Tasks, b.Tasks),
			cmp.Compare(a.metrics.ShuffleRead, b.metrics.ShuffleRead), cmp.Compare(a.metrics.ShuffleWrite, b.metrics.ShuffleWrite),
			cmp.Compare(a.ID, b.ID))
	})
	place := map[int]int{}
	for i, p := range order {
		place[p.ID] = i
	}
	list := []stage{}
	for _, p := range order {
		list = append(list, p.stage(place))
	}
	return list
}

func (p *progress) stage(place map[int]int) stage {
	s := stage{Name: p.Name, Tasks: p.Tasks, Parents: []int{}, Status: skipped}
	for _, parent := range p.Parents {
		s.Parents = append(s.Parents, place[parent])
	}
	slices.Sort(s.Parents)
	if p.attempts == 0 {
		return s
	}
	s.Failed = p.failed
	if p.attempts > 1 {
		s.Attempts = p.attempts
	}
	if p.error != "" {
		s.Status = failed // its figures depend on when the failure stopped the other tasks: not told
		return s
	}
	s.Status = complete
	s.ShuffleRead, s.ShuffleWrite = &p.metrics.ShuffleRead, &p.metrics.ShuffleWrite
	s.Input, s.Output = p.metrics.Input, p.metrics.Output
	return s
}
