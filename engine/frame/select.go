package frame

import (
	"slices"
	"strings"

	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// Select keeps columns and computes new ones. With aggregates and no other columns
// it gives one row for the whole frame.
func (f *Frame) Select(columns ...Expr) *Frame {
	nodes, err := nodesOf(columns)
	if err != nil {
		return f.failed(err)
	}
	return f.then(func(scope expr.Scope) (plan.Node, error) {
		list, err := expr.ResolveList(nodes, scope)
		if err != nil {
			return nil, err
		}
		return selection(list, f.node)
	})
}

// SelectExpr is Select of SQL text: SelectExpr("carrier", "dep_delay / 60 AS hours").
func (f *Frame) SelectExpr(texts ...string) *Frame { return f.Select(parseAll(texts)...) }

func parseAll(texts []string) []Expr {
	list := make([]Expr, len(texts))
	for i, text := range texts {
		list[i] = SQL(text)
	}
	return list
}

// WithColumn adds a column, or replaces the one of that name in its place.
func (f *Frame) WithColumn(name string, e Expr) *Frame {
	var list []Expr
	found := false
	for _, column := range f.node.Output() {
		if strings.EqualFold(column.Name, name) {
			list = append(list, e.As(name))
			found = true
			continue
		}
		list = append(list, Expr{node: expr.Done{Expr: column}})
	}
	if !found {
		list = append(list, e.As(name))
	}
	return f.Select(list...)
}

// Rename gives a column another name; nothing happens when there is none of the
// old name.
func (f *Frame) Rename(old, name string) *Frame {
	return f.then(func(scope expr.Scope) (plan.Node, error) {
		var list []expr.Expr
		found := false
		for _, a := range scope {
			if strings.EqualFold(a.Name, old) {
				list, found = append(list, expr.NewAlias(a, name)), true
				continue
			}
			list = append(list, a)
		}
		if !found {
			return f.node, nil
		}
		return plan.NewProject(list, f.node), nil
	})
}

// Drop leaves columns out; a name that no column has is let pass.
func (f *Frame) Drop(names ...string) *Frame {
	return f.then(func(scope expr.Scope) (plan.Node, error) {
		var list []expr.Expr
		for _, a := range scope {
			if !slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, a.Name) }) {
				list = append(list, a)
			}
		}
		return plan.NewProject(list, f.node), nil
	})
}

// Where keeps the rows for which a condition is true: not those where it is null.
func (f *Frame) Where(condition Expr) *Frame {
	if condition.err != nil {
		return f.failed(condition.err)
	}
	return f.then(func(scope expr.Scope) (plan.Node, error) {
		e, err := expr.Condition(condition.node, scope)
		if err != nil {
			return nil, err
		}
		if hasAggregate(e) {
			return nil, expr.Errorf("INVALID_WHERE_CONDITION", "The WHERE condition %q contains invalid expressions: aggregates. Rewrite the query to avoid window functions, aggregate functions, and generator functions in the WHERE clause.", expr.Pretty(e))
		}
		return plan.NewFilter(e, f.node), nil
	})
}

// Filter is Where of SQL text.
func (f *Frame) Filter(condition string) *Frame { return f.Where(SQL(condition)) }

// As names f, so that its columns can be told from another frame's: "f.carrier".
func (f *Frame) As(name string) *Frame {
	return f.then(func(expr.Scope) (plan.Node, error) {
		return &plan.Named{Unary: plan.Unary{Child: f.node}, As: name}, nil
	})
}

func nodesOf(es []Expr) ([]expr.Node, error) {
	nodes := make([]expr.Node, len(es))
	for i, e := range es {
		if e.err != nil {
			return nil, e.err
		}
		nodes[i] = e.node
	}
	return nodes, nil
}
