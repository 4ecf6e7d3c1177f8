package rddcase

import (
	"fmt"

	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/rdd"
)

// The operations of programs, one entry each: in the table of their family
// (source.go, narrow.go, shuffle.go, action.go, mark.go). An operation defines
// a dataset, or does something and has a result.

type (
	// Value and the rest keep the tables readable.
	Value = neutral.Value
	rows  = rdd.RDD[Value]
	pairs = rdd.Pairs[Value, Value]

	define = func(s *session, step Step) (*rows, error)
	act    = func(s *session, step Step) (any, error)
)

// operation is what one op does: one of the two.
type operation struct {
	define define
	act    act
}

// operations are all that are built, by name.
func operations() map[string]operation {
	all := map[string]operation{}
	for _, family := range []map[string]define{sources(), narrow(), grouping(), joining(), sorting()} {
		for name, f := range family {
			all[name] = operation{define: f}
		}
	}
	for _, family := range []map[string]act{actions(), observations(), marks(), files()} {
		for name, f := range family {
			all[name] = operation{act: f}
		}
	}
	return all
}

// unit is the result of an operation that has none: Scala's ().
const unit = "()"

// on is the dataset that a step is applied to: the i-th of them.
func (s *session) on(step Step, i int) (*rows, error) {
	if i >= len(step.On) {
		return nil, fmt.Errorf("%s needs %d datasets, the step names %d", step.Op, i+1, len(step.On))
	}
	d, ok := s.datasets[step.On[i]]
	if !ok {
		return nil, fmt.Errorf("%s: no dataset %q: was it defined without an error?", step.Op, step.On[i])
	}
	return d.rows, nil
}

// pairsOn is on for a dataset of pairs.
func (s *session) pairsOn(step Step, i int) (*pairs, error) {
	r, err := s.on(step, i)
	if err != nil {
		return nil, err
	}
	return asPairs(r), nil
}

// A dataset is seen as rows of one type, Value, or as pairs: both are views,
// so no dataset is made and the numbers stay Spark's.

func asPairs(r *rows) *pairs {
	return rdd.View(r, func(v Value) rdd.Pair[Value, Value] { return rdd.KV(v.Pair()) })
}

// fromPairs sees pairs as rows; value says what becomes of a pair's second half.
func fromPairs[V any](p *rdd.Pairs[Value, V], value func(V) Value) *rows {
	return rdd.View(p, func(kv rdd.Pair[Value, V]) Value { return neutral.Tuple(kv.Key, value(kv.Value)) })
}

func fromLists(r *rdd.RDD[[]Value]) *rows { return rdd.View(r, toList) }

func same(v Value) Value { return v }

func toList(vs []Value) Value { return neutral.List(vs...) }

// fromJoined sees two values side by side as a tuple.
func fromJoined[W any](r *rdd.RDD[rdd.Joined[Value, W]], right func(W) Value) *rows {
	return rdd.View(r, func(v rdd.Joined[Value, W]) Value { return neutral.Tuple(v.Left, right(v.Right)) })
}

// onBoth makes a define of a function from two datasets to one.
func onBoth(f func(step Step, left, right *rows) (*rows, error)) define {
	return func(s *session, step Step) (*rows, error) {
		left, err := s.on(step, 0)
		if err != nil {
			return nil, err
		}
		right, err := s.on(step, 1)
		if err != nil {
			return nil, err
		}
		return f(step, left, right)
	}
}

// onRows makes a define of a function from rows to rows.
func onRows(f func(s *session, step Step, r *rows) (*rows, error)) define {
	return func(s *session, step Step) (*rows, error) {
		r, err := s.on(step, 0)
		if err != nil {
			return nil, err
		}
		return f(s, step, r)
	}
}

// onPairs makes a define of a function from pairs to rows.
func onPairs(f func(s *session, step Step, p *pairs) (*rows, error)) define {
	return func(s *session, step Step) (*rows, error) {
		p, err := s.pairsOn(step, 0)
		if err != nil {
			return nil, err
		}
		return f(s, step, p)
	}
}

// calling is f, counting its calls when the step names an accumulator.
func calling[R any](s *session, step Step, f func(Value) R) func(Value) R {
	if step.Acc == "" {
		return f
	}
	calls := s.counter(step.Acc)
	return func(v Value) R {
		calls.Add(1)
		return f(v)
	}
}

// partitions is the step's number of partitions as a last argument, none when it has none.
func (step Step) partitions() []int {
	if step.N == nil {
		return nil
	}
	return []int{*step.N}
}

// slices is the same for a source.
func (step Step) slices() int {
	if step.N == nil {
		return rdd.DefaultPartitions
	}
	return *step.N
}

// count is the step's n, 0 when it has none.
func (step Step) count() int {
	if step.N == nil {
		return 0
	}
	return *step.N
}

// order is the step's direction.
func (step Step) order() rdd.Order {
	if step.Ascending != nil && !*step.Ascending {
		return rdd.Descending
	}
	return rdd.Ascending
}
