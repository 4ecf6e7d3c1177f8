package lineage

import (
	"errors"
	"fmt"
	"runtime"
)

// An iter.Seq has no error path, so a task that must stop in the middle of a
// row unwinds: Fail panics with a private type and Attempt, the task's own
// frame, recovers it. Nothing else in the engine panics or recovers.

// Failure is an error with the class Spark gives it, so that programs, the
// screens and the tests speak of the same error.
type Failure struct {
	Class   string // "org.apache.spark.SparkException" …
	Message string
	Cause   error
	Site    Site // the student's line, when known
}

// Error is the message, and the student's line.
func (f *Failure) Error() string {
	if line := f.Site.String(); line != "" {
		return fmt.Sprintf("%s (%s)", f.Message, line)
	}
	return f.Message
}

// Unwrap is the cause.
func (f *Failure) Unwrap() error { return f.Cause }

// Classes of Spark's own errors.
const (
	SparkException   = "org.apache.spark.SparkException" // most of them
	SparkUnsupported = "org.apache.spark.SparkUnsupportedOperationException"
)

// FetchFailed says that a task found a shuffle output missing: the parent
// stage's lost tasks must run again. It never reaches the program.
type FetchFailed struct {
	Shuffle  int
	Map      int
	Executor string // who should have had it; "" when nobody
}

func (f *FetchFailed) Error() string {
	return fmt.Sprintf("output of map %d of shuffle %d is missing", f.Map, f.Shuffle)
}

// unwind carries an error from the middle of a row to the task's frame.
type unwind struct{ err error }

// Fail stops the task with err.
func (t *Task) Fail(err error) { panic(unwind{err}) }

// Check stops the task if err is not nil.
func (t *Task) Check(err error) {
	if err != nil {
		t.Fail(err)
	}
}

// ErrExecutorLost says that a task's executor died under it. The task runs
// again elsewhere and nothing is counted against it.
var ErrExecutorLost = errors.New("the executor was lost while the task ran")

// Killed says that a task was told to stop, in Spark's words.
type Killed struct{ Reason string }

func (k *Killed) Error() string { return "TaskKilled (" + k.Reason + ")" }

// ErrGoexit says that a task's goroutine was ended from within.
var ErrGoexit = errors.New("the function ended its goroutine (runtime.Goexit, or t.FailNow in a test) instead of returning")

// Attempt runs body and turns an unwind, a student's panic or a Goexit into an
// error. Call it on the task's own goroutine; report is called exactly once.
func Attempt(t *Task, body func(*Task) (any, error), report func(any, error)) {
	var result any
	err := ErrGoexit
	defer func() {
		if r := recover(); r != nil {
			result, err = nil, caught(r)
		}
		report(result, err) // reached on return, panic and Goexit alike
	}()
	result, err = body(t)
}

// caught turns a recovered value into an error that names the student's line.
func caught(r any) error {
	if u, ok := r.(unwind); ok {
		return u.err
	}
	// The panicking frames are still on the stack below gopanic: the first one
	// outside Go's library and the engine is the student's.
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		f, more := frames.Next()
		if f.Function == "runtime.gopanic" || !more {
			break
		}
	}
	site := firstOutside(frames)
	var failure *Failure
	if err, ok := r.(error); ok {
		if errors.As(err, &failure) {
			return err
		}
		return &Failure{Class: fmt.Sprintf("%T", r), Message: err.Error(), Cause: err, Site: site}
	}
	return &Failure{Class: "panic", Message: fmt.Sprint(r), Site: site}
}
