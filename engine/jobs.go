package engine

import (
	"context"
	"fmt"

	"etincelle/engine/lineage"
	"etincelle/engine/sched"
)

// InJobGroup calls f, and returns its error. Jobs that f runs, on the goroutine that
// called, are part of the group; another goroutine may cancel them together:
//
//	go func() {
//		failed <- s.InJobGroup("etl", "the flights of January", func() error {
//			return flights.ForEach(load)
//		})
//	}()
//	…
//	s.CancelJobGroup("etl")
//
// Spark's setJobGroup sets the group of a thread until it is set again.
func (s *Session) InJobGroup(id, description string, f func() error) error {
	defer s.core.group(jobGroup{id, description})()
	return f()
}

// CancelJobGroup cancels the jobs of a group that run or wait for their turn: their
// actions return an error. Tasks stop at the next row that the engine hands them;
// a function that goes on keeps its core, and the job ends without it.
func (s *Session) CancelJobGroup(id string) { s.core.sched.CancelGroup(id) }

// CancelJob is CancelJobGroup for the job of that number, if it runs.
func (s *Session) CancelJob(job int) { s.core.sched.CancelJob(job) }

// CancelAllJobs is CancelJobGroup for every job of the session.
func (s *Session) CancelAllJobs() { s.core.sched.CancelAll() }

// Job is one action on one dataset, as the scheduler takes it.
type Job = sched.Job

// Run runs a job and returns when it is over. What is marked for a checkpoint is
// then saved.
func (c *Core) Run(j Job) error {
	if err := c.RunMapStage(j); err != nil {
		return err
	}
	if c.local().saveAll {
		return lineage.SaveAllMarked(j.Target, j.Action)
	}
	return lineage.SaveMarked(j.Target, j.Action)
}

// RunMapStage runs a job that only writes a shuffle, for a later job to read: no
// action is over, so nothing is saved.
func (c *Core) RunMapStage(j Job) error {
	if c.insideTask() {
		return &lineage.Failure{Class: lineage.SparkException, Site: lineage.Caller(), Message: fmt.Sprintf(
			"%s was called inside a function that runs in a task: a dataset can only be used by the program itself (SPARK-5063). Join the two datasets, or collect the small one before and use its rows", j.Action)}
	}
	c.mu.Lock()
	stopped := c.stopped
	c.mu.Unlock()
	if stopped {
		return &lineage.Failure{Class: "java.lang.IllegalStateException", Site: lineage.Caller(), Message: "Cannot call methods on a stopped session: " + j.Action + " came after Stop"}
	}
	j.Site = lineage.Caller()
	local := c.local()
	j.Group, j.Description = local.id, local.description
	if err := lineage.Unusable(j.Target); err != nil {
		return err
	}
	return c.sched.Run(context.Background(), j)
}
