package frame

import (
	"sync"

	"etincelle/engine"
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/lineage"
)

// Frame is a table, bounded or not: a plan that an action runs. It does not
// change; every method gives another one.
type Frame struct {
	session *engine.Session
	node    plan.Node
	err     error // the first mistake of the chain, told by the first action

	mu  sync.Mutex
	run *Execution // made by the first action, used again by the next ones
}

// Schema is the columns of a frame, in order.
type Schema = column.Schema

// Field is one column of a schema.
type Field = column.Field

// Row is one row, in the order of the schema. Its values are bool, int32, int64,
// float64, string, Decimal, Date, Timestamp, []any for an array, Row for a struct,
// and nil.
type Row = column.Row

// FromPlan is the frame of a plan: for packages that bring operators of their own.
func FromPlan(s *engine.Session, n plan.Node) *Frame { return &Frame{session: s, node: n} }

// Failed is a frame in the place of one that cannot be defined: err is told by the
// first action.
func Failed(from *Frame, err error) *Frame {
	if from.err != nil {
		err = from.err
	}
	return &Frame{session: from.session, node: from.node, err: err}
}

// Logical is a frame's plan as it was written.
func Logical(f *Frame) plan.Node { return f.node }

// Session is the session that f belongs to.
func (f *Frame) Session() *engine.Session { return f.session }

// Err is the mistake in f's definition, or in that of a frame it comes from; nil
// when there is none.
func (f *Frame) Err() error { return f.err }

// Schema is f's columns.
func (f *Frame) Schema() Schema { return expr.SchemaOf(f.node.Output()) }

// Columns are the names of f's columns.
func (f *Frame) Columns() []string { return f.Schema().Names() }

// PrintSchema draws the schema, as Spark's printSchema does.
func (f *Frame) PrintSchema() string { return f.Schema().Tree() }

// Unbounded reports whether f reads a stream.
func (f *Frame) Unbounded() bool { return plan.Streaming(f.node) }

// then is f with an operator above it.
func (f *Frame) then(make func(scope expr.Scope) (plan.Node, error)) *Frame {
	if f.err != nil {
		return f
	}
	n, err := make(f.node.Output())
	if err != nil {
		return f.failed(err)
	}
	return FromPlan(f.session, n)
}

// failed is f with a mistake, at the program's line.
func (f *Frame) failed(err error) *Frame { return Failed(f, analysis(err)) }

// analysis is the error of a definition.
func analysis(err error) error {
	return &lineage.Failure{Class: "org.apache.spark.sql.AnalysisException", Message: err.Error(), Cause: err, Site: lineage.Caller()}
}
