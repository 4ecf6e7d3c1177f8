package expr

import (
	"strings"
	"time"

	"etincelle/engine/frame/column"
)

// Expr is an expression over the attributes of a plan. It does not change:
// rules make another one, With other children.
type Expr interface {
	Type() column.Type
	Nullable() bool
	Children() []Expr
	With(children []Expr) Expr
	String() string // as Spark's plans write it, without ids
}

// ID tells attributes of the same name apart. It is an address, so that no two
// are alike and nothing counts them.
type ID *byte

// NewID is an ID that nothing has.
func NewID() ID { return new(byte) }

// Attribute is one column that an operator gives. Two are the same column when
// their IDs are; name and nullability may differ along the plan.
type Attribute struct {
	ID    ID
	Name  string
	Of    column.Type
	Null  bool           // whether a null can be there
	Table string         // what qualifies it, "" for nothing
	Delay *time.Duration // of the watermark on it, nil when there is none
}

// NewAttribute is a column that no operator gave before.
func NewAttribute(f column.Field) *Attribute {
	return &Attribute{ID: NewID(), Name: f.Name, Of: f.Type, Null: f.Nullable}
}

// AttributesOf makes an attribute of each column of a schema.
func AttributesOf(s column.Schema) []*Attribute {
	attributes := make([]*Attribute, len(s))
	for i, f := range s {
		attributes[i] = NewAttribute(f)
	}
	return attributes
}

// SchemaOf is the other way round.
func SchemaOf(attributes []*Attribute) column.Schema {
	schema := make(column.Schema, len(attributes))
	for i, a := range attributes {
		schema[i] = column.Field{Name: a.Name, Type: a.Of, Nullable: a.Null}
	}
	return schema
}

// WithNull is a, with nulls or without.
func (a *Attribute) WithNull(null bool) *Attribute {
	if a.Null == null {
		return a
	}
	b := *a
	b.Null = null
	return &b
}

// Type implements Expr.
func (a *Attribute) Type() column.Type { return a.Of }

// Nullable implements Expr.
func (a *Attribute) Nullable() bool { return a.Null }

// Children implements Expr.
func (a *Attribute) Children() []Expr { return nil }

// With implements Expr.
func (a *Attribute) With([]Expr) Expr { return a }

// String implements Expr.
func (a *Attribute) String() string { return a.Name }

// Literal is a constant.
type Literal struct {
	Value any // boxed; nil is NULL
	Of    column.Type
}

// Type implements Expr.
func (l *Literal) Type() column.Type { return l.Of }

// Nullable implements Expr.
func (l *Literal) Nullable() bool { return l.Value == nil }

// Children implements Expr.
func (l *Literal) Children() []Expr { return nil }

// With implements Expr.
func (l *Literal) With([]Expr) Expr { return l }

// String implements Expr.
func (l *Literal) String() string { return literalText(l.Value, l.Of) }

// Alias gives an expression a name, and so makes an attribute of it.
type Alias struct {
	Child Expr
	Name  string
	ID    ID
	Delay *time.Duration // kept when the child is the event-time column
}

// NewAlias is child AS name.
func NewAlias(child Expr, name string) *Alias {
	return &Alias{Child: child, Name: name, ID: NewID(), Delay: DelayOf(child)}
}

// DelayOf is the delay of the watermark on an expression: of the event-time
// column itself, of a window over it, and of the time of such a window.
func DelayOf(e Expr) *time.Duration {
	switch e := e.(type) {
	case *Attribute:
		return e.Delay
	case *TimeWindow:
		return DelayOf(e.Child)
	case *SessionWindow:
		return DelayOf(e.Child)
	case *Invoke:
		if e.Func.Name == "window_time" {
			return DelayOf(e.Args[0])
		}
	}
	return nil
}

// Attribute is the column that the alias makes.
func (a *Alias) Attribute() *Attribute {
	return &Attribute{ID: a.ID, Name: a.Name, Of: a.Child.Type(), Null: a.Child.Nullable(), Delay: a.Delay}
}

// Type implements Expr.
func (a *Alias) Type() column.Type { return a.Child.Type() }

// Nullable implements Expr.
func (a *Alias) Nullable() bool { return a.Child.Nullable() }

// Children implements Expr.
func (a *Alias) Children() []Expr { return []Expr{a.Child} }

// With implements Expr.
func (a *Alias) With(c []Expr) Expr { b := *a; b.Child = c[0]; return &b }

// String implements Expr.
func (a *Alias) String() string { return a.Child.String() + " AS " + a.Name }

// Field is field Index of a struct.
type Field struct {
	Child Expr
	Index int
}

// Name is the field's name.
func (f *Field) Name() string { return f.Child.Type().Fields[f.Index].Name }

// Type implements Expr.
func (f *Field) Type() column.Type { return f.Child.Type().Fields[f.Index].Type }

// Nullable implements Expr.
func (f *Field) Nullable() bool {
	return f.Child.Nullable() || f.Child.Type().Fields[f.Index].Nullable
}

// Children implements Expr.
func (f *Field) Children() []Expr { return []Expr{f.Child} }

// With implements Expr.
func (f *Field) With(c []Expr) Expr { return &Field{c[0], f.Index} }

// String implements Expr.
func (f *Field) String() string { return f.Child.String() + "." + f.Name() }

// SortOrder is one key of an order.
type SortOrder struct {
	Child      Expr
	Desc       bool
	NullsFirst bool
}

// Type implements Expr.
func (s *SortOrder) Type() column.Type { return s.Child.Type() }

// Nullable implements Expr.
func (s *SortOrder) Nullable() bool { return s.Child.Nullable() }

// Children implements Expr.
func (s *SortOrder) Children() []Expr { return []Expr{s.Child} }

// With implements Expr.
func (s *SortOrder) With(c []Expr) Expr { return &SortOrder{c[0], s.Desc, s.NullsFirst} }

// String implements Expr: "name ASC NULLS FIRST".
func (s *SortOrder) String() string {
	text := s.Child.String() + " ASC NULLS "
	if s.Desc {
		text = s.Child.String() + " DESC NULLS "
	}
	if s.NullsFirst {
		return text + "FIRST"
	}
	return text + "LAST"
}

// Texts joins the texts of expressions with ", ".
func Texts[E Expr](es []E) string {
	parts := make([]string, len(es))
	for i, e := range es {
		parts[i] = e.String()
	}
	return strings.Join(parts, ", ")
}
