package plan

import (
	"strconv"

	"etincelle/engine/frame/expr"
)

// Sort orders rows: all of them, or those of each partition.
type Sort struct {
	Unary
	Order  []*expr.SortOrder
	Global bool
}

// Name implements Node.
func (s *Sort) Name() string { return "Sort" }

// Text implements Node.
func (s *Sort) Text() string { return "[" + expr.Texts(s.Order) + "], " + strconv.FormatBool(s.Global) }

// WithChildren implements Node.
func (s *Sort) WithChildren(c []Node) Node { return &Sort{Unary{c[0]}, s.Order, s.Global} }

// Output implements Node.
func (s *Sort) Output() []*expr.Attribute { return s.Child.Output() }

// Exprs implements Node.
func (s *Sort) Exprs() []expr.Expr { return exprsOf(s.Order) }

// WithExprs implements Node.
func (s *Sort) WithExprs(es []expr.Expr) Node { return &Sort{s.Unary, ordersOf(es), s.Global} }

// Limit keeps the first N rows: of all, or of each partition when Local is set.
type Limit struct {
	Unary
	NoExprs
	N     int
	Local bool
}

// Name implements Node.
func (l *Limit) Name() string {
	if l.Local {
		return "LocalLimit"
	}
	return "GlobalLimit"
}

// Text implements Node.
func (l *Limit) Text() string { return strconv.Itoa(l.N) }

// WithChildren implements Node.
func (l *Limit) WithChildren(c []Node) Node {
	return &Limit{Unary: Unary{c[0]}, N: l.N, Local: l.Local}
}

// Output implements Node.
func (l *Limit) Output() []*expr.Attribute { return l.Child.Output() }

// WithExprs implements Node.
func (l *Limit) WithExprs([]expr.Expr) Node { return l }
