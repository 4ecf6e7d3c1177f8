package dstreamcase

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"etincelle/engine/dstream"
	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/rdd"
)

// define makes the stream of a step.
type define = func(l *life, step Step) (*rows, error)

// defines are the operations that make a stream, by name.
func defines() map[string]define {
	all := map[string]define{}
	for _, family := range []map[string]define{sources(), batchwise(), byKey(), windows(), stateful()} {
		for name, f := range family {
			all[name] = f
		}
	}
	return all
}

// onRows makes a define of a function of the step's stream.
func onRows(f func(l *life, step Step, d *rows) (*rows, error)) define {
	return func(l *life, step Step) (*rows, error) {
		d, err := l.on(step, 0)
		if err != nil {
			return nil, err
		}
		return f(l, step, d)
	}
}

// onBoth makes a define of a function of the step's two streams.
func onBoth(f func(l *life, step Step, left, right *rows) (*rows, error)) define {
	return onRows(func(l *life, step Step, left *rows) (*rows, error) {
		right, err := l.on(step, 1)
		if err != nil {
			return nil, err
		}
		return f(l, step, left, right)
	})
}

func sources() map[string]define {
	return map[string]define{
		"queueStream": queueStream,
		"source":      source,
		"constant": func(l *life, step Step) (*rows, error) {
			return dstream.ConstantStream(l.context, l.makeRDD(step.Data, l.session.DefaultParallelism())), nil
		},
		"receiver": receiver,
	}
}

// makeRDD is Spark's makeRDD.
func (l *life) makeRDD(values []Value, n int) *set {
	return rdd.FromPartitions(l.session, "makeRDD", n, func(p int) ([]Value, error) {
		return values[p*len(values)/n : (p+1)*len(values)/n], nil
	})
}

// slices is the number of partitions of a source's batches.
func (step Step) slices() int {
	if step.Slices == nil {
		return 2
	}
	return *step.Slices
}

func queueStream(l *life, step Step) (*rows, error) {
	q := &dstream.Queue[Value]{}
	for _, batch := range step.Batches {
		if batch == nil {
			return nil, fmt.Errorf("queueStream of null")
		}
		q.Add(l.makeRDD(*batch, step.slices()))
	}
	switch {
	case step.OneAtATime != nil && !*step.OneAtATime && step.Default == nil:
		return dstream.QueueStreamAll(l.context, q), nil
	case step.Default == nil:
		return dstream.QueueStream(l.context, q), nil
	case string(step.Default) == "null":
		return dstream.QueueStreamOr(l.context, q, nil), nil
	}
	var otherwise []Value
	if err := json.Unmarshal(step.Default, &otherwise); err != nil {
		return nil, fmt.Errorf("queueStream: default: %w", err)
	}
	return dstream.QueueStreamOr(l.context, q, l.makeRDD(otherwise, 1)), nil
}

// source is a source that can be read again: batch k, or null, at the k-th batch after
// the first; nothing beyond the last.
func source(l *life, step Step) (*rows, error) {
	return dstream.InputStream(l.context, "source", func(at dstream.Time) (*set, int64, error) {
		k := (int64(at)-int64(l.context.ZeroTime()))/l.c.BatchMS - 1
		var batch []Value
		if k < int64(len(step.Batches)) {
			if step.Batches[k] == nil {
				return nil, 0, nil
			}
			batch = *step.Batches[k]
		}
		return l.makeRDD(batch, step.slices()), int64(len(batch)), nil
	}), nil
}

// batchwise are the operations on each batch that do not look at keys.
func batchwise() map[string]define {
	return map[string]define{
		"map": onRows(func(_ *life, step Step, d *rows) (*rows, error) {
			f, err := neutral.Unary(step.F)
			return dstream.Map(d, f), err
		}),
		"filter": onRows(func(_ *life, step Step, d *rows) (*rows, error) {
			keep, err := neutral.Predicate(step.F)
			return dstream.Filter(d, keep), err
		}),
		"flatMap": onRows(func(_ *life, step Step, d *rows) (*rows, error) {
			f, err := neutral.Many(step.F)
			return dstream.FlatMap(d, f), err
		}),
		"mapPartitions": onRows(func(_ *life, step Step, d *rows) (*rows, error) {
			whole, err := neutral.Whole(step.F)
			return dstream.MapPartitions(d, func(rows iter.Seq[Value]) iter.Seq[Value] {
				return slices.Values(whole(slices.Collect(rows)))
			}), err
		}),
		"glom": onRows(func(_ *life, _ Step, d *rows) (*rows, error) {
			return dstream.View(dstream.Glom(d), toList), nil
		}),
		"repartition": onRows(func(_ *life, step Step, d *rows) (*rows, error) { return dstream.Repartition(d, step.N), nil }),
		"count": onRows(func(_ *life, _ Step, d *rows) (*rows, error) {
			return dstream.View(dstream.Count(d), neutral.Long), nil
		}),
		"countByValue": onRows(func(_ *life, _ Step, d *rows) (*rows, error) {
			return fromPairs(dstream.CountByValue(d), neutral.Long), nil
		}),
		"reduce": onRows(func(_ *life, step Step, d *rows) (*rows, error) {
			f, err := neutral.Binary(step.F)
			return dstream.Reduce(d, f), err
		}),
		"union": onRows(func(l *life, step Step, d *rows) (*rows, error) {
			var others []*rows
			for i := 1; i < len(step.On); i++ {
				other, err := l.on(step, i)
				if err != nil {
					return nil, err
				}
				others = append(others, other)
			}
			return dstream.Union(d, others...), nil
		}),
		"transform":     onRows(transform),
		"transformWith": onBoth(transformWith),
	}
}
