package expr

import (
	"math"

	"etincelle/engine/frame/column"
)

// spreadAggregates is the family of variances: how far values lie from their mean.
var spreadAggregates = []*Aggregate{
	spread("stddev", "0.7071067811865476", func(m moments) (float64, bool) { v, ok := sampled(m); return math.Sqrt(v), ok }, "stddev_samp", "std"),
	spread("stddev_pop", "0.5", func(m moments) (float64, bool) { return math.Sqrt(m.squares / m.n), true }),
	spread("variance", "0.5", sampled, "var_samp"),
	spread("var_pop", "0.25", func(m moments) (float64, bool) { return m.squares / m.n, true }),
}

// sampled is the variance of what the values are a sample of: none for one value.
func sampled(m moments) (float64, bool) { return m.squares / (m.n - 1), m.n > 1 }

func spread(name, shows string, result func(moments) (float64, bool), aliases ...string) *Aggregate {
	return &Aggregate{
		Name: name, Aliases: aliases, Min: 1, Max: 1, Sign: always(column.DoubleType, column.DoubleType),
		Buffer: func(Signature) []column.Field {
			return []column.Field{{Name: "n", Type: column.DoubleType}, {Name: "avg", Type: column.DoubleType}, {Name: "m2", Type: column.DoubleType}}
		},
		New:     func(Signature, []Expr) Accumulator { return &spreader{result: result} },
		Example: Example{name + "(v)", shows},
	}
}

// moments are the number of values, their mean, and the sum of the squares of
// their distances from it.
type moments struct{ n, mean, squares float64 }

// and joins the moments of two sets of values (Chan, Golub and LeVeque, 1979).
func (a moments) and(b moments) moments {
	n := a.n + b.n
	delta := b.mean - a.mean
	ratio := 0.0
	if n > 0 {
		ratio = delta / n
	}
	return moments{n, a.mean + ratio*b.n, a.squares + b.squares + delta*ratio*a.n*b.n}
}

// spreader keeps the moments of each group.
type spreader struct {
	of     []moments
	result func(moments) (float64, bool)
}

// Grow implements Accumulator.
func (s *spreader) Grow(n int) { s.of = grown(s.of, n) }

// Update implements Accumulator.
func (s *spreader) Update(groups []int32, args []column.Column) error {
	data, null := column.Data[float64](args[0]), args[0].Nulls()
	for i, g := range groups {
		if null != nil && null[i] {
			continue
		}
		m := &s.of[g]
		m.n++
		delta := data[i] - m.mean
		m.mean += delta / m.n
		m.squares += delta * (data[i] - m.mean)
	}
	return nil
}

// Merge implements Accumulator.
func (s *spreader) Merge(groups []int32, buffers []column.Column) error {
	n, mean, squares := column.Data[float64](buffers[0]), column.Data[float64](buffers[1]), column.Data[float64](buffers[2])
	for i, g := range groups {
		s.of[g] = s.of[g].and(moments{n[i], mean[i], squares[i]})
	}
	return nil
}

// Buffers implements Accumulator.
func (s *spreader) Buffers() []column.Column {
	parts := [3][]float64{}
	for k := range parts {
		parts[k] = make([]float64, len(s.of))
	}
	for i, m := range s.of {
		parts[0][i], parts[1][i], parts[2][i] = m.n, m.mean, m.squares
	}
	return []column.Column{column.New(column.DoubleType, parts[0], nil), column.New(column.DoubleType, parts[1], nil), column.New(column.DoubleType, parts[2], nil)}
}

// Final implements Accumulator.
func (s *spreader) Final() (column.Column, error) {
	out, known := make([]float64, len(s.of)), make([]bool, len(s.of))
	for i, m := range s.of {
		if m.n > 0 {
			out[i], known[i] = s.result(m)
		}
	}
	return column.New(column.DoubleType, out, unknown(known)), nil
}
