package class

import (
	"context"
	"slices"
	"time"

	"etincelle/grader/check"
	"etincelle/grader/runner"
)

// How many cases the search for the smallest may try for one group: half a second.
// The time, for all groups of a check, is for a machine that does much else.
const (
	reducingTime = 4 * time.Second
	maxTries     = 90
)

// reduced are the verdicts with each mistake shown on the smallest case that was
// found to show it. Verdicts stay what they are: a smaller case that shows
// another mistake is not taken.
func reduced(ctx context.Context, program *runner.Program, verdicts []check.Verdict) ([]check.Verdict, error) {
	limited, cancel := context.WithTimeout(ctx, reducingTime)
	defer cancel()
	all := slices.Clone(verdicts)
	for i := range all {
		all[i].Groups = slices.Clone(all[i].Groups)
		for k, g := range all[i].Groups {
			if g.Right || g.Case == nil || g.Property.Wanted == nil || g.Findings[0].Stops() || program == nil {
				continue
			}
			smaller, err := reduce(limited, program, g)
			if ctx.Err() != nil {
				return verdicts, context.Cause(ctx)
			}
			all[i].Groups[k] = smaller
			if err != nil {
				return all, nil // out of time: what was found is told
			}
		}
	}
	return all, nil
}

// reduce cuts down the case of a group that falls short.
func reduce(ctx context.Context, program *runner.Program, g check.GroupResult) (check.GroupResult, error) {
	best := g
	_, err := check.Reduce(*g.Case, maxTries, func(cases []check.Case) ([]bool, error) {
		var calls []runner.Call
		var wants []check.Want
		var at []int // of each call among the cases
		for i, c := range cases {
			if want, asked := g.Property.Wanted(c); asked {
				calls, wants, at = append(calls, runner.Call{Function: g.Function, Case: c}), append(wants, want), append(at, i)
			}
		}
		shows := make([]bool, len(cases))
		if len(calls) == 0 {
			return shows, nil
		}
		report, err := program.Run(ctx, calls, runner.DefaultLimits())
		if err != nil {
			return nil, err
		}
		for n, call := range calls {
			if report.Results[n].Outcome == nil {
				continue
			}
			findings := g.Property.Judge(call.Case, *report.Results[n].Outcome, wants[n])
			if shows[at[n]] = len(findings) > 0 && findings[0].Key == g.Findings[0].Key; shows[at[n]] {
				findings[0].Code = g.Findings[0].Code // the same mistake, on the same line
				best.Case, best.Findings, best.Of = &call.Case, findings, rowsOf(*g.Case)
				break // the first that shows it is the one that is taken
			}
		}
		return shows, nil
	})
	return best, err
}

func rowsOf(c check.Case) int {
	n := 0
	for _, s := range c.Sources {
		n += s.Count()
	}
	return n
}
