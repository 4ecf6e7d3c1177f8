package physical

import (
	"fmt"
	"strings"
)

// Explain draws a plan as Spark does, the root first, and behind each operator
// that ran in x how many rows it gave. x may be nil.
func Explain(op Operator, x *Context) string {
	var out strings.Builder
	e := explaining{&out, x}
	e.draw(op, "", "")
	return out.String()
}

// Tree is Explain without a run.
func Tree(op Operator) string { return Explain(op, nil) }

type explaining struct {
	out *strings.Builder
	x   *Context
}

func (e explaining) draw(op Operator, first, rest string) {
	text := op.Name() + spaced(op)
	children := Shown(op, e.x)
	if a, ok := op.(*AdaptiveSparkPlan); ok && e.x != nil && e.x.Adapted(a) != nil {
		text = "AdaptiveSparkPlan isFinalPlan=true"
	}
	e.out.WriteString(first + text + e.counted(op) + "\n")
	for i, c := range children {
		if i == len(children)-1 {
			e.draw(c, rest+"+- ", rest+"   ")
		} else {
			e.draw(c, rest+":- ", rest+":  ")
		}
	}
}

// spaced is a text behind a name.
func spaced(op Operator) string {
	text := op.Text()
	switch op.(type) {
	case *Aggregate, *TakeOrderedAndProject: // their arguments stand in brackets
		return text
	}
	if text != "" {
		return " " + text
	}
	return ""
}

// counted is what an operator gave in the run.
func (e explaining) counted(op Operator) string {
	if e.x == nil {
		return ""
	}
	c := e.x.Counters(op)
	if c == nil || c.Batches.Load() == 0 && c.Rows.Load() == 0 {
		return ""
	}
	return fmt.Sprintf("  [rows: %d]", c.Rows.Load())
}

// Shown is what stands below op in a plan: its children, what a stage ran, or what
// an adaptive plan came to.
func Shown(op Operator, x *Context) []Operator {
	if a, ok := op.(*AdaptiveSparkPlan); ok && x != nil {
		if final := x.Adapted(a); final != nil {
			return []Operator{final}
		}
	}
	if inner, ok := op.(Inner); ok {
		return inner.Inner()
	}
	return op.Children()
}
