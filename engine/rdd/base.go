package rdd

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"sync/atomic"

	"etincelle/engine"
	"etincelle/engine/lineage"
)

// base is the part of a dataset that does not know the type of its rows. Views
// of one dataset share it. Where rows pass through it they are boxed a partition
// at a time, as a slice. It has no methods: they would be made again, as wrappers,
// for each RDD[T].
type base struct {
	session *engine.Session
	core    *engine.Core
	node    *lineage.Node
	row     reflect.Type                             // of the rows as they are stored
	slice   func(t *lineage.Task, partition int) any // a partition's rows, as a slice of row
	saved   atomic.Value                             // a func(*lineage.Task, int) any, when a checkpoint has replaced compute
	local   bool                                     // a local checkpoint was asked for
	err     error                                    // a mistake in the definition, told by the first action
}

func newBase(s *engine.Session, class, op string, partitions func() (int, error), by Partitioner, deps []lineage.Dep, err error) *base {
	core := engine.Inside(s)
	node := core.NewDataset(class, op, partitions, deps...)
	node.Partitioner = by
	return &base{session: s, core: core, node: node, err: err}
}

func countPartitions(b *base) int {
	n, _ := b.node.Partitions()
	return n
}

func drawLineage(b *base) string { return lineage.Text(b.node, b.core.Stored) }

func explain(b *base) string {
	parts := []string{drawLineage(b)}
	switch c := b.node.Checkpoint(); {
	case c.Done:
	case c.Save != nil && c.Asked:
		parts = append(parts, "marked for a checkpoint after its first job: it will never be written, as in Spark")
	case c.Save != nil:
		parts = append(parts, "marked for a checkpoint: written when its next job is over")
	}
	jobs := b.core.JobsAbout(b.node)
	if len(jobs) == 0 {
		parts = append(parts, "no job has computed it yet")
	}
	return strings.Join(append(parts, jobs...), "\n")
}

func listDependencies(b *base) []Dependency {
	var deps []Dependency
	for _, d := range b.node.Deps() {
		deps = append(deps, Dependency{Kind: string(d.Kind), Class: d.Parent.Class, ID: d.Parent.ID})
	}
	return deps
}

// runOn computes some partitions with task and returns their results in order.
func runOn(b *base, action string, partitions []int, task func(*lineage.Task, int) (any, error)) ([]any, error) {
	if b.err != nil {
		return nil, b.err
	}
	total, err := b.node.Partitions()
	if err != nil {
		return nil, err
	}
	at := make(map[int]int, len(partitions))
	for i, p := range partitions {
		if p < 0 || p >= total { // a partitioner of the program's own has answered so
			return nil, illegal("Attempting to access a non-existent partition: %d. Total number of partitions: %d", p, total)
		}
		at[p] = i
	}
	results := make([]any, len(partitions))
	err = b.core.Run(engine.Job{
		Action: action, Target: b.node, Partitions: partitions, Compute: task,
		Take: func(p int, result any) { results[at[p]] = result },
	})
	if err != nil {
		return nil, err
	}
	return results, nil
}

// runOnAll is runOn over every partition.
func runOnAll(b *base, action string, task func(*lineage.Task, int) (any, error)) ([]any, error) {
	if b.err != nil {
		return nil, b.err
	}
	n, err := b.node.Partitions()
	if err != nil {
		return nil, err
	}
	return runOn(b, action, upTo(0, n), task)
}

func upTo(from, to int) []int {
	var all []int
	for i := from; i < to; i++ {
		all = append(all, i)
	}
	return all
}

// countRows runs counted over every partition and adds up.
func countRows(b *base, action string, counted func(*lineage.Task, int) int) (int, error) {
	parts, err := runOnAll(b, action, func(t *lineage.Task, p int) (any, error) { return counted(t, p), nil })
	total := 0
	for _, n := range parts {
		total += n.(int)
	}
	return total, err
}

// portion reads the first n rows of a partition, all when n is negative, as a slice.
type portion func(t *lineage.Task, partition, n int) any

// task is the task that brings what rows reads to the program.
func (rows portion) task(n int) func(*lineage.Task, int) (any, error) {
	return func(t *lineage.Task, p int) (any, error) {
		part := rows(t, p, n)
		t.Metrics.Result += int64(reflect.ValueOf(part).Len())
		return part, nil
	}
}

// bringAll brings all rows in one slice of the type of none, which is empty. After
// an error the slice is nil.
func bringAll(b *base, action string, none any, rows portion) (any, error) {
	parts, err := runOnAll(b, action, rows.task(-1))
	if err != nil {
		return reflect.Zero(reflect.TypeOf(none)).Interface(), err
	}
	all := reflect.ValueOf(none)
	for _, part := range parts {
		all = reflect.AppendSlice(all, reflect.ValueOf(part))
	}
	return all.Interface(), nil
}

// bringSome looks at one partition, then at more and more, each time in a job,
// until they have brought n rows.
func bringSome(b *base, action string, n int, none any, rows portion) (any, error) {
	if n <= 0 || b.err != nil {
		return none, b.err
	}
	total, err := b.node.Partitions()
	if err != nil {
		return none, err
	}
	found := reflect.ValueOf(none)
	for scanned := 0; found.Len() < n && scanned < total; {
		next := min(more(scanned, found.Len(), n, b.core.TakeScaleUp()), total-scanned)
		parts, err := runOn(b, action, upTo(scanned, scanned+next), rows.task(n-found.Len()))
		if err != nil {
			return none, err
		}
		for _, part := range parts {
			found = reflect.AppendSlice(found, reflect.ValueOf(part))
		}
		scanned += next
	}
	return found.Slice(0, min(n, found.Len())).Interface(), nil
}

// bringInTurn brings one partition after the other, each in a job of its own,
// until visit returns false.
func bringInTurn(b *base, action string, rows portion, visit func(part any) bool) error {
	n, err := b.node.Partitions()
	if err = firstError(b.err, err); err != nil {
		return err
	}
	for p := range n {
		part, err := runOn(b, action, []int{p}, rows.task(-1))
		if err != nil {
			return err
		}
		if !visit(part[0]) {
			break
		}
	}
	return nil
}

// more is how many partitions Take looks at next: one at first, scaleUp times
// those it has seen when they held nothing, else half as many again as should do.
func more(scanned, found, wanted, scaleUp int) int {
	if scanned == 0 {
		return 1
	}
	if found == 0 {
		return scanned * scaleUp
	}
	enough := math.Ceil(1.5 * float64(wanted-found) * float64(scanned) / float64(found))
	return int(min(enough, float64(scanned*scaleUp)))
}

// illegal is the error of an argument that a function cannot take.
func illegal(format string, args ...any) error {
	return &lineage.Failure{Class: "java.lang.IllegalArgumentException", Site: lineage.Caller(), Message: fmt.Sprintf(format, args...)}
}

// apart is the error of two datasets that cannot be used together: datasets,
// shuffles and blocks are numbered in each session.
func apart(a, b *base) error {
	if a.session == b.session {
		return nil
	}
	return illegal("datasets %s and %s belong to different sessions: make both with the same one, or go through a file or a checkpoint", a.node, b.node)
}
