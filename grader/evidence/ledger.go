package evidence

import (
	"fmt"

	"etincelle/engine/event"
)

// ledger is a session's books, kept event by event: each thing that starts must
// have been announced, must end once, and must account for its rows.
type ledger struct {
	jobs     int // started so far; their numbers count from 0
	job      *event.JobStart
	tasks    int
	stages   map[int]event.Stage // of all jobs
	datasets map[int]event.Dataset
	running  map[int]event.TaskStart // by task
	attempt  *event.StageStart       // the attempt under way
	left     map[int]bool            // partitions that it still owes
	written  map[int]map[int]int64   // shuffle → map partition → rows of its last output
	pending  map[[2]int]int64        // (shuffle, map partition) of running tasks → rows
	read     map[int]int64           // by stage, in the job under way
}

func newLedger() *ledger {
	return &ledger{
		stages: map[int]event.Stage{}, datasets: map[int]event.Dataset{}, running: map[int]event.TaskStart{},
		written: map[int]map[int]int64{}, pending: map[[2]int]int64{}, read: map[int]int64{},
	}
}

// roots are the operations of the datasets without parents in a stage.
func (l *ledger) roots(stage int) []string {
	var ops []string
	for _, id := range l.stages[stage].Datasets {
		if d := l.datasets[id]; len(d.Parents) == 0 {
			ops = append(ops, d.Op)
		}
	}
	return ops
}

// enter takes in one event and says why it cannot be, or nothing.
func (l *ledger) enter(e event.Event) string {
	switch e := e.(type) {
	case event.JobStart:
		return l.jobStart(e)
	case event.JobEnd:
		return l.jobEnd(e)
	case event.StageStart:
		return l.stageStart(e)
	case event.StageEnd:
		return l.stageEnd(e)
	case event.StageSkipped:
		if _, known := l.stages[e.Stage]; l.job == nil || e.Job != l.job.Job || !known {
			return fmt.Sprintf("stage %d is skipped and was never announced", e.Stage)
		}
	case event.TaskStart:
		return l.taskStart(e)
	case event.TaskEnd:
		return l.taskEnd(e)
	case event.ShuffleWritten:
		return l.shuffleWritten(e)
	}
	return ""
}

func (l *ledger) jobStart(e event.JobStart) string {
	if l.job != nil || e.Job != l.jobs {
		return fmt.Sprintf("job %d starts out of turn", e.Job)
	}
	l.jobs++
	l.job = &e
	clear(l.read)
	described := map[int]bool{}
	for _, d := range e.Datasets {
		l.datasets[d.ID] = d
		described[d.ID] = true
	}
	for _, s := range e.Stages {
		l.stages[s.ID] = s
		for _, id := range s.Datasets {
			if !described[id] {
				return fmt.Sprintf("job %d computes dataset %d and does not describe it", e.Job, id)
			}
		}
	}
	return ""
}

func (l *ledger) jobEnd(e event.JobEnd) string {
	if l.job == nil || e.Job != l.job.Job || l.attempt != nil {
		return fmt.Sprintf("job %d ends out of turn", e.Job)
	}
	for stage, rows := range l.read {
		if most := l.readable(l.stages[stage]); rows > most {
			return fmt.Sprintf("stage %d read %d rows of shuffles that hold %d", stage, rows, most)
		}
	}
	l.job = nil
	return ""
}

// manyRows is more than any session holds; sums stop there.
const manyRows = 1 << 50

// readable is the most rows that a stage can read: each shuffle as often as
// the stage's datasets lead to it.
func (l *ledger) readable(stage event.Stage) int64 {
	if len(stage.Datasets) == 0 {
		return 0
	}
	inside := map[int]bool{}
	for _, id := range stage.Datasets {
		inside[id] = true
	}
	known := map[int]int64{} // a dataset that is used twice is looked at once
	var below func(id int) int64
	below = func(id int) int64 {
		if rows, seen := known[id]; seen {
			return rows
		}
		known[id] = 0 // ends a circle, which only a forged lineage has
		var rows int64
		for _, parent := range l.datasets[id].Parents {
			switch {
			case parent.Shuffle >= 0:
				for _, n := range l.written[parent.Shuffle] {
					rows += n
				}
			case inside[parent.Dataset]:
				rows += below(parent.Dataset)
			}
		}
		known[id] = min(rows, manyRows)
		return known[id]
	}
	return below(stage.Datasets[0]) // the stage's last dataset
}

func (l *ledger) stageStart(e event.StageStart) string {
	s, known := l.stages[e.Stage]
	if l.job == nil || e.Job != l.job.Job || l.attempt != nil || !known || len(e.Partitions) > s.Tasks {
		return fmt.Sprintf("stage %d starts out of turn", e.Stage)
	}
	l.attempt = &e
	l.left = map[int]bool{}
	for _, p := range e.Partitions {
		l.left[p] = true
	}
	return ""
}

func (l *ledger) stageEnd(e event.StageEnd) string {
	if l.attempt == nil || e.Stage != l.attempt.Stage || e.Attempt != l.attempt.Attempt || len(l.running) > 0 {
		return fmt.Sprintf("stage %d ends out of turn", e.Stage)
	}
	if e.Error == "" && len(l.left) > 0 {
		return fmt.Sprintf("stage %d ends well and %d of its partitions were not computed", e.Stage, len(l.left))
	}
	l.attempt = nil
	return ""
}

func (l *ledger) taskStart(e event.TaskStart) string {
	if l.attempt == nil || e.Stage != l.attempt.Stage || e.Task != l.tasks || !l.left[e.Partition] {
		return fmt.Sprintf("task %d starts out of turn", e.Task)
	}
	l.tasks++
	l.running[e.Task] = e
	return ""
}

func (l *ledger) taskEnd(e event.TaskEnd) string {
	start, running := l.running[e.Task]
	if !running || start.Stage != e.Stage || start.Partition != e.Partition {
		return fmt.Sprintf("task %d ends and was not running", e.Task)
	}
	delete(l.running, e.Task)
	if e.Status != event.Succeeded {
		return ""
	}
	delete(l.left, e.Partition)
	l.read[e.Stage] += e.Metrics.ShuffleRead
	m := e.Metrics
	if m.ShuffleWrite > m.Combined {
		return fmt.Sprintf("task %d wrote %d rows to a shuffle and had %d", e.Task, m.ShuffleWrite, m.Combined)
	}
	shuffle := l.stages[e.Stage].Writes
	at := [2]int{shuffle, e.Partition}
	rows, wrote := l.pending[at]
	switch {
	case shuffle < 0 && m.ShuffleWrite != 0, shuffle >= 0 && (!wrote || rows != m.ShuffleWrite):
		return fmt.Sprintf("task %d says that it wrote %d rows to a shuffle, and the shuffle says otherwise", e.Task, m.ShuffleWrite)
	case shuffle >= 0:
		delete(l.pending, at)
		if l.written[shuffle] == nil {
			l.written[shuffle] = map[int]int64{}
		}
		l.written[shuffle][e.Partition] = rows
	}
	return ""
}

func (l *ledger) shuffleWritten(e event.ShuffleWritten) string {
	for _, task := range l.running {
		if task.Partition != e.Map {
			continue
		}
		stage := l.stages[task.Stage]
		if stage.Writes < 0 { // a frame's plan runs the map side of an exchange as a job of its own
			stage.Writes = e.Shuffle
			l.stages[task.Stage] = stage
		}
		if stage.Writes == e.Shuffle {
			var total int64
			for _, n := range e.Rows {
				total += n
			}
			l.pending[[2]int{e.Shuffle, e.Map}] = total
			return ""
		}
	}
	return fmt.Sprintf("shuffle %d was written by no task that ran", e.Shuffle)
}

// closed says what never ended.
func (l *ledger) closed() string {
	if l.job != nil || l.attempt != nil || len(l.running) > 0 {
		return "a job started and never ended"
	}
	return ""
}
