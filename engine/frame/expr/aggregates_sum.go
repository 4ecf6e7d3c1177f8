package expr

import (
	"math/big"
	"slices"

	"etincelle/engine/frame/column"
)

// sumAggregates is the family of sums and means.
var sumAggregates = []*Aggregate{
	{Name: "sum", Min: 1, Max: 1, Sign: signSum, Buffer: oneBuffer("sum"), New: newSum, Example: Example{"sum(v)", "3"}},
	{Name: "try_sum", Min: 1, Max: 1, Sign: signSum, Buffer: trySumBuffer, New: newTrySum, Example: Example{"try_sum(v)", "3"}},
	{Name: "avg", Aliases: []string{"mean"}, Min: 1, Max: 1, Sign: signAvg, Buffer: avgBuffer, New: newAvg, Example: Example{"avg(v)", "1.5"}},
}

// signSum: whole numbers add up to a bigint, decimals to ten digits more.
func signSum(args []Expr) (Signature, error) {
	switch t := args[0].Type(); {
	case t.Integral():
		return Signature{Args: []column.Type{column.BigIntType}, Result: column.BigIntType}, nil
	case t.Kind == column.Decimal128:
		return Signature{Result: column.DecimalType(min(t.Precision+10, maxPrecision), t.Scale)}, nil
	case t.Kind == column.Double, t.Kind == column.String, t.Kind == column.Void:
		return Signature{Args: []column.Type{column.DoubleType}, Result: column.DoubleType}, nil
	case t.Kind == column.CalendarInterval && t.From != column.NoUnit:
		return Signature{Result: wholeInterval(t)}, nil
	}
	return Signature{}, &unexpected{0, `"NUMERIC" or "ANSI INTERVAL" type`}
}

// wholeInterval is the interval with all the units that may stand beside t's.
func wholeInterval(t column.Type) column.Type {
	if t.To <= column.Month {
		return column.IntervalOf(column.Year, column.Month)
	}
	return column.IntervalOf(column.Day, column.Second)
}

func newSum(s Signature, _ []Expr) Accumulator {
	switch s.Result.Kind {
	case column.BigInt:
		return &longSum{reducer[int64]{of: s.Result}}
	case column.Double:
		return &doubleSum{reducer[float64]{of: s.Result}}
	case column.CalendarInterval:
		return &reducer[column.Interval]{of: s.Result, add: addIntervals}
	}
	return &reducer[int128]{of: s.Result, add: func(a, b int128) (int128, error) {
		sum := new(big.Int).Add(toBig(a), toBig(b))
		v, fits := fitDecimal(sum, s.Result.Scale, s.Result)
		if !fits {
			return v, outOfRange(plain(sum, s.Result.Scale), s.Result)
		}
		return v, nil
	}}
}

func addIntervals(a, b column.Interval) (column.Interval, error) {
	return column.Interval{Months: a.Months + b.Months, Days: a.Days + b.Days, Micros: a.Micros + b.Micros}, nil
}

// reducer folds the values of a group that are not null into one; a group
// without any is null.
type reducer[T column.Element] struct {
	of     column.Type
	add    func(so, v T) (T, error)
	values []T
	known  []bool
}

// Grow implements Accumulator.
func (r *reducer[T]) Grow(n int) { r.values, r.known = grown(r.values, n), grown(r.known, n) }

// Update implements Accumulator.
func (r *reducer[T]) Update(groups []int32, args []column.Column) error {
	data, null := column.Data[T](args[0]), args[0].Nulls()
	for i, g := range groups {
		if null != nil && null[i] {
			continue
		}
		if !r.known[g] {
			r.values[g], r.known[g] = data[i], true
			continue
		}
		var err error
		if r.values[g], err = r.add(r.values[g], data[i]); err != nil {
			return err
		}
	}
	return nil
}

// Merge implements Accumulator.
func (r *reducer[T]) Merge(groups []int32, buffers []column.Column) error {
	return r.Update(groups, buffers)
}

// Buffers implements Accumulator.
func (r *reducer[T]) Buffers() []column.Column {
	return []column.Column{column.New(r.of, slices.Clone(r.values), unknown(r.known))}
}

// Final implements Accumulator.
func (r *reducer[T]) Final() (column.Column, error) { return r.Buffers()[0], nil }

// unknown is the mask of what is not known; nil when all is.
func unknown(known []bool) []bool {
	var mask []bool
	for i, k := range known {
		if !k && mask == nil {
			mask = make([]bool, len(known))
		}
		if mask != nil {
			mask[i] = !k
		}
	}
	return mask
}

// signAvg: the mean of decimals has four digits more, that of other numbers is a double.
func signAvg(args []Expr) (Signature, error) {
	t := args[0].Type()
	switch {
	case t.Kind == column.Decimal128:
		return Signature{Result: boundedAvg(t)}, nil
	case t.Numeric(), t.Kind == column.String, t.Kind == column.Void, t.Kind == column.TimestampMicros: // a time in seconds
		return Signature{Args: []column.Type{column.DoubleType}, Result: column.DoubleType}, nil
	case t.Kind == column.CalendarInterval && t.From != column.NoUnit:
		return Signature{Result: wholeInterval(t)}, nil
	}
	return Signature{}, &unexpected{0, `"NUMERIC" or "ANSI INTERVAL" type`}
}

func boundedAvg(t column.Type) column.Type {
	return column.DecimalType(min(t.Precision+4, maxPrecision), min(t.Scale+4, maxPrecision))
}

// sumOfAvg is the type in which the values of a mean are added up.
func sumOfAvg(s Signature) column.Type {
	if s.Result.Kind == column.Decimal128 {
		return column.DecimalType(min(s.Result.Precision+6, maxPrecision), s.Result.Scale-4)
	}
	return s.Result
}

func avgBuffer(s Signature) []column.Field {
	return []column.Field{
		{Name: "sum", Type: sumOfAvg(s), Nullable: true},
		{Name: "count", Type: column.BigIntType},
	}
}

func newAvg(s Signature, _ []Expr) Accumulator {
	return &average{of: s.Result, sum: newSum(Signature{Result: sumOfAvg(s)}, nil), count: &counter{adds: rowsKnown}}
}

// average is a sum and a count.
type average struct {
	of    column.Type
	sum   Accumulator
	count *counter
}

// Grow implements Accumulator.
func (a *average) Grow(n int) { a.sum.Grow(n); a.count.Grow(n) }

// Update implements Accumulator.
func (a *average) Update(groups []int32, args []column.Column) error {
	if err := a.count.Update(groups, args); err != nil {
		return err
	}
	return a.sum.Update(groups, args)
}

// Merge implements Accumulator.
func (a *average) Merge(groups []int32, buffers []column.Column) error {
	if err := a.count.Merge(groups, buffers[1:]); err != nil {
		return err
	}
	return a.sum.Merge(groups, buffers[:1])
}

// Buffers implements Accumulator.
func (a *average) Buffers() []column.Column { return append(a.sum.Buffers(), a.count.Buffers()...) }

// Final implements Accumulator.
func (a *average) Final() (column.Column, error) {
	sum, counts := a.sum.Buffers()[0], a.count.counts
	switch a.of.Kind {
	case column.Double:
		means := make([]float64, len(counts))
		for i, v := range column.Data[float64](sum) {
			means[i] = v / float64(counts[i])
		}
		return column.New(a.of, means, sum.Nulls()), nil
	case column.CalendarInterval:
		means := make([]column.Interval, len(counts))
		for i, v := range column.Data[column.Interval](sum) {
			n := max(counts[i], 1)
			means[i] = column.Interval{Months: int32(roundDiv(int64(v.Months), n)), Micros: roundDiv(v.Micros+int64(v.Days)*microsADay, n)}
		}
		return column.New(a.of, means, sum.Nulls()), nil
	}
	means, scale := make([]int128, len(counts)), sum.Type().Scale
	for i, v := range column.Data[int128](sum) {
		if sum.Null(i) {
			continue
		}
		q := divideHalfUp(rescale(toBig(v), scale, a.of.Scale), big.NewInt(counts[i]))
		var fits bool
		if means[i], fits = fitDecimal(q, a.of.Scale, a.of); !fits {
			return nil, outOfRange(plain(q, a.of.Scale), a.of)
		}
	}
	return column.New(a.of, means, sum.Nulls()), nil
}

func roundDiv(a, n int64) int64 {
	return divideHalfUp(big.NewInt(a), big.NewInt(n)).Int64()
}

// try_sum gives null where sum would overflow.
func trySumBuffer(s Signature) []column.Field {
	return []column.Field{{Name: "sum", Type: s.Result, Nullable: true}, {Name: "overflow", Type: column.BooleanType}}
}

func newTrySum(s Signature, args []Expr) Accumulator {
	return &trySum{of: s.Result, make: func() Accumulator { return newSum(s, args) }}
}

// trySum adds each group up on its own, so that one that overflows spoils no other.
type trySum struct {
	of     column.Type
	make   func() Accumulator
	groups []Accumulator
	spoilt []bool
}

// Grow implements Accumulator.
func (t *trySum) Grow(n int) {
	for len(t.groups) < n {
		one := t.make()
		one.Grow(1)
		t.groups = append(t.groups, one)
	}
	t.spoilt = grown(t.spoilt, n)
}

// Update implements Accumulator.
func (t *trySum) Update(groups []int32, args []column.Column) error {
	for i, g := range groups {
		if t.groups[g].Update([]int32{0}, []column.Column{args[0].Slice(i, i+1)}) != nil {
			t.spoilt[g] = true
		}
	}
	return nil
}

// Merge implements Accumulator.
func (t *trySum) Merge(groups []int32, buffers []column.Column) error {
	spoilt := column.Data[bool](buffers[1])
	for i, g := range groups {
		t.spoilt[g] = t.spoilt[g] || spoilt[i]
	}
	return t.Update(groups, buffers[:1])
}

// Buffers implements Accumulator.
func (t *trySum) Buffers() []column.Column {
	b := column.NewBuilder(t.of, len(t.groups))
	for _, g := range t.groups {
		b.AppendFrom(g.Buffers()[0], 0)
	}
	return []column.Column{b.Build(), column.New(column.BooleanType, slices.Clone(t.spoilt), nil)}
}

// Final implements Accumulator.
func (t *trySum) Final() (column.Column, error) { return hide(t.Buffers()[0], t.spoilt), nil }
