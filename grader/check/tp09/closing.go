package tp09

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"etincelle/grader/check"
	"etincelle/grader/check/queries"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Exercise 2: when a window comes, and what makes the last ones come.

// said is an answer about a stream, and what the engine did with it.
type said struct{ Said, Engine int }

// read is the values of a source.
func read[T any](c check.Case, name string) [][]T {
	var parts [][]T
	for _, raw := range c.Source(name).Partitions {
		var rows []T
		for _, r := range raw {
			var one T
			if json.Unmarshal(r, &one) == nil {
				rows = append(rows, one)
			}
		}
		parts = append(parts, rows)
	}
	return parts
}

// tampered says that an answer cannot have happened.
func tampered(fault string) []check.Finding {
	return []check.Finding{{Key: check.Tampered, Facts: message.Facts{"fault": fault}}}
}

// never is the answer that exercises.go calls Never.
const never = -1

// clock is a time of day.
func clock(at time.Time) string { return at.UTC().Format("15:04") }

// batchOf judges BatchOf.
func batchOf(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, findings := queries.Value[[]said](got, want)
	if len(findings) > 0 {
		return findings
	}
	ends := slices.Concat(read[time.Time](c, "end")...)
	if len(came) != len(wanted) || len(came) != len(ends) {
		return tampered("the answer has another length")
	}
	steps, delay := read[time.Time](c, "steps"), time.Duration(c.Params["delay"])*time.Minute
	for i, end := range ends {
		if came[i].Engine != wanted[i].Engine {
			return tampered("the engine wrote a window in another batch")
		}
		if came[i].Said == wanted[i].Engine {
			continue
		}
		facts := message.Facts{"end": clock(end), "said": came[i].Said, "batch": wanted[i].Engine}
		if came[i].Said == never {
			facts["said"] = "Never"
		}
		key := check.OtherBatch
		switch {
		case wanted[i].Engine < 0:
			key = check.WindowsThatWait
		case wanted[i].Said != wanted[i].Engine: // the reference is wrong: nobody else is
			return tampered("the reference and the engine disagree")
		default:
			for _, m := range mistakesOf(steps, delay, end, wanted[i].Engine) {
				if m.batch == came[i].Said {
					key = m.key
					break
				}
			}
		}
		return []check.Finding{{Key: key, Facts: facts}}
	}
	return nil
}

// mistake is the batch that a misconception leads to.
type mistake struct {
	key   check.Key
	batch int
}

// mistakesOf is what the known misconceptions say of a window that comes in a batch.
func mistakesOf(steps [][]time.Time, delay time.Duration, end time.Time, batch int) []mistake {
	return []mistake{
		{check.LatestForgotten, byLastRow(steps, delay, end)},
		{check.StrictlyAfter, writes(steps, func(latest, _ time.Time) bool { return latest.Add(-delay).After(end) })},
		{check.DelayForgotten, writes(steps, func(latest, _ time.Time) bool { return !latest.Before(end) })},
		{check.LatestForgotten, writes(steps, func(_, newest time.Time) bool { return !newest.Add(-delay).Before(end) })},
		{check.SameBatch, batch - 1},
		{check.EmptyBatchesForgotten, inSteps(steps, delay, end)},
		{check.EmptyBatchesAlways, inSteps(steps, delay, end)*2 + 1},
		{check.NeverSaid, never},
	}
}

// writes is the batch without rows after the first step of which over says that the
// window is over, by the latest time so far and the newest of the step.
func writes(steps [][]time.Time, over func(latest, newest time.Time) bool) int {
	batch, latest := 0, time.Time{}
	for _, brought := range steps {
		newest := slices.MaxFunc(brought, time.Time.Compare)
		moved := newest.After(latest)
		if moved {
			latest = newest
		}
		batch++
		if over(latest, newest) {
			return batch
		}
		if moved {
			batch++
		}
	}
	return -1
}

// byLastRow is the batch after the first step whose last row says that the window is
// over: a watermark that goes by that row, and back with it.
func byLastRow(steps [][]time.Time, delay time.Duration, end time.Time) int {
	batch, before := 0, time.Time{}
	for _, brought := range steps {
		last := brought[len(brought)-1]
		batch++
		if !last.Add(-delay).Before(end) {
			return batch
		}
		if last.After(before) {
			batch++
		}
		before = last
	}
	return -1
}

// inSteps is the step that closes the window.
func inSteps(steps [][]time.Time, delay time.Duration, end time.Time) int {
	return slices.IndexFunc(steps, func(step []time.Time) bool {
		return slices.ContainsFunc(step, func(at time.Time) bool { return !at.Add(-delay).Before(end) })
	})
}

// called is the time of one more event, and the windows that wait after it.
type called struct {
	At   time.Time
	Left int
}

// lastCall judges LastCall.
func lastCall(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, findings := queries.Value[called](got, want)
	if len(findings) > 0 || came.At.Equal(wanted.At) {
		return findings
	}
	delay := time.Duration(c.Params["delay"]) * time.Minute
	facts := message.Facts{"at": clock(came.At), "left": came.Left, "wanted": clock(wanted.At), "minutes": int(delay / time.Minute)}
	short := wanted.At.Sub(came.At)
	key := check.CalledTooEarly
	switch {
	case short == delay:
		key = check.CalledWithoutDelay
	case short > 0 && short <= time.Minute:
		key = check.CalledAMinuteShort
	case short < 0:
		key = check.CalledTooLate
	case slices.ContainsFunc(slices.Concat(read[time.Time](c, "ends")...), func(end time.Time) bool { return end.Add(delay).Equal(came.At) }):
		key = check.CalledForOneWindow
	}
	if came.Left == 0 && short > 0 {
		return tampered(fmt.Sprintf("an event of %s closed all windows", clock(came.At)))
	}
	return []check.Finding{{Key: key, Facts: facts}}
}
