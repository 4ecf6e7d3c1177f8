package plan

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// ConvertToLocalRelation computes a selection of rows that the program gave.
var ConvertToLocalRelation = Rule{
	"ConvertToLocalRelation", "selections and conditions over local rows are computed at once",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			children := n.Children()
			if len(children) != 1 {
				return n
			}
			local, ok := children[0].(*Local)
			if !ok {
				return n
			}
			if rows, ok := computed(n, local); ok {
				return &Local{Columns: n.Output(), Rows: rows}
			}
			return n
		})
	},
}

// computed is the rows of an operator over local ones. One that fails is left: it
// fails when it runs.
func computed(n Node, local *Local) (column.Batch, bool) {
	switch n := n.(type) {
	case *Project:
		for _, e := range n.List {
			if isVolatile(e) {
				return column.Batch{}, false
			}
		}
		list, err := expr.BindAll(n.List, local.Columns)
		if err != nil {
			return column.Batch{}, false
		}
		columns, err := expr.EvalAll(list, local.Rows)
		return column.Batch{Columns: columns, Rows: local.Rows.Rows}, err == nil
	case *Limit:
		return local.Rows.Slice(0, min(n.N, local.Rows.Rows)), true
	case *Filter:
		if isVolatile(n.Condition) {
			return column.Batch{}, false
		}
		bound, err := expr.Bind(n.Condition, local.Columns)
		if err != nil {
			return column.Batch{}, false
		}
		c, err := bound.Eval(local.Rows)
		if err != nil {
			return column.Batch{}, false
		}
		kept := make([]bool, local.Rows.Rows)
		for i := range kept {
			kept[i] = !c.Null(i) && column.Data[bool](c)[i]
		}
		return local.Rows.Keep(kept), true
	}
	return column.Batch{}, false
}

// PropagateEmptyRelation drops what can have no rows.
var PropagateEmptyRelation = Rule{
	"PropagateEmptyRelation", "what has no rows gives none",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			if f, ok := n.(*Filter); ok && (isTruth(f.Condition, false) || isNothing(f.Condition)) {
				return nothing(n)
			}
			children := n.Children()
			empty := make([]bool, len(children))
			for i, c := range children {
				empty[i] = isEmpty(c)
			}
			switch n := n.(type) {
			case *Join:
				return emptyJoin(n, empty[0], empty[1])
			case *Union:
				return emptyUnion(n, empty)
			case *Aggregate:
				if empty[0] && len(n.Keys) > 0 {
					return nothing(n)
				}
			case *Project, *Filter, *Sort, *Limit, *Repartition, *RepartitionBy, *Window, *Generate, *Expand:
				if empty[0] {
					return nothing(n)
				}
			}
			return n
		})
	},
}

func isNothing(e expr.Expr) bool {
	l, ok := e.(*expr.Literal)
	return ok && l.Value == nil
}

func isEmpty(n Node) bool {
	l, ok := n.(*Local)
	return ok && l.Rows.Rows == 0
}

// nothing is n's columns without rows.
func nothing(n Node) Node {
	columns := n.Output()
	batch := column.Batch{}
	for _, a := range columns {
		batch.Columns = append(batch.Columns, column.NewBuilder(a.Of, 0).Build())
	}
	return &Local{Columns: columns, Rows: batch}
}

func emptyJoin(j *Join, left, right bool) Node {
	switch {
	case !left && !right:
		return j
	case left && right, left && (j.How != RightOuter && j.How != FullOuter), right && (j.How == Inner || j.How == Cross || j.How == LeftSemi || j.How == RightOuter):
		return nothing(j)
	case right && j.How == LeftAnti:
		return j.Left
	}
	var list []expr.Expr
	own := idsOf(j.Left.Output()...)
	if left {
		own = idsOf(j.Right.Output()...)
	}
	for _, a := range j.Output() {
		if own[a.ID] {
			list = append(list, a)
		} else {
			list = append(list, &expr.Alias{Child: &expr.Literal{Of: a.Of}, Name: a.Name, ID: a.ID})
		}
	}
	if left {
		return NewProject(list, j.Right)
	}
	return NewProject(list, j.Left)
}

func emptyUnion(u *Union, empty []bool) Node {
	var inputs []Node
	for i, input := range u.Inputs {
		if !empty[i] {
			inputs = append(inputs, input)
		}
	}
	switch len(inputs) {
	case len(u.Inputs):
		return u
	case 0:
		return nothing(u)
	case 1:
		var list []expr.Expr
		for i, a := range u.Output() {
			list = append(list, &expr.Alias{Child: inputs[0].Output()[i], Name: a.Name, ID: a.ID})
		}
		return NewProject(list, inputs[0])
	}
	return u.WithChildren(inputs)
}
