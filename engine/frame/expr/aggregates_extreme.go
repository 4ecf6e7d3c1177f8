package expr

import "etincelle/engine/frame/column"

// extremeAggregates is the family of the smallest and the largest.
var extremeAggregates = []*Aggregate{
	{Name: "min", Min: 1, Max: 1, Sign: signItself, Buffer: oneBuffer("min"), New: newExtreme(-1), AnyOrder: true, Example: Example{"min(v)", "1"}},
	{Name: "max", Min: 1, Max: 1, Sign: signItself, Buffer: oneBuffer("max"), New: newExtreme(1), AnyOrder: true, Example: Example{"max(v)", "2"}},
	{Name: "min_by", Min: 2, Max: 2, Sign: signItself, Buffer: byBuffer, New: newExtremeBy(-1), Example: Example{"min_by(k, v)", "a"}},
	{Name: "max_by", Min: 2, Max: 2, Sign: signItself, Buffer: byBuffer, New: newExtremeBy(1), Example: Example{"max_by(k, v)", "b"}},
}

func signItself(args []Expr) (Signature, error) {
	sig := Signature{Result: args[0].Type()}
	for _, a := range args {
		sig.Args = append(sig.Args, a.Type())
	}
	return sig, nil
}

func newExtreme(direction int) func(Signature, []Expr) Accumulator {
	return func(s Signature, _ []Expr) Accumulator {
		switch t := s.Result; t.Kind {
		case column.Int, column.Date32:
			return &reducer[int32]{of: t, add: farther[int32](direction)}
		case column.BigInt, column.TimestampMicros:
			return &reducer[int64]{of: t, add: farther[int64](direction)}
		case column.String:
			return &reducer[string]{of: t, add: farther[string](direction)}
		case column.Double:
			return &reducer[float64]{of: t, add: func(a, b float64) (float64, error) {
				if column.CompareDoubles(b, a)*direction > 0 {
					return b, nil
				}
				return a, nil
			}}
		}
		return &keeper{of: s.Result, better: func(new column.Column, i int, old column.Column, j int) bool {
			return column.Compare(new, i, old, j)*direction > 0
		}}
	}
}

func farther[T int32 | int64 | string](direction int) func(a, b T) (T, error) {
	if direction > 0 {
		return func(a, b T) (T, error) { return max(a, b), nil }
	}
	return func(a, b T) (T, error) { return min(a, b), nil }
}

// keeper keeps one value of a group, of any type: the first one that no other is
// better than. Nulls are left out.
type keeper struct {
	of     column.Type
	better func(new column.Column, i int, old column.Column, j int) bool
	kept   []column.Column // of one value each; nil for none
}

// Grow implements Accumulator.
func (k *keeper) Grow(n int) { k.kept = grown(k.kept, n) }

// Update implements Accumulator.
func (k *keeper) Update(groups []int32, args []column.Column) error {
	for i, g := range groups {
		if !args[0].Null(i) && (k.kept[g] == nil || k.better(args[0], i, k.kept[g], 0)) {
			k.kept[g] = alone(args[0], i)
		}
	}
	return nil
}

// alone is value i in a column of its own, which does not hold on to the others.
func alone(c column.Column, i int) column.Column { return c.Take([]int32{int32(i)}) }

// Merge implements Accumulator.
func (k *keeper) Merge(groups []int32, buffers []column.Column) error {
	return k.Update(groups, buffers)
}

// Buffers implements Accumulator.
func (k *keeper) Buffers() []column.Column { return []column.Column{gather(k.of, k.kept)} }

// Final implements Accumulator.
func (k *keeper) Final() (column.Column, error) { return k.Buffers()[0], nil }

// gather puts columns of one value together; nil stands for a null.
func gather(t column.Type, values []column.Column) column.Column {
	b := column.NewBuilder(t, len(values))
	for _, v := range values {
		if v == nil {
			b.AppendNull()
		} else {
			b.AppendFrom(v, 0)
		}
	}
	return b.Build()
}

func byBuffer(s Signature) []column.Field {
	return []column.Field{
		{Name: "value", Type: s.Result, Nullable: true},
		{Name: "ordering", Type: s.Args[1], Nullable: true},
	}
}

func newExtremeBy(direction int) func(Signature, []Expr) Accumulator {
	return func(s Signature, _ []Expr) Accumulator {
		return &extremeBy{direction: direction, of: s}
	}
}

// extremeBy keeps the value whose ordering is the farthest.
type extremeBy struct {
	direction       int
	of              Signature
	value, ordering []column.Column
}

// Grow implements Accumulator.
func (e *extremeBy) Grow(n int) { e.value, e.ordering = grown(e.value, n), grown(e.ordering, n) }

// Update implements Accumulator. Of equal orderings the last one met counts, as in Spark.
func (e *extremeBy) Update(groups []int32, args []column.Column) error {
	for i, g := range groups {
		if args[1].Null(i) || e.ordering[g] != nil && column.Compare(args[1], i, e.ordering[g], 0)*e.direction < 0 {
			continue
		}
		e.value[g], e.ordering[g] = alone(args[0], i), alone(args[1], i)
	}
	return nil
}

// Merge implements Accumulator.
func (e *extremeBy) Merge(groups []int32, buffers []column.Column) error {
	return e.Update(groups, buffers)
}

// Buffers implements Accumulator.
func (e *extremeBy) Buffers() []column.Column {
	return []column.Column{gather(e.of.Result, e.value), gather(e.of.Args[1], e.ordering)}
}

// Final implements Accumulator.
func (e *extremeBy) Final() (column.Column, error) { return gather(e.of.Result, e.value), nil }
