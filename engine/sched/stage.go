// Package sched turns a lineage graph into stages and runs their tasks:
//
//	job.go, cancel.go   jobs wait for their turn, run, and may be cancelled
//	stage.go, plan.go   which stages a job has, and which of them must run
//	run.go, assign.go   one attempt of a stage; which core takes which task
//	hear.go, outcome.go what the end of a task means
//	speculate.go        which tasks are copied because they take too long
//	exclude.go          which executors get no tasks because tasks fail there
//	behind.go           tasks that go on when nobody waits for them
//
// Decisions are functions from values to values. Whatever touches data lies
// behind the three interfaces of job.go, which the session implements. The files
// of testdata show it all at work.
package sched

import (
	"fmt"
	"slices"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// Stage is a set of tasks, one a partition, that run without moving data.
type Stage struct {
	ID       int
	Name     string // Spark's: the operation of the last dataset, or the action
	Site     lineage.Site
	Final    *lineage.Node    // the last dataset it computes
	Writes   *lineage.Shuffle // nil for the result stage
	Parents  []*Stage         // the stages that write the shuffles it reads
	tasks    int
	attempts int
}

// String is Spark's name for the stage.
func (s *Stage) String() string {
	if s.Writes == nil {
		return fmt.Sprintf("ResultStage %d", s.ID)
	}
	return fmt.Sprintf("ShuffleMapStage %d", s.ID)
}

// graph is the stages of one job, parents first, the result stage last.
type graph struct {
	stages    []*Stage
	byShuffle map[int]*Stage
	nextID    func() int
}

// cut walks back from target and puts a stage boundary at every shuffle. Two
// uses of one shuffle share one stage.
func cut(target *lineage.Node, action string, site lineage.Site, partitions int, nextID func() int) (*graph, error) {
	g := &graph{byShuffle: map[int]*Stage{}, nextID: nextID}
	parents, err := g.parents(target)
	if err != nil {
		return nil, err
	}
	result := &Stage{ID: nextID(), Name: action, Site: site, Final: target, Parents: parents, tasks: partitions}
	g.stages = append(g.stages, result)
	return g, nil
}

// parents makes the stages below n, deepest first.
func (g *graph) parents(n *lineage.Node) ([]*Stage, error) {
	var parents []*Stage
	for _, shuffle := range shufflesBelow(n) {
		stage, err := g.writer(shuffle)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(parents, stage) {
			parents = append(parents, stage)
		}
	}
	return parents, nil
}

// writer is the stage that writes s.
func (g *graph) writer(s *lineage.Shuffle) (*Stage, error) {
	if stage := g.byShuffle[s.ID]; stage != nil {
		return stage, nil
	}
	parents, err := g.parents(s.Parent)
	if err != nil {
		return nil, err
	}
	tasks, err := s.Parent.Partitions()
	if err != nil {
		return nil, err
	}
	stage := &Stage{ID: g.nextID(), Name: s.Parent.Op, Site: s.Parent.Site, Final: s.Parent, Writes: s, Parents: parents, tasks: tasks}
	g.byShuffle[s.ID] = stage
	g.stages = append(g.stages, stage)
	return stage, nil
}

// shufflesBelow walks back over narrow edges and stops at each shuffle: what it
// has walked over is the stage, and what it returns is the stage's border.
func shufflesBelow(n *lineage.Node) []*lineage.Shuffle {
	var border []*lineage.Shuffle
	walk(n, nil, func(s *lineage.Shuffle) { border = append(border, s) })
	return border
}

// walk visits n and what is computed in the same stage. visit may be nil; it
// returns false to go no further back.
func walk(n *lineage.Node, visit func(*lineage.Node) bool, shuffle func(*lineage.Shuffle)) {
	seen := map[*lineage.Node]bool{}
	waiting := []*lineage.Node{n} // a stack of our own: lineages of 100 000 datasets are walked too
	for len(waiting) > 0 {
		n := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if seen[n] {
			continue
		}
		seen[n] = true
		if visit != nil && !visit(n) {
			continue
		}
		deps := n.Deps()
		for _, dep := range slices.Backward(deps) {
			if dep.Shuffle == nil {
				waiting = append(waiting, dep.Parent)
			}
		}
		for _, dep := range deps {
			if dep.Shuffle != nil {
				shuffle(dep.Shuffle) // the stage boundary
			}
		}
	}
}

// describe is the stage as its job's opening event tells it.
func (s *Stage) describe() event.Stage {
	d := event.Stage{ID: s.ID, Name: s.Name, Site: s.Site.String(), Tasks: s.tasks, Writes: -1}
	if s.Writes != nil {
		d.Writes = s.Writes.ID
	}
	for _, p := range s.Parents {
		d.Parents = append(d.Parents, p.ID)
	}
	walk(s.Final, func(n *lineage.Node) bool {
		d.Datasets = append(d.Datasets, n.ID)
		return true
	}, func(shuffle *lineage.Shuffle) {
		if !slices.Contains(d.Reads, shuffle.ID) {
			d.Reads = append(d.Reads, shuffle.ID)
		}
	})
	return d
}
