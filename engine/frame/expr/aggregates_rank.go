package expr

import (
	"math"
	"slices"
	"strings"

	"etincelle/engine/frame/column"
)

// rankAggregates is the family that looks at a group's values in order: it keeps
// all of them, for there is no smaller buffer that is exact.
var rankAggregates = []*Aggregate{
	{Name: "median", Min: 1, Max: 1, Sign: always(column.DoubleType, column.DoubleType), Buffer: valuesBuffer,
		New: func(s Signature, _ []Expr) Accumulator { return newGathered(s, percentileOf(0.5)) }, Example: Example{"median(v)", "1.5"}},
	{Name: "percentile", Min: 2, Max: 2, Sign: signPercentile(true), Buffer: valuesBuffer,
		New: func(s Signature, args []Expr) Accumulator { return newGathered(s, percentileOf(share2(args))) }, Example: Example{"percentile(v, 0.25)", "1.25"}},
	{Name: "percentile_approx", Aliases: []string{"approx_percentile"}, Min: 2, Max: 3, Sign: signPercentile(false), Buffer: valuesBuffer,
		New: func(s Signature, args []Expr) Accumulator { return newGathered(s, nearestRank(share2(args))) }, Example: Example{"percentile_approx(v, 0.5)", "1"}},
	{Name: "mode", Min: 1, Max: 1, Sign: signItself, Buffer: valuesBuffer,
		New: func(s Signature, _ []Expr) Accumulator { return newGathered(s, mostFrequent) }, Example: Example{"mode(v)", "1"}},
	{Name: "string_agg", Aliases: []string{"listagg"}, Min: 1, Max: 2, Sign: always(column.StringType, column.StringType, column.StringType), Buffer: valuesBuffer,
		New: newStringAgg, Example: Example{"string_agg(k, ',')", "a,b"}},
}

// valuesBuffer is an array of the values.
func valuesBuffer(s Signature) []column.Field {
	return []column.Field{{Name: "values", Type: column.ArrayOf(s.Args[0])}}
}

// gathered is a collector whose result is made of a group's values in order.
type gathered struct {
	collector
	of     column.Type
	result func(values column.Column, b column.Builder) error
}

func newGathered(s Signature, result func(column.Column, column.Builder) error) Accumulator {
	return &gathered{collector{of: column.ArrayOf(s.Args[0])}, s.Result, result}
}

// Update implements Accumulator.
func (g *gathered) Update(groups []int32, args []column.Column) error {
	return g.collector.Update(groups, args[:1])
}

// Final implements Accumulator. A group without values is null.
func (g *gathered) Final() (column.Column, error) {
	lists := g.Buffers()[0].(*column.Lists)
	b := column.NewBuilder(g.of, lists.Len())
	for i := range lists.Len() {
		from, to := lists.Span(i)
		if from == to {
			b.AppendNull()
			continue
		}
		if err := g.result(lists.Elem.Slice(from, to), b); err != nil {
			return nil, err
		}
	}
	return b.Build(), nil
}

// inOrder are the places of a column's values in their order.
func inOrder(c column.Column) []int {
	places := make([]int, c.Len())
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(a, b int) int { return column.Compare(c, a, c, b) })
	return places
}

// percentileOf lies between the two values nearest to its rank.
func percentileOf(share float64) func(column.Column, column.Builder) error {
	return func(values column.Column, b column.Builder) error {
		places, data := inOrder(values), column.Data[float64](values)
		at := share * float64(len(places)-1)
		low, high := int(math.Floor(at)), int(math.Ceil(at))
		v := data[places[low]]
		if high > low {
			v = (float64(high)-at)*v + (at-float64(low))*data[places[high]]
		}
		return b.Append(v)
	}
}

// nearestRank is the smallest value that so large a share of all is not above.
func nearestRank(share float64) func(column.Column, column.Builder) error {
	return func(values column.Column, b column.Builder) error {
		places := inOrder(values)
		rank := max(int(math.Ceil(share*float64(len(places)))), 1)
		b.AppendFrom(values, places[min(rank, len(places))-1])
		return nil
	}
}

// mostFrequent is the value met most often; of several, the smallest.
func mostFrequent(values column.Column, b column.Builder) error {
	places := inOrder(values)
	best, most, run := places[0], 0, 0
	for i, at := range places {
		if i == 0 || column.Compare(values, at, values, places[i-1]) != 0 {
			run = 0
		}
		if run++; run > most {
			best, most = at, run
		}
	}
	b.AppendFrom(values, best)
	return nil
}

func signPercentile(exact bool) func([]Expr) (Signature, error) {
	return func(args []Expr) (Signature, error) {
		p, ok := constantOf(NewCast(args[1], column.DoubleType))
		share, isNumber := p.(float64)
		if !ok || !isNumber || share < 0 || share > 1 {
			return Signature{}, Errorf("DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE", "The percentage must be a constant between [0.0, 1.0] (current value = %s).", Pretty(args[1]))
		}
		t := args[0].Type()
		if exact {
			if !accepts(t, column.DoubleType) {
				return Signature{}, &unexpected{0, `"NUMERIC" type`}
			}
			return Signature{Args: []column.Type{column.DoubleType, column.DoubleType}, Result: column.DoubleType}, nil
		}
		sig := Signature{Args: []column.Type{t, column.DoubleType}, Result: t}
		if len(args) == 3 {
			sig.Args = append(sig.Args, column.IntType)
		}
		return sig, nil
	}
}

// share2 is the second argument, which the signature has checked.
func share2(args []Expr) float64 {
	v, _ := constantOf(args[1])
	share, _ := v.(float64)
	return share
}

func newStringAgg(s Signature, args []Expr) Accumulator {
	separator := ""
	if len(args) == 2 {
		v, _ := constantOf(args[1])
		separator, _ = v.(string)
	}
	return newGathered(s, func(values column.Column, b column.Builder) error {
		return b.Append(strings.Join(column.Data[string](values), separator))
	})
}
