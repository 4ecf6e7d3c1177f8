package tp07

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"etincelle/grader/check"
	"etincelle/grader/check/queries"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Exercise 1: one function for a table and for a stream.

// endless begins what Spark says of an action on a stream.
const endless = "Queries with streaming sources"

// delays is a row of the result: flights and mean delay.
type delays struct {
	Key   string
	Value [2]*float64
}

// tabled judges ByCarrier on a frame that ends.
func tabled(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, findings := queries.Value[queries.Ran](got, want)
	if len(findings) > 0 {
		return findings
	}
	return tablesAlike(c, folded(came), folded(wanted))
}

// flowing judges ByCarrier on a stream: by the table that its updates make, for which
// rows a batch gives again depends on how the function is written.
func flowing(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if got.Failure != nil {
		for _, text := range got.Failure.Texts {
			if _, after, found := strings.Cut(text, endless); found {
				sentence, _, _ := strings.Cut(endless+after, ":")
				return []check.Finding{{Key: check.NotForAStream, Facts: message.Facts{"text": strings.TrimRight(sentence, ".")}}}
			}
		}
	}
	came, wanted, findings := queries.Value[queries.Ran](got, want)
	if len(findings) > 0 {
		return findings
	}
	if came.Refused != "" {
		return []check.Finding{{Key: check.NotForAStream, Facts: message.Facts{"text": came.Refused}}}
	}
	if findings := queries.Agrees(came, queries.InMode(queries.Heard(got.InsideEvents), "update"), c.Source("flights").Count()); len(findings) > 0 {
		return findings
	}
	return tablesAlike(c, folded(came), folded(wanted))
}

// folded is the table after each batch, by airline; those without a flight are left out.
func folded(r queries.Ran) []map[string]json.RawMessage {
	var tables []map[string]json.RawMessage
	now := map[string]json.RawMessage{}
	for _, b := range r.Batches {
		for _, raw := range b.Rows {
			var row delays
			if json.Unmarshal(raw, &row) != nil || row.Value[0] == nil || *row.Value[0] == 0 {
				continue
			}
			now[row.Key] = raw
		}
		tables = append(tables, maps.Clone(now))
	}
	return tables
}

func tablesAlike(c check.Case, got, want []map[string]json.RawMessage) []check.Finding {
	for i, table := range want {
		var came map[string]json.RawMessage
		if i < len(got) {
			came = got[i]
		}
		findings := check.SameRows(
			evidence.Outcome{Rows: [][]json.RawMessage{slices.Collect(maps.Values(came))}},
			check.Want{Rows: slices.Collect(maps.Values(table))})
		if len(findings) > 0 {
			switch counts, means := cancelled(c, i, came, len(want)); {
			case counts:
				findings[0].Key = check.CancelledInCount
			case means:
				findings[0].Key = check.CancelledAsZero
			}
			return findings
		}
	}
	return nil
}

// cancelled makes two known mistakes on the rows of the first batches: counting
// flights that did not depart, and taking their delay for 0.
func cancelled(c check.Case, batch int, came map[string]json.RawMessage, batches int) (counted, asZero bool) {
	type sums struct{ all, departed, delay float64 }
	by := map[string]*sums{}
	parts := c.Source("flights").Partitions
	if batches > 1 {
		parts = parts[:min(batch+1, len(parts))]
	}
	for _, raw := range check.Flat(parts) {
		var f struct {
			Carrier  string
			Departed bool
			Delay    float64
		}
		if json.Unmarshal(raw, &f) != nil {
			return false, false
		}
		s := by[f.Carrier]
		if s == nil {
			s = &sums{}
			by[f.Carrier] = s
		}
		s.all++
		if f.Departed {
			s.departed++
			s.delay += f.Delay
		}
	}
	same := func(a, b float64) bool { return a-b < 1e-5 && b-a < 1e-5 }
	for key, s := range by {
		var row delays
		if s.departed == s.all || s.departed == 0 || s.delay == 0 || json.Unmarshal(came[key], &row) != nil || row.Value[0] == nil || row.Value[1] == nil {
			continue
		}
		counted = counted || same(*row.Value[0], s.all)
		asZero = asZero || same(*row.Value[0], s.departed) && same(*row.Value[1], s.delay/s.all)
	}
	return counted, asZero
}
