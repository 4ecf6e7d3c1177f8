package datasets

import (
	"fmt"
	"io"
	"os"

	"etincelle/engine/event"
)

// A recorded run as rows: what the pages of a finished application are made of.
// ETINCELLE_RECORD=file.jsonl in the environment of a program records its session.

// Run is what a session did: the stages of its jobs, and each attempt of a task.
type Run struct {
	Stages []Stage
	Tasks  []Task
}

// Stage is a stage as one job needed it. A stage whose output is there already is
// skipped: it has no tasks in that job.
type Stage struct {
	Job, Stage int
	Name       string // of its last operation, "map", or of the action
	Tasks      int    // that it has when it runs whole
	Skipped    bool
}

// Task is one attempt of a task.
type Task struct {
	Job, Stage, Partition int
	Attempt               int // from 0
	Executor              string
	Failed                bool
	Read, Written         int64 // rows: from files, cached blocks and shuffles; to a shuffle
}

// ReadRun reads a recording. A relative path is looked for in the program's folder
// and the folders above it.
func ReadRun(path string) (Run, error) {
	file, err := os.Open(above(path))
	if err != nil {
		return Run{}, fmt.Errorf("read a recorded run: %w", err)
	}
	defer file.Close()
	run, err := parseRun(file)
	if err != nil {
		return Run{}, fmt.Errorf("read the recorded run %s: %w", path, err)
	}
	return run, nil
}

func parseRun(r io.Reader) (Run, error) {
	events, err := event.Read(r)
	if err != nil {
		return Run{}, err
	}
	return RunOf(events), nil
}

// RunOf sorts a session's events into rows, in the order in which they happened.
func RunOf(events []event.Event) Run {
	var run Run
	named := map[int]event.Stage{}
	row := map[[2]int]int{} // (job, stage) → its place in run.Stages
	stage := func(job, id int, skipped bool) {
		at, seen := row[[2]int{job, id}]
		if !seen {
			at = len(run.Stages)
			row[[2]int{job, id}] = at
			run.Stages = append(run.Stages, Stage{Job: job, Stage: id, Name: named[id].Name, Tasks: named[id].Tasks})
		}
		run.Stages[at].Skipped = skipped // a skipped stage runs after all when its output gets lost
	}
	for _, e := range events {
		switch e := e.(type) {
		case event.JobStart:
			for _, s := range e.Stages {
				named[s.ID] = s
			}
		case event.StageStart:
			stage(e.Job, e.Stage, false)
		case event.StageSkipped:
			stage(e.Job, e.Stage, true)
		case event.TaskEnd:
			run.Tasks = append(run.Tasks, Task{
				Job: e.Job, Stage: e.Stage, Partition: e.Partition, Attempt: e.Attempt, Executor: e.Executor,
				Failed: e.Status != event.Succeeded, Read: e.Metrics.Input + e.Metrics.ShuffleRead, Written: e.Metrics.ShuffleWrite,
			})
		}
	}
	return run
}
