package expr

import (
	"math"

	"etincelle/engine/frame/column"
)

// shapeAggregates is the family of higher moments, and of how two columns go together.
var shapeAggregates = []*Aggregate{
	shape("skewness", 1, "0.0", "skewness(v)", func(s sums) (float64, bool) {
		m2, m3, _ := s.central()
		return math.Sqrt(s.n) * m3 / math.Sqrt(m2*m2*m2), m2 > 0 || m2 != m2
	}),
	shape("kurtosis", 1, "-2.0", "kurtosis(v)", func(s sums) (float64, bool) {
		m2, _, m4 := s.central()
		return s.n*m4/(m2*m2) - 3, m2 > 0 || m2 != m2
	}),
	shape("covar_pop", 2, "0.25", "covar_pop(v, v)", func(s sums) (float64, bool) { return s.xy / s.n, true }),
	shape("covar_samp", 2, "0.5", "covar_samp(v, v)", func(s sums) (float64, bool) { return s.xy / (s.n - 1), s.n > 1 }),
	shape("corr", 2, "1.0", "corr(v, v)", func(s sums) (float64, bool) { return s.xy / math.Sqrt(s.xx*s.yy), s.n > 1 }),
	shape("regr_count", 2, "2", "regr_count(v, v)", nil),
	shape("regr_slope", 2, "1.0", "regr_slope(v, v)", func(s sums) (float64, bool) { return s.xy / s.yy, s.yy > 0 }),
	shape("regr_intercept", 2, "0.0", "regr_intercept(v, v)", func(s sums) (float64, bool) { return s.x - s.xy/s.yy*s.y, s.yy > 0 }),
}

// sums are the number of rows, the means of two columns, and the sums of the
// products of their distances from these; x3 and x4 are those of the first one.
type sums struct{ n, x, y, xx, yy, xy, x3, x4 float64 }

func (s sums) central() (m2, m3, m4 float64) { return s.xx, s.x3, s.x4 }

// and joins the sums of two sets of rows (Pébay, 2008).
func (s sums) and(o sums) sums {
	if s.n == 0 {
		return o
	}
	if o.n == 0 {
		return s
	}
	n := s.n + o.n
	dx, dy := o.x-s.x, o.y-s.y
	r := s.n * o.n / n
	return sums{
		n: n, x: s.x + dx*o.n/n, y: s.y + dy*o.n/n,
		xx: s.xx + o.xx + dx*dx*r, yy: s.yy + o.yy + dy*dy*r, xy: s.xy + o.xy + dx*dy*r,
		x3: s.x3 + o.x3 + dx*dx*dx*r*(s.n-o.n)/n + 3*dx*(s.n*o.xx-o.n*s.xx)/n,
		x4: s.x4 + o.x4 + dx*dx*dx*dx*r*(s.n*s.n-s.n*o.n+o.n*o.n)/(n*n) +
			6*dx*dx*(s.n*s.n*o.xx+o.n*o.n*s.xx)/(n*n) + 4*dx*(s.n*o.x3-o.n*s.x3)/n,
	}
}

func shape(name string, columns int, shows, sql string, result func(sums) (float64, bool)) *Aggregate {
	types := []column.Type{column.DoubleType, column.DoubleType}[:columns]
	a := &Aggregate{
		Name: name, Min: columns, Max: columns, Sign: always(column.DoubleType, types...),
		Buffer: func(Signature) []column.Field {
			var fields []column.Field
			for _, part := range []string{"n", "xAvg", "yAvg", "xM2", "yM2", "ck", "xM3", "xM4"} {
				fields = append(fields, column.Field{Name: part, Type: column.DoubleType})
			}
			return fields
		},
		New:     func(Signature, []Expr) Accumulator { return &shaper{result: result} },
		Example: Example{sql, shows},
	}
	if result == nil { // regr_count is the count of rows in which both are known
		a.Sign, a.Buffer, a.Never = each(column.BigIntType, column.DoubleType), oneBuffer("count"), true
		a.New = func(Signature, []Expr) Accumulator { return &counter{adds: rowsKnown} }
	}
	return a
}

// shaper keeps the sums of each group.
type shaper struct {
	of     []sums
	result func(sums) (float64, bool)
}

// Grow implements Accumulator.
func (s *shaper) Grow(n int) { s.of = grown(s.of, n) }

// Update implements Accumulator. Rows with a null on either side do not count.
func (s *shaper) Update(groups []int32, args []column.Column) error {
	x := column.Data[float64](args[0])
	y := column.Data[float64](args[len(args)-1])
	for i, g := range groups {
		if !args[0].Null(i) && !args[len(args)-1].Null(i) {
			s.of[g] = s.of[g].and(sums{n: 1, x: x[i], y: y[i]})
		}
	}
	return nil
}

// Merge implements Accumulator.
func (s *shaper) Merge(groups []int32, buffers []column.Column) error {
	part := func(k, i int) float64 { return column.Data[float64](buffers[k])[i] }
	for i, g := range groups {
		s.of[g] = s.of[g].and(sums{part(0, i), part(1, i), part(2, i), part(3, i), part(4, i), part(5, i), part(6, i), part(7, i)})
	}
	return nil
}

// Buffers implements Accumulator.
func (s *shaper) Buffers() []column.Column {
	columns := make([]column.Column, 8)
	for k := range columns {
		part := make([]float64, len(s.of))
		for g, v := range s.of {
			part[g] = [...]float64{v.n, v.x, v.y, v.xx, v.yy, v.xy, v.x3, v.x4}[k]
		}
		columns[k] = column.New(column.DoubleType, part, nil)
	}
	return columns
}

// Final implements Accumulator.
func (s *shaper) Final() (column.Column, error) {
	out, known := make([]float64, len(s.of)), make([]bool, len(s.of))
	for g, v := range s.of {
		if v.n > 0 {
			out[g], known[g] = s.result(v)
		}
	}
	return column.New(column.DoubleType, out, unknown(known)), nil
}
