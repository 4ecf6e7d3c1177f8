package physical

import (
	"iter"
	"sync"

	"etincelle/engine"
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// cachedRows is how many rows are kept together (spark.sql.inMemoryColumnarStorage.batchSize).
const cachedRows = 10000

// Cache is a plan whose rows are kept: computed at the first need, and read from
// the executors' blocks after that. Frames with the same plan share it.
type Cache struct {
	Plan  Operator
	Conf  Conf
	Level lineage.StorageLevel
	Bytes float64 // what the plan is reckoned to give, while nobody has computed it

	mu   sync.Mutex
	run  *Context // that computed it
	rows *Rows

	filling sync.Mutex
	filled  bool
}

// Context is the run that computed the rows, nil when none has.
func (c *Cache) Context() *Context { return c.run }

// last is the operator whose rows are kept: of an adaptive plan what it came to, once
// it has run.
func (c *Cache) last() Operator {
	if a, ok := c.Plan.(*AdaptiveSparkPlan); ok {
		if final := c.run.Adapted(a); final != nil {
			return final
		}
	}
	return c.Plan
}

// Rows is the dataset of the kept batches.
func (c *Cache) Rows(s *engine.Session, action string) (*Rows, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rows != nil {
		return c.rows, nil
	}
	c.run = NewContext(s, c.Conf, action)
	child, err := c.run.Run(c.Plan)
	if err != nil {
		return nil, err
	}
	types := expr.SchemaOf(c.Plan.Output()).Types()
	rows := Narrow(child, "cache", func(_ *lineage.Task, _ int, in iter.Seq[column.Batch], emit func(column.Batch) bool) error {
		var waiting []column.Batch
		n := 0
		for b := range in {
			waiting = append(waiting, b)
			for n += b.Rows; n >= cachedRows; n -= cachedRows {
				whole := column.Concat(types, waiting...)
				if !emit(whole.Slice(0, cachedRows)) {
					return nil
				}
				waiting = []column.Batch{whole.Slice(cachedRows, whole.Rows)}
			}
		}
		if n > 0 {
			emit(column.Concat(types, waiting...))
		}
		return nil
	})
	c.rows = rows.Persist(c.Level)
	return c.rows, nil
}

// fill computes what is not kept yet, by a job; nothing once it was done.
func (c *Cache) fill(x *Context) error {
	c.filling.Lock()
	defer c.filling.Unlock()
	rows, err := c.Rows(x.Session, x.Action)
	if err != nil || c.filled {
		return err
	}
	err = rdd.RunJob(rows, x.Action, nil, func(t *lineage.Task, in iter.Seq[column.Batch]) (int, error) {
		for range in {
			t.Look()
		}
		return 0, nil
	}, func(int, int) {})
	c.filled = err == nil
	return err
}

// Drop lets the kept rows go.
func (c *Cache) Drop() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rows == nil {
		return nil
	}
	rows := c.rows
	c.rows = nil
	return rows.Unpersist()
}

// Kept is a cache as a logical plan's leaf.
type Kept struct {
	plan.Leaf
	plan.NoExprs
	Cache   *Cache
	Columns []*expr.Attribute
}

// Name implements plan.Node.
func (k *Kept) Name() string { return "InMemoryRelation" }

// Text implements plan.Node.
func (k *Kept) Text() string { return "[" + expr.Texts(k.Columns) + "], " + k.Cache.Level.String() }

// WithChildren implements plan.Node.
func (k *Kept) WithChildren([]plan.Node) plan.Node { return k }

// Output implements plan.Node.
func (k *Kept) Output() []*expr.Attribute { return k.Columns }

// WithExprs implements plan.Node.
func (k *Kept) WithExprs([]expr.Expr) plan.Node { return k }

// Bytes implements plan.Sized.
func (k *Kept) Bytes() float64 { return k.Cache.Bytes }

// InMemoryTableScan reads a cached table.
type InMemoryTableScan struct {
	Leaf
	Cache   *Cache
	All     []*expr.Attribute // what the table has
	Columns []*expr.Attribute // what is read of it
	Filters []expr.Expr       // by which batches may be skipped
}

// Name implements Operator.
func (s *InMemoryTableScan) Name() string { return "InMemoryTableScan" }

// Text implements Operator.
func (s *InMemoryTableScan) Text() string {
	text := "[" + expr.Texts(s.Columns) + "]"
	if len(s.Filters) > 0 {
		text += ", [" + expr.Texts(s.Filters) + "]"
	}
	return text
}

// Inner implements Inner.
func (s *InMemoryTableScan) Inner() []Operator { return []Operator{s.Cache.Plan} }

// WithChildren implements Operator.
func (s *InMemoryTableScan) WithChildren([]Operator) Operator { return s }

// Output implements Operator.
func (s *InMemoryTableScan) Output() []*expr.Attribute { return s.Columns }

// Partitioning implements Operator: the cached plan's, over this place's columns.
func (s *InMemoryTableScan) Partitioning() Partitioning {
	return renamedPlaces(s.Cache.last().Partitioning(), s.renaming())
}

// Ordering implements Operator.
func (s *InMemoryTableScan) Ordering() []*expr.SortOrder {
	return renamedOrder(s.Cache.last().Ordering(), s.renaming())
}

func (s *InMemoryTableScan) renaming() []expr.Expr {
	list := make([]expr.Expr, len(s.All))
	for i, a := range s.Cache.Plan.Output() {
		list[i] = &expr.Alias{Child: a, Name: s.All[i].Name, ID: s.All[i].ID}
	}
	return list
}

// Run implements Operator.
func (s *InMemoryTableScan) Run(x *Context) (*Rows, error) {
	rows, err := s.Cache.Rows(x.Session, x.Action)
	if err != nil {
		return nil, err
	}
	columns, err := expr.BindAll(s.Columns, s.All)
	if err != nil {
		return nil, err
	}
	return Each(rows, "cached", func(b column.Batch) (column.Batch, error) {
		kept, err := expr.EvalAll(columns, b)
		return column.Batch{Columns: kept, Rows: b.Rows}, err
	}), nil
}

// planCached reads a cached table: the columns that the selection and the
// conditions above it need.
func planCached(_ *Planner, n plan.Node) (Operator, error) {
	list, conditions, bottom := selection(n)
	kept, ok := bottom.(*Kept)
	if !ok {
		return nil, nil
	}
	wanted := map[expr.ID]bool{}
	for _, a := range expr.References(append(list[:len(list):len(list)], conditions...)...) {
		wanted[a.ID] = true
	}
	scan := &InMemoryTableScan{Cache: kept.Cache, All: kept.Columns, Filters: conditions}
	for _, a := range kept.Columns {
		if wanted[a.ID] {
			scan.Columns = append(scan.Columns, a)
		}
	}
	return selected(scan, list, conditions), nil
}
