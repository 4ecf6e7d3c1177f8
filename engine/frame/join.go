package frame

import (
	"slices"
	"strings"

	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// JoinType is which rows without a partner a join keeps.
type JoinType = plan.JoinType

// The types of joins.
const (
	Inner JoinType = plan.Inner
	Left  JoinType = plan.LeftOuter  // rows of the left side without a partner come too, with nulls
	Right JoinType = plan.RightOuter // those of the right side
	Full  JoinType = plan.FullOuter  // those of both
	Semi  JoinType = plan.LeftSemi   // rows of the left side that have a partner, once
	Anti  JoinType = plan.LeftAnti   // those that have none
)

// On says which rows are partners.
type On struct {
	using     []string
	condition Expr
}

// Using pairs rows with equal values in columns that both sides have; the result
// has these columns once, first. Null is equal to nothing.
func Using(columns ...string) On { return On{using: columns} }

// Matching pairs rows for which a condition over both sides is true; tables named by
// As tell their columns apart.
func Matching(condition Expr) On { return On{condition: condition} }

// Join pairs the rows of f, on the left, with those of other.
func (f *Frame) Join(other *Frame, on On, how JoinType) *Frame {
	right, problem := f.beside(other)
	if problem != nil {
		return problem
	}
	if on.condition.err != nil {
		return f.failed(on.condition.err)
	}
	return f.then(func(expr.Scope) (plan.Node, error) {
		if on.using != nil {
			return joinUsing(f.node, right, on.using, how)
		}
		sides := plan.Binary{Left: f.node, Right: right}
		if on.condition.node == nil {
			return &plan.Join{Binary: sides, How: how}, nil
		}
		scope := append(append(expr.Scope(nil), f.node.Output()...), right.Output()...)
		condition, err := expr.Condition(on.condition.node, scope)
		return &plan.Join{Binary: sides, How: how, Condition: condition}, err
	})
}

// CrossJoin pairs every row with every row of other.
func (f *Frame) CrossJoin(other *Frame) *Frame {
	right, problem := f.beside(other)
	if problem != nil {
		return problem
	}
	return f.then(func(expr.Scope) (plan.Node, error) {
		return &plan.Join{Binary: plan.Binary{Left: f.node, Right: right}, How: plan.Cross}, nil
	})
}

// Broadcast says that f is small: a join sends it to every task, however large it
// looks.
func Broadcast(f *Frame) *Frame {
	return f.then(func(expr.Scope) (plan.Node, error) {
		return &plan.Hinted{Unary: plan.Unary{Child: f.node}, Broadcast: true}, nil
	})
}

// beside is other's plan for use next to f's, whose columns it may share.
func (f *Frame) beside(other *Frame) (plan.Node, *Frame) {
	if f.err != nil {
		return nil, f
	}
	if other.err != nil {
		return nil, Failed(f, other.err)
	}
	if f.session != other.session {
		return nil, f.failed(expr.Errorf("SESSIONS", "The two frames belong to different sessions: make both with the same one."))
	}
	return plan.Apart(f.node, other.node), nil
}

// joinUsing joins by columns of the same name, and gives them once.
func joinUsing(left, right plan.Node, using []string, how JoinType) (plan.Node, error) {
	var keys []expr.Expr
	var pairs [][2]*expr.Attribute
	for _, name := range using {
		l, err := usingColumn(left, name, "left")
		if err != nil {
			return nil, err
		}
		r, err := usingColumn(right, name, "right")
		if err != nil {
			return nil, err
		}
		equal, err := expr.Resolve(expr.Apply{Name: "=", Args: []expr.Node{expr.Done{Expr: l}, expr.Done{Expr: r}}}, nil)
		if err != nil {
			return nil, err
		}
		keys, pairs = append(keys, equal), append(pairs, [2]*expr.Attribute{l, r})
	}
	join := &plan.Join{Binary: plan.Binary{Left: left, Right: right}, How: how, Condition: plan.Both(keys)}
	used := map[expr.ID]bool{}
	var list []expr.Expr
	columns := join.Output()
	for _, p := range pairs {
		if how == Semi || how == Anti {
			list, used[p[0].ID] = append(list, sameID(columns, p[0])), true
			continue
		}
		l, r := sameID(columns, p[0]), sameID(columns, p[1])
		used[l.ID], used[r.ID] = true, true
		switch how {
		case Right:
			list = append(list, r)
		case Full:
			list = append(list, expr.NewAlias(expr.Must("coalesce", l, r), l.Name))
		default:
			list = append(list, l)
		}
	}
	for _, a := range columns {
		if !used[a.ID] {
			list = append(list, a)
		}
	}
	return plan.NewProject(list, join), nil
}

func usingColumn(side plan.Node, name, where string) (*expr.Attribute, error) {
	for _, a := range side.Output() {
		if strings.EqualFold(a.Name, name) {
			return a, nil
		}
	}
	names := expr.SchemaOf(side.Output()).Names()
	slices.Sort(names)
	return nil, expr.Errorf("UNRESOLVED_USING_COLUMN_FOR_JOIN", "USING column `%s` cannot be resolved on the %s side of the join. The %s-side columns: [%s].",
		name, where, where, "`"+strings.Join(names, "`, `")+"`")
}

func sameID(columns []*expr.Attribute, a *expr.Attribute) *expr.Attribute {
	for _, c := range columns {
		if c.ID == a.ID {
			return c
		}
	}
	return a
}
