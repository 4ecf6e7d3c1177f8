package plan

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// Union is the rows of its inputs one behind the other; columns meet by position.
type Union struct {
	NoExprs
	Inputs  []Node
	columns []*expr.Attribute
}

// NewUnion is the rows of inputs, under the names of the first one's columns.
// The types must be the same.
func NewUnion(inputs ...Node) *Union {
	u := &Union{Inputs: inputs}
	for i, a := range inputs[0].Output() {
		null := slices.ContainsFunc(inputs, func(n Node) bool { return n.Output()[i].Null })
		made := *a
		made.ID, made.Null, made.Table = expr.NewID(), null, ""
		u.columns = append(u.columns, &made)
	}
	return u
}

// Name implements Node.
func (u *Union) Name() string { return "Union" }

// Text implements Node.
func (u *Union) Text() string { return "" }

// Children implements Node.
func (u *Union) Children() []Node { return u.Inputs }

// WithChildren implements Node.
func (u *Union) WithChildren(c []Node) Node { return &Union{Inputs: c, columns: u.columns} }

// Output implements Node.
func (u *Union) Output() []*expr.Attribute { return u.columns }

// WithColumns is u, giving other attributes: as many as its inputs give.
func (u *Union) WithColumns(columns []*expr.Attribute) *Union {
	return &Union{Inputs: u.Inputs, columns: columns}
}

// WithExprs implements Node.
func (u *Union) WithExprs([]expr.Expr) Node { return u }
