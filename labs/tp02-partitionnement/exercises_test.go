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
	DistanceAndTotal: DistanceAndTotal, DistancesByBroadcast: DistancesByBroadcast, Sizes: Sizes, JFKAlone: JFKAlone,
	SaltedDistances: SaltedDistances, ByDistance: ByDistance, PartitionOf: PartitionOf,
})

func TestExercise1(t *testing.T) { publictest.Run(t, exercises, 1) }

func TestExercise2(t *testing.T) { publictest.Run(t, exercises, 2) }

func TestExercise3(t *testing.T) { publictest.Run(t, exercises, 3) }

func TestExercise4(t *testing.T) { publictest.Run(t, exercises, 4) }

func TestExercise5(t *testing.T) { publictest.Run(t, exercises, 5) }

func TestExercise6(t *testing.T) { publictest.Run(t, exercises, 6) }

func TestExercise7(t *testing.T) { publictest.Run(t, exercises, 7) }

func TestExercise8(t *testing.T) { publictest.Run(t, exercises, 8) }

func TestExercise9(t *testing.T) { publictest.Run(t, exercises, 9) }

func TestExercise10(t *testing.T) { publictest.Run(t, exercises, 10) }
