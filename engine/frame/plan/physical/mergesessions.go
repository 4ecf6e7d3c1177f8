package physical

import (
	"iter"
	"slices"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/lineage"
)

// MergingSessions ends an aggregation by session windows: of the rows of one key,
// in the order of their sessions, those whose sessions touch become one.
type MergingSessions struct {
	Unary
	Of      Aggregation
	Session int // which key is the session
}

// Name implements Operator.
func (m *MergingSessions) Name() string { return "MergingSessions" }

// Text implements Operator.
func (m *MergingSessions) Text() string {
	return "(keys=[" + expr.Texts(m.Of.Keys) + "], functions=[" + expr.Texts(m.calls()) + "])"
}

func (m *MergingSessions) calls() []*expr.AggregateCall {
	calls := make([]*expr.AggregateCall, len(m.Of.Calls))
	for i, s := range m.Of.Calls {
		calls[i] = s.Call
	}
	return calls
}

// WithChildren implements Operator.
func (m *MergingSessions) WithChildren(c []Operator) Operator {
	return &MergingSessions{Unary{c[0]}, m.Of, m.Session}
}

// Output implements Operator.
func (m *MergingSessions) Output() []*expr.Attribute {
	out := slices.Clone(m.Child.Output()[:len(m.Of.Keys)])
	for _, s := range m.Of.Calls {
		out = append(out, s.Result)
	}
	return out
}

// Ordering implements Operator.
func (m *MergingSessions) Ordering() []*expr.SortOrder { return nil }

// Needs implements Operator: rows of a key together, in the order of their sessions.
func (m *MergingSessions) Needs() []Need {
	rest := slices.Delete(m.Of.KeyAttributes(), m.Session, m.Session+1)
	var order []*expr.SortOrder
	for _, k := range append(slices.Clone(rest), m.Of.KeyAttributes()[m.Session]) {
		order = append(order, ascending(k))
	}
	return []Need{{Placed: Placed(rest), Sorted: order}}
}

// Run implements Operator.
func (m *MergingSessions) Run(x *Context) (*Rows, error) {
	child, err := x.Run(m.Child)
	if err != nil {
		return nil, err
	}
	return Narrow(child, "mergeSessions", func(t *lineage.Task, _ int, in iter.Seq[column.Batch], emit func(column.Batch) bool) error {
		all := slices.Collect(in)
		t.Look()
		out, err := m.merge(column.Concat(expr.SchemaOf(m.Child.Output()).Types(), all...))
		if err == nil && out.Rows > 0 {
			emit(out)
		}
		return err
	}), nil
}

// merge makes one row of each run of sessions that touch.
func (m *MergingSessions) merge(b column.Batch) (column.Batch, error) {
	keys := b.Columns[:len(m.Of.Keys)]
	rest := slices.Delete(slices.Clone(keys), m.Session, m.Session+1)
	sessions := keys[m.Session].(*column.Records)
	starts, ends := column.Data[int64](sessions.Fields[0]), column.Data[int64](sessions.Fields[1])
	groups := make([]int32, b.Rows)
	var first []int32 // the first row of each group
	var last []int64  // the end of each group
	var key, before []byte
	for i := range b.Rows {
		key = column.AppendRow(key[:0], rest, i)
		n := len(first)
		if n == 0 || string(key) != string(before) || starts[i] > last[n-1] { // exactly one gap apart is together
			first, last = append(first, int32(i)), append(last, ends[i])
			before = append(before[:0], key...)
			n++
		}
		last[n-1] = max(last[n-1], ends[i])
		groups[i] = int32(n - 1)
	}
	out := column.Batch{Columns: column.Batch{Columns: keys, Rows: b.Rows}.Take(first).Columns, Rows: len(first)}
	merged := out.Columns[m.Session].(*column.Records)
	out.Columns[m.Session] = &column.Records{Of: merged.Of, Count: len(first), Fields: []column.Column{
		merged.Fields[0], column.New(column.TimestampType, last, nil),
	}}
	buffers := b.Columns[len(keys):]
	for _, s := range m.Of.Calls {
		n := len(s.Call.Buffer())
		a := s.Call.Accumulator()
		a.Grow(len(first))
		if b.Rows > 0 {
			if err := a.Merge(groups, buffers[:n]); err != nil {
				return out, err
			}
		}
		result, err := a.Final()
		if err != nil {
			return out, err
		}
		out.Columns, buffers = append(out.Columns, result), buffers[n:]
	}
	return out, nil
}

func planSessions(p *Planner, n plan.Node) (Operator, error) {
	node, ok := n.(*plan.Aggregate)
	if !ok || plan.SessionKey(node) < 0 {
		return nil, nil
	}
	child, err := p.Plan(node.Child)
	if err != nil {
		return nil, err
	}
	a := NewAggregation(node)
	merging := &MergingSessions{Unary{PartialAggregate(a, child)}, a, plan.SessionKey(node)}
	return &Project{Unary{merging}, a.List}, nil
}
