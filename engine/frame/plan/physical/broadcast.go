package physical

import (
	"fmt"
	"iter"
	"strings"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// BroadcastExchange brings all rows of its child to the driver, by a job, and from
// there to every task.
type BroadcastExchange struct {
	Unary
	Mode string // "HashedRelationBroadcastMode(…)", or "IdentityBroadcastMode"
}

// Name implements Operator.
func (b *BroadcastExchange) Name() string { return "BroadcastExchange" }

// Text implements Operator.
func (b *BroadcastExchange) Text() string { return b.Mode }

// WithChildren implements Operator.
func (b *BroadcastExchange) WithChildren(c []Operator) Operator {
	return &BroadcastExchange{Unary{c[0]}, b.Mode}
}

// Partitioning implements Operator.
func (b *BroadcastExchange) Partitioning() Partitioning { return BroadcastPartitioning{} }

// Ordering implements Operator.
func (b *BroadcastExchange) Ordering() []*expr.SortOrder { return nil }

// Run implements Operator: nobody reads a broadcast a partition at a time.
func (b *BroadcastExchange) Run(*Context) (*Rows, error) {
	return nil, fmt.Errorf("a broadcast is not a dataset")
}

// broadcaster is what has rows to broadcast: an exchange, or a stage that ran it.
type broadcaster interface {
	broadcast(x *Context) (column.Batch, error)
}

// broadcast is all rows of the child. They are collected once in a run.
func (b *BroadcastExchange) broadcast(x *Context) (column.Batch, error) {
	if rows, done := x.broadcasts[b]; done {
		return rows, nil
	}
	rows, err := x.Collect(b.Child)
	if err == nil {
		x.broadcasts[b] = rows
	}
	return rows, err
}

// Broadcasted is the rows that an operator whose Needs ask for a broadcast reads.
func (x *Context) Broadcasted(op Operator) (column.Batch, error) {
	b, ok := op.(broadcaster)
	if !ok {
		return column.Batch{}, fmt.Errorf("%s is not a broadcast", op.Name())
	}
	return b.broadcast(x)
}

// Collect runs op, and brings its rows to the driver: a job.
func (x *Context) Collect(op Operator) (column.Batch, error) {
	rows, err := x.Run(op)
	if err != nil {
		return column.Batch{}, err
	}
	n, err := rdd.Node(rows).Partitions()
	if err != nil {
		return column.Batch{}, err
	}
	return x.collect(op, rows, upTo(0, n), -1)
}

// collect brings rows of some partitions to the driver; limit, when it is not
// negative, is how many of each partition are enough.
func (x *Context) collect(op Operator, rows *Rows, partitions []int, limit int) (column.Batch, error) {
	types := expr.SchemaOf(op.Output()).Types()
	parts := map[int]column.Batch{}
	err := rdd.RunJob(rows, x.Action, partitions, func(t *lineage.Task, in iter.Seq[column.Batch]) (column.Batch, error) {
		var got []column.Batch
		if limit >= 0 {
			first(in, limit, func(b column.Batch) bool { got = append(got, b); return true })
		} else {
			for b := range in {
				got = append(got, b)
			}
		}
		whole := column.Concat(types, got...)
		t.Metrics.Result += int64(whole.Rows)
		return whole, nil
	}, func(p int, b column.Batch) { parts[p] = b })
	var all []column.Batch
	for _, p := range partitions {
		all = append(all, parts[p])
	}
	if err != nil {
		return column.Batch{}, err
	}
	return column.Concat(types, all...), nil
}

func upTo(from, to int) []int {
	numbers := make([]int, 0, max(to-from, 0))
	for i := from; i < to; i++ {
		numbers = append(numbers, i)
	}
	return numbers
}

// hashedMode is how Spark writes the table that a broadcast is made into: its
// keys by their places in the rows.
func hashedMode(keys []expr.Expr, input []*expr.Attribute) string {
	parts := make([]string, len(keys))
	for i, k := range packedKeys(keys) {
		parts[i] = placesText(k, input)
	}
	parts = parts[:len(packedKeys(keys))]
	return "HashedRelationBroadcastMode(List(" + strings.Join(parts, ", ") + "),false)"
}

// placesText is an expression over input[i, type, nullable].
func placesText(e expr.Expr, input []*expr.Attribute) string {
	return expr.Rewrite(e, func(e expr.Expr) expr.Expr {
		a, ok := e.(*expr.Attribute)
		if !ok {
			return e
		}
		for i, in := range input {
			if in.ID == a.ID {
				return &expr.Attribute{ID: a.ID, Name: fmt.Sprintf("input[%d, %s, %t]", i, in.Of, in.Null), Of: in.Of, Null: in.Null}
			}
		}
		return e
	}).String()
}
