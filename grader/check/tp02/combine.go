package tp02

import (
	"encoding/json"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// flight is what the judgement needs of one row of the input.
type flight struct {
	Carrier  string
	Departed bool
	Delay    int
}

// sums judges the values of DelayByCarrier.
func sums(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := check.Sound(c, got, want); len(findings) > 0 {
		return findings
	}
	findings := check.SameRows(got, want)
	if len(findings) == 0 {
		if tasks := got.SourceTasks["flights"]; tasks > 1 && got.Shuffles() == 0 {
			return []check.Finding{{Key: check.SharedMemory, Facts: message.Facts{"tasks": tasks}}}
		}
		return nil
	}
	// The known mistakes are made here on the same input: the one that gives the
	// same rows is the student's.
	for _, mistake := range []struct {
		key   check.Key
		value func(flight) (delay int, counts bool)
	}{
		{check.CancelledCounted, func(f flight) (int, bool) { return f.Delay, true }},
		{check.EarlyDropped, func(f flight) (int, bool) { return max(f.Delay, 0), f.Departed }},
	} {
		missing, extra := check.Difference(added(c, mistake.value), check.Flat(got.Rows))
		if len(missing)+len(extra) == 0 {
			findings[0].Key = mistake.key
			return findings
		}
	}
	return findings
}

// added is the sum for each airline of what value gives of its flights.
func added(c check.Case, value func(flight) (delay int, counts bool)) []json.RawMessage {
	totals := map[string]int{}
	for _, raw := range check.Flat(c.Source("flights").Partitions) {
		var f flight
		if json.Unmarshal(raw, &f) != nil {
			return nil // not a flight: then no mistake can be told
		}
		if delay, counts := value(f); counts {
			totals[f.Carrier] += delay
		}
	}
	var rows []json.RawMessage
	for carrier, total := range totals {
		row, err := json.Marshal(struct {
			Key   string
			Value int
		}{carrier, total})
		if err != nil {
			return nil
		}
		rows = append(rows, row)
	}
	return rows
}

// combined judges what DelayByCarrier moves.
func combined(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := sums(c, got, want); len(findings) > 0 {
		return findings
	}
	partitions := len(c.Source("flights").Partitions)
	switch {
	case got.Shuffled() > airlines(c) && got.Shuffles() > want.Shuffles:
		return []check.Finding{{Key: check.TooManyRows, Facts: moved(got, want)}}
	case got.Shuffled() > airlines(c):
		return []check.Finding{{Key: check.CombineBefore, Facts: moved(got, want)}}
	case got.SourceTasks["flights"] < min(partitions, 2):
		return []check.Finding{{Key: check.OneTask, Facts: message.Facts{"partitions": partitions}}}
	}
	return nil
}

// airlines counts each airline once in each partition where it has a flight,
// departed or not: the most rows that the exercise allows in the shuffle.
func airlines(c check.Case) int64 {
	var pairs int64
	for _, rows := range c.Source("flights").Partitions {
		seen := map[string]bool{}
		for _, raw := range rows {
			var f flight
			if json.Unmarshal(raw, &f) == nil && !seen[f.Carrier] {
				seen[f.Carrier] = true
				pairs++
			}
		}
	}
	return pairs
}
