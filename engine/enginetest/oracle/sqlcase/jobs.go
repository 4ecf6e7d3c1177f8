package sqlcase

import (
	"cmp"
	"slices"

	"etincelle/engine/event"
)

// Jobs as the oracle gives them, read off the engine's events alone.

type job struct {
	Stages []stage `json:"stages"`
}

type stage struct {
	Tasks        int    `json:"tasks"`
	Status       string `json:"status"`
	Input        int64  `json:"input_records"`
	ShuffleRead  int64  `json:"shuffle_read_records"`
	ShuffleWrite int64  `json:"shuffle_write_records"`

	id int
}

// jobsOf lists the jobs that events tell of, each with its stages by number.
func jobsOf(events []event.Event) []job {
	jobs := []job{}
	var stages []map[int]*stage // of each job
	at := map[int]int{}         // job number → place in jobs
	for _, e := range events {
		switch e := e.(type) {
		case event.JobStart:
			at[e.Job] = len(jobs)
			jobs = append(jobs, job{Stages: []stage{}})
			planned := map[int]*stage{}
			for _, s := range e.Stages {
				planned[s.ID] = &stage{Tasks: s.Tasks, Status: "SKIPPED", id: s.ID}
			}
			stages = append(stages, planned)
		case event.TaskEnd:
			if s := stages[at[e.Job]][e.Stage]; s != nil {
				s.Input += e.Metrics.Input
				s.ShuffleRead += e.Metrics.ShuffleRead
				s.ShuffleWrite += e.Metrics.ShuffleWrite
			}
		case event.StageEnd:
			if s := stages[at[e.Job]][e.Stage]; s != nil {
				s.Status = "COMPLETE"
				if e.Error != "" {
					s.Status = "FAILED"
				}
			}
		}
	}
	for i, planned := range stages {
		for _, s := range planned {
			jobs[i].Stages = append(jobs[i].Stages, *s)
		}
		slices.SortFunc(jobs[i].Stages, func(a, b stage) int { return cmp.Compare(a.id, b.id) })
	}
	return jobs
}
