package sql

import "etincelle/engine/frame/expr"

// Query is a parsed SELECT, with what may stand around it.
type Query struct {
	With          []Common
	Body          Body
	Order         []expr.Sort
	Limit, Offset expr.Node // nil for none
}

// Common is one WITH name AS (query).
type Common struct {
	Name    string
	Columns []string // new names of the query's columns; nil keeps them
	Query   *Query
}

// Body is a *Select, a *SetOperation, a *Values or a nested *Query.
type Body interface{ body() }

// Select is SELECT … FROM … WHERE … GROUP BY … HAVING ….
type Select struct {
	Hints    []Hint
	Distinct bool
	Items    []expr.Node
	From     Relation // nil for none: one row without columns
	Where    expr.Node
	Group    []expr.Node
	Having   expr.Node
}

// Hint is one hint of /*+ BROADCAST(a, b) */, its name in lower case.
type Hint struct {
	Name string
	Args []string
}

// SetOperation is left UNION, EXCEPT or INTERSECT right.
type SetOperation struct {
	Kind        string // "union", "except", "intersect"
	All         bool
	Left, Right Body
}

// Values is VALUES (1, 'a'), (2, 'b'): rows of constants, of columns col1, col2….
type Values struct{ Rows [][]expr.Node }

// Relation is what stands in FROM: a *Table, a *Subquery, a *Join or a *View.
type Relation interface{ relation() }

// Table is a table by name.
type Table struct {
	Name    string
	Alias   string
	Columns []string
	From    int // where its name stands in the text, for errors
}

// Subquery is (SELECT …) AS alias, or VALUES ….
type Subquery struct {
	Query   *Query
	Alias   string
	Columns []string
}

// Call is a function that gives rows: range(10).
type Call struct {
	Func    expr.Apply
	Alias   string
	Columns []string
}

// Join is left JOIN right. Kind is a frame's: inner, left, right, full, semi, anti, cross.
type Join struct {
	Kind        string
	Left, Right Relation
	On          expr.Node // nil for none
	Using       []string
	Natural     bool
}

// View is LATERAL VIEW explode(…) alias AS columns, over Input.
type View struct {
	Input   Relation
	Outer   bool
	Func    expr.Apply
	Alias   string
	Columns []string
}

func (*Select) body()       {}
func (*SetOperation) body() {}
func (*Values) body()       {}
func (*Query) body()        {}

func (*Table) relation()    {}
func (*Subquery) relation() {}
func (*Call) relation()     {}
func (*Join) relation()     {}
func (*View) relation()     {}
