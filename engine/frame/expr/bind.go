package expr

import (
	"fmt"
	"sync/atomic"
	"time"

	"etincelle/engine/frame/column"
)

// Bound is an expression that can be computed over batches of known columns. It
// may be used by several tasks at once.
type Bound struct {
	Expr
	Evaluator
}

// Bind makes e computable over batches whose columns are input.
func Bind(e Expr, input []*Attribute) (*Bound, error) {
	b := binder{}
	for i, a := range input {
		if _, taken := b[a.ID]; !taken {
			b[a.ID] = i
		}
	}
	evaluator, err := b.bind(e)
	if err != nil {
		return nil, err
	}
	return &Bound{e, evaluator}, nil
}

// BindAll is Bind for several expressions.
func BindAll[E Expr](es []E, input []*Attribute) ([]*Bound, error) {
	bound := make([]*Bound, len(es))
	for i, e := range es {
		var err error
		if bound[i], err = Bind(e, input); err != nil {
			return nil, err
		}
	}
	return bound, nil
}

// EvalAll computes several expressions over one batch.
func EvalAll(es []*Bound, b column.Batch) ([]column.Column, error) {
	columns := make([]column.Column, len(es))
	for i, e := range es {
		var err error
		if columns[i], err = e.Eval(b); err != nil {
			return nil, err
		}
	}
	return columns, nil
}

// binder gives an attribute's position.
type binder map[ID]int

func (b binder) bind(e Expr) (Evaluator, error) {
	switch e := e.(type) {
	case *Attribute:
		at, ok := b[e.ID]
		if !ok {
			return nil, fmt.Errorf("expr: no column %s in the input of an operator", e)
		}
		return position(at), nil
	case *Literal:
		return &constant{literal: e}, nil
	case *Alias:
		return b.bind(e.Child)
	case *Stands:
		return b.bind(e.Child)
	}
	args, err := b.bindAll(e.Children())
	if err != nil {
		return nil, err
	}
	switch e := e.(type) {
	case *Field:
		return &fieldEvaluator{args[0], e.Index}, nil
	case *SortOrder:
		return args[0], nil
	case *Cast:
		return &castEvaluator{args[0], e}, nil
	case *Case:
		c := &caseEvaluator{of: e.Type(), other: args[len(args)-1]}
		for i := range e.Branches {
			c.branches = append(c.branches, branchEvaluator{args[2*i], args[2*i+1]})
		}
		return c, nil
	case *Invoke:
		return &invokeEvaluator{e, args}, nil
	}
	return nil, fmt.Errorf("expr: %s cannot be computed a row at a time", e)
}

func (b binder) bindAll(es []Expr) ([]Evaluator, error) {
	bound := make([]Evaluator, len(es))
	for i, e := range es {
		var err error
		if bound[i], err = b.bind(e); err != nil {
			return nil, err
		}
	}
	return bound, nil
}

// position is a column of the batch.
type position int

func (p position) Eval(b column.Batch) (column.Column, error) { return b.Columns[p], nil }

// constant repeats a literal; the longest column so far serves shorter batches.
type constant struct {
	literal *Literal
	longest atomic.Pointer[column.Column]
}

func (c *constant) Eval(b column.Batch) (column.Column, error) {
	if have := c.longest.Load(); have != nil && (*have).Len() >= b.Rows {
		return (*have).Slice(0, b.Rows), nil
	}
	made, err := column.Repeat(c.literal.Of, c.literal.Value, b.Rows)
	if err == nil {
		c.longest.Store(&made)
	}
	return made, err
}

// fieldEvaluator takes a field out of a struct.
type fieldEvaluator struct {
	record Evaluator
	index  int
}

func (f *fieldEvaluator) Eval(b column.Batch) (column.Column, error) {
	c, err := f.record.Eval(b)
	if err != nil {
		return nil, err
	}
	records := c.(*column.Records)
	field := records.Fields[f.index]
	if records.Mask == nil {
		return field, nil
	}
	rows := everyRow(b.Rows)
	for i, null := range records.Mask {
		if null {
			rows[i] = -1
		}
	}
	return field.Take(rows), nil
}

type castEvaluator struct {
	child Evaluator
	cast  *Cast
}

func (c *castEvaluator) Eval(b column.Batch) (column.Column, error) {
	child, err := c.child.Eval(b)
	if err != nil {
		return nil, err
	}
	return castColumn(child, c.cast.To, c.cast.Try, zoneOf(c.cast.Zone))
}

// invokeEvaluator calls a function of the table.
type invokeEvaluator struct {
	call *Invoke
	args []Evaluator
}

func (v *invokeEvaluator) Eval(b column.Batch) (column.Column, error) {
	f := v.call.Func
	if f.Lazy != nil {
		return f.Lazy(v.args, b, v.call.Sig.Result)
	}
	c := &Call{Args: make([]column.Column, len(v.args)), Rows: b.Rows, Type: v.call.Sig.Result, Zone: zoneOf(v.call.Zone)}
	for i, a := range v.args {
		var err error
		if c.Null != nil && !safe(a) {
			c.Args[i], err = evalWhere(a, b, c.Null, v.call.Args[i].Type())
		} else {
			c.Args[i], err = a.Eval(b)
		}
		if err != nil {
			return nil, err
		}
		if f.Nulls == NullIfAny || f.Nulls == NullOrOther {
			c.Null = either(c.Null, c.Args[i].Nulls())
		}
	}
	return f.Eval(c)
}

// evalWhere computes e on the rows that are not null anyway, as Spark: what stands
// behind a null in a call raises no error.
func evalWhere(e Evaluator, b column.Batch, null []bool, t column.Type) (column.Column, error) {
	var rows, rest []int32
	for i, n := range null {
		if n {
			rest = append(rest, int32(i))
		} else {
			rows = append(rows, int32(i))
		}
	}
	if len(rest) == 0 {
		return e.Eval(b)
	}
	out := newScatter(t, b.Rows)
	if err := out.put(e, b, rows); err != nil {
		return nil, err
	}
	out.add(column.NullsOf(t, len(rest)), rest)
	return out.column(), nil
}

// safe reports whether e can never fail, so that it may be computed on rows that
// do not need it.
func safe(e Evaluator) bool {
	switch e := e.(type) {
	case position, *constant, *fieldEvaluator:
		return true
	case *castEvaluator:
		return safe(e.child) && (e.cast.To.Kind == column.String || widens(e.cast.Child.Type(), e.cast.To))
	case *invokeEvaluator:
		for _, a := range e.args {
			if !safe(a) {
				return false
			}
		}
		return e.call.Func.Safe
	}
	return false
}

// uses adds the columns of a batch that e reads.
func uses(e Evaluator, columns map[int]bool) {
	switch e := e.(type) {
	case position:
		columns[int(e)] = true
	case *fieldEvaluator:
		uses(e.record, columns)
	case *castEvaluator:
		uses(e.child, columns)
	case *invokeEvaluator:
		for _, a := range e.args {
			uses(a, columns)
		}
	case *caseEvaluator:
		uses(e.other, columns)
		for _, b := range e.branches {
			uses(b.when, columns)
			uses(b.then, columns)
		}
	case *Bound:
		uses(e.Evaluator, columns)
	case *constant:
	default:
		columns[everything] = true // it may read anything
	}
}

// everything stands for all columns of a batch.
const everything = -1

func zoneOf(zone *time.Location) *time.Location {
	if zone == nil {
		return time.UTC
	}
	return zone
}

// either is true where one of two masks is; nil is a mask of nothing.
func either(a, b []bool) []bool {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	both := make([]bool, len(a))
	for i := range both {
		both[i] = a[i] || b[i]
	}
	return both
}
