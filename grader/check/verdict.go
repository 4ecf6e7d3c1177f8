package check

import (
	"slices"

	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Kind of a verdict. A student's mistake, a limit and the grader's own failure
// are never mixed.
type Kind string

// The kinds.
const (
	Right       Kind = "right"
	Wrong       Kind = "wrong"
	Unfinished  Kind = "notDone" // some function is as it was handed out, and nothing else is wrong
	Uncompiled  Kind = "doesNotCompile"
	Unaccepted  Kind = "refused"
	OverTime    Kind = "timeLimit"
	OverMemory  Kind = "memoryLimit"
	OverOutput  Kind = "outputLimit"
	OverStack   Kind = "stackLimit"
	Deadlocked  Kind = "deadlock"
	GraderError Kind = "graderError" // no mark
)

// Result is what came of one case: an outcome, or the reason why there is none.
type Result struct {
	Outcome *evidence.Outcome
	Stopped *Finding // the program was stopped, or was never run
}

// GroupResult is the judgement of one group.
type GroupResult struct {
	Property Property
	Function string
	About    message.Text
	Points   int
	Earned   int
	Right    bool
	Case     *Case // the smallest case that falls short
	Of       int   // rows of the case that it was cut down from; 0 when it was not
	Findings []Finding
}

// Verdict is the judgement of one exercise.
type Verdict struct {
	Exercise int
	Kind     Kind
	Points   int
	Earned   int
	Groups   []GroupResult
	Printed  string // what the student's code wrote
}

// Judge judges one group. results and wants are those of its cases; one that is
// missing falls short.
func Judge(g Group, p Property, results []Result, wants []Want) GroupResult {
	out := GroupResult{Property: p, Function: g.Function, About: g.About, Points: g.Points}
	for i, c := range g.Cases {
		findings := []Finding{{Key: Unanswered, Facts: map[string]any{"text": ""}}}
		switch {
		case i >= len(results) || i >= len(wants):
		case results[i].Stopped != nil:
			findings = []Finding{*results[i].Stopped}
		case results[i].Outcome != nil:
			findings = p.Judge(c, *results[i].Outcome, wants[i])
		}
		if len(findings) > 0 {
			out.Case, out.Findings = &c, findings
			return out
		}
	}
	if len(g.Cases) > 0 {
		out.Right, out.Earned = true, g.Points // the only line that gives points
	}
	return out
}

// Conclude adds up an exercise's groups.
func Conclude(exercise int, groups []GroupResult) Verdict {
	v := Verdict{Exercise: exercise, Kind: Right, Groups: groups}
	worst := slices.Index(severity, Right)
	if len(groups) == 0 {
		worst = slices.Index(severity, Wrong)
	}
	for _, g := range groups {
		v.Points += g.Points
		v.Earned += g.Earned
		if !g.Right {
			worst = min(worst, slices.Index(severity, kindOf(g.Findings)))
		}
	}
	v.Kind = severity[worst]
	if v.Kind == GraderError {
		v.Earned = 0
	}
	return v
}

// severity orders kinds: an exercise's verdict is the first that any of its groups has.
var severity = []Kind{GraderError, Unaccepted, Uncompiled, OverMemory, OverTime, OverOutput, OverStack, Deadlocked, Wrong, Unfinished, Right}

// kindOf is the kind of verdict that a finding leads to.
func kindOf(findings []Finding) Kind {
	kinds := map[Key]Kind{
		NotDone: Unfinished, NotHandedIn: Unfinished, DoesNotCompile: Uncompiled, Refused: Unaccepted, GraderFailed: GraderError,
		TimeLimit: OverTime, MemoryLimit: OverMemory, OutputLimit: OverOutput, StackLimit: OverStack, Deadlock: Deadlocked,
	}
	for _, f := range findings {
		if kind, special := kinds[f.Key]; special {
			return kind
		}
	}
	return Wrong
}
