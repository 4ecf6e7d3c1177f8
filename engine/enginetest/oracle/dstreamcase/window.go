package dstreamcase

import (
	"time"

	"etincelle/engine/dstream"
	"etincelle/engine/enginetest/oracle/neutral"
)

// windows are the operations over the last batches.
func windows() map[string]define {
	return map[string]define{
		"window": onRows(func(_ *life, step Step, d *rows) (*rows, error) {
			return dstream.Window(d, milliseconds(step.Len), step.slide()...), nil
		}),
		"reduceByWindow": onRows(func(l *life, step Step, d *rows) (*rows, error) {
			f, inverse, err := step.functions()
			if err != nil {
				return nil, err
			}
			if inverse != nil {
				return dstream.ReduceByWindowInverse(d, f, inverse, milliseconds(step.Len), l.slideOf(step)), nil
			}
			return dstream.ReduceByWindow(d, f, milliseconds(step.Len), l.slideOf(step)), nil
		}),
		"reduceByKeyAndWindow": onRows(reduceByKeyAndWindow),
		"groupByKeyAndWindow": onRows(func(l *life, step Step, d *rows) (*rows, error) {
			return fromPairs(dstream.GroupByKeyAndWindow(asPairs(d), milliseconds(step.Len), l.slideOf(step)), toList), nil
		}),
		"countByWindow": onRows(func(l *life, step Step, d *rows) (*rows, error) {
			return dstream.View(dstream.CountByWindow(d, milliseconds(step.Len), l.slideOf(step)), neutral.Long), nil
		}),
		"countByValueAndWindow": onRows(func(l *life, step Step, d *rows) (*rows, error) {
			return fromPairs(dstream.CountByValueAndWindow(d, milliseconds(step.Len), l.slideOf(step)), neutral.Long), nil
		}),
	}
}

func reduceByKeyAndWindow(l *life, step Step, d *rows) (*rows, error) {
	f, inverse, err := step.functions()
	if err != nil {
		return nil, err
	}
	length, slide := milliseconds(step.Len), l.slideOf(step)
	switch {
	case inverse == nil:
		return fromPairs(dstream.ReduceByKeyAndWindow(asPairs(d), f, length, slide), same), nil
	case step.Filter == "":
		return fromPairs(dstream.ReduceByKeyAndWindowInverse(asPairs(d), f, inverse, length, slide), same), nil
	}
	keep, err := neutral.Predicate(step.Filter)
	if err != nil {
		return nil, err
	}
	return fromPairs(dstream.ReduceByKeyAndWindowFiltered(asPairs(d), f, inverse, length, slide, func(k, v Value) bool {
		return keep(neutral.Tuple(k, v))
	}), same), nil
}

// functions are the step's function and its inverse, nil when it has none.
func (step Step) functions() (f, inverse func(a, b Value) Value, err error) {
	if f, err = neutral.Binary(step.F); err != nil || step.Inv == "" {
		return f, nil, err
	}
	inverse, err = neutral.Binary(step.Inv)
	return f, inverse, err
}

// slideOf is the step's slide; an operation that has none slides with the batches.
func (l *life) slideOf(step Step) time.Duration {
	if step.Slide == nil {
		return milliseconds(l.c.BatchMS)
	}
	return milliseconds(*step.Slide)
}
