package view

import (
	"encoding/json"
	"fmt"
	"io"

	"etincelle/engine/event"
	"etincelle/tui/model"
)

// The shape of the data that JSON writes: what the screen shows at the end of each job.
type (
	dataJob struct {
		Job      int            `json:"job"`
		Action   string         `json:"action"`
		Site     string         `json:"site"`
		Status   string         `json:"status"` // succeeded, failed, or running where the recording stops
		Error    string         `json:"error,omitempty"`
		Counters event.Counters `json:"counters"`
		Stages   []dataStage    `json:"stages"`
		Shuffles []dataShuffle  `json:"shuffles"`
		Kept     []dataKept     `json:"kept"`
		Why      []string       `json:"why"` // what was out of the ordinary
	}
	dataStage struct {
		Stage   int        `json:"stage"`
		Name    string     `json:"name"`
		Status  string     `json:"status"`
		Attempt int        `json:"attempt"` // from 0
		Tasks   []dataTask `json:"tasks"`   // in the order of their start
	}
	dataTask struct {
		Task      int           `json:"task"`
		Partition int           `json:"partition"`
		Executor  string        `json:"executor"`
		Attempt   int           `json:"attempt"`
		Status    event.Status  `json:"status,omitempty"` // empty: it was cut off
		Error     string        `json:"error,omitempty"`
		Metrics   event.Metrics `json:"metrics"`
	}
	dataShuffle struct {
		Shuffle int       `json:"shuffle"`
		Rows    [][]int64 `json:"rows"` // by writer, then by reader
	}
	dataKept struct {
		Dataset int         `json:"dataset"`
		Name    string      `json:"name"`
		Level   string      `json:"level,omitempty"`
		Blocks  []dataBlock `json:"blocks"`
	}
	dataBlock struct {
		Partition int    `json:"partition"`
		Executor  string `json:"executor"`
		Memory    int64  `json:"memory"` // bytes
		Disk      int64  `json:"disk"`
		Gone      string `json:"gone,omitempty"` // why it is no longer there
	}
)

var statusNames = map[model.Status]string{
	model.Waiting: "waiting", model.Running: "running", model.Succeeded: "succeeded", model.Failed: "failed", model.Skipped: "skipped",
}

// JSON writes the jobs of a recording as data: an array, in the order of their start.
func JSON(w io.Writer, recording []event.Event, o Options) error {
	line, err := model.New(recording)
	if err != nil {
		return fmt.Errorf("the recording cannot be read: %w", err)
	}
	jobs := []dataJob{}
	why := []string{}
	line.Walk(model.ByTask, func(s *model.State) {
		for _, n := range s.Notes {
			if !n.Routine() {
				why = append(why, n.In(o.Language))
			}
		}
		if j := s.Job(); j != nil && (s.JobOver || s.Position == line.Len() && j.Status == model.Running) {
			jobs = append(jobs, jobData(s, j, why))
			why = []string{}
		}
	})
	out := json.NewEncoder(w)
	out.SetIndent("", " ")
	return out.Encode(jobs)
}

func jobData(s *model.State, j *model.Job, why []string) dataJob {
	d := dataJob{Job: j.ID, Action: j.Action, Site: j.Site, Status: statusNames[j.Status], Error: j.Error, Counters: j.Counters, Why: why,
		Stages: []dataStage{}, Shuffles: []dataShuffle{}, Kept: []dataKept{}}
	for _, stage := range j.Stages {
		one := dataStage{Stage: stage.ID, Name: stage.Name, Status: statusNames[stage.Status], Attempt: stage.Attempt, Tasks: []dataTask{}}
		for _, t := range j.Tasks {
			if t.Stage == stage.ID {
				one.Tasks = append(one.Tasks, dataTask{t.Task, t.Partition, t.Executor, t.Attempt, t.Status, t.Error, t.Metrics})
			}
		}
		d.Stages = append(d.Stages, one)
	}
	for _, shuffle := range s.ShufflesOfJob() {
		one := dataShuffle{Shuffle: shuffle.ID, Rows: [][]int64{}}
		for _, o := range shuffle.Outputs {
			one.Rows = append(one.Rows, o.Rows)
		}
		d.Shuffles = append(d.Shuffles, one)
	}
	for _, id := range s.KeptIDs() {
		one := dataKept{Dataset: id, Name: s.Label(id), Level: s.Kept[id].Level, Blocks: []dataBlock{}}
		for _, b := range s.BlocksOf(id) {
			one.Blocks = append(one.Blocks, dataBlock{b.Partition, b.Executor, b.Memory, b.Disk, b.Gone})
		}
		d.Kept = append(d.Kept, one)
	}
	return d
}
