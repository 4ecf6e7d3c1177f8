package expr

import "etincelle/engine/frame/column"

// collectAggregates is the family that keeps the values of a group. Nulls are left out.
var collectAggregates = []*Aggregate{
	{Name: "collect_list", Aliases: []string{"array_agg"}, Min: 1, Max: 1, Never: true, Sign: signArrayOf, Buffer: oneBuffer("buf"),
		New: func(s Signature, _ []Expr) Accumulator { return &collector{of: s.Result} }, Example: Example{"collect_list(v)", "[1, 2]"}},
	{Name: "collect_set", Min: 1, Max: 1, Never: true, Sign: signArrayOf, Buffer: oneBuffer("buf"), AnyOrder: true,
		New: func(s Signature, _ []Expr) Accumulator { return &collector{of: s.Result, seen: map[string]bool{}} }, Example: Example{"collect_set(v)", "[1, 2]"}},
}

func signArrayOf(args []Expr) (Signature, error) {
	return Signature{Result: column.ArrayOf(args[0].Type())}, nil
}

// collector keeps values, each once when seen is there.
type collector struct {
	of     column.Type
	seen   map[string]bool // group and value, as bytes
	groups []column.Builder
}

// Grow implements Accumulator.
func (c *collector) Grow(n int) {
	for len(c.groups) < n {
		c.groups = append(c.groups, column.NewBuilder(*c.of.Elem, 0))
	}
}

// Update implements Accumulator.
func (c *collector) Update(groups []int32, args []column.Column) error {
	for i, g := range groups {
		c.add(g, args[0], i)
	}
	return nil
}

func (c *collector) add(group int32, from column.Column, i int) {
	if from.Null(i) {
		return
	}
	if c.seen != nil {
		key := column.AppendRow([]byte{byte(group), byte(group >> 8), byte(group >> 16), byte(group >> 24)}, []column.Column{from}, i)
		if c.seen[string(key)] {
			return
		}
		c.seen[string(key)] = true
	}
	c.groups[group].AppendFrom(from, i)
}

// Merge implements Accumulator.
func (c *collector) Merge(groups []int32, buffers []column.Column) error {
	lists := buffers[0].(*column.Lists)
	for i, g := range groups {
		if lists.Null(i) {
			continue
		}
		from, to := lists.Span(i)
		for j := from; j < to; j++ {
			c.add(g, lists.Elem, j)
		}
	}
	return nil
}

// Buffers implements Accumulator. What was collected stays, for more may come.
func (c *collector) Buffers() []column.Column {
	lists := &column.Lists{Ends: make([]int32, len(c.groups))}
	parts := make([]column.Column, len(c.groups))
	end := 0
	for g, b := range c.groups {
		parts[g] = b.Build()
		end += parts[g].Len()
		lists.Ends[g] = int32(end)
		c.groups[g] = column.NewBuilder(*c.of.Elem, parts[g].Len())
		for i := range parts[g].Len() {
			c.groups[g].AppendFrom(parts[g], i)
		}
	}
	lists.Elem = column.Join(*c.of.Elem, parts...)
	return []column.Column{lists}
}

// Final implements Accumulator.
func (c *collector) Final() (column.Column, error) { return c.Buffers()[0], nil }
