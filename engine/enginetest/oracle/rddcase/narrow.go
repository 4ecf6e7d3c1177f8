package rddcase

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"etincelle/engine"
	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// narrow are the operations that move no row to another partition, and those
// that move rows whatever their key.
func narrow() map[string]define {
	return map[string]define{
		"map":       onRows(mapRows),
		"repeatMap": onRows(repeatMap),
		"filter": onRows(func(s *session, step Step, r *rows) (*rows, error) {
			keep, err := neutral.Predicate(step.F)
			return rdd.Filter(r, calling(s, step, keep)), err
		}),
		"flatMap": onRows(func(s *session, step Step, r *rows) (*rows, error) {
			f, err := neutral.Many(step.F)
			return rdd.FlatMap(r, calling(s, step, f)), err
		}),
		"mapPartitions": onRows(func(_ *session, step Step, r *rows) (*rows, error) {
			whole, err := neutral.Whole(step.F)
			f := func(rows iter.Seq[Value]) iter.Seq[Value] {
				if step.F == "x" {
					return rows
				}
				return slices.Values(whole(slices.Collect(rows)))
			}
			if step.Preserves {
				return rdd.MapPartitionsKeeping(r, f), err
			}
			return rdd.MapPartitions(r, f), err
		}),
		"mapPartitionsWithIndex": onRows(func(_ *session, _ Step, r *rows) (*rows, error) {
			return rdd.MapPartitionsWithIndex(r, func(p int, rows iter.Seq[Value]) iter.Seq[Value] {
				return func(yield func(Value) bool) {
					for row := range rows {
						if !yield(neutral.Tuple(neutral.Int(p), row)) {
							return
						}
					}
				}
			}), nil
		}),
		"glom": onRows(func(_ *session, _ Step, r *rows) (*rows, error) { return fromLists(rdd.Glom(r)), nil }),
		"keyBy": onRows(func(_ *session, step Step, r *rows) (*rows, error) {
			key, err := neutral.Unary(step.F)
			return fromPairs(rdd.KeyBy(r, key), same), err
		}),
		"keys":   onPairs(func(_ *session, _ Step, p *pairs) (*rows, error) { return rdd.Keys(p), nil }),
		"values": onPairs(func(_ *session, _ Step, p *pairs) (*rows, error) { return rdd.Values(p), nil }),
		"mapValues": onPairs(func(s *session, step Step, p *pairs) (*rows, error) {
			f, err := neutral.Unary(step.F)
			return fromPairs(rdd.MapValues(p, calling(s, step, f)), same), err
		}),
		"flatMapValues": onPairs(func(s *session, step Step, p *pairs) (*rows, error) {
			f, err := neutral.Many(step.F)
			return fromPairs(rdd.FlatMapValues(p, calling(s, step, f)), same), err
		}),
		"zip": onBoth(func(_ Step, l, r *rows) (*rows, error) { return fromJoined(rdd.Zip(l, r), same), nil }),
		"zipPartitions": onBoth(func(_ Step, l, r *rows) (*rows, error) {
			return rdd.ZipPartitions(l, r, func(left, right iter.Seq[Value]) iter.Seq[Value] {
				return slices.Values([]Value{toList(slices.AppendSeq(slices.Collect(left), right))})
			}), nil
		}),
		"zipWithIndex": onRows(func(_ *session, _ Step, r *rows) (*rows, error) {
			return fromJoined(rdd.ZipWithIndex(r), neutral.Long), nil
		}),
		"zipWithUniqueId": onRows(func(_ *session, _ Step, r *rows) (*rows, error) {
			return fromJoined(rdd.ZipWithUniqueId(r), neutral.Long), nil
		}),
		"cartesian":   onBoth(func(_ Step, l, r *rows) (*rows, error) { return fromJoined(rdd.Cartesian(l, r), same), nil }),
		"union":       union,
		"coalesce":    onRows(coalesce),
		"repartition": onRows(func(_ *session, step Step, r *rows) (*rows, error) { return rdd.Repartition(r, step.count()), nil }),
		"blocks": onRows(func(s *session, step Step, r *rows) (*rows, error) {
			zeros := strings.Repeat("\x00", step.MB<<20)
			return rdd.Map(r, calling(s, step, func(Value) Value { return neutral.Blob(zeros) })), nil
		}),
		"failOn": onRows(func(_ *session, step Step, r *rows) (*rows, error) {
			return rdd.Map(r, func(v Value) Value {
				if v == step.Value {
					panic(&lineage.Failure{Class: "java.lang.IllegalStateException", Message: fmt.Sprintf("bad record %s", v)})
				}
				return v
			}), nil
		}),
		"failOnce": onRows(failOnce),
		"bcMap": onRows(func(s *session, step Step, r *rows) (*rows, error) {
			table, ok := s.broadcasts[step.Broadcast]
			if !ok {
				return nil, fmt.Errorf("bcMap: no broadcast %q", step.Broadcast)
			}
			return rdd.Map(r, func(v Value) Value { return table.Value()[v] }), nil // an unknown key gives null
		}),
	}
}

func mapRows(s *session, step Step, r *rows) (*rows, error) {
	f, err := neutral.Unary(step.F)
	return rdd.Map(r, calling(s, step, f)), err
}

// failOnce fails the first attempts at one partition when all its rows have
// gone through.
func failOnce(s *session, step Step, r *rows) (*rows, error) {
	core := engine.Inside(s.engine)
	through := calling(s, step, same)
	return rdd.MapPartitionsWithIndex(r, func(p int, rows iter.Seq[Value]) iter.Seq[Value] {
		return func(yield func(Value) bool) {
			for row := range rows {
				if !yield(through(row)) {
					return
				}
			}
			if p == step.Partition && core.CurrentTask().Attempt < step.Times {
				panic(&lineage.Failure{Class: "java.lang.RuntimeException", Message: "injected failure"})
			}
		}
	}), nil
}

func union(s *session, step Step) (*rows, error) {
	var all []*rows
	for i := range step.On {
		r, err := s.on(step, i)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return rdd.Union(s.engine, all...), nil
}

func coalesce(_ *session, step Step, r *rows) (*rows, error) {
	if step.Shuffle {
		return rdd.CoalesceShuffled(r, step.count()), nil
	}
	return rdd.Coalesce(r, step.count()), nil
}

// repeatMap is the same map many times over, with a checkpoint now and then.
func repeatMap(s *session, step Step, r *rows) (*rows, error) {
	var err error
	for i := range step.Times {
		if r, err = mapRows(s, step, r); err != nil {
			return nil, err
		}
		if step.Every == 0 || (i+1)%step.Every != 0 {
			continue
		}
		if _, err := r.Checkpoint().Count(); err != nil {
			return nil, err
		}
	}
	return r, nil
}
