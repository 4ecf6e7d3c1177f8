package harness

import (
	"encoding/json"
	"errors"
	"fmt"

	"etincelle/engine"
	"etincelle/engine/rdd"
	"etincelle/grader/protocol"
)

// Dataset is what a function under test returned, its type erased.
type Dataset struct {
	failure *protocol.Failure
	id      int
	lineage func() string
	rows    func() ([][]json.RawMessage, error)

	value json.RawMessage // of a function that returns no dataset; nil otherwise
}

// ErrNil is what a TP's package says of a function that returned nil.
var ErrNil = errors.New("the function returned nil")

// Call calls the function under test and marks the moments before and after.
func Call[T any](c *Case, function func() *rdd.RDD[T]) Dataset {
	return Try(c, func() (*rdd.RDD[T], error) { return function(), nil })
}

// Try is Call for a function that runs jobs of its own, which may fail.
func Try[T any](c *Case, function func() (*rdd.RDD[T], error)) Dataset {
	if c.missing != "" {
		return Dataset{failure: harnessFailed("the case gives no " + c.missing)}
	}
	var returned *rdd.RDD[T]
	c.mark(protocol.Called)
	failure := guarded(func() (err error) {
		returned, err = function()
		return err
	})
	c.mark(protocol.Returned)
	switch {
	case failure != nil:
		return Dataset{failure: failure}
	case returned == nil:
		return Dataset{failure: &protocol.Failure{Kind: protocol.ReturnedNil}}
	case returned.Session() != c.session:
		return Dataset{failure: &protocol.Failure{Kind: protocol.OtherSession}}
	}
	return Dataset{id: returned.ID(), lineage: returned.Lineage, rows: func() ([][]json.RawMessage, error) { return collected(returned) }}
}

// Value calls a function under test that runs its jobs itself and returns what
// came of them. It is called once more later, so what it closes over is made in it.
func Value[T any](c *Case, function func() (T, error)) Dataset {
	if c.missing != "" {
		return Dataset{failure: harnessFailed("the case gives no " + c.missing)}
	}
	call := func() (value json.RawMessage, failure *protocol.Failure) {
		failure = guarded(func() error {
			v, err := function()
			if err != nil {
				return err
			}
			value, err = json.Marshal(v)
			return err
		})
		return value, failure
	}
	c.mark(protocol.Called)
	value, failure := call()
	c.mark(protocol.Returned)
	if failure != nil {
		return Dataset{failure: failure}
	}
	calls := 0
	return Dataset{value: value, lineage: func() string { return "" }, rows: func() ([][]json.RawMessage, error) {
		calls++
		if calls == 1 {
			return [][]json.RawMessage{{value}}, nil
		}
		again, failure := call()
		if failure != nil {
			return [][]json.RawMessage{{}}, nil // it answered before: the two differ
		}
		return [][]json.RawMessage{{again}}, nil
	}}
}

// collected is all rows, partition by partition.
func collected[T any](r *rdd.RDD[T]) ([][]json.RawMessage, error) {
	parts, err := rdd.Glom(r).Collect()
	if err != nil {
		return nil, err
	}
	all := make([][]json.RawMessage, len(parts))
	for p, rows := range parts {
		all[p] = make([]json.RawMessage, len(rows))
		for i, row := range rows {
			if all[p][i], err = json.Marshal(row); err != nil {
				return nil, fmt.Errorf("row %d of partition %d of the result: %w", i, p, err)
			}
		}
	}
	return all, nil
}

// Run runs one case from its session's start to its answer.
func Run(f Function, spec protocol.Case, parent Parent) {
	c := open(spec, parent)
	answer, failure := c.answer(f)
	c.session.Stop()
	c.tell(protocol.Frame{Answer: answer, Failure: failure})
}

func (c *Case) answer(f Function) (*protocol.Answer, *protocol.Failure) {
	data := f.Run(c)
	if data.failure != nil {
		return nil, data.failure
	}
	answer := &protocol.Answer{Dataset: data.id, Value: data.value != nil}
	failure := guarded(func() (err error) {
		answer.Lineage = data.lineage()
		answer.Rows, err = data.rows()
		return err
	})
	c.mark(protocol.Acted)
	if failure != nil {
		return nil, failure
	}
	answer.Partitions = len(answer.Rows)
	// What was computed or kept dies with its executor; when all are lost, what comes
	// now can only come from the inputs, as after a failure on a real cluster.
	core := engine.Inside(c.session)
	lost := c.executors[:toLose(c.spec.Session.Lose, len(c.executors))]
	c.executors = nil
	for _, name := range lost {
		core.KillExecutor(name, "the grader takes it away")
		core.AddExecutor(name)
	}
	failure = guarded(func() (err error) {
		answer.Again, err = data.rows()
		return err
	})
	c.mark(protocol.Again)
	if failure != nil {
		return nil, failure
	}
	return answer, nil
}

// toLose is how many of so many executors a case takes away.
func toLose(asked, executors int) int {
	switch {
	case asked < 0:
		return 0
	case asked == 0:
		return executors
	}
	return min(asked, executors)
}

// guarded runs code of the student's, on the program's own goroutine.
func guarded(run func() error) (failure *protocol.Failure) {
	defer func() {
		if r := recover(); r != nil {
			failure = &protocol.Failure{Kind: protocol.Panicked, Texts: []string{fmt.Sprint(r)}, Line: panicLine()}
		}
	}()
	if err := run(); err != nil {
		return jobFailed(err)
	}
	return nil
}

func jobFailed(err error) *protocol.Failure {
	if errors.Is(err, ErrNil) {
		return &protocol.Failure{Kind: protocol.ReturnedNil}
	}
	f := &protocol.Failure{Kind: protocol.JobFailed}
	for ; err != nil; err = errors.Unwrap(err) {
		f.Texts = append(f.Texts, err.Error())
		if line := lineIn(err.Error()); line > 0 {
			f.Line = line
		}
	}
	return f
}

func harnessFailed(text string) *protocol.Failure {
	return &protocol.Failure{Kind: protocol.HarnessFailed, Texts: []string{text}}
}
