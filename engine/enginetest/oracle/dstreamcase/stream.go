package dstreamcase

import (
	"fmt"
	"time"

	"etincelle/engine/dstream"
	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/rdd"
)

type (
	rows    = dstream.DStream[Value]
	pairs   = dstream.Pairs[Value, Value]
	set     = rdd.RDD[Value]
	setPair = rdd.Pair[Value, Value]
)

// A stream is seen as rows of one type, Value, or as pairs: both are views, so no
// stream and no dataset is made.

func asPairs(d *rows) *pairs {
	return dstream.View(d, func(v Value) setPair { return rdd.KV(v.Pair()) })
}

func fromPairs[V any](d *dstream.Pairs[Value, V], value func(V) Value) *rows {
	return dstream.View(d, func(kv rdd.Pair[Value, V]) Value { return neutral.Tuple(kv.Key, value(kv.Value)) })
}

func same(v Value) Value { return v }

func toList(vs []Value) Value { return neutral.List(vs...) }

func option(m rdd.Maybe[Value]) Value {
	if m.OK {
		return neutral.Some(m.Value)
	}
	return neutral.None
}

// on is the stream that a step is applied to: the i-th of them.
func (l *life) on(step Step, i int) (*rows, error) {
	if i >= len(step.On) {
		return nil, fmt.Errorf("%s needs %d streams, the step names %d", step.Op, i+1, len(step.On))
	}
	d, ok := l.streams[step.On[i]]
	if !ok {
		return nil, undefined{step.On[i]}
	}
	return d, nil
}

// undefined says that a step needs a stream whose definition failed.
type undefined struct{ name string }

func (u undefined) Error() string { return fmt.Sprintf("no stream %q", u.name) }

// milliseconds is a duration of the oracle.
func milliseconds(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

// slide is the step's slide, or that of its parent, which is the batch in a program
// that says nothing.
func (step Step) slide() []time.Duration {
	if step.Slide == nil {
		return nil
	}
	return []time.Duration{milliseconds(*step.Slide)}
}
