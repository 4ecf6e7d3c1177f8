package rddcase

import (
	"iter"

	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/rdd"
)

// actions run jobs.
func actions() map[string]act {
	return map[string]act{
		"collect": doing(func(_ *session, _ Step, r *rows) (any, error) { return r.Collect() }),
		"partitions": doing(func(_ *session, _ Step, r *rows) (any, error) {
			return rdd.Glom(r).Collect() // as the oracle's interpreter does: it makes a dataset
		}),
		"count":   doing(func(_ *session, _ Step, r *rows) (any, error) { return r.Count() }),
		"take":    doing(func(_ *session, step Step, r *rows) (any, error) { return r.Take(step.count()) }),
		"first":   doing(func(_ *session, _ Step, r *rows) (any, error) { return r.First() }),
		"isEmpty": doing(func(_ *session, _ Step, r *rows) (any, error) { return r.IsEmpty() }),
		"reduce": doing(func(_ *session, step Step, r *rows) (any, error) {
			f, err := neutral.Binary(step.F)
			if err != nil {
				return nil, err
			}
			return r.Reduce(f)
		}),
		"fold": doing(func(_ *session, step Step, r *rows) (any, error) {
			f, err := neutral.Binary(step.F)
			if err != nil {
				return nil, err
			}
			return r.Fold(step.Zero, f)
		}),
		"aggregate": doing(func(_ *session, step Step, r *rows) (any, error) {
			add, merge, err := two(step.Seq, step.Comb)
			if err != nil {
				return nil, err
			}
			return rdd.Aggregate(r, step.Zero, add, merge)
		}),
		"treeReduce": doing(func(_ *session, step Step, r *rows) (any, error) {
			f, err := neutral.Binary(step.F)
			if err != nil {
				return nil, err
			}
			return rdd.TreeReduce(r, f, step.depth())
		}),
		"treeAggregate": doing(func(_ *session, step Step, r *rows) (any, error) {
			add, merge, err := two(step.Seq, step.Comb)
			if err != nil {
				return nil, err
			}
			return rdd.TreeAggregate(r, step.Zero, add, merge, step.depth())
		}),
		"max": doing(func(_ *session, _ Step, r *rows) (any, error) { return rdd.MaxFunc(r, neutral.Compare) }),
		"min": doing(func(_ *session, _ Step, r *rows) (any, error) { return rdd.MinFunc(r, neutral.Compare) }),
		"top": doing(func(_ *session, step Step, r *rows) (any, error) {
			return rdd.TopFunc(r, step.count(), neutral.Compare)
		}),
		"takeOrdered": doing(func(_ *session, step Step, r *rows) (any, error) {
			return rdd.TakeOrderedFunc(r, step.count(), neutral.Compare)
		}),
		"sum": doing(func(_ *session, _ Step, r *rows) (any, error) {
			total, err := rdd.Sum(rdd.View(r, Value.ToDouble))
			return neutral.Double(total), err
		}),
		"histogram": doing(func(_ *session, step Step, r *rows) (any, error) {
			bounds, counts, err := rdd.Histogram(rdd.View(r, Value.ToDouble), step.count())
			return map[string]any{"buckets": all(bounds, neutral.Double), "counts": all(counts, neutral.Long)}, err
		}),
		"countByValue": doing(func(_ *session, _ Step, r *rows) (any, error) {
			m, err := rdd.CountByValue(r)
			return asMap(m, asLong), err
		}),
		"foreach": doing(func(s *session, step Step, r *rows) (any, error) {
			f, err := neutral.Unary(step.F)
			if err != nil {
				return nil, err
			}
			total := s.counter(step.Acc)
			return unit, r.ForEach(func(v Value) { total.Add(f(v).ToLong()) })
		}),
		"foreachPartition": doing(func(s *session, step Step, r *rows) (any, error) {
			calls := s.counter(step.Acc)
			return unit, r.ForEachPartition(func(iter.Seq[Value]) { calls.Add(1) })
		}),
		"collectAsMap": doingPairs(func(_ *session, _ Step, p *pairs) (any, error) {
			m, err := rdd.CollectMap(p)
			return asMap(m, same), err
		}),
		"countByKey": doingPairs(func(_ *session, _ Step, p *pairs) (any, error) {
			m, err := rdd.CountByKey(p)
			return asMap(m, asLong), err
		}),
		"lookup": doingPairs(func(_ *session, step Step, p *pairs) (any, error) { return rdd.Lookup(p, step.Key) }),
	}
}

// doing makes an act of a function of the step's dataset.
func doing(f func(s *session, step Step, r *rows) (any, error)) act {
	return func(s *session, step Step) (any, error) {
		r, err := s.on(step, 0)
		if err != nil {
			return nil, err
		}
		return f(s, step, r)
	}
}

// doingPairs makes an act of a function of the step's dataset of pairs.
func doingPairs(f func(s *session, step Step, p *pairs) (any, error)) act {
	return func(s *session, step Step) (any, error) {
		p, err := s.pairsOn(step, 0)
		if err != nil {
			return nil, err
		}
		return f(s, step, p)
	}
}

func all[T any](xs []T, value func(T) Value) []Value {
	values := []Value{}
	for _, x := range xs {
		values = append(values, value(x))
	}
	return values
}

// depth is a step's depth, 2 as Spark's when it has none.
func (step Step) depth() int {
	if step.Depth == 0 {
		return 2
	}
	return step.Depth
}

func asLong(n int) Value { return neutral.Long(int64(n)) }

func asMap[V any](m map[Value]V, value func(V) Value) Value {
	var entries []Value
	for k, v := range m {
		entries = append(entries, neutral.Tuple(k, value(v)))
	}
	return neutral.Map(entries...)
}
