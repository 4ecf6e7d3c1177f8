package plan

import "etincelle/engine/frame/expr"

// JoinType is which rows without a match a join keeps.
type JoinType string

// The types of joins, under the names that Spark's plans give them.
const (
	Inner      JoinType = "Inner"
	LeftOuter  JoinType = "LeftOuter"
	RightOuter JoinType = "RightOuter"
	FullOuter  JoinType = "FullOuter"
	LeftSemi   JoinType = "LeftSemi"
	LeftAnti   JoinType = "LeftAnti"
	Cross      JoinType = "Cross"
)

// Join pairs the rows of two inputs that fulfil a condition; nil is any pair.
type Join struct {
	Binary
	How       JoinType
	Condition expr.Expr
	Hint      JoinHint
}

// JoinHint is what the program says of a join's sides.
type JoinHint struct{ BroadcastLeft, BroadcastRight bool }

// Name implements Node.
func (j *Join) Name() string { return "Join" }

// Text implements Node.
func (j *Join) Text() string {
	text := string(j.How)
	if j.Condition != nil {
		text += ", " + j.Condition.String()
	}
	switch {
	case j.Hint.BroadcastRight:
		text += ", rightHint=(strategy=broadcast)"
	case j.Hint.BroadcastLeft:
		text += ", leftHint=(strategy=broadcast)"
	}
	return text
}

// WithChildren implements Node.
func (j *Join) WithChildren(c []Node) Node {
	k := *j
	k.Binary = Binary{c[0], c[1]}
	return &k
}

// Output implements Node.
func (j *Join) Output() []*expr.Attribute {
	left, right := j.Left.Output(), j.Right.Output()
	switch j.How {
	case LeftSemi, LeftAnti:
		return left
	case LeftOuter:
		right = nullable(right)
	case RightOuter:
		left = nullable(left)
	case FullOuter:
		left, right = nullable(left), nullable(right)
	}
	return append(left[:len(left):len(left)], right...)
}

func nullable(attributes []*expr.Attribute) []*expr.Attribute {
	out := make([]*expr.Attribute, len(attributes))
	for i, a := range attributes {
		out[i] = a.WithNull(true)
	}
	return out
}

// Exprs implements Node.
func (j *Join) Exprs() []expr.Expr {
	if j.Condition == nil {
		return nil
	}
	return []expr.Expr{j.Condition}
}

// WithExprs implements Node.
func (j *Join) WithExprs(es []expr.Expr) Node {
	k := *j
	if len(es) > 0 {
		k.Condition = es[0]
	}
	return &k
}

// Hinted says something of its child to the join above.
type Hinted struct {
	Unary
	NoExprs
	Broadcast bool
}

// Name implements Node.
func (h *Hinted) Name() string { return "ResolvedHint" }

// Text implements Node.
func (h *Hinted) Text() string { return "(strategy=broadcast)" }

// WithChildren implements Node.
func (h *Hinted) WithChildren(c []Node) Node {
	return &Hinted{Unary: Unary{c[0]}, Broadcast: h.Broadcast}
}

// Output implements Node.
func (h *Hinted) Output() []*expr.Attribute { return h.Child.Output() }

// WithExprs implements Node.
func (h *Hinted) WithExprs([]expr.Expr) Node { return h }
