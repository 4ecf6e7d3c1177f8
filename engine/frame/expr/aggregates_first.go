package expr

import (
	"slices"

	"etincelle/engine/frame/column"
)

// firstAggregates is the family of the first and last value in the order of the
// rows. With ignore nulls, those that are not null.
var firstAggregates = []*Aggregate{
	firstAggregate("first", false, "a", "first_value", "any_value"),
	firstAggregate("first_ignore_nulls", true, "a", "first_value_ignore_nulls", "any_value_ignore_nulls"),
	lastAggregate("last", false, "NULL", "last_value"),
	lastAggregate("last_ignore_nulls", true, "b", "last_value_ignore_nulls"),
}

func firstAggregate(name string, known bool, shows string, aliases ...string) *Aggregate {
	return &Aggregate{Name: name, Aliases: aliases, Min: 1, Max: 2, Sign: signFirst, Buffer: firstBuffer,
		New:     func(s Signature, args []Expr) Accumulator { return &ends{of: s.Result, known: known || saysTrue(args)} },
		Example: Example{name + "(k)", shows}}
}

func lastAggregate(name string, known bool, shows string, aliases ...string) *Aggregate {
	return &Aggregate{Name: name, Aliases: aliases, Min: 1, Max: 2, Sign: signFirst, Buffer: firstBuffer,
		New: func(s Signature, args []Expr) Accumulator {
			return &ends{of: s.Result, last: true, known: known || saysTrue(args)}
		},
		Example: Example{name + "(k)", shows}}
}

// saysTrue reports whether the second argument, which is that nulls do not count, is true.
func saysTrue(args []Expr) bool {
	if len(args) < 2 {
		return false
	}
	v, _ := constantOf(args[1])
	is, _ := v.(bool)
	return is
}

func signFirst(args []Expr) (Signature, error) {
	sig, _ := signItself(args)
	if len(args) == 2 {
		if t := args[1].Type(); t.Kind != column.Boolean || !Foldable(args[1]) {
			return sig, &unexpected{1, `"BOOLEAN" type`}
		}
	}
	return sig, nil
}

func firstBuffer(s Signature) []column.Field {
	return []column.Field{
		{Name: "value", Type: s.Result, Nullable: true},
		{Name: "valueSet", Type: column.BooleanType},
	}
}

// ends keeps the first or the last value of a group.
type ends struct {
	of    column.Type
	last  bool
	known bool // nulls do not count
	value []column.Column
	set   []bool
}

// Grow implements Accumulator.
func (e *ends) Grow(n int) { e.value, e.set = grown(e.value, n), grown(e.set, n) }

// Update implements Accumulator. Of the rows of a group only the one that stays is copied.
func (e *ends) Update(groups []int32, args []column.Column) error {
	e.choose(groups, args[0], func(i int) bool { return !e.known || !args[0].Null(i) })
	return nil
}

func (e *ends) choose(groups []int32, from column.Column, counts func(i int) bool) {
	chosen := map[int32]int{}
	for i, g := range groups {
		if !counts(i) || !e.last && e.set[g] {
			continue
		}
		e.set[g] = true
		chosen[g] = i
	}
	for g, i := range chosen {
		e.value[g] = alone(from, i)
	}
}

// Merge implements Accumulator.
func (e *ends) Merge(groups []int32, buffers []column.Column) error {
	set := column.Data[bool](buffers[1])
	e.choose(groups, buffers[0], func(i int) bool { return set[i] })
	return nil
}

// Buffers implements Accumulator.
func (e *ends) Buffers() []column.Column {
	return []column.Column{gather(e.of, e.value), column.New(column.BooleanType, slices.Clone(e.set), nil)}
}

// Final implements Accumulator.
func (e *ends) Final() (column.Column, error) { return gather(e.of, e.value), nil }
