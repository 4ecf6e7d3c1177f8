package expr

import (
	"slices"

	"etincelle/engine/frame/column"
)

// countAggregates is the family of counts.
var countAggregates = []*Aggregate{
	{Name: "count", Min: 1, Max: -1, Never: true, Sign: anything(column.BigIntType), Buffer: oneBuffer("count"),
		New: func(Signature, []Expr) Accumulator { return &counter{adds: rowsKnown} }, Example: Example{"count(*)", "3"}},
	{Name: "count_if", Min: 1, Max: 1, Never: true, Sign: always(column.BigIntType, column.BooleanType), Buffer: oneBuffer("count"),
		New: func(Signature, []Expr) Accumulator { return &counter{adds: rowsTrue} }, Example: Example{"count_if(v > 1)", "1"}},
	{Name: "approx_count_distinct", Min: 1, Max: 2, Never: true, Sign: anything(column.BigIntType), Buffer: sketchBuffer,
		New: newSketches, AnyOrder: true, Example: Example{"approx_count_distinct(v)", "2"}},
}

// oneBuffer is the buffer of an aggregate whose partial result is its result.
func oneBuffer(name string) func(Signature) []column.Field {
	return func(s Signature) []column.Field {
		return []column.Field{{Name: name, Type: s.Result, Nullable: true}}
	}
}

// counter counts rows.
type counter struct {
	counts []int64
	// adds reports whether row i counts; nil is every row.
	adds func(args []column.Column) func(i int) bool
}

// rowsKnown are the rows in which no argument is null.
func rowsKnown(args []column.Column) func(int) bool {
	var null []bool
	for _, a := range args {
		null = either(null, a.Nulls())
	}
	if null == nil {
		return nil
	}
	return func(i int) bool { return !null[i] }
}

// rowsTrue are the rows in which the argument is true.
func rowsTrue(args []column.Column) func(int) bool {
	truth, null := column.Data[bool](args[0]), args[0].Nulls()
	return func(i int) bool { return truth[i] && (null == nil || !null[i]) }
}

// Grow implements Accumulator.
func (c *counter) Grow(n int) { c.counts = grown(c.counts, n) }

// Update implements Accumulator.
func (c *counter) Update(groups []int32, args []column.Column) error {
	adds := c.adds(args)
	if adds == nil {
		for _, g := range groups {
			c.counts[g]++
		}
		return nil
	}
	for i, g := range groups {
		if adds(i) {
			c.counts[g]++
		}
	}
	return nil
}

// Merge implements Accumulator.
func (c *counter) Merge(groups []int32, buffers []column.Column) error {
	counts := column.Data[int64](buffers[0])
	for i, g := range groups {
		c.counts[g] += counts[i]
	}
	return nil
}

// Buffers implements Accumulator.
func (c *counter) Buffers() []column.Column {
	return []column.Column{column.New(column.BigIntType, slices.Clone(c.counts), nil)}
}

// Final implements Accumulator.
func (c *counter) Final() (column.Column, error) { return c.Buffers()[0], nil }

// grown is s with room for n groups; new ones are zero. The room doubles, so that
// adding groups one batch after another stays cheap.
func grown[T any](s []T, n int) []T {
	if n <= cap(s) {
		return s[:max(n, len(s))]
	}
	bigger := make([]T, n, max(n, 2*cap(s)))
	copy(bigger, s)
	return bigger
}
