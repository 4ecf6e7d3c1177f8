package figure

import (
	"errors"
	"fmt"
	"slices"

	"etincelle/engine/event"
)

// What is drawn of one recording at most: more fits on no page.
const (
	maxJobs   = 12
	maxStages = 40 // of a job
	maxParts  = 64 // partitions of a stage, or blocks of an executor
	maxTasks  = 40 // squares in a stage's box
)

// job is one job as figures need it.
type job struct {
	event.JobDigest
	rows []sizes // by stage, in the order of Ran
}

// sizes are the rows of a stage's partitions, and which rows those are.
type sizes struct {
	meaning
	rows map[int]int64
}

// meaning says what was counted in each partition.
type meaning int

const (
	rowsRead     meaning = iota // by tasks that brought none of them on
	rowsShuffled                // given to the shuffle, before its combiner
	rowsReturned                // brought to the driver
)

// readJobs reads the jobs of a recording, all or those that are asked for.
func readJobs(recording []event.Event, wanted []int) ([]job, error) {
	var digest event.Digest
	last := map[[2]int]map[int]event.Metrics{} // of each job and stage, by partition: the last task that succeeded
	for _, e := range recording {
		digest.Hear(e)
		if t, is := e.(event.TaskEnd); is && t.Status == event.Succeeded {
			place := [2]int{t.Job, t.Stage}
			if last[place] == nil {
				last[place] = map[int]event.Metrics{}
			}
			last[place][t.Partition] = t.Metrics
		}
	}
	var jobs []job
	var known []int
	for _, d := range digest.Jobs {
		known = append(known, d.Job)
		if len(wanted) == 0 || slices.Contains(wanted, d.Job) {
			jobs = append(jobs, job{JobDigest: *d})
		}
	}
	for _, n := range wanted {
		if !slices.Contains(known, n) {
			return nil, fmt.Errorf("found no job %d in the recording, expected one of its %d jobs, numbered from 0", n, len(known))
		}
	}
	if len(jobs) == 0 {
		return nil, errors.New("found no job in the recording: does its program call an action, and stop its session?")
	}
	if len(jobs) > maxJobs {
		return nil, fmt.Errorf("found %d jobs to draw, expected at most %d: choose some by number", len(jobs), maxJobs)
	}
	for i := range jobs {
		if n := len(jobs[i].Ran); n > maxStages {
			return nil, fmt.Errorf("found %d stages in job %d, expected at most %d in a figure", n, jobs[i].Job, maxStages)
		}
		for _, s := range jobs[i].Ran {
			jobs[i].rows = append(jobs[i].rows, sizesOf(s, last[[2]int{jobs[i].Job, s.ID}]))
		}
	}
	return jobs, nil
}

// sizesOf reads the rows of a stage's partitions out of its tasks' metrics.
func sizesOf(s event.StageDigest, tasks map[int]event.Metrics) sizes {
	found := sizes{rows: map[int]int64{}}
	switch {
	case s.Writes >= 0:
		found.meaning = rowsShuffled
	case s.Metrics.Result > 0:
		found.meaning = rowsReturned
	}
	for partition, m := range tasks {
		n := m.Input + m.ShuffleRead
		switch found.meaning {
		case rowsShuffled:
			n = m.Combined
		case rowsReturned:
			n = m.Result
		}
		found.rows[partition] = max(n, 0)
	}
	return found
}

// operations names what a stage computes, in the order in which rows pass: an
// operation that takes several datasets is named once.
func (j job) operations(s event.StageDigest) []string {
	var names []string
	for _, id := range slices.Backward(s.Datasets) {
		at := slices.IndexFunc(j.Datasets, func(d event.Dataset) bool { return d.ID == id })
		if at < 0 {
			continue
		}
		if name := plain(j.Datasets[at].Op); len(names) == 0 || names[len(names)-1] != name {
			names = append(names, name)
		}
	}
	return names
}

// about names the job: the last operation and the action that asked for it.
func (j job) about() string {
	about := plain(j.Action)
	for _, d := range j.Datasets {
		if d.ID == j.Dataset {
			about = plain(d.Op) + " → " + about
		}
	}
	return about
}

// edge is a shuffle between two stages of a job, by their place in Ran.
type edge struct {
	from, to int
	shuffle  int
	rows     int64 // -1 when the recording does not say
}

// edges lists the shuffles of a job. A stage reads those of earlier stages only,
// as the engine lists them, so a damaged recording cannot make a circle.
func (j job) edges() []edge {
	var all []edge
	for to, reader := range j.Ran {
		for from, writer := range j.Ran[:to] {
			if writer.Writes < 0 || !slices.Contains(reader.Reads, writer.Writes) {
				continue
			}
			e := edge{from, to, writer.Writes, -1}
			switch {
			case writer.Done > 0 && !writer.Skipped:
				e.rows = writer.Metrics.ShuffleWrite
			case len(reader.Reads) == 1 && reader.Done > 0:
				e.rows = reader.Metrics.ShuffleRead
			}
			all = append(all, e)
		}
	}
	return all
}
