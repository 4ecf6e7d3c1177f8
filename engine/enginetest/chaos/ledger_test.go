package chaos

import (
	"cmp"
	"fmt"
	"maps"

	"etincelle/engine/event"
)

// facts are what a run's events add up to.
type facts struct {
	tasks, fetchFailures, killed, failed, rerun int
	spilled                                     int // times
	evicted, lost, recomputed                   int // blocks
	hits                                        int
	copies, excluded                            int
}

// ledger keeps the engine's own books: what begins ends, once, and inside what it
// belongs to.
type ledger struct {
	facts  facts
	job    int // the one that runs, none when it is noJob
	stages map[[2]int]event.StageStart
	tasks  map[int]event.TaskStart
	ended  map[int]bool
	behind bool         // tasks may be left behind: they end after their stage
	owed   map[int]bool // result partitions of the job, true when its answer has come
	result int          // the stage that brings the answer

	// Of a session that runs one task after the other the events stand in the order
	// in which things happened, and tell who holds what.
	exact   bool
	writes  map[int]int       // the shuffle that a stage of the job writes
	running string            // the executor of the task that runs
	ghost   string            // the executor of the task that runs, when it has died under it
	blocks  map[held]bool     // kept
	files   map[[2]int]string // shuffle and map partition → executor
}

// held is a block on an executor.
type held struct {
	executor           string
	dataset, partition int
}

// filesLost is an event of the test's own: a shuffle's files are gone, and the
// driver does not know.
type filesLost struct{ shuffle int }

func (filesLost) Kind() string     { return "FilesLost" }
func (f filesLost) String() string { return fmt.Sprintf("the files of shuffle %d are gone", f.shuffle) }

const noJob = -1

// check reads the events of a session that has stopped.
func check(events []event.Event, exact, behind bool) (facts, error) {
	l := &ledger{
		job: noJob, tasks: map[int]event.TaskStart{}, ended: map[int]bool{}, exact: exact, behind: behind,
		blocks: map[held]bool{}, files: map[[2]int]string{},
	}
	for _, e := range events {
		if err := cmp.Or(l.hear(e), l.holdings(e)); err != nil {
			return l.facts, fmt.Errorf("%q: %w", e, err)
		}
	}
	if l.job != noJob {
		return l.facts, fmt.Errorf("job %d has not ended", l.job)
	}
	for id, t := range l.tasks {
		if !l.ended[id] {
			return l.facts, fmt.Errorf("%q, and has not ended", t)
		}
	}
	return l.facts, nil
}

func (l *ledger) hear(e event.Event) error {
	switch e := e.(type) {
	case event.JobStart:
		if l.job != noJob {
			return fmt.Errorf("job %d still runs", l.job)
		}
		l.job, l.stages, l.owed, l.writes = e.Job, map[[2]int]event.StageStart{}, map[int]bool{}, map[int]int{}
		for _, s := range e.Stages {
			l.writes[s.ID] = s.Writes
			if s.Writes < 0 {
				l.result = s.ID
			}
		}
	case event.JobEnd:
		return l.jobEnd(e)
	case event.StageStart:
		l.stages[[2]int{e.Stage, e.Attempt}] = e
		if e.Attempt > 0 {
			l.facts.rerun++
		}
		if e.Stage == l.result && e.Attempt == 0 {
			for _, p := range e.Partitions {
				l.owed[p] = false
			}
		}
	case event.StageEnd:
		return l.stageEnd(e)
	case event.TaskStart:
		if _, again := l.tasks[e.Task]; again {
			return fmt.Errorf("task %d starts twice", e.Task)
		}
		if _, runs := l.stages[[2]int{e.Stage, e.StageAttempt}]; !runs {
			return fmt.Errorf("stage %d.%d does not run", e.Stage, e.StageAttempt)
		}
		l.tasks[e.Task] = e
		if e.Speculative {
			l.facts.copies++
		}
	case event.TaskEnd:
		return l.taskEnd(e)
	case event.ExecutorExcluded:
		l.facts.excluded++
	case event.Spilled:
		l.facts.spilled++
	case event.BlockRead:
		l.facts.hits++
	case event.BlockMissed:
		if e.Reason != event.NeverStored {
			l.facts.recomputed++
		}
	case event.BlockDropped:
		switch e.Reason {
		case event.Evicted:
			l.facts.evicted++
		case event.Lost:
			l.facts.lost++
		}
	}
	return nil
}

func (l *ledger) jobEnd(e event.JobEnd) error {
	if e.Job != l.job {
		return fmt.Errorf("it is job %d that runs", l.job)
	}
	l.job = noJob
	if len(l.stages) > 0 {
		return fmt.Errorf("%d attempts of stages have not ended", len(l.stages))
	}
	for p, came := range l.owed {
		if e.Error == "" && !came {
			return fmt.Errorf("no task brought partition %d", p)
		}
	}
	return nil
}

func (l *ledger) stageEnd(e event.StageEnd) error {
	at := [2]int{e.Stage, e.Attempt}
	if _, runs := l.stages[at]; !runs {
		return fmt.Errorf("it has not started")
	}
	delete(l.stages, at)
	for id, t := range l.tasks {
		if !l.behind && t.Stage == e.Stage && t.StageAttempt == e.Attempt && t.Job == e.Job && !l.ended[id] {
			return fmt.Errorf("task %d has not ended", id)
		}
	}
	return nil
}

func (l *ledger) taskEnd(e event.TaskEnd) error {
	t, started := l.tasks[e.Task]
	switch {
	case !started:
		return fmt.Errorf("it has not started")
	case l.ended[e.Task]:
		return fmt.Errorf("it ends twice")
	case t.Job != e.Job || t.Stage != e.Stage || t.StageAttempt != e.StageAttempt || t.Partition != e.Partition || t.Attempt != e.Attempt || t.Executor != e.Executor:
		return fmt.Errorf("it started as %q", t)
	}
	l.ended[e.Task] = true
	l.facts.tasks++
	switch e.Status {
	case event.FetchFailed:
		l.facts.fetchFailures++
	case event.Killed:
		l.facts.killed++
	case event.Failed:
		l.facts.failed++
	case event.Succeeded:
		if e.Job != l.job {
			return fmt.Errorf("it succeeds when its job is over")
		}
		if e.Stage == l.result {
			if l.owed[e.Partition] {
				return fmt.Errorf("partition %d of the answer comes twice", e.Partition)
			}
			l.owed[e.Partition] = true
		}
	}
	return nil
}

// holdings checks that what is read is held, and that what is held is not computed again.
func (l *ledger) holdings(e event.Event) error {
	switch e := e.(type) {
	case event.BlockStored:
		if l.exact && e.Executor == l.ghost && !e.Replica {
			return fmt.Errorf("a task that runs on a dead %s keeps a block on its successor", e.Executor)
		}
		l.blocks[held{e.Executor, e.Dataset, e.Partition}] = true
	case event.BlockDropped:
		delete(l.blocks, held{e.Executor, e.Dataset, e.Partition})
	case event.BlockRead:
		if l.exact && !l.blocks[held{e.From, e.Dataset, e.Partition}] {
			return fmt.Errorf("the block is not there")
		}
	case event.BlockMissed:
		for h := range l.blocks {
			if l.exact && h.dataset == e.Dataset && h.partition == e.Partition {
				return fmt.Errorf("the block is on %s", h.executor)
			}
		}
	case event.ShuffleWritten:
		if l.exact && e.Executor == l.ghost {
			return fmt.Errorf("a task that runs on a dead %s writes on its successor", e.Executor)
		}
		l.files[[2]int{e.Shuffle, e.Map}] = e.Executor
	case event.TaskStart:
		if holder := l.files[[2]int{l.writes[e.Stage], e.Partition}]; l.exact && l.writes[e.Stage] >= 0 && holder != "" {
			return fmt.Errorf("%s has that output", holder)
		}
		l.running = e.Executor
	case event.TaskEnd:
		l.ghost, l.running = "", ""
		if shuffle := l.writes[e.Stage]; shuffle >= 0 && e.Status != event.Succeeded {
			delete(l.files, [2]int{shuffle, e.Partition}) // what it wrote does not count
		}
	case event.ExecutorLost:
		if e.Executor == l.running {
			l.ghost = e.Executor
		}
		maps.DeleteFunc(l.blocks, func(h held, _ bool) bool { return h.executor == e.Executor })
		maps.DeleteFunc(l.files, func(_ [2]int, holder string) bool { return holder == e.Executor })
	case filesLost:
		maps.DeleteFunc(l.files, func(at [2]int, _ string) bool { return at[0] == e.shuffle })
	}
	return nil
}
