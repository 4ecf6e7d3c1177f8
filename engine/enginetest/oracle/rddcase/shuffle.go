package rddcase

import (
	"fmt"

	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/rdd"
)

// grouping brings the rows of equal keys together.
func grouping() map[string]define {
	return map[string]define{
		"partitionBy": onPairs(func(_ *session, step Step, p *pairs) (*rows, error) {
			by, err := step.mustBy(p)
			if err != nil {
				return nil, err
			}
			return fromPairs(rdd.PartitionBy(p, by), same), nil
		}),
		"reduceByKey": onPairs(func(_ *session, step Step, p *pairs) (*rows, error) {
			f, err := neutral.Binary(step.F)
			return placed(step, p, err, func(by ...rdd.Partitioner) *rows { return fromPairs(rdd.ReduceByKey(p, f, by...), same) })
		}),
		"groupByKey": onPairs(func(_ *session, step Step, p *pairs) (*rows, error) {
			return placed(step, p, nil, func(by ...rdd.Partitioner) *rows { return fromPairs(rdd.GroupByKey(p, by...), toList) })
		}),
		"foldByKey": onPairs(func(_ *session, step Step, p *pairs) (*rows, error) {
			f, err := neutral.Binary(step.F)
			return placed(step, p, err, func(by ...rdd.Partitioner) *rows {
				return fromPairs(rdd.FoldByKey(p, step.Zero, f, by...), same)
			})
		}),
		"aggregateByKey": onPairs(func(_ *session, step Step, p *pairs) (*rows, error) {
			add, merge, err := two(step.Seq, step.Comb)
			return placed(step, p, err, func(by ...rdd.Partitioner) *rows {
				return fromPairs(rdd.AggregateByKey(p, step.Zero, add, merge, by...), same)
			})
		}),
		"combineByKey": onPairs(combineByKey),
		"groupBy": onRows(func(_ *session, step Step, r *rows) (*rows, error) {
			key, err := neutral.Unary(step.F)
			return placed(step, nil, err, func(by ...rdd.Partitioner) *rows { return fromPairs(rdd.GroupBy(r, key, by...), toList) })
		}),
		"distinct": onRows(func(_ *session, step Step, r *rows) (*rows, error) {
			return rdd.Distinct(r, step.partitions()...), nil
		}),
	}
}

// placed calls with the step's partitioner, if there is one.
func placed(step Step, p *pairs, err error, with func(by ...rdd.Partitioner) *rows) (*rows, error) {
	if err != nil {
		return nil, err
	}
	by, err := step.by(p)
	if err != nil {
		return nil, err
	}
	return with(by...), nil
}

// two reads the two functions of an aggregation.
func two(add, merge string) (func(a, b Value) Value, func(a, b Value) Value, error) {
	f, err := neutral.Binary(add)
	if err != nil {
		return nil, nil, err
	}
	g, err := neutral.Binary(merge)
	return f, g, err
}

func combineByKey(_ *session, step Step, p *pairs) (*rows, error) {
	create, err := neutral.Unary(step.Create)
	if err != nil {
		return nil, err
	}
	add, merge, err := two(step.Merge, step.Comb)
	return placed(step, p, err, func(by ...rdd.Partitioner) *rows {
		if step.MapSideCombine != nil && !*step.MapSideCombine {
			return fromPairs(rdd.CombineByKeyReduceSide(p, create, add, merge, by...), same)
		}
		return fromPairs(rdd.CombineByKey(p, create, add, merge, by...), same)
	})
}

// joining brings the rows of equal keys of several datasets together.
func joining() map[string]define {
	return map[string]define{
		"join": joined(func(l, r *pairs, by []rdd.Partitioner) *rows {
			return fromPairs(rdd.Join(l, r, by...), func(v rdd.Joined[Value, Value]) Value { return neutral.Tuple(v.Left, v.Right) })
		}),
		"leftOuterJoin": joined(func(l, r *pairs, by []rdd.Partitioner) *rows {
			return fromPairs(rdd.LeftOuterJoin(l, r, by...), func(v rdd.Joined[Value, rdd.Maybe[Value]]) Value {
				return neutral.Tuple(v.Left, option(v.Right))
			})
		}),
		"rightOuterJoin": joined(func(l, r *pairs, by []rdd.Partitioner) *rows {
			return fromPairs(rdd.RightOuterJoin(l, r, by...), func(v rdd.Joined[rdd.Maybe[Value], Value]) Value {
				return neutral.Tuple(option(v.Left), v.Right)
			})
		}),
		"fullOuterJoin": joined(func(l, r *pairs, by []rdd.Partitioner) *rows {
			return fromPairs(rdd.FullOuterJoin(l, r, by...), func(v rdd.Joined[rdd.Maybe[Value], rdd.Maybe[Value]]) Value {
				return neutral.Tuple(option(v.Left), option(v.Right))
			})
		}),
		"cogroup": cogroup,
		"intersection": onBoth(func(step Step, l, r *rows) (*rows, error) {
			return placed(step, nil, nil, func(by ...rdd.Partitioner) *rows { return rdd.Intersection(l, r, by...) })
		}),
		"subtract": onBoth(func(step Step, l, r *rows) (*rows, error) {
			return placed(step, nil, nil, func(by ...rdd.Partitioner) *rows { return rdd.Subtract(l, r, by...) })
		}),
		"subtractByKey": joined(func(l, r *pairs, by []rdd.Partitioner) *rows { return fromPairs(rdd.SubtractByKey(l, r, by...), same) }),
	}
}

// cogroup is of two, three or four datasets.
func cogroup(s *session, step Step) (*rows, error) {
	var p []*pairs
	for i := range step.On {
		one, err := s.pairsOn(step, i)
		if err != nil {
			return nil, err
		}
		p = append(p, one)
	}
	switch len(p) {
	case 2:
		return placed(step, p[0], nil, func(by ...rdd.Partitioner) *rows {
			return fromPairs(rdd.CoGroup(p[0], p[1], by...), func(g rdd.Grouped[Value, Value]) Value {
				return neutral.Tuple(toList(g.Left), toList(g.Right))
			})
		})
	case 3:
		return placed(step, p[0], nil, func(by ...rdd.Partitioner) *rows {
			return fromPairs(rdd.CoGroup3(p[0], p[1], p[2], by...), func(g rdd.Grouped3[Value, Value, Value]) Value {
				return neutral.Tuple(toList(g.First), toList(g.Second), toList(g.Third))
			})
		})
	case 4:
		return placed(step, p[0], nil, func(by ...rdd.Partitioner) *rows {
			return fromPairs(rdd.CoGroup4(p[0], p[1], p[2], p[3], by...), func(g rdd.Grouped4[Value, Value, Value, Value]) Value {
				return neutral.Tuple(toList(g.First), toList(g.Second), toList(g.Third), toList(g.Fourth))
			})
		})
	}
	return nil, report.NotBuilt{What: fmt.Sprintf("cogroup of %d datasets", len(p))}
}

func joined(f func(left, right *pairs, by []rdd.Partitioner) *rows) define {
	return func(s *session, step Step) (*rows, error) {
		left, err := s.pairsOn(step, 0)
		if err != nil {
			return nil, err
		}
		right, err := s.pairsOn(step, 1)
		if err != nil {
			return nil, err
		}
		return placed(step, left, nil, func(by ...rdd.Partitioner) *rows { return f(left, right, by) })
	}
}

func option(m rdd.Maybe[Value]) Value {
	if m.OK {
		return neutral.Some(m.Value)
	}
	return neutral.None
}

// sorting puts rows in order.
func sorting() map[string]define {
	return map[string]define{
		"sortBy": onRows(func(_ *session, step Step, r *rows) (*rows, error) {
			key, err := neutral.Unary(step.F)
			if err != nil {
				return nil, err
			}
			return rdd.SortByFunc(r, key, neutral.Compare, step.order(), step.partitions()...), nil
		}),
		"sortByKey": onPairs(func(_ *session, step Step, p *pairs) (*rows, error) {
			return fromPairs(rdd.SortByKeyFunc(p, neutral.Compare, step.order(), step.partitions()...), same), nil
		}),
		"filterByRange": onPairs(func(_ *session, step Step, p *pairs) (*rows, error) {
			return fromPairs(rdd.FilterByRangeFunc(p, step.Lo, step.Hi, neutral.Compare), same), nil
		}),
		"repartitionAndSortWithinPartitions": onPairs(func(_ *session, step Step, p *pairs) (*rows, error) {
			by, err := step.mustBy(p)
			if err != nil {
				return nil, err
			}
			return fromPairs(rdd.RepartitionAndSortWithinPartitionsFunc(p, by, neutral.Compare), same), nil
		}),
	}
}
