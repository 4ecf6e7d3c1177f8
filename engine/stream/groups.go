package stream

import (
	"fmt"
	"iter"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/stream/operator"
)

// groupState is the call of a function for each key, as a node of a plan.
type groupState struct {
	plan.Unary
	plan.NoExprs
	spec GroupStateSpec
	keys []*expr.Attribute
	made []*expr.Attribute
}

// Operation implements analyze.GroupState.
func (g *groupState) Operation() string { return g.spec.Operation }

// FunctionMode implements analyze.GroupState.
func (g *groupState) FunctionMode() operator.Mode { return g.spec.Mode }

// FunctionTimeout implements analyze.GroupState.
func (g *groupState) FunctionTimeout() operator.Timeout { return g.spec.Timeout }

// Name implements plan.Node.
func (g *groupState) Name() string { return "FlatMapGroupsWithState" }

// Text implements plan.Node.
func (g *groupState) Text() string {
	return fmt.Sprintf("[%s], [%s], %s, %s", expr.Texts(g.keys), expr.Texts(g.made), g.spec.Mode, g.spec.Timeout)
}

// WithChildren implements plan.Node.
func (g *groupState) WithChildren(c []plan.Node) plan.Node {
	with := *g
	with.Child = c[0]
	return &with
}

// Output implements plan.Node.
func (g *groupState) Output() []*expr.Attribute { return g.made }

// WithExprs implements plan.Node.
func (g *groupState) WithExprs([]expr.Expr) plan.Node { return g }

func (e *execution) planGroupState(p *physical.Planner, n *groupState) (physical.Operator, error) {
	child, err := p.Plan(n.Child)
	if err != nil {
		return nil, err
	}
	output := child.Output()
	if err := oneEventTime(output); err != nil && n.spec.Timeout == operator.EventTimeTimeout {
		return nil, err
	}
	own := inOutput(n.keys, output)
	run := &operator.GroupState{
		Keys: placesOf(n.keys, output), Types: expr.SchemaOf(own).Types(), Time: delayedAt(output),
		Timeout: n.spec.Timeout, Call: n.spec.call, Out: n.spec.Schema,
	}
	return e.add(&stateful{
		name: n.spec.Operation, title: "FlatMapGroupsWithState", children: []physical.Operator{child}, text: n.Text(), keys: n.spec.Keys,
		output: n.made, needs: []physical.Need{e.clustered(asExprs(own))},
		run: func(p *operator.Part, in [][]column.Batch) ([]column.Batch, error) { return run.Run(p, in[0]) },
		again: func(evict, next int64) bool {
			switch n.spec.Timeout {
			case operator.ProcessingTimeTimeout:
				return true // time goes on whether rows come or not
			case operator.EventTimeTimeout:
				return next > evict
			}
			return false
		},
		passes: func(int64) (int64, bool) { return 0, false }, // the function may give any time
		placed: func([]physical.Operator) physical.Partitioning { return physical.UnknownPartitioning{N: e.partitions} },
	}), nil
}

// call is the program's function as the operator calls it.
type call = func(key column.Row, rows iter.Seq[column.Row], s *operator.KeyState, emit func(column.Row)) error
