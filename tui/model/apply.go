package model

import (
	"slices"

	"etincelle/engine/event"
)

// apply takes in one fact. It changes s in place: only a Timeline calls it, on
// a State of its own.
func (s *State) apply(e event.Event) {
	if s.rested {
		s.Notes = nil
	}
	s.Notes = append(s.Notes, explain(s, e)...) // before the fact changes what it is about
	s.Position++
	s.rested = rests(e)
	_, s.JobOver = e.(event.JobEnd)
	switch e := e.(type) {
	case event.SessionStart:
		s.open(e)
	case event.SessionEnd:
		s.Closed = true
		s.closeStorage()
	case event.ExecutorAdded:
		s.setExecutor(Executor{Name: e.Executor, Cores: e.Cores, Budget: e.Memory})
	case event.ExecutorLost:
		x, _ := s.Executor(e.Executor)
		x.Name, x.Lost, x.Reason = e.Executor, true, e.Reason
		s.setExecutor(x)
		s.loseStorage(e.Executor)
	case event.ExecutorExcluded:
		s.exclude(e)
	case event.ExecutorIncluded:
		s.changeExecutor(e.Executor, func(x *Executor) { x.Excluded = false })
	case event.JobStart:
		s.startJob(e)
	case event.JobEnd:
		s.endJob(e)
	case event.StageStart:
		s.startStage(e)
	case event.StageSkipped:
		s.skipStage(e)
	case event.StageEnd:
		s.endStage(e)
	case event.TaskStart:
		s.startTask(e)
	case event.TaskEnd:
		s.endTask(e)
	case event.ShuffleWritten:
		s.writeShuffle(e)
	case event.Persisted:
		s.persist(e)
	case event.CheckpointWritten:
		s.checkpoint(e)
	case event.BlockStored:
		s.storeBlock(e)
	case event.BlockDropped:
		s.dropBlock(e)
	case event.BlockRead:
		s.noteTask(e)
	case event.BlockMissed:
		s.noteTask(e)
		if e.Reason != event.NeverStored {
			s.again[partition{e.Dataset, e.Partition}] = true
		}
	}
	s.count(e)
}

// count adds a fact to the session's counters and to those of the job it is
// part of.
func (s *State) count(e event.Event) {
	s.Counters.Add(e)
	switch e.(type) {
	case event.StageStart, event.StageSkipped, event.TaskEnd, event.BlockDropped:
		if j := s.Job(); j != nil {
			j.Counters.Add(e)
		}
	}
}

// open begins a session: numbers start again from 0, and nothing is kept.
func (s *State) open(e event.SessionStart) {
	fresh := empty()
	fresh.Position, fresh.Ended, fresh.Jobs, fresh.Notes, fresh.rested = s.Position, s.Ended, s.Jobs, s.Notes, s.rested
	fresh.App, fresh.current = e.App, s.current
	*s = fresh
}

func (s *State) setExecutor(x Executor) {
	i := slices.IndexFunc(s.Executors, func(e Executor) bool { return e.Name == x.Name })
	if i < 0 {
		s.Executors = append(s.Executors, x)
		return
	}
	s.Executors[i] = x
}

func (s *State) changeExecutor(name string, change func(*Executor)) {
	if x, known := s.Executor(name); known {
		change(&x)
		s.setExecutor(x)
	}
}

func (s *State) exclude(e event.ExecutorExcluded) {
	s.changeExecutor(e.Executor, func(x *Executor) {
		if e.Stage < 0 {
			x.Excluded = true
		} else {
			x.Stages = append(slices.Clip(x.Stages), e.Stage)
		}
	})
}

func (s *State) startJob(e event.JobStart) {
	for i, j := range s.Jobs {
		if j.Status != Running && j.Stages != nil {
			s.Jobs[i] = j.summary()
		}
	}
	job := &Job{ID: e.Job, Action: e.Action, Site: e.Site, Dataset: e.Dataset, Status: Running, Datasets: e.Datasets, Stages: []*Stage{}}
	for _, stage := range e.Stages {
		cells := make([]Cell, stage.Tasks)
		for p := range cells {
			cells[p].Partition = p
		}
		job.Stages = append(job.Stages, &Stage{Stage: stage, WrittenBy: -1, Cells: cells})
	}
	for _, d := range e.Datasets {
		if _, kept := s.Kept[d.ID]; kept || d.Level != "" {
			s.Kept[d.ID] = d
		}
	}
	for i := range s.Executors {
		s.Executors[i].Stages = nil // those were another job's
	}
	s.Jobs = append(s.Jobs, job)
	s.current = len(s.Jobs) - 1
}

func (s *State) endJob(e event.JobEnd) {
	j := s.enter(e.Job)
	if j == nil {
		return
	}
	j.Status, j.Error = Succeeded, e.Error
	if e.Error != "" {
		j.Status = Failed
	}
}

// enter makes a job the one on screen, and the state's own to change.
func (s *State) enter(id int) *Job {
	for i, j := range slices.Backward(s.Jobs) {
		if j.ID == id {
			if j.settled() {
				j = j.clone() // other states share it
				s.Jobs[i] = j
			}
			s.current = i
			return j
		}
	}
	return nil
}

func (s *State) startStage(e event.StageStart) {
	s.loseOutputs(e)
	stage := s.enter(e.Job).Stage(e.Stage)
	if stage == nil {
		return
	}
	stage.Status, stage.Attempt, stage.Reason, stage.Error = Running, e.Attempt, e.Reason, ""
	stage.await(e.Partitions)
}

// await opens the cells of the partitions about to run. The first time, the
// others are kept: their output existed before. A stage may run other
// partitions than its first ones (take looks further each time).
func (s *Stage) await(partitions []int) {
	wanted := slices.Sorted(slices.Values(partitions))
	wanted = slices.Compact(wanted)
	if s.Attempt == 0 {
		if len(wanted) == len(s.Cells) || len(wanted) > 0 && wanted[len(wanted)-1] >= len(s.Cells) {
			s.Cells = make([]Cell, len(wanted))
			for i, p := range wanted {
				s.Cells[i].Partition = p
			}
			return
		}
		for i := range s.Cells {
			s.Cells[i].State = Kept
		}
	}
	for _, p := range wanted {
		if c := s.cell(p); c != nil {
			c.State = Pending
		}
	}
}

func (s *State) skipStage(e event.StageSkipped) {
	stage := s.enter(e.Job).Stage(e.Stage)
	if stage == nil {
		return
	}
	stage.Status, stage.WrittenBy = Skipped, e.WrittenBy
	for i := range stage.Cells {
		stage.Cells[i].State = Kept
	}
}

func (s *State) endStage(e event.StageEnd) {
	stage := s.enter(e.Job).Stage(e.Stage)
	if stage == nil || stage.Attempt != e.Attempt {
		return
	}
	stage.Status, stage.Error = Succeeded, e.Error
	if e.Error != "" {
		stage.Status = Failed
	}
}

func (s *State) startTask(e event.TaskStart) {
	j := s.enter(e.Job)
	if j == nil {
		return
	}
	j.Ticks++
	t := &Task{TaskStart: e, From: j.Ticks}
	j.Tasks = append(j.Tasks, t)
	if stage := j.Stage(e.Stage); stage != nil {
		if c := stage.cell(e.Partition); c != nil {
			c.State, c.Last = Busy, t
		}
	}
}

func (s *State) endTask(e event.TaskEnd) {
	s.Ended++
	j := s.enter(e.Job)
	if j == nil {
		return
	}
	j.Ticks++
	i := j.task(e.Task)
	if i < 0 {
		return
	}
	t := *j.Tasks[i]
	t.Ended, t.Status, t.Error, t.Metrics, t.To = true, e.Status, e.Error, e.Metrics, j.Ticks
	j.Tasks[i] = &t
	stage := j.Stage(e.Stage)
	if stage == nil {
		return
	}
	s.combined(stage.Writes, e)
	c := stage.cell(e.Partition)
	switch {
	case c == nil:
	case e.Status == event.Succeeded:
		c.State, c.Last = Done, &t
	case c.Last != nil && c.Last.Task == e.Task:
		c.State, c.Last = Broken, &t
	}
}

// noteTask keeps a sentence until its task ends.
func (s *State) noteTask(e event.Event) {
	number, n := aboutTask(s, e)
	j := s.Job()
	if j == nil {
		return
	}
	if i := j.task(number); i >= 0 {
		t := *j.Tasks[i]
		t.notes = append(slices.Clip(t.notes), n)
		j.Tasks[i] = &t
	}
}
