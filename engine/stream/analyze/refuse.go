// Package analyze looks at the plan of a streaming query before it runs: what
// cannot be done with a stream (Check), how far the watermark lets a join forget,
// how a watermark comes down a chain of operators. It is Spark's
// UnsupportedOperationChecker and StreamingJoinHelper, over plans alone.
package analyze

import (
	"fmt"
	"slices"

	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/stream/operator"
)

// GroupState is implemented by the logical operator that calls a function of the
// program's own for each key.
type GroupState interface {
	plan.Node
	Operation() string // Spark's name for it: "flatMapGroupsWithState"
	FunctionMode() operator.Mode
	FunctionTimeout() operator.Timeout
}

// Check returns why a plan cannot be started in a mode, nil when it can.
func Check(root plan.Node, mode operator.Mode) error {
	c := checker{root: root, mode: mode}
	for _, check := range []func() *Refusal{c.isStream, c.severalGroupStates, c.outputMode, c.eachNode, c.chain} {
		if r := check(); r != nil {
			return r
		}
	}
	return nil
}

type checker struct {
	root plan.Node
	mode operator.Mode
}

func (c checker) isStream() *Refusal {
	if !plan.Streaming(c.root) {
		return unsupported(notAStream)
	}
	return nil
}

// aggregates are the groupings of streams in a plan, the top first.
func aggregates(n plan.Node) []*plan.Aggregate {
	var found []*plan.Aggregate
	if a, ok := n.(*plan.Aggregate); ok && plan.Streaming(a) {
		found = append(found, a)
	}
	for _, child := range n.Children() {
		found = append(found, aggregates(child)...)
	}
	return found
}

func (c checker) outputMode() *Refusal {
	found := aggregates(c.root)
	switch {
	case c.mode == operator.Complete && len(found) == 0:
		return badMode(c.mode, "no streaming aggregations", completeNeedsAggregate)
	case len(found) == 0:
	case c.mode == operator.Append && !groupsByEventTime(found[0]):
		return badMode(c.mode, "streaming aggregations without watermark", appendNeedsWatermark)
	case c.mode == operator.Update && plan.SessionKey(found[0]) >= 0:
		return badMode(c.mode, "session window streaming aggregations", sessionNotInUpdate)
	}
	return nil
}

// groupsByEventTime reports whether a key is an event time or a window over one.
func groupsByEventTime(a *plan.Aggregate) bool { return TimeKeyOf(a) >= 0 }

// TimeKeyOf is which key of a grouping is the event time or its window, -1 for none.
func TimeKeyOf(a *plan.Aggregate) int {
	columns := a.Child.Output()
	return slices.IndexFunc(a.Keys, func(e expr.Expr) bool {
		switch e := e.(type) {
		case *expr.Attribute:
			return delayed(columns, e.ID)
		case *expr.Alias:
			return e.Delay != nil
		}
		return false
	})
}

// eachNode checks the operators one by one, the leaves first.
func (c checker) eachNode() (refused *Refusal) {
	plan.Up(c.root, func(n plan.Node) plan.Node {
		if refused == nil {
			refused = c.node(n)
		}
		return n
	})
	return refused
}

func (c checker) node(n plan.Node) *Refusal {
	switch n := n.(type) {
	case *plan.Aggregate:
		if plan.Streaming(n.Child) && slices.ContainsFunc(n.List, hasDistinct) {
			return unsupported(distinctAggregate)
		}
	case GroupState:
		if plan.Streaming(n) {
			return c.groupState(n)
		}
	case *plan.DeduplicateWithinWatermark:
		if plan.Streaming(n) && EventTime(n.Child.Output()) == nil {
			return unsupported(dedupWithoutWatermark)
		}
	case *plan.Join:
		return c.join(n)
	case *plan.Union:
		streams := 0
		for _, in := range n.Inputs {
			if plan.Streaming(in) {
				streams++
			}
		}
		if streams > 0 && streams < len(n.Inputs) {
			return unsupported(unionWithTable)
		}
	case *plan.Limit:
		if plan.Streaming(n.Child) && c.mode == operator.Update {
			return unsupported(limitInUpdate)
		}
	case *plan.Sort:
		complete := c.mode == operator.Complete && len(aggregates(n)) > 0
		if plan.Streaming(n) && !complete {
			return unsupported(sortOfStream)
		}
	case *plan.Window:
		if plan.Streaming(n.Child) {
			return &Refusal{Class: "NON_TIME_WINDOW_NOT_SUPPORTED_IN_STREAMING", Advice: windowFunction,
				Message: "[NON_TIME_WINDOW_NOT_SUPPORTED_IN_STREAMING] Window function is not supported in " + n.Text() + " on streaming DataFrames/Datasets."}
		}
	}
	return nil
}

func hasDistinct(e expr.Expr) bool {
	return expr.Any(e, func(e expr.Expr) bool {
		call, ok := e.(*expr.AggregateCall)
		return ok && call.Distinct
	})
}

// join checks a join that reads a stream.
func (c checker) join(j *plan.Join) *Refusal {
	left, right := plan.Streaming(j.Left), plan.Streaming(j.Right)
	if !left && !right {
		return nil
	}
	outer := j.How == plan.LeftOuter || j.How == plan.RightOuter || j.How == plan.FullOuter
	if left && right && outer && c.mode != operator.Append {
		return unsupported(statement{
			fmt.Sprintf("%s join between two streaming DataFrames/Datasets is not supported in %s output mode, only in Append output mode", j.How, title(c.mode)),
			outerJoinInUpdate,
		})
	}
	if left && right && (j.How == plan.Inner || j.How == plan.LeftSemi) && c.mode == operator.Complete {
		return unsupported(statement{
			fmt.Sprintf("%s join between two streaming DataFrames/Datasets is not supported in Complete output mode, only in Append and Update output modes", j.How),
			joinInComplete,
		})
	}
	switch j.How {
	case plan.FullOuter:
		switch {
		case left && right:
			return joinWatermark(j)
		case left:
			return unsupported(statement{"FullOuter joins with streaming DataFrames/Datasets on the left and a static DataFrame/Dataset on the right is not supported", outerOnTable})
		default:
			return unsupported(statement{"FullOuter joins with streaming DataFrames/Datasets on the right and a static DataFrame/Dataset on the left is not supported", outerOnTable})
		}
	case plan.LeftAnti:
		if right {
			return unsupported(statement{"LeftAnti joins with a streaming DataFrame/Dataset on the right are not supported", antiJoin})
		}
	case plan.LeftOuter, plan.LeftSemi:
		switch {
		case left && right:
			return joinWatermark(j)
		case right:
			return unsupported(statement{fmt.Sprintf("%s join with a streaming DataFrame/Dataset on the right and a static DataFrame/Dataset on the left is not supported", j.How), outerOnTable})
		}
	case plan.RightOuter:
		switch {
		case left && right:
			return joinWatermark(j)
		case left:
			return unsupported(statement{"RightOuter join with a streaming DataFrame/Dataset on the left and a static DataFrame/DataSet on the right not supported", outerOnTable})
		}
	}
	return nil
}

// joinWatermark refuses a join that could never say of a row that it has no match.
func joinWatermark(j *plan.Join) *Refusal {
	left, right := j.Left.Output(), j.Right.Output()
	const some = 1_000_000 // any watermark will do: the question is whether there is a bound
	_, leftOver := StateWatermark(left, right, j.Condition, some)
	_, rightOver := StateWatermark(right, left, j.Condition, some)
	valid := leftOver
	switch j.How {
	case plan.RightOuter:
		valid = rightOver
	case plan.FullOuter:
		valid = leftOver || rightOver
	}
	if TimeKey(plan.EquiJoinOf(j), left, right) >= 0 || valid {
		return nil
	}
	return unsupported(statement{
		fmt.Sprintf("Stream-stream %s join between two streaming DataFrame/Datasets is not supported without a watermark in the join keys, or a watermark on the nullable side and an appropriate range condition", j.How),
		joinNeedsRange,
	})
}

// groupState checks an operator that calls a function of the program's own.
func (c checker) groupState(g GroupState) *Refusal {
	name, mode := g.Operation(), g.FunctionMode()
	switch {
	case len(aggregates(c.root)) > 0 && mode == operator.Update:
		return unsupported(statement{name + " in update mode is not supported with aggregation on a streaming DataFrame/Dataset", stateWithAggregate})
	case len(aggregates(g)) > 0:
		return unsupported(statement{name + " in append mode is not supported after aggregation on a streaming DataFrame/Dataset", stateWithAggregate})
	case len(aggregates(c.root)) == 0 && mode != c.mode:
		return unsupported(statement{fmt.Sprintf("%s in %s mode is not supported with %s output mode on a streaming DataFrame/Dataset", name, mode, title(c.mode)), stateModes})
	case g.FunctionTimeout() == operator.EventTimeTimeout && EventTime(g.Children()[0].Output()) == nil:
		in := "[map|flatMap]GroupsWithState"
		if name != "flatMapGroupsWithState" {
			in = name
		}
		return unsupported(statement{"Watermark must be specified in the query using '[Dataset/DataFrame].withWatermark()' for using event-time timeout in a " + in + ". Event-time timeout not supported without watermark.", timeoutNeedsWatermark})
	}
	return nil
}

// severalGroupStates refuses two of them that are not all in append mode.
func (c checker) severalGroupStates() *Refusal {
	var found []GroupState
	plan.Any(c.root, func(n plan.Node) bool {
		if g, ok := n.(GroupState); ok && plan.Streaming(g) {
			found = append(found, g)
		}
		return false
	})
	if len(found) < 2 || c.mode == operator.Append && !slices.ContainsFunc(found, func(g GroupState) bool { return g.FunctionMode() != operator.Append }) {
		return nil
	}
	return unsupported(statement{"Multiple " + found[0].Operation() + "s are not supported when they are not all in append mode or the output mode is not append on a streaming DataFrames/Datasets", stateModes})
}

// chain refuses a stateful operator above one that may give rows behind the watermark.
func (c checker) chain() *Refusal {
	var found bool
	plan.Any(c.root, func(n plan.Node) bool {
		if stateful(n) {
			for _, child := range n.Children() {
				found = found || plan.Any(child, c.emitsLate)
			}
		}
		return found
	})
	if found {
		return unsupported(twoAggregates)
	}
	return nil
}

// Stateful reports whether an operator remembers rows of a stream.
func Stateful(n plan.Node) bool {
	switch n.(type) {
	case *plan.Deduplicate, *plan.Distinct:
		return plan.Streaming(n)
	case *plan.Limit:
		return false
	}
	return stateful(n)
}

// stateful reports whether an operator judges its rows by the watermark.
func stateful(n plan.Node) bool {
	if !plan.Streaming(n) {
		return false
	}
	switch n := n.(type) {
	case *plan.Aggregate, *plan.DeduplicateWithinWatermark, GroupState:
		return true
	case *plan.Join:
		return plan.Streaming(n.Left) && plan.Streaming(n.Right)
	case *plan.Deduplicate:
		columns := n.Child.Output()
		return slices.ContainsFunc(n.Keys, func(a *expr.Attribute) bool { return delayed(columns, a.ID) })
	}
	return false
}

// emitsLate reports whether an operator may give rows behind the watermark.
func (c checker) emitsLate(n plan.Node) bool {
	if !plan.Streaming(n) {
		return false
	}
	switch n := n.(type) {
	case *plan.Aggregate:
		return c.mode != operator.Append
	case GroupState:
		return n.FunctionTimeout() == operator.EventTimeTimeout
	}
	return false
}
