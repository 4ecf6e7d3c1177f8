package sched

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing/synctest"
	"time"

	"etincelle/engine/lineage"
)

// What the lessons of testdata do with time, and with several jobs.

// queued is a job that comes while another runs.
type queued struct {
	group, action, dataset string
	err                    error
}

// pace is how long some tasks take; the last that fits holds.
type pace struct {
	takes    time.Duration
	executor string // "" for all
	of       *part  // nil for all
}

// jobs runs a job, and those that were queued behind it.
func (l *lesson) jobs(site lineage.Site, action string, n *lineage.Node, partitions []int) string {
	l.promise()
	over := make(chan struct{})
	go func() {
		defer close(over)
		// What went wrong is in the event that closes the job.
		_, _ = l.run(context.Background(), l.group, action, site, n, partitions...)
	}()
	behind := l.queued
	l.queued = nil
	all := make(chan struct{})
	var jobs sync.WaitGroup
	for i := range behind {
		q := &behind[i]
		synctest.Wait() // so that they stand in the queue in this order
		jobs.Go(func() { _, q.err = l.run(context.Background(), q.group, q.action, site, l.names[q.dataset]) })
	}
	go func() { <-over; jobs.Wait(); close(all) }()
	l.drive(all)
	told := l.told()
	for _, q := range behind {
		told += fmt.Sprintf("%s %s of group %s: %v\n", q.action, q.dataset, q.group, cmp.Or(q.err, errors.New("it succeeded")))
	}
	return told
}

// promise sets going what was to happen after the next command has begun.
func (l *lesson) promise() {
	for _, do := range l.promised {
		do()
	}
	l.promised = nil
}

func (l *lesson) duration(word string) time.Duration {
	d, err := time.ParseDuration(word)
	if err != nil {
		panic(err)
	}
	return d
}

// paceOf says how long a task takes.
func (l *lesson) paceOf(t *lineage.Task) time.Duration {
	for _, p := range slices.Backward(l.paces) {
		if (p.executor == "" || p.executor == t.Executor) && (p.of == nil || *p.of == part{t.Dataset.ID, t.Partition}) {
			return p.takes
		}
	}
	return 0
}
