package stream

import (
	"iter"
	"slices"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
	"etincelle/engine/stream/operator"
)

// stateful is an operator with state, at its place in the physical plan. What it
// does with a partition is package operator's affair; here it is made a dataset.
type stateful struct {
	children []physical.Operator
	name     string // as progress reports call it: "stateStoreSave"
	title    string // as plans call it: "StateStoreSave"
	text     string
	keys     []string // the names of the state's keys
	number   int
	output   []*expr.Attribute
	needs    []physical.Need
	placed   func(children []physical.Operator) physical.Partitioning

	// run brings one partition of a batch into the state; in has the batches of
	// each child.
	run func(p *operator.Part, in [][]column.Batch) ([]column.Batch, error)
	// again reports whether a batch without rows could use a watermark that has moved.
	again func(evict, next int64) bool
	// passes is the watermark for what comes behind, made of the one that came here.
	passes func(w int64) (out int64, ok bool)

	batch *execution
}

// Name implements physical.Operator.
func (s *stateful) Name() string { return s.title }

// Text implements physical.Operator.
func (s *stateful) Text() string { return s.text }

// Children implements physical.Operator.
func (s *stateful) Children() []physical.Operator { return s.children }

// WithChildren implements physical.Operator.
func (s *stateful) WithChildren(c []physical.Operator) physical.Operator {
	with := *s
	with.children = c
	return &with
}

// Output implements physical.Operator.
func (s *stateful) Output() []*expr.Attribute { return s.output }

// Partitioning implements physical.Operator.
func (s *stateful) Partitioning() physical.Partitioning { return s.placed(s.children) }

// Ordering implements physical.Operator.
func (s *stateful) Ordering() []*expr.SortOrder { return nil }

// Needs implements physical.Operator.
func (s *stateful) Needs() []physical.Need { return s.needs }

// Run implements physical.Operator.
func (s *stateful) Run(x *physical.Context) (*physical.Rows, error) {
	instance := s.batch.instances[s.number]
	var parents []*physical.Rows
	for _, c := range s.children {
		rows, err := x.Run(c)
		if err != nil {
			return nil, err
		}
		parents = append(parents, rows)
	}
	first := rdd.Node(parents[0])
	definition := rdd.Definition[column.Batch]{Class: "StateStoreRDD", Op: s.name, Partitions: first.Partitions}
	for _, parent := range parents {
		definition.Deps = append(definition.Deps, lineage.Narrow(rdd.Node(parent)))
		if definition.Err == nil {
			definition.Err = parent.Err()
		}
	}
	definition.Compute = func(t *lineage.Task, p int) iter.Seq[column.Batch] {
		return func(yield func(column.Batch) bool) {
			in := make([][]column.Batch, len(parents))
			for i, parent := range parents {
				in[i] = slices.Collect(rdd.Compute(parent)(t, p))
			}
			out, err := s.run(instance.On(p), in)
			t.Check(err)
			for _, b := range out {
				if b.Rows > 0 && !yield(b) {
					return
				}
			}
		}
	}
	return rdd.Define(x.Session, definition), nil
}
