package expr

import "etincelle/engine/frame/column"

// Node is an expression as it was written. The nodes are the types of this file.
type Node interface{ node() }

// Ref is a column, or a field inside one: "carrier", "f.carrier", "window.start".
type Ref struct {
	Parts []string
	At    Place
}

// Star is every column, or every column of one table.
type Star struct{ Table string }

// Lit is a constant: Value boxed as in a Row.
type Lit struct {
	Value any
	Type  column.Type
}

// Apply is a call by name: a function, an operator, an aggregate, a generator
// or a window function; which one, Resolve finds out. Operators go by their
// sign or word, in lower case: + - * / % = <=> != < <= > >= and or not || div
// in like rlike isnull isnotnull between(x, low, high) negative positive.
type Apply struct {
	Name        string
	Args        []Node
	Distinct    bool
	Filter      Node // of an aggregate: FILTER (WHERE …)
	IgnoreNulls bool
	At          Place
}

// CastTo is CAST(x AS type), or TRY_CAST.
type CastTo struct {
	Child Node
	Type  column.Type
	Try   bool
	At    Place
}

// CaseWhen is CASE, with or without an operand; Else may be nil.
type CaseWhen struct {
	Operand  Node
	Branches []Branch
	Else     Node
}

// Branch is WHEN … THEN ….
type Branch struct{ When, Then Node }

// Named is x AS name.
type Named struct {
	Child Node
	Name  string
}

// GetItem is x[i] or x.field, where x is not just a name.
type GetItem struct{ Child, Key Node }

// Sort is x DESC NULLS LAST: one key of an order.
type Sort struct {
	Child Node
	Desc  bool
	Nulls NullOrder
}

// NullOrder is where nulls go in an order.
type NullOrder int

// NullsDefault is first for ascending and last for descending, as in Spark.
const (
	NullsDefault NullOrder = iota
	NullsFirst
	NullsLast
)

// Over is call OVER (spec).
type Over struct {
	Call Node // an Apply
	Spec WindowSpec
}

// WindowSpec is PARTITION BY … ORDER BY … and the frame of rows around each row.
type WindowSpec struct {
	Partition []Node
	Order     []Sort
	Frame     *WindowFrame // nil: all the partition, or up to the row's peers when there is an order
}

// WindowFrame is ROWS or RANGE BETWEEN start AND end, both included. Offsets
// count rows (or values) from the current one: -1 is 1 PRECEDING.
type WindowFrame struct {
	Rows       bool // or a range of values
	Start, End int64
}

// Unbounded, as the start or end of a frame.
const (
	UnboundedPreceding = int64(-1 << 63)
	UnboundedFollowing = int64(1<<63 - 1)
)

// Lambda is x -> body, or (x, y) -> body: what a function does to each element
// of an array.
type Lambda struct {
	Params []string
	Body   Node
}

// Done is an expression that was understood already, inside one that was not.
type Done struct{ Expr Expr }

func (Ref) node()      {}
func (Star) node()     {}
func (Lit) node()      {}
func (Apply) node()    {}
func (CastTo) node()   {}
func (CaseWhen) node() {}
func (Named) node()    {}
func (GetItem) node()  {}
func (Sort) node()     {}
func (Over) node()     {}
func (Lambda) node()   {}
func (Done) node()     {}
