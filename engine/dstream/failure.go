package dstream

import (
	"fmt"

	"etincelle/engine/lineage"
)

// The classes of Spark's errors that streaming uses most.
const (
	illegalState    = "java.lang.IllegalStateException"
	illegalArgument = "java.lang.IllegalArgumentException"
	unsupported     = "java.lang.UnsupportedOperationException"
)

// failure is an error under the class that Spark gives it.
func failure(class, format string, args ...any) error {
	return &lineage.Failure{Class: class, Site: lineage.Caller(), Message: fmt.Sprintf(format, args...)}
}

// required is the error of a condition that Spark requires.
func required(format string, args ...any) error {
	return failure(illegalArgument, "requirement failed: "+format, args...)
}

// attempt runs f and turns a panic of the program's own function into an error that
// names its line.
func attempt(f func() error) (err error) {
	lineage.Attempt(nil, func(*lineage.Task) (any, error) { return nil, f() }, func(_ any, failed error) { err = failed })
	return err
}

// firstError is the first that is not nil.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
