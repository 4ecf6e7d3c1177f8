package plan

import "etincelle/engine/frame/expr"

// Renewed is for leaves of other packages that can give their rows under new
// attributes.
type Renewed interface{ Renew() Node }

// Apart is right, under attributes that left has not: a frame joined with itself
// has two columns of each name, and both must be told.
func Apart(left, right Node) Node {
	have := idsOf(left.Output()...)
	for _, a := range right.Output() {
		if have[a.ID] {
			again, _ := renew(right)
			return again
		}
	}
	return right
}

// renew is n with new attributes all through, and the new one of each old one.
func renew(n Node) (Node, map[expr.ID]*expr.Attribute) {
	as := map[expr.ID]*expr.Attribute{}
	children := n.Children()
	with := make([]Node, len(children))
	for i, c := range children {
		var inner map[expr.ID]*expr.Attribute
		with[i], inner = renew(c)
		for id, a := range inner {
			as[id] = a
		}
	}
	old := n.Output()
	if len(children) == 0 {
		n = renewLeaf(n)
	} else {
		n = renewNode(n.WithChildren(with), as)
	}
	for i, a := range n.Output() {
		if old[i].ID != a.ID {
			as[old[i].ID] = a
		}
	}
	return n, as
}

func renewLeaf(n Node) Node {
	switch n := n.(type) {
	case *Scan:
		m := *n
		m.Columns = expr.AttributesOf(expr.SchemaOf(n.Columns))
		return &m
	case *Local:
		m := *n
		m.Columns = expr.AttributesOf(expr.SchemaOf(n.Columns))
		return &m
	case *Range:
		m := *n
		m.Column = expr.AttributesOf(expr.SchemaOf(n.Output()))[0]
		return &m
	case Renewed:
		return n.Renew()
	}
	var list []expr.Expr
	for _, a := range n.Output() {
		list = append(list, expr.NewAlias(a, a.Name))
	}
	return NewProject(list, n)
}

// renewNode gives an operator's expressions the new attributes, and what it makes
// itself new ones.
func renewNode(n Node, as map[expr.ID]*expr.Attribute) Node {
	fresh := func(a *expr.Attribute) *expr.Attribute {
		b := *a
		b.ID = expr.NewID()
		as[a.ID] = &b
		return &b
	}
	rename := func(e expr.Expr) expr.Expr {
		return expr.Rewrite(e, func(e expr.Expr) expr.Expr {
			switch e := e.(type) {
			case *expr.Attribute:
				if b, known := as[e.ID]; known {
					c := *b
					c.Null, c.Name, c.Table, c.Delay = e.Null, e.Name, e.Table, e.Delay
					return &c
				}
			case *expr.Alias:
				f := *e
				f.ID = expr.NewID()
				return &f
			}
			return e
		})
	}
	switch m := n.(type) {
	case *Union:
		columns := make([]*expr.Attribute, len(m.columns))
		for i, a := range m.columns {
			columns[i] = fresh(a)
		}
		return m.WithColumns(columns)
	case *Generate:
		g := *m
		g.Generator = rename(m.Generator).(*expr.Explode)
		g.Keep, g.Made = renamedAttributes(m.Keep, as), nil
		for _, a := range m.Made {
			g.Made = append(g.Made, fresh(a))
		}
		return &g
	case *Expand:
		e := MapExprs(m, rename).(*Expand)
		f := &Expand{Unary: e.Unary, Lists: e.Lists}
		for _, a := range m.Made {
			f.Made = append(f.Made, fresh(a))
		}
		return f
	case *EventTimeWatermark:
		w := *m
		w.Column = renamedAttributes([]*expr.Attribute{m.Column}, as)[0]
		return &w
	}
	return MapExprs(n, rename)
}

func renamedAttributes(list []*expr.Attribute, as map[expr.ID]*expr.Attribute) []*expr.Attribute {
	with := make([]*expr.Attribute, len(list))
	for i, a := range list {
		with[i] = a
		if b, known := as[a.ID]; known {
			with[i] = b
		}
	}
	return with
}
