package stream

import (
	"iter"
	"maps"
	"slices"
	"sync"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
	"etincelle/engine/stream/operator"
)

// relation is a source as a leaf of a logical plan: an unbounded table.
type relation struct {
	plan.Leaf
	plan.NoExprs
	source  Source
	columns []*expr.Attribute
}

func newRelation(s Source) *relation {
	return &relation{source: s, columns: expr.AttributesOf(s.Schema())}
}

// Unbounded implements plan.Unbounded.
func (r *relation) Unbounded() {}

// Name implements plan.Node.
func (r *relation) Name() string { return "StreamingRelation" }

// Text implements plan.Node.
func (r *relation) Text() string {
	return r.source.Description() + ", [" + expr.Texts(r.columns) + "]"
}

// WithChildren implements plan.Node.
func (r *relation) WithChildren([]plan.Node) plan.Node { return r }

// Output implements plan.Node.
func (r *relation) Output() []*expr.Attribute { return r.columns }

// WithExprs implements plan.Node.
func (r *relation) WithExprs([]expr.Expr) plan.Node { return r }

// streamScan gives the rows that the batch under way reads of a source.
type streamScan struct {
	physical.Leaf
	of     *relation
	single bool // rows come one by one

	mu    sync.Mutex
	parts []Part
	read  map[int]scanned // by partition: an attempt that runs again replaces the first
}

// scanned is what one task read, and its first rows.
type scanned struct {
	rows  int64
	first []column.Batch
}

// begin sets what the next batch reads.
func (s *streamScan) begin(parts []Part) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.parts, s.read = parts, map[int]scanned{}
}

// rows is how many rows the batch has read.
func (s *streamScan) rows() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	total := int64(0)
	for _, part := range s.read {
		total += part.rows
	}
	return total
}

// sampled is how many rows the batch has read, and the first of them as texts.
func (s *streamScan) sampled() (count int64, sample [][]string) {
	count = s.rows()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range slices.Sorted(maps.Keys(s.read)) {
		for _, b := range s.read[p].first {
			for i := range b.Rows {
				if len(sample) == operator.MaxNotes {
					return count, sample
				}
				sample = append(sample, texts(b.Row(i)))
			}
		}
	}
	return count, sample
}

// Name implements physical.Operator: Spark's name for the rows of one batch.
func (s *streamScan) Name() string { return "MicroBatchScan" }

// Text implements physical.Operator.
func (s *streamScan) Text() string {
	return "[" + expr.Texts(s.of.columns) + "] " + s.of.source.Description()
}

// WithChildren implements physical.Operator.
func (s *streamScan) WithChildren([]physical.Operator) physical.Operator { return s }

// Output implements physical.Operator.
func (s *streamScan) Output() []*expr.Attribute { return s.of.columns }

// Partitioning implements physical.Operator: each batch has as many as it has parts.
func (s *streamScan) Partitioning() physical.Partitioning { return physical.UnknownPartitioning{} }

// Run implements physical.Operator.
func (s *streamScan) Run(x *physical.Context) (*physical.Rows, error) {
	s.mu.Lock()
	parts, read := s.parts, s.read
	s.mu.Unlock()
	return rdd.Define(x.Session, rdd.Definition[column.Batch]{
		Class: "DataSourceRDD", Op: "read", Partitions: func() (int, error) { return len(parts), nil },
		Compute: func(t *lineage.Task, p int) iter.Seq[column.Batch] {
			return func(yield func(column.Batch) bool) {
				var seen scanned
				one := func(b column.Batch) bool {
					if seen.rows < operator.MaxNotes {
						seen.first = append(seen.first, b.Slice(0, min(b.Rows, operator.MaxNotes)))
					}
					seen.rows += int64(b.Rows)
					t.Metrics.Input += int64(b.Rows)
					return yield(b)
				}
				t.Check(parts[p].Read(t, func(b column.Batch) bool {
					if !s.single {
						return one(b)
					}
					for i := range b.Rows {
						if !one(b.Slice(i, i+1)) {
							return false
						}
					}
					return true
				}))
				s.mu.Lock()
				defer s.mu.Unlock()
				read[p] = seen
			}
		},
	}), nil
}
