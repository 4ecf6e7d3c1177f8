package physical

import (
	"iter"
	"slices"
	"strings"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Readable is a table that tasks can read.
type Readable interface {
	plan.Table
	// Columnar reports whether the format holds columns, so that what is not
	// asked for is not read: parquet, and not csv.
	Columnar() bool
	// Parts is what the table is read in, a task each, when so many can run at once.
	Parts(parallelism int) ([]Part, error)
}

// Part is what one task reads of a table.
type Part interface {
	// Read hands on the columns asked for, a batch at a time, until emit returns
	// false. Rows that fulfil none of the pushed conditions may be left out.
	Read(t *lineage.Task, columns []column.Field, pushed []expr.Expr, emit func(column.Batch) bool) error
}

// FileScan reads a table.
type FileScan struct {
	Leaf
	Table   Readable
	Columns []*expr.Attribute // in the order of the table's schema
	Pushed  []expr.Expr
}

// Name implements Operator.
func (s *FileScan) Name() string { return "FileScan" }

// Text implements Operator.
func (s *FileScan) Text() string {
	names := make([]string, len(s.Columns))
	for i, a := range s.Columns {
		names[i] = a.Name
	}
	return s.Table.Format() + " [" + strings.Join(names, ",") + "] Table: " + s.Table.Name() +
		", PushedFilters: " + Shortened(s.PushedFilters()) + ", ReadSchema: " + Shortened(s.ReadSchema())
}

// PushedFilters are the conditions that the reader was given: "[IsNotNull(a), GreaterThan(a,3)]".
func (s *FileScan) PushedFilters() string {
	var pushed []string
	for _, e := range s.Pushed {
		if text := s.Table.Pushes(e); text != "" {
			pushed = append(pushed, text)
		}
	}
	return "[" + strings.Join(pushed, ", ") + "]"
}

// ReadSchema is the columns that are read: "struct<carrier:string>".
func (s *FileScan) ReadSchema() string { return expr.SchemaOf(s.Columns).String() }

// longest is how much of a scan's settings plans show (spark.sql.maxMetadataStringLength).
const longest = 100

// Shortened is a text as plans show it: its first 97 characters and dots when it has
// more than 100.
func Shortened(text string) string {
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest-3]) + "..."
	}
	return text
}

// WithChildren implements Operator.
func (s *FileScan) WithChildren([]Operator) Operator { return s }

// Output implements Operator.
func (s *FileScan) Output() []*expr.Attribute { return s.Columns }

// Partitioning implements Operator.
func (s *FileScan) Partitioning() Partitioning { return UnknownPartitioning{} }

// Run implements Operator.
func (s *FileScan) Run(x *Context) (*Rows, error) {
	parts, err := s.Table.Parts(x.Conf.Parallelism)
	if err != nil {
		return nil, err
	}
	fields := expr.SchemaOf(s.Columns)
	return rdd.Define(x.Session, rdd.Definition[column.Batch]{
		Class: "FileScanRDD", Op: "read", Partitions: func() (int, error) { return len(parts), nil },
		Compute: func(t *lineage.Task, p int) iter.Seq[column.Batch] {
			return func(yield func(column.Batch) bool) {
				t.Check(parts[p].Read(t, fields, s.Pushed, func(b column.Batch) bool {
					t.Look()
					t.Metrics.Input += int64(b.Rows)
					return yield(b)
				}))
			}
		},
	}), nil
}

// planScan runs a Scan, and the selection and the conditions above it: the scan
// reads the columns they need, and is given the conditions.
func planScan(p *Planner, n plan.Node) (Operator, error) {
	list, conditions, bottom := selection(n)
	scan, ok := bottom.(*plan.Scan)
	if !ok {
		return nil, nil
	}
	table, ok := scan.Table.(Readable)
	if !ok {
		return nil, nil
	}
	wanted := map[expr.ID]bool{}
	for _, a := range expr.References(append(slices.Clone(list), conditions...)...) {
		wanted[a.ID] = true
	}
	op := &FileScan{Table: table, Pushed: conditions}
	for _, a := range scan.Columns {
		if wanted[a.ID] {
			op.Columns = append(op.Columns, a)
		}
	}
	return selected(op, list, conditions), nil
}

// selection splits a Project over Filters over something: the list (all columns
// when there is no Project), the conditions, and what is below.
func selection(n plan.Node) (list, conditions []expr.Expr, below plan.Node) {
	below = n
	project, chosen := n.(*plan.Project)
	if chosen {
		list, below = project.List, project.Child
	}
	if filter, ok := below.(*plan.Filter); ok {
		conditions, below = plan.Conjuncts(filter.Condition), filter.Child
	}
	if !chosen {
		for _, a := range below.Output() {
			list = append(list, a)
		}
	}
	return list, conditions, below
}

// selected puts conditions and a selection above op, where they change something.
func selected(op Operator, list, conditions []expr.Expr) Operator {
	if len(conditions) > 0 {
		op = &Filter{Unary{op}, plan.Both(conditions)}
	}
	if sameColumns(list, op.Output()) {
		return op
	}
	return &Project{Unary{op}, list}
}

// sameColumns reports whether a selection takes just these columns in this order.
func sameColumns(list []expr.Expr, columns []*expr.Attribute) bool {
	return slices.EqualFunc(list, columns, func(e expr.Expr, a *expr.Attribute) bool {
		b, ok := e.(*expr.Attribute)
		return ok && a.ID == b.ID
	})
}
