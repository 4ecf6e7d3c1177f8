package frame

import (
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// OrderBy orders all rows. It needs the rows in ranges, which a job finds by a
// sample when an action runs.
func (f *Frame) OrderBy(keys ...Expr) *Frame { return f.sort(keys, true) }

// SortWithinPartitions orders the rows of each partition.
func (f *Frame) SortWithinPartitions(keys ...Expr) *Frame { return f.sort(keys, false) }

func (f *Frame) sort(keys []Expr, global bool) *Frame {
	nodes, err := nodesOf(keys)
	if err != nil {
		return f.failed(err)
	}
	return f.then(func(scope expr.Scope) (plan.Node, error) {
		order, err := orderOf(nodes, scope)
		return &plan.Sort{Unary: plan.Unary{Child: f.node}, Order: order, Global: global}, err
	})
}

func orderOf(nodes []expr.Node, scope expr.Scope) ([]*expr.SortOrder, error) {
	order := make([]*expr.SortOrder, len(nodes))
	for i, n := range nodes {
		var err error
		if order[i], err = expr.ResolveSort(sortOf(n), scope); err != nil {
			return nil, err
		}
	}
	return order, nil
}

// Limit keeps the first n rows: after OrderBy those of the order, else any.
func (f *Frame) Limit(n int) *Frame {
	return f.then(func(expr.Scope) (plan.Node, error) {
		if n < 0 {
			return nil, expr.Errorf("INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE", "The limit like expression \"%d\" is invalid. The limit expression must be equal to or greater than 0, but got %d.", n, n)
		}
		return limited(f.node, n), nil
	})
}

func limited(n plan.Node, rows int) plan.Node {
	local := &plan.Limit{Unary: plan.Unary{Child: n}, N: rows, Local: true}
	return &plan.Limit{Unary: plan.Unary{Child: local}, N: rows}
}
