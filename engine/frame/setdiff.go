package frame

import (
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// Intersect is the rows that f and other both have, each once; nulls are equal
// here. Columns meet by position.
func (f *Frame) Intersect(other *Frame) *Frame { return f.matching(other, Semi) }

// Except is the rows of f that other does not have, each once; nulls are equal here.
func (f *Frame) Except(other *Frame) *Frame { return f.matching(other, Anti) }

// matching keeps the rows of f by whether other has them: Spark makes such joins
// of INTERSECT and EXCEPT too.
func (f *Frame) matching(other *Frame, how JoinType) *Frame {
	right, problem := f.beside(other)
	if problem != nil {
		return problem
	}
	return f.then(func(scope expr.Scope) (plan.Node, error) {
		columns := right.Output()
		if len(columns) != len(scope) {
			return nil, expr.Errorf("NUM_COLUMNS_MISMATCH", "%s can only be performed on inputs with the same number of columns, but the first input has %d columns and the second input has %d columns.", map[JoinType]string{Semi: "INTERSECT", Anti: "EXCEPT"}[how], len(scope), len(columns))
		}
		var parts []expr.Expr
		for i, a := range scope {
			same, err := expr.Resolve(expr.Apply{Name: "<=>", Args: []expr.Node{expr.Done{Expr: a}, expr.Done{Expr: columns[i]}}}, nil)
			if err != nil {
				return nil, err
			}
			parts = append(parts, same)
		}
		join := &plan.Join{Binary: plan.Binary{Left: f.node, Right: right}, How: how, Condition: plan.Both(parts)}
		return &plan.Distinct{Unary: plan.Unary{Child: join}}, nil
	})
}
