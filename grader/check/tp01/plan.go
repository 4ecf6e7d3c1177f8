package tp01

import (
	"slices"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// lazy judges LongDelays.
func lazy(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := check.Sound(c, got, want); len(findings) > 0 {
		return findings
	}
	if calls := got.CallsInside["parse"]; calls > 0 {
		return []check.Finding{{Key: check.ParsedEarly, Facts: message.Facts{"calls": calls}}}
	}
	if findings := check.SameRows(got, want); len(findings) > 0 {
		border, _ := wantedDelays(c, func(delay int) bool { return delay >= limit })
		if missing, extra := check.Difference(border, check.Flat(got.Rows)); len(missing)+len(extra) == 0 {
			findings[0].Key = check.BorderCounted
		}
		return findings
	}
	return once(c, got, "parse")
}

// once judges that a function that was handed out is called once for each line.
func once(c check.Case, got evidence.Outcome, function string) []check.Finding {
	lines := c.Source("lines").Count()
	if calls := got.Calls[function]; calls != lines {
		return []check.Finding{{Key: check.CalledTwice, Facts: message.Facts{"calls": calls, "lines": lines}}}
	}
	return nil
}

// wide are the transformations that move rows.
var wide = []string{"reduceByKey", "groupByKey", "partitionBy", "sortByKey", "repartition", "distinct"}

// among counts the transformations of a chain that are among some.
func among(c check.Case, some ...string) float64 {
	n := 0
	for _, operation := range texts(c, "chain") {
		if slices.Contains(some, operation) {
			n++
		}
	}
	return float64(n)
}

// stages is what Stages must return.
func stages(c check.Case) float64 { return 1 + among(c, wide...) }

var stagesMistakes = []mistake{
	{check.CoalesceIsNarrow, func(c check.Case) float64 { return 1 + among(c, wide...) + among(c, "coalesce") }},
	{check.ShufflesAreNoStages, func(c check.Case) float64 { return among(c, wide...) }},
	{check.OperationsAreNoStages, func(c check.Case) float64 { return float64(len(texts(c, "chain"))) }},
	{check.OperationsAreNoStages, func(c check.Case) float64 { return 1 + float64(len(texts(c, "chain"))) }},
}

// sorted judges BusiestFirst.
func sorted(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := check.First(check.Sound(c, got, want), check.SameRows(got, want)); len(findings) > 0 {
		return findings
	}
	type count struct {
		Key   string
		Value int
	}
	rows := rowsOf[count](check.Case{Sources: []check.Source{{Partitions: got.Rows}}}, "")
	up, down := true, true
	var facts message.Facts
	for i := 1; i < len(rows); i++ {
		before, after := rows[i-1], rows[i]
		up = up && before.Value <= after.Value
		if before.Value < after.Value {
			if down {
				facts = message.Facts{"before": check.Show(raw(before)[0]), "after": check.Show(raw(after)[0])}
			}
			down = false
		}
	}
	many := 0 // partitions with a row
	for _, partition := range got.Rows {
		if len(partition) > 0 {
			many++
		}
	}
	steps := stagesOf(got)
	switch {
	case !down && up:
		return []check.Finding{{Key: check.SortedBackwards, Facts: facts}}
	case !down:
		return []check.Finding{{Key: check.NotSorted, Facts: facts}}
	case want.Partitions > 1 && len(got.Rows) == 1, want.Largest < len(rows) && many == 1:
		return []check.Finding{{Key: check.SortedInOneTask}}
	case len(steps) != 3:
		return []check.Finding{{Key: check.OneStageMore, Facts: message.Facts{"got": len(steps), "wanted": 3}}}
	}
	return nil
}

// stagesOf are the stages of the job that computed the result, skipped ones included.
func stagesOf(got evidence.Outcome) []event.Stage {
	var found []event.Stage
	for _, e := range got.Events {
		if job, ok := e.(event.JobStart); ok {
			found = job.Stages // the last job is the one that computed it
		}
	}
	return found
}
