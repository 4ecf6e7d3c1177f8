package expr

import (
	"etincelle/engine/frame/column"
)

// rankFunctions is the table of the functions that only a window can compute.
var rankFunctions = []*WindowFunction{
	{
		Name: "row_number", Sign: gives(column.IntType), Never: true,
		Eval: func(p *Partition) (column.Column, error) {
			return numbered(p, func(i int) int32 { return int32(i) + 1 }), nil
		},
	},
	{
		Name: "rank", Sign: gives(column.IntType), Never: true,
		Eval: func(p *Partition) (column.Column, error) {
			return numbered(p, func(i int) int32 { return p.Peers[i] + 1 }), nil
		},
	},
	{
		Name: "dense_rank", Sign: gives(column.IntType), Never: true,
		Eval: func(p *Partition) (column.Column, error) {
			rank := int32(0)
			return numbered(p, func(i int) int32 {
				if int(p.Peers[i]) == i {
					rank++
				}
				return rank
			}), nil
		},
	},
	{
		Name: "percent_rank", Sign: gives(column.DoubleType), Never: true,
		Eval: func(p *Partition) (column.Column, error) {
			return share(p, func(i int) float64 {
				if p.Rows == 1 {
					return 0
				}
				return float64(p.Peers[i]) / float64(p.Rows-1)
			}), nil
		},
	},
	{
		Name: "cume_dist", Sign: gives(column.DoubleType), Never: true,
		Eval: func(p *Partition) (column.Column, error) {
			return share(p, func(i int) float64 { return float64(p.peersEnd(i)) / float64(p.Rows) }), nil
		},
	},
	{
		Name: "ntile", Min: 1, Max: 1, Never: true,
		Sign: func([]Expr) (Signature, error) {
			return Signature{Args: []column.Type{column.IntType}, Result: column.IntType}, nil
		},
		Eval: ntile,
	},
	{Name: "lag", Min: 1, Max: 3, Sign: signShift, Eval: func(p *Partition) (column.Column, error) { return shifted(p, -1) }},
	{Name: "lead", Min: 1, Max: 3, Sign: signShift, Eval: func(p *Partition) (column.Column, error) { return shifted(p, 1) }},
}

// gives is the signature of a function without arguments.
func gives(t column.Type) func([]Expr) (Signature, error) {
	return func([]Expr) (Signature, error) { return Signature{Result: t}, nil }
}

func numbered(p *Partition, at func(i int) int32) column.Column {
	numbers := make([]int32, p.Rows)
	for i := range numbers {
		numbers[i] = at(i)
	}
	return column.New(column.IntType, numbers, nil)
}

func share(p *Partition, at func(i int) float64) column.Column {
	shares := make([]float64, p.Rows)
	for i := range shares {
		shares[i] = at(i)
	}
	return column.New(column.DoubleType, shares, nil)
}

// peersEnd is the row behind the last of row i's peers.
func (p *Partition) peersEnd(i int) int {
	end := i + 1
	for end < p.Rows && p.Peers[end] == p.Peers[i] {
		end++
	}
	return end
}

// ntile deals the rows out over n buckets, the first ones one row larger.
func ntile(p *Partition) (column.Column, error) {
	n, ok := intLiteral(p.Literals[0])
	if !ok || n < 1 {
		return nil, Errorf("DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE", "The argument of ntile must be a positive constant (current value = %s).", p.Literals[0])
	}
	small, larger := p.Rows/n, p.Rows%n
	return numbered(p, func(i int) int32 {
		if first := larger * (small + 1); i >= first {
			return int32(larger + (i-first)/max(small, 1) + 1)
		}
		return int32(i/(small+1) + 1)
	}), nil
}

// signShift is lag(value, offset, default): the default has the value's type.
func signShift(args []Expr) (Signature, error) {
	sig := Signature{Result: args[0].Type()}
	for i := range args {
		sig.Args = append(sig.Args, sig.Result)
		if i == 1 {
			sig.Args[1] = column.IntType
		}
	}
	return sig, nil
}

// shifted is, for each row, the value offset rows on in a direction.
func shifted(p *Partition, direction int) (column.Column, error) {
	offset := 1
	if len(p.Args) > 1 {
		n, ok := intLiteral(p.Literals[1])
		if !ok {
			return nil, Errorf("DATATYPE_MISMATCH.NON_FOLDABLE_INPUT", "the offset must be a foldable \"INT\" expression, got %q.", p.Literals[1])
		}
		offset = n
	}
	rows := make([]int32, p.Rows)
	for i := range rows {
		rows[i] = p.source(i, direction*offset)
	}
	values := p.Args[0].Take(rows)
	if len(p.Args) < 3 {
		return values, nil
	}
	out, inside, outside := newScatter(p.Type, p.Rows), []int32{}, []int32{}
	for i, r := range rows {
		if r >= 0 {
			inside = append(inside, int32(i))
		} else {
			outside = append(outside, int32(i))
		}
	}
	out.add(values.Take(inside), inside)
	out.add(p.Args[2].Take(outside), outside)
	return out.column(), nil
}

// source is the row that lag or lead looks at from row i: -1 when there is none.
// With IGNORE NULLS only rows whose value is not null are counted.
func (p *Partition) source(i, offset int) int32 {
	if !p.IgnoreNulls || offset == 0 {
		if at := i + offset; at >= 0 && at < p.Rows {
			return int32(at)
		}
		return -1
	}
	step := 1
	if offset < 0 {
		step, offset = -1, -offset
	}
	for at := i + step; at >= 0 && at < p.Rows; at += step {
		if !p.Args[0].Null(at) {
			if offset--; offset == 0 {
				return int32(at)
			}
		}
	}
	return -1
}

// intLiteral is the value of a constant of type int; a sign or a cast may stand before it.
func intLiteral(e Expr) (int, bool) {
	v, ok := constantOf(e)
	if !ok {
		return 0, false
	}
	n, ok := v.(int32)
	return int(n), ok
}

// constantOf is the value of an expression over no attribute.
func constantOf(e Expr) (any, bool) {
	if !Foldable(e) {
		return nil, false
	}
	bound, err := Bind(e, nil)
	if err != nil {
		return nil, false
	}
	c, err := bound.Eval(column.Batch{Rows: 1})
	if err != nil {
		return nil, false
	}
	return c.Value(0), true
}
