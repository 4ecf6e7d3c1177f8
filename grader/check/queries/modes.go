package queries

import (
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// InModes is what came of one frame in each of the three modes.
type InModes struct{ Append, Update, Complete Ran }

// InModes reads the answer of a frame that was run in the three modes over a source of
// the case, and holds it against the events. update is the query in update mode.
func (w Windows) InModes(source check.Source, got evidence.Outcome, want check.Want) (came, wanted InModes, update *Query, findings []check.Finding) {
	if f := got.Failure; f != nil {
		if findings := w.MarkedTooLate(f.Texts); len(findings) > 0 {
			return came, wanted, nil, findings
		}
	}
	came, wanted, findings = Value[InModes](got, want)
	if len(findings) > 0 {
		return came, wanted, nil, findings
	}
	all, rows := Heard(got.InsideEvents), source.Count()
	update = InMode(all, "update")
	findings = check.First(
		Agrees(came.Complete, InMode(all, "complete"), rows),
		Agrees(came.Update, update, rows),
		Agrees(came.Append, InMode(all, "append"), rows))
	if len(findings) == 0 && came.Complete.Refused != "" {
		findings = []check.Finding{{Key: check.NotForAStream, Facts: message.Facts{"text": came.Complete.Refused}}}
	}
	return came, wanted, update, findings
}
