package dstream

import "etincelle/engine/lineage"

// State is the state of one key, as the function of MapWithState sees it. What may not
// be done fails the task when the function has returned, in Spark's words.
type State[S any] struct {
	value     S
	defined   bool
	updated   bool
	removed   bool
	timingOut bool
	err       error
}

// Exists reports whether the key has a state.
func (s *State[S]) Exists() bool { return s.defined }

// Get is the state; there must be one.
func (s *State[S]) Get() S {
	if !s.defined {
		s.refuse(failure("java.util.NoSuchElementException", "State is not set"))
	}
	return s.value
}

// GetOr is the state, or otherwise when the key has none.
func (s *State[S]) GetOr(otherwise S) S {
	if s.defined {
		return s.value
	}
	return otherwise
}

// Update sets the state. It must be a new value: states are kept from batch to batch,
// and one that is changed in place is changed in the batches before, too.
func (s *State[S]) Update(next S) {
	switch {
	case s.removed:
		s.refuse(required("Cannot update the state after it has been removed"))
	case s.timingOut:
		s.refuse(required("Cannot update the state that is timing out"))
	default:
		s.value, s.defined, s.updated = next, true, true
	}
}

// Remove forgets the key. It comes back as from nothing.
func (s *State[S]) Remove() {
	switch {
	case s.timingOut:
		s.refuse(required("Cannot remove the state that is timing out"))
	case s.removed:
		s.refuse(required("Cannot remove the state that has already been removed"))
	default:
		var none S
		s.value, s.defined, s.updated, s.removed = none, false, false, true
	}
}

// IsTimingOut reports whether the key was idle for too long: its state goes when the
// function has returned, and can be looked at only.
func (s *State[S]) IsTimingOut() bool { return s.timingOut }

func (s *State[S]) refuse(err error) { s.err = firstError(s.err, err) }

// check fails the task if the function did what it may not.
func (s *State[S]) check(t *lineage.Task) {
	if s.err != nil {
		t.Fail(s.err)
	}
}
