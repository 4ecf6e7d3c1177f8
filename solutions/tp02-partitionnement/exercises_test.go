package tp02

import (
	"testing"

	calls "etincelle/grader/harness/tp02"
	"etincelle/grader/publictest"
)

// The public cases of each exercise, as `go run . check tp02` runs them. This
// file stands in labs/ and in solutions/, byte for byte.

var exercises = calls.Exercises(calls.Functions{
	Shrink: Shrink, Balance: Balance, DelayByCarrier: DelayByCarrier, DistancesWithNames: DistancesWithNames,
})

func TestExercise1(t *testing.T) { publictest.Run(t, exercises, 1) }

func TestExercise2(t *testing.T) { publictest.Run(t, exercises, 2) }

func TestExercise3(t *testing.T) { publictest.Run(t, exercises, 3) }
