package frame

import (
	"fmt"
	"strings"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// Distinct keeps one row of each set of equal rows.
func (f *Frame) Distinct() *Frame {
	return f.then(func(expr.Scope) (plan.Node, error) {
		return &plan.Distinct{Unary: plan.Unary{Child: f.node}}, nil
	})
}

// DropDuplicates keeps one row of each set of rows with equal values in columns;
// in all columns when none is named. Nulls are equal to each other.
func (f *Frame) DropDuplicates(columns ...string) *Frame {
	return f.then(func(scope expr.Scope) (plan.Node, error) {
		keys, err := fieldsNamed(scope, columns)
		if err != nil {
			return nil, err
		}
		return &plan.Deduplicate{Unary: plan.Unary{Child: f.node}, Keys: keys}, nil
	})
}

// fieldsNamed are the columns of some names; all columns when none is named.
func fieldsNamed(scope expr.Scope, names []string) ([]*expr.Attribute, error) {
	if len(names) == 0 {
		return scope, nil
	}
	var fields []*expr.Attribute
	for _, name := range names {
		field, err := fieldNamed(scope, name)
		if err != nil {
			return nil, err
		}
		fields = append(fields, field)
	}
	return fields, nil
}

// fieldNamed is the column of a name that must be one: no field inside one will do.
func fieldNamed(scope expr.Scope, name string) (*expr.Attribute, error) {
	for _, a := range scope {
		if strings.EqualFold(a.Name, name) {
			return a, nil
		}
	}
	return nil, expr.Errorf("UNRESOLVED_COLUMN_AMONG_FIELD_NAMES", "Cannot resolve column name %q among (%s).", name, strings.Join(expr.SchemaOf(scope).Names(), ", "))
}

func columnNamed(scope expr.Scope, name string) (*expr.Attribute, error) {
	for _, a := range scope {
		if strings.EqualFold(a.Name, name) {
			return a, nil
		}
	}
	_, err := scope.Find([]string{name})
	if err == nil {
		err = fmt.Errorf("%s is no column", name)
	}
	return nil, err
}

// Union is the rows of f and of other, doubles included. Columns meet by their
// place; types that differ are brought together.
func (f *Frame) Union(other *Frame) *Frame {
	right, problem := f.beside(other)
	if problem != nil {
		return problem
	}
	return f.then(func(expr.Scope) (plan.Node, error) { return unionOf(f.node, right) })
}

// UnionByName is Union where columns meet by their names.
func (f *Frame) UnionByName(other *Frame) *Frame {
	right, problem := f.beside(other)
	if problem != nil {
		return problem
	}
	return f.then(func(scope expr.Scope) (plan.Node, error) {
		var list []expr.Expr
		for _, a := range scope {
			b, err := columnNamed(right.Output(), a.Name)
			if err != nil {
				return nil, err
			}
			list = append(list, b)
		}
		return unionOf(f.node, plan.NewProject(list, right))
	})
}

// unionOf is a union of plans whose types are brought together.
func unionOf(left, right plan.Node) (plan.Node, error) {
	l, r := left.Output(), right.Output()
	if len(l) != len(r) {
		return nil, expr.Errorf("NUM_COLUMNS_MISMATCH", "UNION can only be performed on inputs with the same number of columns, but the first input has %d columns and the second input has %d columns.", len(l), len(r))
	}
	lefts, rights := make([]expr.Expr, len(l)), make([]expr.Expr, len(r))
	castLeft, castRight := false, false
	for i := range l {
		t, ok := expr.Common(l[i].Of, r[i].Of)
		if !ok {
			return nil, expr.Errorf("INCOMPATIBLE_COLUMN_TYPE", "UNION can only be performed on tables with compatible column types. Column %d of the second table is %q type which is not compatible with %q at the same column of the first table.", i+1, r[i].Of.SQL(), l[i].Of.SQL())
		}
		lefts[i], rights[i] = castNamed(l[i], t, &castLeft), castNamed(r[i], t, &castRight)
	}
	if castLeft {
		left = plan.NewProject(lefts, left)
	}
	if castRight {
		right = plan.NewProject(rights, right)
	}
	return plan.NewUnion(left, right), nil
}

func castNamed(a *expr.Attribute, t column.Type, cast *bool) expr.Expr {
	with := expr.NewCast(a, t)
	if with == expr.Expr(a) {
		return a
	}
	*cast = true
	return expr.NewAlias(with, a.Name)
}

// Repartition deals the rows out over n partitions, or with keys places those with
// equal keys together.
func (f *Frame) Repartition(n int, keys ...Expr) *Frame {
	if n < 1 {
		return f.failed(expr.Errorf("INVALID_PARTITIONS", "Number of partitions (%d) must be positive.", n))
	}
	if len(keys) == 0 {
		return f.then(func(expr.Scope) (plan.Node, error) {
			return &plan.Repartition{Unary: plan.Unary{Child: f.node}, N: n, Shuffle: true}, nil
		})
	}
	return f.repartitionBy(n, keys)
}

// RepartitionBy places rows with equal keys together, in the session's number of
// partitions.
func (f *Frame) RepartitionBy(keys ...Expr) *Frame { return f.repartitionBy(0, keys) }

func (f *Frame) repartitionBy(n int, keys []Expr) *Frame {
	nodes, err := nodesOf(keys)
	if err != nil {
		return f.failed(err)
	}
	return f.then(func(scope expr.Scope) (plan.Node, error) {
		by, err := expr.ResolveAll(nodes, scope)
		return &plan.RepartitionBy{Unary: plan.Unary{Child: f.node}, By: by, N: n}, err
	})
}

// RepartitionByRange places rows by ranges of keys, which a job finds by a sample.
func (f *Frame) RepartitionByRange(n int, keys ...Expr) *Frame {
	sorted := make([]Expr, len(keys))
	for i, k := range keys {
		sorted[i] = k.with(sortOf(k.node))
	}
	return f.repartitionBy(n, sorted)
}

// Coalesce merges partitions where they lie, until there are n.
func (f *Frame) Coalesce(n int) *Frame {
	if n < 1 {
		return f.failed(expr.Errorf("INVALID_PARTITIONS", "Number of partitions (%d) must be positive.", n))
	}
	return f.then(func(expr.Scope) (plan.Node, error) {
		return &plan.Repartition{Unary: plan.Unary{Child: f.node}, N: n}, nil
	})
}
