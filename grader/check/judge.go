package check

import (
	"encoding/json"
	"strings"

	"etincelle/grader/evidence"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

// Property is one thing that a function must do.
type Property struct {
	Name  string
	Title message.Text // the property in words
	// Judge says what is wrong with what came, the most telling first; nothing
	// when it is right. Values and structure both count.
	Judge func(c Case, got evidence.Outcome, want Want) []Finding
	// Wanted is what Judge wants of a case, told from its inputs alone; false when
	// the exercise does not ask for such a case. nil: nobody but the reference knows.
	Wanted func(c Case) (Want, bool)
}

// Sound judges what is asked of every answer, whatever the exercise: that one
// came, that its events can have happened, that the engine and not the program
// did the work, from the inputs, and would do it again.
func Sound(c Case, got evidence.Outcome, want Want) []Finding {
	if got.Failure != nil {
		return Came(got)
	}
	if jobs := got.OwnJobs(); !got.Value && jobs > want.OwnJobs {
		facts := message.Facts{"jobs": jobs, "rows": got.Own.Result}
		if got.Own.Result > 0 {
			return []Finding{{Key: Collected, Facts: facts}}
		}
		return []Finding{{Key: RanInside, Facts: facts}}
	}
	if got.Tampered != "" {
		return Came(got)
	}
	for _, source := range c.SourceNames() {
		if !got.Value && got.ByValue[source] == 0 && !contains(got.Roots, source) {
			return []Finding{{Key: NotFromSource, Facts: message.Facts{"source": source}}}
		}
	}
	return SameAgain(got)
}

// Came judges that an answer came, and that its events can have happened.
func Came(got evidence.Outcome) []Finding {
	if got.Failure != nil {
		return []Finding{failed(*got.Failure)}
	}
	if got.Tampered != "" {
		return []Finding{{Key: Tampered, Facts: message.Facts{"fault": got.Tampered}}}
	}
	return nil
}

// SameAgain judges that the answer is the same once executors were lost.
func SameAgain(got evidence.Outcome) []Finding {
	if missing, extra := Difference(Flat(got.Rows), Flat(got.Again)); len(missing)+len(extra) > 0 {
		return []Finding{{Key: Recomputed, Rows: tableOf(missing, extra)}}
	}
	return nil
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if s == one {
			return true
		}
	}
	return false
}

// failed is the finding about a case that ended without an answer.
func failed(f protocol.Failure) Finding {
	keys := map[protocol.FailureKind]Key{
		protocol.ReturnedNil: ReturnedNil, protocol.Panicked: Panicked,
		protocol.OtherSession: OtherSession, protocol.JobFailed: JobFailed, protocol.HarnessFailed: GraderFailed,
	}
	key, known := keys[f.Kind]
	if !known {
		key = Unanswered
	}
	if f.Line == 0 && (key == Panicked || key == JobFailed) {
		key += "Somewhere"
	}
	return Finding{Key: key, Line: f.Line, Facts: message.Facts{"line": f.Line, "text": cause(f.Texts)}}
}

// cause is the error that says most: the one that the engine's scheduler wraps,
// without the place, which is told apart.
func cause(texts []string) string {
	for _, text := range texts {
		if strings.HasPrefix(text, "Job aborted") {
			continue
		}
		if at := strings.LastIndex(text, " (exercises.go:"); at >= 0 && strings.HasSuffix(text, ")") {
			text = text[:at]
		}
		return strings.TrimRight(strings.TrimSpace(text), ".")
	}
	return ""
}

// SameRows judges values: the rows that came against those wanted, in any order.
func SameRows(got evidence.Outcome, want Want) []Finding {
	missing, extra := Difference(want.Rows, Flat(got.Rows))
	if len(missing)+len(extra) == 0 {
		return nil
	}
	return []Finding{{Key: WrongRows, Rows: tableOf(missing, extra), Facts: message.Facts{
		"missing": len(missing), "extra": len(extra), "wanted": len(want.Rows),
	}}}
}

// SameValue judges what a function returned that returns no dataset.
func SameValue(got evidence.Outcome, want Want) []Finding {
	missing, extra := Difference(want.Rows, Flat(got.Rows))
	if len(missing)+len(extra) == 0 {
		return nil
	}
	return []Finding{{Key: WrongValue, Facts: message.Facts{"got": shown(Flat(got.Rows)), "wanted": shown(want.Rows)}}}
}

// shown is a value, the one row, for people.
func shown(rows []json.RawMessage) string {
	if len(rows) != 1 {
		return "?"
	}
	return Show(rows[0])
}

// SamePartitions judges their number.
func SamePartitions(got evidence.Outcome, want Want) []Finding {
	if len(got.Rows) == want.Partitions {
		return nil
	}
	return []Finding{{Key: WrongPartitions, Facts: message.Facts{"got": len(got.Rows), "wanted": want.Partitions}}}
}

// First is the findings of the first judgement that has any.
func First(judgements ...[]Finding) []Finding {
	for _, findings := range judgements {
		if len(findings) > 0 {
			return findings
		}
	}
	return nil
}
