package tp01

import (
	"testing"

	calls "etincelle/grader/harness/tp01"
	"etincelle/grader/publictest"
)

// The public cases of each exercise, as `go run . check tp01` runs them. This
// file stands in labs/ and in solutions/, byte for byte.

var exercises = calls.Exercises(calls.Functions{
	LongDelays: LongDelays, Stages: Stages, BusiestFirst: BusiestFirst, InTasks: InTasks, CountByCarrier: CountByCarrier,
	AirlinesAndMost: AirlinesAndMost, StagesOf: StagesOf, Rebuild: Rebuild,
	Skipped: Skipped, Shuffled: Shuffled, Skew: Skew, Retried: Retried, Total: Total, Readable: Readable,
})

func TestExercise1(t *testing.T) { publictest.Run(t, exercises, 1) }

func TestExercise2(t *testing.T) { publictest.Run(t, exercises, 2) }

func TestExercise3(t *testing.T) { publictest.Run(t, exercises, 3) }

func TestExercise4(t *testing.T) { publictest.Run(t, exercises, 4) }

func TestExercise5(t *testing.T) { publictest.Run(t, exercises, 5) }

func TestExercise6(t *testing.T) { publictest.Run(t, exercises, 6) }

func TestExercise7(t *testing.T) { publictest.Run(t, exercises, 7) }
