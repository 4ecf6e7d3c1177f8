package dstreamcase

import (
	"errors"
	"slices"

	"etincelle/engine/dstream"
	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/rdd"
)

// transform are the RDD programs that the oracle has names for.
func transform(l *life, step Step, d *rows) (*rows, error) {
	static := func() *set { return l.makeRDD(step.Data, l.session.DefaultParallelism()) }
	programs := map[string]func(*set) *set{
		"distinct": func(r *set) *set { return rdd.Distinct(r) },
		"sorted":   func(r *set) *set { return rdd.SortByFunc(r, same, neutral.Compare, rdd.Ascending) },
		"zipWithIndex": func(r *set) *set {
			return rdd.View(rdd.ZipWithIndex(r), func(v rdd.Joined[Value, int64]) Value { return neutral.Tuple(v.Left, neutral.Long(v.Right)) })
		},
		"top2": func(r *set) *set {
			top, err := rdd.TopFunc(r, 2, neutral.Compare)
			if err != nil {
				return l.failing(err)
			}
			return l.makeRDD(top, 1)
		},
		"filterNotIn": func(r *set) *set {
			return rdd.Filter(r, func(v Value) bool { return !slices.Contains(step.Data, v) })
		},
		"joinStatic": func(r *set) *set {
			joined := rdd.Join(rdd.View(r, pair), rdd.View(static(), pair))
			return rdd.View(joined, func(kv rdd.Pair[Value, rdd.Joined[Value, Value]]) Value {
				return neutral.Tuple(kv.Key, neutral.Tuple(kv.Value.Left, kv.Value.Right))
			})
		},
	}
	if step.F == "addTime" {
		return dstream.TransformAt(d, func(r *set, at dstream.Time) *set {
			return rdd.Map(r, func(v Value) Value { return neutral.Tuple(v, neutral.Long(int64(at))) })
		}), nil
	}
	f, ok := programs[step.F]
	if !ok {
		return nil, report.NotBuilt{What: "transform " + step.F}
	}
	return dstream.Transform(d, f), nil
}

// failing is a dataset that cannot be computed.
func (l *life) failing(err error) *set {
	return rdd.FromPartitions(l.session, "makeRDD", 1, func(int) ([]Value, error) { return nil, err })
}

func pair(v Value) setPair { return rdd.KV(v.Pair()) }

func transformWith(l *life, step Step, left, right *rows) (*rows, error) {
	switch step.F {
	case "subtract":
		return dstream.TransformWith(left, right, func(a, b *set) *set { return rdd.Subtract(a, b) }), nil
	case "cartesianCount":
		return dstream.TransformWith(left, right, func(a, b *set) *set {
			n, err := a.Count()
			m, again := b.Count()
			if err = errors.Join(err, again); err != nil {
				return l.failing(err)
			}
			return l.makeRDD([]Value{neutral.Tuple(neutral.Long(int64(n)), neutral.Long(int64(m)))}, 1)
		}), nil
	}
	return nil, report.NotBuilt{What: "transformWith " + step.F}
}
