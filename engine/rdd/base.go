package rdd

import (
	"fmt"
	"iter"
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

// portion is some rows of a partition, boxed, and how many.
type portion struct {
	rows any
	n    int
}

// takePortions looks at one partition, then at more and more, each time in a job, until
// some has brought n rows.
func takePortions(b *base, action string, n int, some func(t *lineage.Task, partition, left int) portion) ([]portion, error) {
	if n <= 0 || b.err != nil {
		return nil, b.err
	}
	total, err := b.node.Partitions()
	if err != nil {
		return nil, err
	}
	var portions []portion
	found := 0
	for scanned := 0; found < n && scanned < total; {
		next := min(more(scanned, found, n, b.core.TakeScaleUp()), total-scanned)
		left := n - found
		parts, err := runOn(b, action, upTo(scanned, scanned+next), func(t *lineage.Task, p int) (any, error) {
			brought := some(t, p, left)
			t.Metrics.Result += int64(brought.n)
			return brought, nil
		})
		if err != nil {
			return nil, err
		}
		for _, part := range parts {
			portions = append(portions, part.(portion))
			found += part.(portion).n
		}
		scanned += next
	}
	return portions, nil
}

// partByPart computes one partition after the other, each in a job of its own.
func partByPart(b *base, action string, rows func(*lineage.Task, int) any) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		n, err := b.node.Partitions()
		if err = firstError(b.err, err); err != nil {
			yield(nil, err)
			return
		}
		for p := range n {
			part, err := runOn(b, action, []int{p}, func(t *lineage.Task, p int) (any, error) {
				part := rows(t, p)
				t.Metrics.Result += int64(reflect.ValueOf(part).Len())
				return part, nil
			})
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(part[0], nil) {
				return
			}
		}
	}
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
