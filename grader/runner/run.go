package runner

import (
	"context"

	"etincelle/grader/check"
	"etincelle/grader/message"
)

// Call is one case of one function.
type Call struct {
	Function string
	Case     check.Case
}

// Report is what came of a run.
type Report struct {
	Results []check.Result // one a call
	Printed string         // what the code under test wrote, its middle left out when it is long
}

// Run makes the calls in one process. When it is stopped or dies in a call of
// one function, those of the other functions are made in a new one: a loop that
// does not end must not cost what is right beside it. The error is the grader's.
func (p *Program) Run(ctx context.Context, calls []Call, limits Limits) (Report, error) {
	report := Report{Results: make([]check.Result, len(calls))}
	var waiting []int
	for i, c := range calls {
		if reasons, broken := p.Broken[c.Function]; broken {
			report.Results[i].Stopped = p.uncompiled(c.Function, reasons)
		} else {
			waiting = append(waiting, i)
		}
	}
	for len(waiting) > 0 {
		batch := make([]Call, len(waiting))
		for i, n := range waiting {
			batch[i] = calls[n]
		}
		life, err := p.live(ctx, batch, limits)
		report.Printed += life.printed
		if err != nil {
			return report, err
		}
		for i := range life.outcomes {
			report.Results[waiting[i]].Outcome = &life.outcomes[i]
		}
		waiting = waiting[len(life.outcomes):]
		if life.ended == nil {
			break // every call was answered
		}
		dead := calls[waiting[0]].Function
		var left []int
		for _, n := range waiting {
			if calls[n].Function == dead {
				report.Results[n].Stopped = life.ended
			} else {
				left = append(left, n)
			}
		}
		waiting = left
	}
	return report, nil
}

// Uncompiled is the finding about a function that does not compile.
func (p *Program) Uncompiled(function string) *check.Finding {
	return p.uncompiled(function, p.Broken[function])
}

// Refusals is the finding about a file that was not accepted.
func (p *Program) Refusals() *check.Finding {
	f := &check.Finding{Key: check.Refused}
	for _, r := range p.Refused {
		f.More = append(f.More, check.Detail{Line: r.Line, Text: r.Text, Facts: r.Facts})
	}
	return f
}

// Said is what the compiler said that no function holds.
func (p *Program) Said() []check.Detail { return p.details(p.Loose) }

func (p *Program) uncompiled(function string, reasons []complaint) *check.Finding {
	return &check.Finding{Key: check.DoesNotCompile, Facts: message.Facts{"function": function}, More: p.details(reasons)}
}
