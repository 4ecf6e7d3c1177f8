package model

import (
	"fmt"
	"slices"
	"strings"

	"etincelle/engine/event"
	"etincelle/grader/message"
)

// explain says what a fact means to someone who knows s, the state before it.
// What a task read from the cache, or could not, is told when the task ends.
func explain(s *State, e event.Event) []Note {
	switch e := e.(type) {
	case event.SessionStart:
		return one(sessionOpens, Facts{"app": e.App, "partitions": e.Parallelism})
	case event.SessionEnd:
		return one(sessionCloses, nil)
	case event.ExecutorAdded:
		if x, known := s.Executor(e.Executor); known && x.Lost {
			return one(executorBack, Facts{"executor": e.Executor})
		}
		return one(executorJoins, Facts{"executor": e.Executor, "cores": e.Cores, "memory": Bytes(e.Memory)})
	case event.ExecutorLost:
		return explainLoss(s, e)
	case event.ExecutorExcluded:
		facts := Facts{"executor": e.Executor, "stage": e.Stage, "failures": e.Failures}
		if e.Stage < 0 {
			return one(executorExcludedAll, facts)
		}
		return one(executorExcluded, facts)
	case event.ExecutorIncluded:
		return one(executorIncluded, Facts{"executor": e.Executor})
	case event.JobStart:
		return one(jobBegins, Facts{"job": e.Job, "action": e.Action, "site": e.Site, "stages": len(e.Stages)})
	case event.JobEnd:
		return explainJobEnd(s, e)
	case event.StageStart:
		return explainStage(s, e)
	case event.StageSkipped:
		if e.WrittenBy < 0 {
			return one(stageSkippedCached, Facts{"stage": e.Stage})
		}
		return one(stageSkippedShuffle, Facts{"stage": e.Stage, "shuffle": e.Shuffle, "writer": e.WrittenBy})
	case event.StageEnd:
		if e.Error == "" {
			return nil
		}
		return one(stageFailed, Facts{"stage": e.Stage, "cause": cause(e.Error)})
	case event.TaskStart:
		return explainTaskStart(s, e)
	case event.TaskEnd:
		return explainTaskEnd(s, e)
	}
	return explainBlock(s, e)
}

func one(sentence Sentence, facts Facts) []Note { return []Note{{sentence, facts}} }

// cause is an error in the middle of a sentence: without its full stop.
func cause(err string) string { return strings.TrimSuffix(strings.TrimSpace(err), ".") }

func explainLoss(s *State, e event.ExecutorLost) []Note {
	blocks, alone, outputs := 0, 0, 0
	for id, b := range s.Blocks {
		if id.Executor == e.Executor && b.Gone == "" {
			blocks++
			if s.Copies(id.Dataset, id.Partition) == 1 {
				alone++
			}
		}
	}
	for _, shuffle := range s.Shuffles {
		for _, o := range shuffle.Outputs {
			if o.Executor == e.Executor && !o.Lost {
				outputs++
			}
		}
	}
	sentence := executorLost
	if blocks == 0 {
		sentence = executorLostBare
	}
	return one(sentence, Facts{"executor": e.Executor, "cause": died(e.Reason), "blocks": blocks, "alone": alone, "outputs": outputs})
}

func explainJobEnd(s *State, e event.JobEnd) []Note {
	if e.Error != "" {
		return one(jobFailed, Facts{"job": e.Job, "cause": cause(e.Error)})
	}
	j := s.job(e.Job)
	if j == nil {
		return nil
	}
	c := j.Counters
	return one(jobDone, Facts{
		"job": e.Job, "action": j.Action, "tasks": c.Tasks,
		"written": c.ShuffleWrite, "read": c.ShuffleRead, "result": c.Result,
	})
}

func explainStage(s *State, e event.StageStart) []Note {
	j := s.job(e.Job)
	stage := j.Stage(e.Stage)
	if stage == nil {
		return nil
	}
	facts := Facts{"stage": e.Stage, "name": stage.Name, "tasks": len(e.Partitions), "total": len(stage.Cells), "partitions": counted(e.Partitions, manyPartitions, onePartition, manyPartitions)}
	if holders := lostHolders(s, stage, e.Partitions); len(holders) > 0 {
		facts["shuffle"], facts["executors"] = stage.Writes, strings.Join(holders, ", ")
		return one(stageAgainLost, facts)
	}
	if e.Attempt > 0 {
		for _, t := range slices.Backward(j.Tasks) {
			if t.Stage == e.Stage && t.Status == event.FetchFailed {
				return one(stageAgainFetch, facts)
			}
		}
		facts["cause"] = cause(e.Reason)
		return one(stageAgain, facts)
	}
	if stage.Writes >= 0 && len(e.Partitions) < len(stage.Cells) {
		return one(stagePartial, facts)
	}
	facts["reads"] = counted(stage.Reads, readsNothing, readsShuffle, readsShuffles)
	facts["writes"] = Note{Sentence: writesResult}
	if stage.Writes >= 0 {
		facts["writes"] = Note{writesShuffle, Facts{"list": stage.Writes}}
	}
	return one(stageBegins, facts)
}

// died is why an executor is gone; scenarios and labs say "killed".
func died(reason string) message.Text {
	if reason = cause(reason); reason == "killed" {
		return message.Both("tué", reason)
	}
	return message.Both(reason, reason)
}

// lostHolders names the executors that held the outputs a stage must write again.
func lostHolders(s *State, stage *Stage, wanted []int) []string {
	var names []string
	for _, o := range s.Shuffles[stage.Writes].Outputs {
		if slices.Contains(wanted, o.Map) && !slices.Contains(names, o.Executor) {
			names = append(names, o.Executor)
		}
	}
	return names
}

func explainTaskStart(s *State, e event.TaskStart) []Note {
	facts := Facts{"task": e.Task, "stage": e.Stage, "partition": e.Partition, "executor": e.Executor}
	if e.Speculative {
		return one(taskCopied, facts)
	}
	stage := s.job(e.Job).Stage(e.Stage)
	if stage != nil {
		c := stage.cell(e.Partition)
		if c != nil && c.Last != nil && c.Last.Ended && c.Last.Status != event.Succeeded && c.Last.StageAttempt == e.StageAttempt {
			facts["before"], facts["from"], facts["cause"] = c.Last.Task, c.Last.Executor, cause(c.Last.Error)
			if x, _ := s.Executor(c.Last.Executor); x.Lost {
				return one(taskAgainLost, facts)
			}
			return one(taskAgain, facts)
		}
	}
	if e.Preferred {
		return one(taskBeginsLocal, facts)
	}
	return one(taskBegins, facts)
}

func explainTaskEnd(s *State, e event.TaskEnd) []Note {
	facts := Facts{"task": e.Task, "stage": e.Stage, "partition": e.Partition, "attempt": e.Attempt + 1, "executor": e.Executor, "cause": cause(e.Error)}
	x, _ := s.Executor(e.Executor)
	switch {
	case e.Status == event.FetchFailed:
		return one(taskFetchFailed, facts)
	case e.Status == event.Killed && !x.Lost:
		facts["cause"] = stopped(e.Error)
		return one(taskStopped, facts)
	case e.Status != event.Succeeded && x.Lost:
		return one(taskLost, facts)
	case e.Status != event.Succeeded:
		return one(taskFailed, facts)
	}
	facts["moved"] = Notes(moved(e.Metrics))
	notes := one(taskDone, facts)
	if j := s.job(e.Job); j != nil {
		if i := j.task(e.Task); i >= 0 {
			notes = append(notes, j.Tasks[i].notes...)
		}
	}
	return notes
}

// stopped is why a task was told to stop: the engine's own words are Spark's.
func stopped(reason string) message.Text {
	if reason = cause(reason); strings.Contains(reason, "another attempt succeeded") {
		return message.Both("un autre essai de la même partition a fini avant elle", "another attempt at the same partition ended before it")
	}
	return message.Both(reason, reason)
}

// moved lists the rows that a task moved.
func moved(m event.Metrics) []Note {
	var notes []Note
	add := func(sentence Sentence, rows int64) {
		if rows != 0 {
			notes = append(notes, Note{sentence, Facts{"rows": rows, "written": m.ShuffleWrite}})
		}
	}
	switch {
	case m.Hits == 0:
		add(rowsFile, m.Input)
	case m.Misses == 0:
		add(rowsCache, m.Input)
	default:
		add(rowsInput, m.Input)
	}
	add(rowsShuffleRead, m.ShuffleRead)
	if m.Combined > m.ShuffleWrite {
		add(rowsCombined, m.Combined)
	} else {
		add(rowsShuffleWrite, m.ShuffleWrite)
	}
	add(rowsOutput, m.Output)
	add(rowsResult, m.Result)
	if notes == nil {
		return one(nothingMoved, nil)
	}
	return notes
}

// explainBlock is explain for the facts about kept blocks.
func explainBlock(s *State, e event.Event) []Note {
	switch e := e.(type) {
	case event.Persisted:
		if e.Level == "" {
			return one(unpersisted, Facts{"dataset": s.Label(e.Dataset)})
		}
		return one(persisted, Facts{"dataset": s.Label(e.Dataset), "level": Level(e.Level)})
	case event.CheckpointWritten:
		return one(checkpointWritten, Facts{"dataset": s.Label(e.Dataset), "files": e.Partitions})
	case event.BlockStored:
		old, held := s.Blocks[BlockID{e.Dataset, e.Partition, e.Executor}]
		if !held || old.Gone != "" || old.Memory == 0 || e.Memory > 0 {
			return nil
		}
		return one(blockSpilled, Facts{"dataset": s.Label(e.Dataset), "partition": e.Partition, "executor": e.Executor})
	case event.BlockDropped:
		return explainDrop(s, e)
	}
	return nil
}

// aboutTask says where a task found, or did not find, a block.
func aboutTask(s *State, e event.Event) (task int, n Note) {
	switch e := e.(type) {
	case event.BlockRead:
		return e.Task, Note{blockRead, Facts{"task": e.Task, "dataset": s.Label(e.Dataset), "partition": e.Partition, "from": e.From}}
	case event.BlockMissed:
		return e.Task, Note{whyMissed(e.Reason), Facts{"task": e.Task, "dataset": s.Label(e.Dataset), "partition": e.Partition, "cause": cause(e.Reason)}}
	}
	return -1, Note{}
}

func explainDrop(s *State, e event.BlockDropped) []Note {
	memory, _ := s.Used(e.Executor)
	x, _ := s.Executor(e.Executor)
	facts := Facts{"dataset": s.Label(e.Dataset), "partition": e.Partition, "executor": e.Executor, "used": Bytes(memory), "budget": Bytes(x.Budget)}
	switch e.Reason {
	case event.Evicted:
		return one(blockEvicted, facts)
	case event.NoRoom:
		return one(blockNoRoom, facts)
	case event.Unpersisted:
		return one(blockFreed, facts)
	}
	return one(blockLost, facts)
}

func whyMissed(reason string) Sentence {
	switch reason {
	case event.NeverStored:
		return blockFirst
	case event.Lost:
		return recomputedLost
	case event.Evicted:
		return recomputedEvicted
	case event.NoRoom:
		return recomputedNoRoom
	}
	return recomputedOther
}

// counted chooses among three sentences by how many numbers they list.
func counted(ns []int, none, single, many Sentence) Note {
	switch len(ns) {
	case 0:
		return Note{none, Facts{"list": "—"}}
	case 1:
		return Note{single, Facts{"list": ns[0]}}
	}
	return Note{many, Facts{"list": list(ns)}}
}

// list writes at most ten numbers.
func list(ns []int) string {
	var b strings.Builder
	for i, n := range ns {
		if i == 10 {
			b.WriteString(" …")
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprint(&b, n)
	}
	return b.String()
}
