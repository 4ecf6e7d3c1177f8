package frame

import (
	"strings"

	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/plan/physical"
)

// Mode is how much Explain tells.
type Mode string

// The modes.
const (
	Simple   Mode = "simple"   // the physical plan
	Extended Mode = "extended" // the logical plan, the optimised one, the physical one
	Rules    Mode = "rules"    // the logical plan, and what each rule made of it
)

// Explain draws f's plan, as Spark does. After an action it says, behind each
// operator that ran, how many rows it gave; nothing is run.
func (f *Frame) Explain(mode Mode) string {
	if f.err != nil {
		return f.err.Error() + "\n"
	}
	if f.Unbounded() {
		return title("Parsed Logical Plan") + plan.Tree(f.node) + title("Optimized Logical Plan") + plan.Tree(Optimize(f))
	}
	e, err := Executed(f)
	if err != nil {
		return err.Error() + "\n"
	}
	physicalPlan := title("Physical Plan") + physical.Explain(e.Plan, e.Run)
	switch mode {
	case Extended:
		return title("Analyzed Logical Plan") + plan.Tree(e.Analyzed) + title("Optimized Logical Plan") + plan.Tree(e.Optimized) + physicalPlan
	case Rules:
		var out strings.Builder
		out.WriteString(title("Analyzed Logical Plan") + plan.Tree(e.Analyzed))
		for _, s := range Steps(f) {
			out.WriteString(title(s.Rule.Name + ": " + s.Rule.About))
			out.WriteString(plan.Tree(s.After))
		}
		return out.String() + physicalPlan
	}
	return physicalPlan
}

func title(text string) string { return "== " + text + " ==\n" }
