package stream

import (
	"fmt"
	"iter"
	"reflect"
	"time"

	"etincelle/engine/codec"
	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
	"etincelle/engine/stream/operator"
)

// Timeout is by which time a group's state may time out.
type Timeout = operator.Timeout

// The timeouts, by Spark's names.
const (
	NoTimeout             = operator.NoTimeout
	ProcessingTimeTimeout = operator.ProcessingTimeTimeout
	EventTimeTimeout      = operator.EventTimeTimeout
)

// GroupStateSpec says how FlatMapGroupsWithState calls its function.
type GroupStateSpec struct {
	Keys    []string     // the columns by which rows are grouped
	Schema  frame.Schema // of the rows that the function emits
	Mode    OutputMode   // Append when a row that was emitted is final, else Update
	Timeout Timeout      // NoTimeout unless said

	// Operation is Spark's name for the operator, in progress reports and errors:
	// "flatMapGroupsWithState" unless said.
	Operation string

	call call
}

// GroupState is what a program keeps for one key, from batch to batch. A is a type
// that survives being written (see codec.Check).
type GroupState[A any] struct{ inside *operator.KeyState }

// Get is the state; ok is false when there is none.
func (s GroupState[A]) Get() (state A, ok bool, err error) {
	if !s.inside.Exists {
		return state, false, nil
	}
	err = codec.Decode(s.inside.Value, &state)
	return state, true, err
}

// Exists reports whether there is a state.
func (s GroupState[A]) Exists() bool { return s.inside.Exists }

// HasTimedOut reports whether the call is for the timeout: there are no rows.
func (s GroupState[A]) HasTimedOut() bool { return s.inside.TimedOut }

// Update sets the state.
func (s GroupState[A]) Update(state A) error {
	data, err := codec.Encode(state)
	if err == nil {
		s.inside.Update(data)
	}
	return err
}

// Remove forgets the state.
func (s GroupState[A]) Remove() { s.inside.Remove() }

// Watermark is the watermark of the batch.
func (s GroupState[A]) Watermark() time.Time { return time.UnixMilli(s.inside.Behind).UTC() }

// Now is the processing time of the batch, the same for all its rows.
func (s GroupState[A]) Now() time.Time { return time.UnixMilli(s.inside.Now).UTC() }

// SetTimeoutTimestamp asks for a call with HasTimedOut once the watermark is after
// at, if no row of the key comes before. It counts until the next call alone.
func (s GroupState[A]) SetTimeoutTimestamp(at time.Time) error {
	return s.inside.ExpireAt(at.UnixMilli())
}

// SetTimeoutDuration asks for a call with HasTimedOut once d of processing time have
// passed, if no row of the key comes before. It counts until the next call alone.
func (s GroupState[A]) SetTimeoutDuration(d time.Duration) error {
	return s.inside.ExpireAfter(d.Milliseconds())
}

// FlatMapGroupsWithState calls f for each key that has rows in a batch, and, with a
// timeout, for each key whose time is up. f may look at the rows once, change the
// state, and emit rows. f runs in tasks: it may be called again with the same rows
// and state, and must then do the same.
func FlatMapGroupsWithState[A any](in *frame.Frame, spec GroupStateSpec, f func(key frame.Row, rows iter.Seq[frame.Row], state GroupState[A], emit func(frame.Row)) error) *frame.Frame {
	if err := codec.Check(reflect.TypeFor[A]()); err != nil {
		return frame.Failed(in, fmt.Errorf("the state of %s cannot be kept: %w", spec.name(), err))
	}
	spec.call = func(key column.Row, rows iter.Seq[column.Row], s *operator.KeyState, emit func(column.Row)) error {
		return f(key, rows, GroupState[A]{s}, emit)
	}
	return withGroupState(in, spec)
}

func (s GroupStateSpec) name() string {
	if s.Operation != "" {
		return s.Operation
	}
	return "flatMapGroupsWithState"
}
