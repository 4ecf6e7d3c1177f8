package tp01

import (
	"slices"

	"etincelle/grader/check"
)

// The exercises about a recorded run: each answer is told from the rows of the
// case, and so is each known mistake.

// stage and task are rows of the input, as datasets.Stage and datasets.Task write
// themselves.
type stage struct {
	Job, Stage, Tasks int
	Skipped           bool
}

type task struct {
	Job, Stage, Partition, Attempt int
	Failed                         bool
	Read, Written                  int64
}

// wantedOf is what is wanted of any run.
func wantedOf(right answer) func(check.Case) (check.Want, bool) {
	return func(c check.Case) (check.Want, bool) {
		asks := c.Source("tasks").Count() > 0 && c.Source("stages").Count() > 0
		return check.Want{Rows: raw(right(c)), Partitions: 1}, asks
	}
}

// sum adds up what value gives of the tasks.
func sum(c check.Case, value func(task) int64) float64 {
	var n int64
	for _, t := range rowsOf[task](c, "tasks") {
		n += value(t)
	}
	return float64(n)
}

// sumStages adds up what value gives of the stages.
func sumStages(c check.Case, value func(stage) int) float64 {
	n := 0
	for _, s := range rowsOf[stage](c, "stages") {
		n += value(s)
	}
	return float64(n)
}

func when(condition bool, n int64) int64 {
	if condition {
		return n
	}
	return 0
}

func skipped(c check.Case) float64 {
	return sumStages(c, func(s stage) int { return int(when(s.Skipped, 1)) })
}

var skippedMistakes = []mistake{
	{check.SkippedTasksCounted, func(c check.Case) float64 {
		return sumStages(c, func(s stage) int { return int(when(s.Skipped, int64(s.Tasks))) })
	}},
	{check.RunStagesCounted, func(c check.Case) float64 { return float64(c.Source("stages").Count()) }},
	{check.RunStagesCounted, func(c check.Case) float64 {
		return sumStages(c, func(s stage) int { return int(when(!s.Skipped, 1)) })
	}},
}

func shuffled(c check.Case) float64 {
	return sum(c, func(t task) int64 { return when(t.Job == c.Params["job"] && !t.Failed, t.Written) })
}

var shuffledMistakes = []mistake{
	{check.OtherJobsCounted, func(c check.Case) float64 { return sum(c, func(t task) int64 { return when(!t.Failed, t.Written) }) }},
	{check.ReadForWritten, func(c check.Case) float64 {
		return sum(c, func(t task) int64 { return when(t.Job == c.Params["job"] && !t.Failed, t.Read) })
	}},
	{check.ReadForWritten, func(c check.Case) float64 {
		return sum(c, func(t task) int64 { return when(t.Job == c.Params["job"] && !t.Failed, t.Read+t.Written) })
	}},
}

// reads are the rows read by the tasks of the stage that the case asks about, the
// fewest first.
func reads(c check.Case, failedToo bool) []float64 {
	var all []float64
	for _, t := range rowsOf[task](c, "tasks") {
		if t.Stage == c.Params["stage"] && (failedToo || !t.Failed) {
			all = append(all, float64(t.Read))
		}
	}
	slices.Sort(all)
	return all
}

// over is the largest over what is in the middle, however the middle is told.
func over(all []float64, middle func([]float64) float64) float64 {
	if len(all) == 0 || middle(all) == 0 {
		return 0
	}
	return all[len(all)-1] / middle(all)
}

func median(all []float64) float64 { return (all[(len(all)-1)/2] + all[len(all)/2]) / 2 }

func mean(all []float64) float64 {
	total := 0.0
	for _, n := range all {
		total += n
	}
	return total / float64(len(all))
}

func skew(c check.Case) float64 { return over(reads(c, false), median) }

var skewMistakes = []mistake{
	{check.MeanForMedian, func(c check.Case) float64 { return over(reads(c, false), mean) }},
	{check.FailedCounted, func(c check.Case) float64 { return over(reads(c, true), median) }},
	{check.LowerMiddle, func(c check.Case) float64 {
		return over(reads(c, false), func(all []float64) float64 { return all[len(all)/2] })
	}},
	{check.LowerMiddle, func(c check.Case) float64 {
		return over(reads(c, false), func(all []float64) float64 { return all[(len(all)-1)/2] })
	}},
}

// failures counts the tasks that failed, told apart by name.
func failures(c check.Case, name func(task) [2]int) float64 {
	seen := map[[2]int]bool{}
	for _, t := range rowsOf[task](c, "tasks") {
		if t.Failed {
			seen[name(t)] = true
		}
	}
	return float64(len(seen))
}

func retried(c check.Case) float64 {
	return failures(c, func(t task) [2]int { return [2]int{t.Stage, t.Partition} })
}

var retriedMistakes = []mistake{
	{check.AttemptsCounted, func(c check.Case) float64 { return sum(c, func(t task) int64 { return when(t.Failed, 1) }) }},
	{check.StagesMixed, func(c check.Case) float64 {
		return failures(c, func(t task) [2]int { return [2]int{0, t.Partition} })
	}},
	{check.StagesMixed, func(c check.Case) float64 {
		return failures(c, func(t task) [2]int { return [2]int{t.Stage, 0} })
	}},
}
