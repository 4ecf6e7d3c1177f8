package lineage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// attempt runs body as a task's own goroutine does, and counts the reports.
func attempt(t *testing.T, body func(*Task) (any, error)) (result any, err error) {
	reports, over := 0, make(chan struct{})
	go func() {
		defer close(over)
		Attempt(&Task{}, body, func(r any, e error) {
			reports++
			result, err = r, e
		})
	}()
	<-over
	require.Equal(t, 1, reports, "a task reports exactly once")
	return result, err
}

func TestAttemptReportsResultsAndErrors(t *testing.T) {
	result, err := attempt(t, func(*Task) (any, error) { return 42, nil })
	assert.NoError(t, err)
	assert.Equal(t, 42, result)

	_, err = attempt(t, func(*Task) (any, error) { return nil, io.ErrUnexpectedEOF })
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)

	_, err = attempt(t, func(*Task) (any, error) { runtime.Goexit(); return 1, nil })
	assert.ErrorIs(t, err, ErrGoexit)
}

// Fail stops a task from the middle of a row, through frames that know nothing
// of errors.
func TestFailUnwinds(t *testing.T) {
	lost := &FetchFailed{Shuffle: 1, Map: 2, Executor: "e0"}
	reached := false
	result, err := attempt(t, func(task *Task) (any, error) {
		for range slices.Values([]int{1}) {
			task.Check(nil)
			task.Fail(fmt.Errorf("row 1: %w", lost))
		}
		reached = true
		return 1, nil
	})
	assert.False(t, reached)
	assert.Nil(t, result)
	var fetch *FetchFailed
	require.ErrorAs(t, err, &fetch)
	assert.Same(t, lost, fetch)
	assert.EqualError(t, lost, "output of map 2 of shuffle 1 is missing")

	_, err = attempt(t, func(task *Task) (any, error) { task.Check(io.EOF); return 1, nil })
	assert.Equal(t, io.EOF, err, "the very error, not one made of it")
}

type badRow struct{ row int }

func (b badRow) Error() string { return fmt.Sprintf("bad row %d", b.row) }

// A student's panic becomes an error that says what it was and names the
// student's line, not the line of the library where Go noticed.
func TestPanicNamesTheStudentsLine(t *testing.T) {
	var nobody *Task
	var none map[string]int
	row, short := 5, []int{1, 2}
	for _, c := range []struct {
		mark           string
		body           func()
		class, message string
	}{
		{"a text", func() {
			panic("no delay given") // here: a text
		}, "panic", "no delay given"},
		{"a number", func() {
			panic(404) // here: a number
		}, "panic", "404"},
		{"an error", func() {
			panic(badRow{7}) // here: an error
		}, "lineage.badRow", "bad row 7"},
		{"nil", func() {
			panic(nil) // here: nil
		}, "*runtime.PanicNilError", "panic called with nil argument"},
		{"index", func() {
			short[row]++ // here: index
		}, "runtime.boundsError", "runtime error: index out of range [5] with length 2"},
		{"nil pointer", func() {
			nobody.ID++ // here: nil pointer
		}, "runtime.errorString", "runtime error: invalid memory address or nil pointer dereference"},
		{"nil map", func() {
			none["x"]++ // here: nil map
		}, "runtime.plainError", "assignment to entry in nil map"},
		{"division", func() {
			row /= len(none) // here: division
		}, "runtime.runtimeError", "runtime error: integer divide by zero"},
		{"conversion", func() {
			_ = any(row).(string) // here: conversion
		}, "*runtime.TypeAssertionError", "interface conversion: interface {} is int, not string"},
		{"in the library", func() {
			_ = strings.Repeat("x", -row) // here: in the library
		}, "panic", "strings: negative Repeat count"},
		{"in a callback", func() {
			slices.SortFunc([]int{2, 1}, func(a, b int) int {
				panic("incomparable") // here: in a callback
			})
		}, "panic", "incomparable"},
		{"again", func() {
			defer func() {
				r := recover()
				panic(fmt.Sprint("again: ", r)) // here: again
			}()
			panic("first")
		}, "panic", "again: first"},
	} {
		t.Run(c.mark, func(t *testing.T) {
			_, err := attempt(t, func(*Task) (any, error) { c.body(); return nil, nil })
			var failure *Failure
			require.ErrorAs(t, err, &failure)
			assert.Equal(t, c.message, failure.Message)
			assert.Equal(t, lineOf(t, "failure_test.go", c.mark), failure.Site)
			if !strings.HasPrefix(c.class, "runtime.") { // the runtime names its own types as it likes
				assert.Equal(t, c.class, failure.Class)
			}
		})
	}
}

func TestPanickedErrorKeepsItsKind(t *testing.T) {
	_, err := attempt(t, func(*Task) (any, error) { panic(fmt.Errorf("reading: %w", io.ErrUnexpectedEOF)) })
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)

	mine := &Failure{Class: SparkException, Message: "No such file", Site: Site{"tp.go", 3}}
	_, err = attempt(t, func(*Task) (any, error) { panic(mine) })
	assert.Same(t, mine, err, "an error that names its class and line is left alone")
}

func TestFailureText(t *testing.T) {
	cause := errors.New("disk full")
	f := &Failure{Class: SparkException, Message: "cannot write", Cause: cause}
	assert.EqualError(t, f, "cannot write")
	f.Site = Site{"tp.go", 3}
	assert.EqualError(t, f, "cannot write (tp.go:3)")
	assert.ErrorIs(t, f, cause)
}

// The sums of a failed attempt are never applied; those of one that succeeds
// are applied once for each accumulator.
func TestUpdatesWaitForTheTask(t *testing.T) {
	type accumulator struct{ sum int }
	a, b := &accumulator{}, &accumulator{}
	add := func(t *Task, acc *accumulator, n int) {
		if pending, ok := t.Pending(acc).(*int); ok {
			*pending += n
			return
		}
		pending := n
		t.Update(acc, &pending, func() { acc.sum += pending })
	}
	failed, succeeded := &Task{}, &Task{}
	assert.Nil(t, failed.Pending(a))
	add(failed, a, 100)
	add(succeeded, a, 1)
	add(succeeded, a, 2)
	add(succeeded, b, 5)
	assert.Zero(t, a.sum)
	succeeded.Apply()
	assert.Equal(t, 3, a.sum)
	assert.Equal(t, 5, b.sum)
	(&Task{}).Apply()
}

// A task that is told to stop stops at its next look, and says why.
func TestLook(t *testing.T) {
	_, err := attempt(t, func(task *Task) (any, error) {
		task.Look()
		return nil, task.Stopped()
	})
	assert.NoError(t, err, "nobody can tell it anything")

	ctx, stop := context.WithCancelCause(context.Background())
	why := &Killed{Reason: "another attempt succeeded"}
	rows := 0
	_, err = attempt(t, func(task *Task) (any, error) {
		task.Context = ctx
		for ; ; rows++ {
			if rows == 3 {
				stop(why)
			}
			task.Look()
		}
	})
	assert.Equal(t, 3, rows)
	assert.Same(t, why, err)
	assert.EqualError(t, err, "TaskKilled (another attempt succeeded)")
}

// Few rows are looked at one by one, many about a thousand times in all.
func TestLookEvery(t *testing.T) {
	for rows, looks := range map[int]int{0: 0, 1: 1, 20: 20, 1000: 1000, 1024: 512, 1_000_000: 1024} {
		assert.Equal(t, looks, (rows+LookEvery(rows)-1)/LookEvery(rows), rows)
	}
}
