package trial

import (
	"errors"

	"etincelle/grader/message"
)

// The words of experiments.
var (
	Replaying     = message.Both("Le moteur rejoue…", "The engine runs it again…")
	Changed       = message.Both("modifié ({n})", "changed ({n})")
	Saved         = message.Both("Enregistré : {path}", "Saved: {path}")
	Failure       = message.Both("Échec : {error}", "Failed: {error}")
	nothingToUndo = message.Both("Rien à annuler.", "Nothing to undo.")
	nothingToRedo = message.Both("Rien à rétablir.", "Nothing to redo.")
)

// Screen is what an experiment does to the screen that it is on.
type Screen[T any] interface {
	Shown() T                                    // the story on screen
	Show(story T)                                // another in its place, at the step where one was
	Halt()                                       // stops what plays
	Tell(text message.Text, facts message.Facts) // says it once
}

// Scenario is what an experiment is of.
type Scenario interface {
	Check() error // refuses what no run could mean
}

// Bench is the experiment that a page shows: what it is of, and the runs before and
// after it.
type Bench[S Scenario, T any] struct {
	Trials[S, T]
	Scenario *S            // nil when what shows cannot be changed
	Runner   *Runner[S, T] // of changed scenarios; nil when nothing runs them
	Busy     bool          // a change is being run
	asked    S             // that change
	next     *S            // what was asked for since, in its place
}

// Latest is what the next change begins from: the last that was asked for, though its
// run may not be there yet.
func (b *Bench[S, T]) Latest() S {
	switch {
	case b.Busy && b.next != nil:
		return *b.next
	case b.Busy:
		return b.asked
	}
	return *b.Scenario
}

// Changeable reports whether the experiment can be changed; when it cannot, the screen
// says fixed.
func (b *Bench[S, T]) Changeable(on Screen[T], fixed message.Text) bool {
	if b.Scenario == nil || b.Runner == nil {
		on.Tell(fixed, nil)
		return false
	}
	return true
}

// Vary runs the scenario with one thing changed; when it cannot be, the screen says fixed.
func (b *Bench[S, T]) Vary(on Screen[T], fixed message.Text, what func(*S)) {
	if !b.Changeable(on, fixed) {
		return
	}
	to := b.Latest()
	what(&to)
	b.Change(on, to)
}

// Change runs another scenario in the place of the one that shows; of several that are
// asked for while one runs, the last.
func (b *Bench[S, T]) Change(on Screen[T], to S) {
	on.Halt()
	if invalid := to.Check(); invalid != nil {
		Fail(on, invalid)
		return
	}
	if b.Busy {
		b.next = &to
		return
	}
	b.Busy, b.asked = true, to
	b.Runner.Start(to)
}

// Arrived shows what a changed scenario came to: Done was pressed.
func (b *Bench[S, T]) Arrived(on Screen[T]) {
	if b.Runner == nil {
		return
	}
	made, over, err := b.Runner.Result()
	if !over {
		return // pressed by nobody
	}
	b.Busy = false
	if next := b.next; next != nil { // nobody waits for this one any more
		b.next, b.Busy, b.asked = nil, true, *next
		b.Runner.Start(*next)
		return
	}
	if err != nil {
		Fail(on, err)
		return
	}
	b.Leave(b.shown(on))
	b.show(on, made)
}

// Undo shows the run before, Redo the one that was undone.
func (b *Bench[S, T]) Undo(on Screen[T]) { b.goBack(on, b.Trials.Undo, nothingToUndo) }

// Redo shows the run that was undone last.
func (b *Bench[S, T]) Redo(on Screen[T]) { b.goBack(on, b.Trials.Redo, nothingToRedo) }

// UndoAll goes back to the exercise; Redo goes forward again.
func (b *Bench[S, T]) UndoAll(on Screen[T]) {
	if len(b.Before) == 0 {
		on.Tell(nothingToUndo, nil)
	}
	for len(b.Before) > 0 && !b.Busy {
		b.Undo(on)
	}
}

func (b *Bench[S, T]) goBack(on Screen[T], to func(Run[S, T]) (Run[S, T], bool), none message.Text) {
	if b.Scenario == nil || b.Busy {
		on.Tell(none, nil)
		return
	}
	on.Halt()
	r, some := to(b.shown(on))
	if !some {
		on.Tell(none, nil)
		return
	}
	b.show(on, r)
}

// Save writes the scenario to a file, or says why not.
func (b *Bench[S, T]) Save(on Screen[T], save func(S) (path string, err error), fixed message.Text) {
	if b.Scenario == nil || save == nil {
		on.Tell(fixed, nil)
		return
	}
	path, err := save(*b.Scenario)
	if err != nil {
		Fail(on, err)
		return
	}
	on.Tell(Saved, message.Facts{"path": path})
}

func (b *Bench[S, T]) shown(on Screen[T]) Run[S, T] {
	return Run[S, T]{Scenario: *b.Scenario, Story: on.Shown()}
}

func (b *Bench[S, T]) show(on Screen[T], r Run[S, T]) {
	b.Scenario = &r.Scenario
	on.Show(r.Story)
}

// Fail says an error on a screen.
func Fail[T any](on Screen[T], err error) {
	facts := message.Facts{"error": err.Error()}
	var said interface {
		error
		In(message.Language) string
	}
	if errors.As(err, &said) {
		facts["error"] = said // in the reader's language
	}
	on.Tell(Failure, facts)
}
