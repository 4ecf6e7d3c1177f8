package physical

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/rdd"
)

// Adaptive execution runs a plan stage by stage: an exchange is written by a job of
// its own, and what it wrote is known before the rest is decided. The operators of
// this file stand in the plan where a stage is done.

// Inner is for operators that show, in a plan's text, operators that are not their
// children: a stage that has run.
type Inner interface{ Inner() []Operator }

// ShuffleQueryStage is an exchange that has been written.
type ShuffleQueryStage struct {
	Leaf
	Of      *Exchange
	Shown   Operator // the exchange, or what it was found equal to
	Columns []*expr.Attribute
	Pieces  []rdd.Piece // what went to each partition
	shuffle *Shuffle
}

// Name implements Operator.
func (s *ShuffleQueryStage) Name() string { return "ShuffleQueryStage" }

// Text implements Operator.
func (s *ShuffleQueryStage) Text() string { return "" }

// Inner implements Inner.
func (s *ShuffleQueryStage) Inner() []Operator { return []Operator{s.Shown} }

// WithChildren implements Operator.
func (s *ShuffleQueryStage) WithChildren([]Operator) Operator { return s }

// Output implements Operator.
func (s *ShuffleQueryStage) Output() []*expr.Attribute { return s.Columns }

// Partitioning implements Operator.
func (s *ShuffleQueryStage) Partitioning() Partitioning { return s.Shown.Partitioning() }

// Run implements Operator.
func (s *ShuffleQueryStage) Run(*Context) (*Rows, error) { return readExchange(s.shuffle, nil), nil }

// rows is how many rows were written.
func (s *ShuffleQueryStage) rows() int64 {
	var sum int64
	for _, p := range s.Pieces {
		sum += p.Rows
	}
	return sum
}

// AQEShuffleRead reads a stage that was written, several partitions as one where
// they are small.
type AQEShuffleRead struct {
	Leaf
	Stage *ShuffleQueryStage
	Spans []rdd.Span
}

// Name implements Operator.
func (r *AQEShuffleRead) Name() string { return "AQEShuffleRead" }

// Text implements Operator.
func (r *AQEShuffleRead) Text() string { return "coalesced" }

// Inner implements Inner.
func (r *AQEShuffleRead) Inner() []Operator { return []Operator{r.Stage} }

// WithChildren implements Operator.
func (r *AQEShuffleRead) WithChildren([]Operator) Operator { return r }

// Output implements Operator.
func (r *AQEShuffleRead) Output() []*expr.Attribute { return r.Stage.Output() }

// Partitioning implements Operator: merged partitions are cut as before, into fewer.
func (r *AQEShuffleRead) Partitioning() Partitioning {
	switch p := r.Stage.Partitioning().(type) {
	case HashPartitioning:
		return HashPartitioning{p.Keys, len(r.Spans)}
	case RangePartitioning:
		return RangePartitioning{p.Order, len(r.Spans)}
	}
	return UnknownPartitioning{len(r.Spans)}
}

// Run implements Operator.
func (r *AQEShuffleRead) Run(*Context) (*Rows, error) {
	return readExchange(r.Stage.shuffle, r.Spans), nil
}

// BroadcastQueryStage is a broadcast whose rows are at the driver.
type BroadcastQueryStage struct {
	Leaf
	Of    *BroadcastExchange
	Shown Operator
	Rows  column.Batch
}

// Name implements Operator.
func (s *BroadcastQueryStage) Name() string { return "BroadcastQueryStage" }

// Text implements Operator.
func (s *BroadcastQueryStage) Text() string { return "" }

// Inner implements Inner.
func (s *BroadcastQueryStage) Inner() []Operator { return []Operator{s.Shown} }

// WithChildren implements Operator.
func (s *BroadcastQueryStage) WithChildren([]Operator) Operator { return s }

// Output implements Operator.
func (s *BroadcastQueryStage) Output() []*expr.Attribute { return s.Shown.Output() }

// Partitioning implements Operator.
func (s *BroadcastQueryStage) Partitioning() Partitioning { return BroadcastPartitioning{} }

// Run implements Operator.
func (s *BroadcastQueryStage) Run(x *Context) (*Rows, error) { return s.Of.Run(x) }

func (s *BroadcastQueryStage) broadcast(*Context) (column.Batch, error) { return s.Rows, nil }

// TableCacheQueryStage is a cached table whose rows are in the executors' blocks.
type TableCacheQueryStage struct {
	Leaf
	Of *InMemoryTableScan
}

// Name implements Operator.
func (s *TableCacheQueryStage) Name() string { return "TableCacheQueryStage" }

// Text implements Operator.
func (s *TableCacheQueryStage) Text() string { return "" }

// Inner implements Inner.
func (s *TableCacheQueryStage) Inner() []Operator { return []Operator{s.Of} }

// WithChildren implements Operator.
func (s *TableCacheQueryStage) WithChildren([]Operator) Operator { return s }

// Output implements Operator.
func (s *TableCacheQueryStage) Output() []*expr.Attribute { return s.Of.Output() }

// Partitioning implements Operator.
func (s *TableCacheQueryStage) Partitioning() Partitioning { return s.Of.Partitioning() }

// Ordering implements Operator.
func (s *TableCacheQueryStage) Ordering() []*expr.SortOrder { return s.Of.Ordering() }

// Run implements Operator.
func (s *TableCacheQueryStage) Run(x *Context) (*Rows, error) { return x.Run(s.Of) }

// ResultQueryStage is the last stage, which gives the result.
type ResultQueryStage struct{ Unary }

// Name implements Operator.
func (s *ResultQueryStage) Name() string { return "ResultQueryStage" }

// Text implements Operator.
func (s *ResultQueryStage) Text() string { return "" }

// WithChildren implements Operator.
func (s *ResultQueryStage) WithChildren(c []Operator) Operator { return &ResultQueryStage{Unary{c[0]}} }

// Run implements Operator.
func (s *ResultQueryStage) Run(x *Context) (*Rows, error) { return x.Run(s.Child) }
