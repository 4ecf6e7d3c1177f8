package tp00

import (
	"testing"

	calls "etincelle/grader/harness/tp00"
	"etincelle/grader/publictest"
)

// The public cases of each exercise, as `go run . check tp00` runs them. This
// file stands in labs/ and in solutions/, byte for byte.

var exercises = calls.Exercises(calls.Functions{LateFlights: LateFlights, CountLate: CountLate})

func TestExercise1(t *testing.T) { publictest.Run(t, exercises, 1) }

func TestExercise2(t *testing.T) { publictest.Run(t, exercises, 2) }
