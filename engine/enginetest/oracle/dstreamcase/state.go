package dstreamcase

import (
	"fmt"

	"etincelle/engine/dstream"
	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/rdd"
)

// stateful are the operations that keep a state for each key.
func stateful() map[string]define {
	return map[string]define{
		"updateStateByKey": onRows(updateStateByKey),
		"mapWithState":     onRows(mapWithState),
	}
}

// initial is the dataset of first states, nil when the step has none.
func (l *life) initial(step Step) *rdd.Pairs[Value, Value] {
	if step.Initial == nil {
		return nil
	}
	return rdd.View(l.makeRDD(*step.Initial, l.session.DefaultParallelism()), pair)
}

// operators are the arithmetic of the functions below.
func plus(a, b Value) Value {
	f, err := neutral.Binary("+")
	if err != nil {
		panic(err) // never: the vocabulary has it
	}
	return f(a, b)
}

func sum(values []Value, from Value) Value {
	for _, v := range values {
		from = plus(from, v)
	}
	return from
}

// updates are the functions of updateStateByKey.
var updates = map[string]func(values []Value, old Value, known bool) (Value, bool){
	"sum": func(values []Value, old Value, known bool) (Value, bool) {
		if !known {
			old = neutral.Int(0)
		}
		return sum(values, old), true
	},
	"sum-drop0": func(values []Value, old Value, known bool) (Value, bool) {
		if !known {
			old = neutral.Int(0)
		}
		next := sum(values, old)
		return next, next != neutral.Int(0)
	},
	"drop-if-idle": func(values []Value, old Value, known bool) (Value, bool) {
		if !known {
			old = neutral.Int(0)
		}
		return sum(values, old), len(values) > 0
	},
	"sum-calls": func(values []Value, old Value, known bool) (Value, bool) {
		total, calls := neutral.Int(0), neutral.Int(0)
		if known {
			total, calls = old.Pair()
		}
		return neutral.Tuple(sum(values, total), plus(calls, neutral.Int(1))), true
	},
	"append": func(values []Value, old Value, known bool) (Value, bool) {
		if !known {
			old = neutral.List()
		}
		return plus(old, neutral.List(values...)), true
	},
	"last": func(values []Value, old Value, known bool) (Value, bool) {
		if len(values) > 0 {
			return values[len(values)-1], true
		}
		return old, known
	},
}

func updateStateByKey(l *life, step Step, d *rows) (*rows, error) {
	f, ok := updates[step.F]
	if !ok {
		return nil, report.NotBuilt{What: "updateStateByKey " + step.F}
	}
	if initial := l.initial(step); initial != nil {
		return fromPairs(dstream.UpdateStateByKeyFrom(asPairs(d), initial, f), same), nil
	}
	return fromPairs(dstream.UpdateStateByKey(asPairs(d), f), same), nil
}

type (
	state    = dstream.State[Value]
	mapState = func(key Value, value rdd.Maybe[Value], state *state) (Value, bool)
)

func timedOut(key Value, s *state) Value {
	return neutral.Tuple(key, neutral.Text("timeout"), s.Get())
}

// mappings are the functions of mapWithState.
var mappings = map[string]mapState{
	"sum": func(key Value, value rdd.Maybe[Value], s *state) (Value, bool) {
		if s.IsTimingOut() {
			return timedOut(key, s), true
		}
		s.Update(plus(s.GetOr(neutral.Int(0)), value.Value))
		return neutral.Tuple(key, s.Get()), true
	},
	"sum-remove10": func(key Value, value rdd.Maybe[Value], s *state) (Value, bool) {
		if s.IsTimingOut() {
			return timedOut(key, s), true
		}
		next := plus(s.GetOr(neutral.Int(0)), value.Value)
		if next.ToLong() < 10 {
			s.Update(next)
			return neutral.Tuple(key, next), true
		}
		s.Remove()
		return neutral.Tuple(key, neutral.Text("removed"), next), true
	},
	"first-only": func(key Value, value rdd.Maybe[Value], s *state) (Value, bool) {
		if s.Exists() || !value.OK {
			return Value{}, false
		}
		s.Update(value.Value)
		return neutral.Tuple(key, value.Value), true
	},
	"update-on-timeout": func(key Value, value rdd.Maybe[Value], s *state) (Value, bool) {
		if s.IsTimingOut() {
			s.Update(neutral.Int(0))
			return timedOut(key, s), true
		}
		s.Update(plus(s.GetOr(neutral.Int(0)), value.Value))
		return neutral.Tuple(key, s.Get()), true
	},
}

func mapWithState(l *life, step Step, d *rows) (*rows, error) {
	f, ok := mappings[step.F]
	if !ok {
		return nil, report.NotBuilt{What: "mapWithState " + step.F}
	}
	var options []dstream.StateOption
	if step.Timeout > 0 {
		options = append(options, dstream.StateTimeout(milliseconds(step.Timeout)))
	}
	m := dstream.MapWithStateFrom(asPairs(d), l.initial(step), f, options...)
	if step.Every > 0 {
		m.CheckpointEvery(milliseconds(step.Every))
	}
	l.intervals[step.ID] = func(interval int64) { m.CheckpointEvery(milliseconds(interval)) }
	if step.Snap != "" {
		l.streams[step.Snap] = fromPairs(m.Snapshots(), same)
	}
	if m.Err() != nil {
		return nil, fmt.Errorf("mapWithState: %w", m.Err())
	}
	return m.DStream, nil
}
