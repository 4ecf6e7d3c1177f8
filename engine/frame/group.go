package frame

import (
	"slices"

	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// GroupBy starts an aggregation: one group for each set of equal keys, nulls equal
// to each other. Without keys the whole frame is one group.
func (f *Frame) GroupBy(keys ...Expr) *Groups { return &Groups{f, keys} }

// Groups is a frame waiting for its aggregates.
type Groups struct {
	frame *Frame
	keys  []Expr
}

// Agg computes aggregates for each group; the result has the keys' columns first.
func (g *Groups) Agg(aggregates ...Expr) *Frame {
	f := g.frame
	keyNodes, err := nodesOf(g.keys)
	if err != nil {
		return f.failed(err)
	}
	nodes, err := nodesOf(aggregates)
	if err != nil {
		return f.failed(err)
	}
	return f.then(func(scope expr.Scope) (plan.Node, error) {
		keys, err := expr.ResolveList(keyNodes, scope)
		if err != nil {
			return nil, err
		}
		list, err := expr.ResolveList(nodes, scope)
		if err != nil {
			return nil, err
		}
		return aggregation(keys, append(slices.Clone(keys), list...), f.node)
	})
}

// Count is the number of rows of each group, in column "count".
func (g *Groups) Count() *Frame { return g.Agg(CountAll().As("count")) }

// Sum adds up columns in each group, each in a column "sum(name)".
func (g *Groups) Sum(columns ...string) *Frame { return g.each(Sum, columns) }

// Avg is the mean of columns in each group, each in a column "avg(name)".
func (g *Groups) Avg(columns ...string) *Frame { return g.each(Avg, columns) }

// Min is the smallest value of columns in each group.
func (g *Groups) Min(columns ...string) *Frame { return g.each(Min, columns) }

// Max is the largest value of columns in each group.
func (g *Groups) Max(columns ...string) *Frame { return g.each(Max, columns) }

func (g *Groups) each(aggregate func(Expr) Expr, columns []string) *Frame {
	var list []Expr
	for _, name := range columns {
		list = append(list, aggregate(Col(name)))
	}
	return g.Agg(list...)
}

// Agg is GroupBy without keys: one row for the whole frame.
func (f *Frame) Agg(aggregates ...Expr) *Frame { return f.GroupBy().Agg(aggregates...) }
