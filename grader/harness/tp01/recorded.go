package tp01

import (
	"etincelle/datasets"
	"etincelle/grader/harness"
)

// The exercises about a recorded run.

// recorded is a function of the run and, where the case has one, of a number.
func recorded[T any](name, param string, f func(run datasets.Run, n int) T) harness.Function {
	return harness.Function{Name: name, Run: func(c *harness.Case) harness.Dataset {
		run := datasets.Run{Stages: harness.Rows[datasets.Stage](c, "stages"), Tasks: harness.Rows[datasets.Task](c, "tasks")}
		n := 0
		if param != "" {
			n = c.Param(param)
		}
		return harness.Value(c, func() (T, error) { return f(run, n), nil })
	}}
}

// Skipped calls the function of that name.
func Skipped(f func(datasets.Run) int) harness.Function {
	return recorded("Skipped", "", func(run datasets.Run, _ int) int { return f(run) })
}

// Shuffled calls the function of that name.
func Shuffled(f func(datasets.Run, int) int64) harness.Function {
	return recorded("Shuffled", "job", f)
}

// Skew calls the function of that name.
func Skew(f func(datasets.Run, int) float64) harness.Function { return recorded("Skew", "stage", f) }

// Retried calls the function of that name.
func Retried(f func(datasets.Run) int) harness.Function {
	return recorded("Retried", "", func(run datasets.Run, _ int) int { return f(run) })
}
