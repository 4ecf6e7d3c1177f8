package dstreamcase

import (
	"etincelle/engine/dstream"
	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/rdd"
)

// byKey are the operations on the keys of each batch.
func byKey() map[string]define {
	return map[string]define{
		"reduceByKey": onRows(func(_ *life, step Step, d *rows) (*rows, error) {
			f, err := neutral.Binary(step.F)
			return fromPairs(dstream.ReduceByKey(asPairs(d), f), same), err
		}),
		"groupByKey": onRows(func(_ *life, _ Step, d *rows) (*rows, error) {
			return fromPairs(dstream.GroupByKey(asPairs(d)), toList), nil
		}),
		"mapValues": onRows(func(_ *life, step Step, d *rows) (*rows, error) {
			f, err := neutral.Unary(step.F)
			return fromPairs(dstream.MapValues(asPairs(d), f), same), err
		}),
		"flatMapValues": onRows(func(_ *life, step Step, d *rows) (*rows, error) {
			f, err := neutral.Many(step.F)
			return fromPairs(dstream.FlatMapValues(asPairs(d), f), same), err
		}),
		"join": onBoth(func(_ *life, _ Step, l, r *rows) (*rows, error) {
			return joined(dstream.Join(asPairs(l), asPairs(r)), same, same), nil
		}),
		"leftOuterJoin": onBoth(func(_ *life, _ Step, l, r *rows) (*rows, error) {
			return joined(dstream.LeftOuterJoin(asPairs(l), asPairs(r)), same, option), nil
		}),
		"rightOuterJoin": onBoth(func(_ *life, _ Step, l, r *rows) (*rows, error) {
			return joined(dstream.RightOuterJoin(asPairs(l), asPairs(r)), option, same), nil
		}),
		"fullOuterJoin": onBoth(func(_ *life, _ Step, l, r *rows) (*rows, error) {
			return joined(dstream.FullOuterJoin(asPairs(l), asPairs(r)), option, option), nil
		}),
		"cogroup": onBoth(func(_ *life, _ Step, l, r *rows) (*rows, error) {
			groups := dstream.CoGroup(asPairs(l), asPairs(r))
			return fromPairs(groups, func(g rdd.Grouped[Value, Value]) Value { return neutral.Tuple(toList(g.Left), toList(g.Right)) }), nil
		}),
	}
}

// joined sees the two sides of a join as a tuple.
func joined[V, W any](d *dstream.Pairs[Value, rdd.Joined[V, W]], left func(V) Value, right func(W) Value) *rows {
	return fromPairs(d, func(v rdd.Joined[V, W]) Value { return neutral.Tuple(left(v.Left), right(v.Right)) })
}
