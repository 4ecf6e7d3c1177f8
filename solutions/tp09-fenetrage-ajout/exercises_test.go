package tp09

import (
	"testing"

	calls "etincelle/grader/harness/tp09"
	"etincelle/grader/publictest"
)

// The public cases of each exercise, as `go run . check tp09` runs them. This
// file stands in labs/ and in solutions/, byte for byte.

var exercises = calls.Exercises(calls.Functions{
	ByHour: ByHour, BatchOf: BatchOf, LastCall: LastCall, Late: Late, SmallestDelay: SmallestDelay,
	Archive: Archive, FreshStart: FreshStart,
})

func TestExercise1(t *testing.T) { publictest.Run(t, exercises, 1) }

func TestExercise2(t *testing.T) { publictest.Run(t, exercises, 2) }

func TestExercise3(t *testing.T) { publictest.Run(t, exercises, 3) }

func TestExercise4(t *testing.T) { publictest.Run(t, exercises, 4) }

func TestExercise5(t *testing.T) { publictest.Run(t, exercises, 5) }

func TestExercise6(t *testing.T) { publictest.Run(t, exercises, 6) }
