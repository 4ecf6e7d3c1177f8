package tp01

import (
	"bytes"
	"encoding/json"
	"slices"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// tasks judges InTasks.
func tasks(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := check.First(check.Sound(c, got, want), check.SameRows(got, want)); len(findings) > 0 {
		return findings
	}
	if moved := got.Shuffled(); moved > 0 || got.Shuffles() > 0 {
		return []check.Finding{{Key: check.ShuffledToSpread, Facts: message.Facts{"shuffled": moved}}}
	}
	if findings := resultTasks(c, got); len(findings) > 0 {
		return findings
	}
	if !slices.EqualFunc(check.Flat(got.Rows), want.Rows, func(a, b json.RawMessage) bool { return bytes.Equal(a, b) }) {
		return []check.Finding{{Key: check.OtherOrder}}
	}
	return nil
}

// resultTasks judges that the stage of the result has n tasks.
func resultTasks(c check.Case, got evidence.Outcome) []check.Finding {
	if n := c.Params["n"]; len(got.Rows) != n {
		return []check.Finding{{Key: check.WrongTasks, Facts: message.Facts{"got": len(got.Rows), "wanted": n}}}
	}
	return nil
}

// reduceTasks judges CountByCarrier.
func reduceTasks(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := check.First(check.Sound(c, got, want), check.SameRows(got, want)); len(findings) > 0 {
		return findings
	}
	partitions, steps := len(c.Source("flights").Partitions), stagesOf(got)
	switch {
	case len(steps) != 2:
		return []check.Finding{{Key: check.OneStageMore, Facts: message.Facts{"got": len(steps), "wanted": 2}}}
	case got.SourceTasks["flights"] != partitions:
		return []check.Finding{{Key: check.FewerSourceTasks, Facts: message.Facts{"got": got.SourceTasks["flights"], "wanted": partitions}}}
	}
	return resultTasks(c, got)
}

// reused judges AirlinesAndMost.
func reused(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := check.First(check.Sound(c, got, want), check.SameValue(got, want)); len(findings) > 0 {
		return findings
	}
	jobs := got.Own.Jobs
	switch {
	case got.Shuffles() > 1:
		return []check.Finding{{Key: check.ShuffledAgain, Facts: message.Facts{"shuffles": got.Shuffles()}}}
	case jobs > 2:
		return []check.Finding{{Key: check.TooManyJobs, Facts: message.Facts{"jobs": jobs}}}
	case jobs < 2 || got.Inside.SkippedStages != 1:
		return []check.Finding{{Key: check.OneAction, Facts: message.Facts{"jobs": jobs}}}
	}
	return nil
}
