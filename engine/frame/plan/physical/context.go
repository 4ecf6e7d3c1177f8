package physical

import (
	"iter"
	"sync"
	"sync/atomic"

	"etincelle/engine"
	"etincelle/engine/frame/column"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Context is one run of a plan.
type Context struct {
	Session *engine.Session
	Conf    Conf
	Action  string // what the program called: "collect"

	mu       sync.Mutex
	rows     map[Operator]*Rows
	done     map[Operator]*Counters
	shuffles map[*Exchange]*Shuffle

	broadcasts map[*BroadcastExchange]column.Batch
	stages     map[string]Operator // that have run, by what they did
	final      map[*AdaptiveSparkPlan]Operator
}

// Counters is what an operator did, over all tasks that succeeded.
type Counters struct{ Rows, Batches atomic.Int64 }

// NewContext is a run of a plan for an action.
func NewContext(s *engine.Session, conf Conf, action string) *Context {
	return &Context{Session: s, Conf: conf, Action: action, rows: map[Operator]*Rows{}, done: map[Operator]*Counters{},
		shuffles: map[*Exchange]*Shuffle{}, broadcasts: map[*BroadcastExchange]column.Batch{},
		stages: map[string]Operator{}, final: map[*AdaptiveSparkPlan]Operator{}}
}

// Run is the dataset of an operator, and counts its rows. An operator that stands
// at several places in the plan has one dataset.
func (x *Context) Run(op Operator) (*Rows, error) {
	x.mu.Lock()
	known := x.rows[op]
	x.mu.Unlock()
	if known != nil {
		return known, nil
	}
	rows, err := op.Run(x)
	if err != nil {
		return nil, err
	}
	counted := x.count(op, rows)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.rows[op] = counted
	return counted, nil
}

// Counters is what op did so far; nil when it did not run.
func (x *Context) Counters(op Operator) *Counters {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.done[op]
}

// count is rows, counting. It is a view: the dataset stays the same.
func (x *Context) count(op Operator, rows *Rows) *Rows {
	counters := &Counters{}
	x.mu.Lock()
	x.done[op] = counters
	x.mu.Unlock()
	return rdd.Watched(rows, func(t *lineage.Task, in iter.Seq[column.Batch]) iter.Seq[column.Batch] {
		return func(yield func(column.Batch) bool) {
			var passed [2]int64
			defer func() {
				sums, ok := t.Pending(counters).(*[2]int64)
				if !ok {
					sums = new([2]int64)
				}
				sums[0] += passed[0]
				sums[1] += passed[1]
				t.Update(counters, sums, func() {
					counters.Rows.Add(sums[0])
					counters.Batches.Add(sums[1])
				})
			}()
			for batch := range in {
				passed[0] += int64(batch.Rows)
				passed[1]++
				if !yield(batch) {
					return
				}
			}
		}
	})
}
