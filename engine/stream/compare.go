package stream

import (
	"errors"
	"fmt"

	"etincelle/engine/frame"
)

// Comparison is one query in the three output modes over the same input.
type Comparison struct {
	Refused map[OutputMode]error // why a mode cannot be started
	Steps   []ComparedStep
}

// ComparedStep is what the modes made of the same rows. Batch numbers differ: append
// and update run batches without rows, complete does not; so batches stand beside
// each other by what they read.
type ComparedStep struct {
	Rows    int64 // read in this step
	Batches map[OutputMode][]ComparedBatch
}

// ComparedBatch is one batch of one mode.
type ComparedBatch struct {
	Progress Progress
	Rows     []frame.Row // that went to the sink
}

// modes are the modes in the order in which they are compared.
var modes = []OutputMode{Append, Update, Complete}

// compared is a query of a comparison.
type compared struct {
	query *Query
	last  ComparedBatch
}

// Compare runs result in the three modes, each as a query of its own, until all its
// input is read. The input must be there: rows that were added, or a recording. A
// mode that is refused is left out, and the refusal told. Batches without rows run
// before new rows are read (see NoDataFirst), unless the options say otherwise.
func Compare(result *frame.Frame, options ...Option) (*Comparison, error) {
	c := &Comparison{Refused: map[OutputMode]error{}}
	queries := map[OutputMode]*compared{}
	var problem error
	for _, mode := range modes {
		one := &compared{}
		own := append([]Option{NoDataFirst(true)}, options...)
		own = append(own, ByHand(), Checkpoint(""), Name(string(mode)))
		q, err := Start(result, mode, SinkFunc(func(out *Output) error {
			one.last.Rows = nil
			for row := range out.Rows() {
				one.last.Rows = append(one.last.Rows, row)
			}
			return nil
		}), own...)
		if err != nil {
			c.Refused[mode] = err
			problem = errors.Join(problem, err)
			continue
		}
		one.query = q
		queries[mode] = one
		defer q.end(nil)
	}
	if len(queries) == 0 {
		return nil, fmt.Errorf("no output mode can run this query: %w", problem)
	}
	for {
		step, err := compareStep(queries)
		if err != nil || step == nil {
			return c, err
		}
		c.Steps = append(c.Steps, *step)
	}
}

// compareStep lets each query read its next rows, and then run what those rows
// make worth running; nil when there are no more rows.
func compareStep(queries map[OutputMode]*compared) (*ComparedStep, error) {
	step := &ComparedStep{Batches: map[OutputMode][]ComparedBatch{}}
	any := false
	for _, mode := range modes {
		one, runs := queries[mode]
		if !runs {
			continue
		}
		for i := 0; i == 0 || i == 1 && one.query.idle(); i++ {
			ran, err := one.query.Advance()
			if err != nil {
				return nil, err
			}
			if !ran {
				break
			}
			any = true
			one.last.Progress, _ = one.query.LastProgress()
			step.Rows = max(step.Rows, one.last.Progress.NumInputRows)
			step.Batches[mode] = append(step.Batches[mode], one.last)
		}
	}
	if !any {
		return nil, nil
	}
	return step, nil
}

// idle reports whether a batch without rows is next.
func (q *Query) idle() bool {
	q.turn.Lock()
	defer q.turn.Unlock()
	return q.runner.settles()
}
