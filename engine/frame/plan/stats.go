package plan

import (
	"math"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// Sized is for leaves that know about how many bytes they give.
type Sized interface{ Bytes() float64 }

// Size estimates the bytes that a plan gives, as Spark does without statistics of
// columns: files have their size, a selection takes its share of each row, a
// filter keeps everything, and a join makes all pairs. It decides which side of a
// join is small.
func Size(n Node) float64 {
	switch n := n.(type) {
	case Sized:
		return n.Bytes()
	case *Scan:
		return float64(n.Table.Bytes())
	case *Local:
		return RowSize(n.Columns) * float64(n.Rows.Rows)
	case *Range:
		return RowSize(n.Output()) * math.Ceil(float64(n.End-n.Start)/float64(n.Step))
	case *Aggregate:
		if len(n.Keys) == 0 {
			return RowSize(n.Output())
		}
		return share(n, n.Child)
	case *Limit:
		if n.Local && n.N > 0 {
			return share(n, n.Child)
		}
		return max(RowSize(n.Output())*float64(n.N), 1)
	case *Join:
		if n.How == LeftSemi || n.How == LeftAnti {
			return Size(n.Left)
		}
	case *Union:
		sum := 0.0
		for _, c := range n.Inputs {
			sum += Size(c)
		}
		return sum
	case *Expand:
		return share(n, n.Child) * float64(len(n.Lists))
	case *Project:
		return share(n, n.Child)
	case *Filter:
		return share(n, n.Child)
	case *Window:
		return share(n, n.Child)
	}
	product := 1.0
	for _, c := range n.Children() {
		product *= Size(c)
	}
	if len(n.Children()) == 0 {
		return math.MaxInt64
	}
	return product
}

// share is the child's size, times what a row of n takes of a row of the child.
func share(n, child Node) float64 {
	return max(math.Floor(Size(child)*RowSize(n.Output())/RowSize(child.Output())), 1)
}

// RowSize is what Spark reckons for a row: a word, and a fixed size for each type.
func RowSize(columns []*expr.Attribute) float64 {
	const word = 8
	size := float64(word)
	for _, a := range columns {
		size += typeSize(a.Of)
	}
	return size
}

func typeSize(t column.Type) float64 {
	switch t.Kind {
	case column.Void, column.Boolean:
		return 1
	case column.Int, column.Date32:
		return 4
	case column.String:
		return 20
	case column.Decimal128:
		if t.Precision <= 18 {
			return 8
		}
		return 16
	case column.CalendarInterval:
		return 16
	case column.Array:
		return typeSize(*t.Elem)
	case column.Struct:
		size := 0.0
		for _, f := range t.Fields {
			size += typeSize(f.Type)
		}
		return size
	}
	return 8
}
