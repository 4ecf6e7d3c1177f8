package plan

import (
	"fmt"
	"strconv"

	"etincelle/engine/frame/expr"
)

// Repartition asks for a number of partitions: dealt out evenly, or with neither
// Shuffle merged as they lie.
type Repartition struct {
	Unary
	NoExprs
	N       int
	Shuffle bool
}

// Name implements Node.
func (r *Repartition) Name() string { return "Repartition" }

// Text implements Node.
func (r *Repartition) Text() string { return fmt.Sprintf("%d, %t", r.N, r.Shuffle) }

// WithChildren implements Node.
func (r *Repartition) WithChildren(c []Node) Node {
	return &Repartition{Unary: Unary{c[0]}, N: r.N, Shuffle: r.Shuffle}
}

// Output implements Node.
func (r *Repartition) Output() []*expr.Attribute { return r.Child.Output() }

// WithExprs implements Node.
func (r *Repartition) WithExprs([]expr.Expr) Node { return r }

// RepartitionBy places rows by the value of expressions: equal ones together, or
// in order when they are sort orders.
type RepartitionBy struct {
	Unary
	By []expr.Expr
	N  int // 0: the session's number, which adaptive execution may lessen
}

// Name implements Node.
func (r *RepartitionBy) Name() string { return "RepartitionByExpression" }

// Text implements Node.
func (r *RepartitionBy) Text() string {
	if r.N == 0 {
		return "[" + expr.Texts(r.By) + "]"
	}
	return "[" + expr.Texts(r.By) + "], " + strconv.Itoa(r.N)
}

// WithChildren implements Node.
func (r *RepartitionBy) WithChildren(c []Node) Node { return &RepartitionBy{Unary{c[0]}, r.By, r.N} }

// Output implements Node.
func (r *RepartitionBy) Output() []*expr.Attribute { return r.Child.Output() }

// Exprs implements Node.
func (r *RepartitionBy) Exprs() []expr.Expr { return r.By }

// WithExprs implements Node.
func (r *RepartitionBy) WithExprs(es []expr.Expr) Node { return &RepartitionBy{r.Unary, es, r.N} }
