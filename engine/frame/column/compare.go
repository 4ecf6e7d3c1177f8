package column

import (
	"cmp"
	"strings"
)

// Compare is the order of value i of a and value j of b, columns of one type,
// as Spark sorts: nulls first, NaN above every number, strings by their bytes,
// arrays and structs part by part.
func Compare(a Column, i int, b Column, j int) int {
	if an, bn := a.Null(i), b.Null(j); an || bn {
		switch {
		case an && bn:
			return 0
		case an:
			return -1
		}
		return 1
	}
	switch a := a.(type) {
	case *Vector[bool]:
		return compareBools(a.Data[i], b.(*Vector[bool]).Data[j])
	case *Vector[int32]:
		return cmp.Compare(a.Data[i], b.(*Vector[int32]).Data[j])
	case *Vector[int64]:
		return cmp.Compare(a.Data[i], b.(*Vector[int64]).Data[j])
	case *Vector[float64]:
		return CompareDoubles(a.Data[i], b.(*Vector[float64]).Data[j])
	case *Vector[string]:
		return strings.Compare(a.Data[i], b.(*Vector[string]).Data[j])
	case *Vector[Int128]:
		return a.Data[i].Compare(b.(*Vector[Int128]).Data[j])
	case *Vector[Interval]:
		x, y := a.Data[i], b.(*Vector[Interval]).Data[j]
		return cmp.Or(cmp.Compare(x.Months, y.Months), cmp.Compare(x.Days, y.Days), cmp.Compare(x.Micros, y.Micros))
	case *Lists:
		return compareLists(a, i, b.(*Lists), j)
	case *Records:
		for f, field := range a.Fields {
			if c := Compare(field, i, b.(*Records).Fields[f], j); c != 0 {
				return c
			}
		}
	}
	return 0
}

// CompareDoubles is the order of numbers in which NaN is the largest, and equal
// to itself.
func CompareDoubles(x, y float64) int {
	if xNaN, yNaN := x != x, y != y; xNaN || yNaN {
		return compareBools(xNaN, yNaN)
	}
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// Compare is the order of two numbers.
func (x Int128) Compare(y Int128) int {
	return cmp.Or(cmp.Compare(x.Hi, y.Hi), cmp.Compare(x.Lo, y.Lo))
}

func compareBools(x, y bool) int {
	switch {
	case x == y:
		return 0
	case y:
		return -1
	}
	return 1
}

func compareLists(a *Lists, i int, b *Lists, j int) int {
	af, at := a.Span(i)
	bf, bt := b.Span(j)
	for k := 0; af+k < at && bf+k < bt; k++ {
		if c := Compare(a.Elem, af+k, b.Elem, bf+k); c != 0 {
			return c
		}
	}
	return cmp.Compare(at-af, bt-bf)
}
