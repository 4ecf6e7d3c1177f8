package physical

import (
	"iter"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Exchange moves rows to the partitions where To puts them: a shuffle.
type Exchange struct {
	Unary
	To     Partitioning
	Origin Origin
}

// Origin is why there is an exchange.
type Origin string

// The origins, under Spark's names.
const (
	EnsureRequirements Origin = "ENSURE_REQUIREMENTS"
	RepartitionByNum   Origin = "REPARTITION_BY_NUM"
	RepartitionByCol   Origin = "REPARTITION_BY_COL"
)

// Name implements Operator.
func (e *Exchange) Name() string { return "Exchange" }

// Text implements Operator.
func (e *Exchange) Text() string { return e.To.String() + ", " + string(e.Origin) }

// WithChildren implements Operator.
func (e *Exchange) WithChildren(c []Operator) Operator { return &Exchange{Unary{c[0]}, e.To, e.Origin} }

// Partitioning implements Operator.
func (e *Exchange) Partitioning() Partitioning { return e.To }

// Ordering implements Operator: rows arrive as they come.
func (e *Exchange) Ordering() []*expr.SortOrder { return nil }

// Run implements Operator.
func (e *Exchange) Run(x *Context) (*Rows, error) {
	shuffle, err := x.shuffle(e)
	if err != nil {
		return nil, err
	}
	return readExchange(shuffle, nil), nil
}

func readExchange(shuffle *Shuffle, spans []rdd.Span) *Rows {
	return shuffle.Read("ShuffledRowRDD", "exchange", spans)
}

// Shuffle is an exchange under way.
type Shuffle = rdd.Exchange[column.Batch]

// shuffle is e's shuffle, which is made once in a run.
func (x *Context) shuffle(e *Exchange) (*Shuffle, error) {
	if made := x.shuffles[e]; made != nil {
		return made, nil
	}
	child, err := x.Run(e.Child)
	if err != nil {
		return nil, err
	}
	place, n, err := e.placer(x, child)
	if err != nil {
		return nil, err
	}
	types := expr.SchemaOf(e.Output()).Types()
	_, dealt := e.To.(RoundRobinPartitioning)
	made := rdd.NewExchange(child, n, func(t *lineage.Task, p int, in iter.Seq[column.Batch], out *rdd.Cutter[column.Batch]) {
		c := cutting{types: types, place: place(p), parts: n, out: out, atOnce: dealt}
		for batch := range in {
			t.Look()
			t.Check(c.take(batch))
		}
		t.Check(c.flush())
	})
	x.shuffles[e] = made
	return made, nil
}

// cutRows is how many rows a map task gathers before it cuts them: with few rows
// for each of many partitions there would be more batches than rows.
const cutRows = 1 << 15

// cutting cuts the rows of one map task.
type cutting struct {
	types   []column.Type
	place   placing
	parts   int
	out     *rdd.Cutter[column.Batch]
	atOnce  bool // rows are placed by their order among all rows of the task
	waiting []column.Batch
	rows    int
}

// placing gives the partition of each row of a batch.
type placing func(b column.Batch) ([]int32, error)

func (c *cutting) take(b column.Batch) error {
	c.waiting = append(c.waiting, b)
	if c.rows += b.Rows; c.rows < cutRows || c.atOnce {
		return nil
	}
	return c.flush()
}

// flush cuts what waits: a counting sort of row numbers by partition.
func (c *cutting) flush() error {
	if c.rows == 0 {
		return nil
	}
	whole := column.Concat(c.types, c.waiting...)
	c.waiting, c.rows = nil, 0
	places, err := c.place(whole)
	if err != nil {
		return err
	}
	ends := make([]int32, c.parts+1)
	for _, p := range places {
		ends[p+1]++
	}
	for p := range c.parts {
		ends[p+1] += ends[p]
	}
	order, next := make([]int32, whole.Rows), append([]int32(nil), ends...)
	for row, p := range places {
		order[next[p]] = int32(row)
		next[p]++
	}
	for p := range c.parts {
		if rows := order[ends[p]:ends[p+1]]; len(rows) > 0 {
			piece := whole.Take(rows)
			c.out.Add(p, piece, int64(piece.Rows), wireBytes(piece))
		}
	}
	return nil
}
