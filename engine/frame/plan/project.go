package plan

import "etincelle/engine/frame/expr"

// Project computes columns from each row: SELECT without anything else.
type Project struct {
	Unary
	List []expr.Expr // each an *expr.Attribute or an *expr.Alias
}

// NewProject is list over child.
func NewProject(list []expr.Expr, child Node) *Project { return &Project{Unary{child}, list} }

// Name implements Node.
func (p *Project) Name() string { return "Project" }

// Text implements Node.
func (p *Project) Text() string { return "[" + expr.Texts(p.List) + "]" }

// WithChildren implements Node.
func (p *Project) WithChildren(c []Node) Node { return &Project{Unary{c[0]}, p.List} }

// Output implements Node.
func (p *Project) Output() []*expr.Attribute { return attributesOf(p.List) }

// Exprs implements Node.
func (p *Project) Exprs() []expr.Expr { return p.List }

// WithExprs implements Node.
func (p *Project) WithExprs(es []expr.Expr) Node { return &Project{p.Unary, es} }
