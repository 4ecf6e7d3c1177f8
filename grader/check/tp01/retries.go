package tp01

import (
	"encoding/json"
	"strconv"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// attempts judges Total.
func attempts(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := check.Came(got); len(findings) > 0 {
		return findings
	}
	failures, lines := c.Params["failures"], c.Source("lines").Count()
	wanted := min(failures, c.Session.Attempts) // a task that fails as often as it may ends its job
	failed := failedTasks(got.InsideEvents)
	facts := message.Facts{"failures": failures, "failed": failed, "wanted": wanted, "rows": got.Inside.Result}
	values := check.SameValue(got, want)
	switch {
	case failed == 0 && wanted > 0 && got.CallsInside["read"] > 0 && got.Inside.Result >= int64(lines):
		return []check.Finding{{Key: check.ReadOnDriver, Facts: facts}}
	case failed == wanted && wanted == c.Session.Attempts && len(values) > 0:
		return []check.Finding{{Key: check.ErrorDropped, Facts: facts}}
	case failed == 0 && wanted > 0 && len(values) > 0 && got.CallsInside["read"] >= lines:
		return []check.Finding{{Key: check.FailureHidden, Facts: facts}}
	case len(values) > 0:
		return values
	case failed != wanted:
		return []check.Finding{{Key: check.TriedByHand, Facts: facts}}
	}
	return check.SameAgain(got)
}

// failedTasks counts the attempts that failed; those that were killed, because
// their job was over, did not.
func failedTasks(events []event.Event) int {
	n := 0
	for _, e := range events {
		if end, ok := e.(event.TaskEnd); ok && end.Status == event.Failed {
			n++
		}
	}
	return n
}

// readable judges Readable.
func readable(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if failed := failedTasks(got.Events); failed > 0 {
		return []check.Finding{{Key: check.TasksFailed, Facts: message.Facts{"failed": failed}}}
	}
	if findings := check.Sound(c, got, want); len(findings) > 0 {
		return findings
	}
	if findings := check.SameRows(got, want); len(findings) > 0 {
		for _, m := range []struct {
			key  check.Key
			rows []json.RawMessage
		}{
			{check.ZeroForBad, readings(c, func(_ bool) (row, more bool) { return true, true })},
			{check.RestDropped, readings(c, func(good bool) (row, more bool) { return good, good })},
		} {
			if missing, extra := check.Difference(m.rows, check.Flat(got.Rows)); len(missing)+len(extra) == 0 {
				findings[0].Key = m.key
				break
			}
		}
		return findings
	}
	return once(c, got, "read")
}

// readings reads the lines as a right answer, or a mistake, does: take says of a
// line, good or not, whether it gives a row and whether its partition goes on.
func readings(c check.Case, take func(good bool) (row, more bool)) []json.RawMessage {
	rows := []json.RawMessage{}
	for _, partition := range c.Source("lines").Partitions {
		for _, line := range partition {
			var text string
			if json.Unmarshal(line, &text) != nil {
				continue
			}
			n, err := strconv.Atoi(text)
			if err != nil {
				n = 0
			}
			row, more := take(err == nil)
			if row {
				rows = append(rows, raw(n)...)
			}
			if !more {
				break
			}
		}
	}
	return rows
}
