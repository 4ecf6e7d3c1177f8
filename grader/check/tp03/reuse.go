package tp03

import (
	"encoding/json"
	"slices"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Exercises 1 to 3: datasets that several actions share, and that are given back.

// once judges LateFlights: the counts, and each partition computed once for all.
func once(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := valued(c, got, want); len(findings) > 0 {
		if findings[0].Key == check.WrongValue && cancelledCounted(c, got) {
			findings[0].Key = check.CancelledCounted
		}
		return findings
	}
	s := stocked(got.InsideEvents)
	return check.First(oneReading(c, got, s), fewKept(s, 1))
}

// flight is what the judgement needs of one row of the input.
type flight struct {
	Departed bool
	Delay    int
}

// cancelledCounted makes the known mistake on the same input.
func cancelledCounted(c check.Case, got evidence.Outcome) bool {
	var counts []int
	for _, raw := range check.Flat(c.Source("limits").Partitions) {
		var limit, late int
		if json.Unmarshal(raw, &limit) != nil {
			return false
		}
		for _, row := range check.Flat(c.Source("flights").Partitions) {
			var f flight
			if json.Unmarshal(row, &f) == nil && f.Delay > limit {
				late++
			}
		}
		counts = append(counts, late)
	}
	row, err := json.Marshal(counts)
	if err != nil {
		return false
	}
	missing, extra := check.Difference([]json.RawMessage{row}, check.Flat(got.Rows))
	return len(missing)+len(extra) == 0
}

// freed judges that LateFlights, which reads once, keeps nothing when it returns.
func freed(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	return check.First(once(c, got, want), nothingLeft(got))
}

// rolling judges Totals.
func rolling(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := valued(c, got, want); len(findings) > 0 {
		return findings
	}
	s := stocked(got.InsideEvents)
	return check.First(oneReading(c, got, s), fewKept(s, 2))
}

// emptied judges that nothing of Totals is kept when it returns.
func emptied(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	return check.First(rolling(c, got, want), nothingLeft(got))
}

// warm judges CountAll.
func warm(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := valued(c, got, want); len(findings) > 0 {
		return findings
	}
	s := stocked(got.InsideEvents)
	often := named(got.InsideEvents, "often")
	if missing := len(c.Source("often").Partitions) - s.partitions(often); missing > 0 {
		lost := slices.DeleteFunc(slices.Clone(s.evicted), func(b block) bool { return b.dataset != often })
		if len(lost) == 0 {
			return []check.Finding{{Key: check.OftenNotKept, Facts: message.Facts{"missing": missing}}}
		}
		return []check.Finding{{Key: check.OftenEvicted, Facts: message.Facts{"missing": missing, "blocks": names(lost)}}}
	}
	for _, source := range c.Sources {
		if findings := computedOnce(source, got.ReadsInside[source.Name]); len(findings) > 0 {
			return findings
		}
	}
	return nil
}

// valued judges the value of a function that runs its own jobs, and where the work
// was done.
func valued(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	findings := check.First(check.Came(got), check.SameValue(got, want), check.SameAgain(got), stayedAway(c, got))
	if len(findings) > 0 && findings[0].Key == check.WrongValue && got.Inside.FailedTasks > 0 && c.Params[stumbles] > 0 {
		findings[0].Key = check.RetryCounted
		findings[0].Facts = message.Facts{"failed": got.Inside.FailedTasks}
	}
	return findings
}

// stumbles is how often each partition fails before it is computed: the harness sees
// to that, so right answers read so much more.
const stumbles = "stumbles"

// fewRows is an input so small that a few numbers a partition are as many rows.
const fewRows = 40

// stayedAway judges that the rows were not brought to the driver.
func stayedAway(c check.Case, got evidence.Outcome) []check.Finding {
	rows := 0
	for _, s := range c.Sources {
		if got.ByValue[s.Name] == 0 {
			rows += s.Count()
		}
	}
	if rows < fewRows || got.Own.Result < int64(rows)/2 {
		return nil
	}
	return []check.Finding{{Key: check.BroughtToDriver, Facts: message.Facts{"rows": got.Own.Result, "of": rows}}}
}

// oneReading judges that each partition of flights was computed once while the
// function ran, and says why it was not.
func oneReading(c check.Case, got evidence.Outcome, s *shelf) []check.Finding {
	source := c.Source("flights")
	findings := computedOnce(source, got.ReadsInside[source.Name]-c.Params[stumbles]*len(source.Partitions))
	if len(findings) == 0 || findings[0].Key != check.ComputedAgain {
		return findings
	}
	facts := findings[0].Facts
	facts["jobs"], facts["freed"] = s.jobs, s.waste
	switch {
	case s.stored == 0:
		findings[0].Key = check.NotKept
	case s.waste > 0:
		findings[0].Key = check.FreedTooEarly
	}
	return findings
}

// computedOnce judges the reads of a source: one for each partition.
func computedOnce(source check.Source, reads int) []check.Finding {
	facts := message.Facts{"source": source.Name, "computed": reads, "wanted": len(source.Partitions)}
	switch {
	case reads < len(source.Partitions):
		return []check.Finding{{Key: check.NotFromSource, Facts: facts}}
	case reads > len(source.Partitions):
		return []check.Finding{{Key: check.ComputedAgain, Facts: facts}}
	}
	return nil
}

// fewKept judges how many datasets were kept at the same time.
func fewKept(s *shelf, most int) []check.Finding {
	if s.most <= most {
		return nil
	}
	return []check.Finding{{Key: check.KeptTooMany, Facts: message.Facts{"kept": s.most, "wanted": most}}}
}

// nothingLeft judges what is kept when the function has returned.
func nothingLeft(got evidence.Outcome) []check.Finding {
	s := stocked(got.InsideEvents)
	if len(s.held) == 0 {
		return nil
	}
	memory, disk := s.bytes()
	return []check.Finding{{Key: check.LeftInMemory, Facts: message.Facts{"blocks": len(s.held), "bytes": memory + disk}}}
}

// named is the dataset that was given a name, -1 when no job computes it.
func named(events []event.Event, name string) int {
	for _, e := range events {
		if job, ok := e.(event.JobStart); ok {
			for _, d := range job.Datasets {
				if d.Name == name {
					return d.ID
				}
			}
		}
	}
	return -1
}
