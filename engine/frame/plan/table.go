package plan

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// Table is where a Scan's rows come from. Package physical asks it for more:
// how to read it.
type Table interface {
	// Format is "csv", "parquet", … Name is what plans call the table.
	Format() string
	Name() string
	Schema() column.Schema
	// Bytes is how large its files are: what the choice of a join looks at.
	Bytes() int64
	// Pushes is a condition as the format's reader takes it, "GreaterThan(a,3)";
	// "" when it cannot use it. A pushed condition may be used to skip rows, and
	// is checked again behind the scan.
	Pushes(condition expr.Expr) string
}

// Scan reads a table: the columns in Columns, of rows that may fulfil Pushed.
type Scan struct {
	Leaf
	Table   Table
	Columns []*expr.Attribute
	Pushed  []expr.Expr
}

// NewScan reads all of a table.
func NewScan(t Table) *Scan {
	return &Scan{Table: t, Columns: expr.AttributesOf(t.Schema())}
}

// Name implements Node.
func (s *Scan) Name() string { return "Relation" }

// Text implements Node.
func (s *Scan) Text() string { return "[" + expr.Texts(s.Columns) + "] " + s.Table.Format() }

// WithChildren implements Node.
func (s *Scan) WithChildren([]Node) Node { return s }

// Output implements Node.
func (s *Scan) Output() []*expr.Attribute { return s.Columns }

// Exprs implements Node.
func (s *Scan) Exprs() []expr.Expr { return s.Pushed }

// WithExprs implements Node.
func (s *Scan) WithExprs(es []expr.Expr) Node { t := *s; t.Pushed = es; return &t }

// Local is rows that the program gave.
type Local struct {
	Leaf
	NoExprs
	Columns []*expr.Attribute
	Rows    column.Batch
}

// Name implements Node.
func (l *Local) Name() string { return "LocalRelation" }

// Text implements Node.
func (l *Local) Text() string {
	if l.Rows.Rows == 0 {
		return "<empty>, [" + expr.Texts(l.Columns) + "]"
	}
	return "[" + expr.Texts(l.Columns) + "]"
}

// WithChildren implements Node.
func (l *Local) WithChildren([]Node) Node { return l }

// Output implements Node.
func (l *Local) Output() []*expr.Attribute { return l.Columns }

// WithExprs implements Node.
func (l *Local) WithExprs([]expr.Expr) Node { return l }

// Range is the numbers from Start up to, and without, End, Step apart.
type Range struct {
	Leaf
	NoExprs
	Column           *expr.Attribute
	Start, End, Step int64
	Partitions       int // 0: the session's default
}

// Name implements Node.
func (r *Range) Name() string { return "Range" }

// Text implements Node.
func (r *Range) Text() string { return rangeText(r.Start, r.End, r.Step, r.Partitions) }

// WithChildren implements Node.
func (r *Range) WithChildren([]Node) Node { return r }

// Output implements Node.
func (r *Range) Output() []*expr.Attribute { return []*expr.Attribute{r.Column} }

// WithExprs implements Node.
func (r *Range) WithExprs([]expr.Expr) Node { return r }
