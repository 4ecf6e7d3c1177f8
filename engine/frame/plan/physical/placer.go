package physical

import (
	"cmp"
	"slices"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/rdd"
)

// placer gives, for each map partition, what places its rows, and how many
// partitions there are. A range is found by sampling the child: a job.
func (e *Exchange) placer(x *Context, child *Rows) (place func(partition int) placing, n int, err error) {
	switch to := e.To.(type) {
	case HashPartitioning:
		keys, err := expr.BindAll(to.Keys, e.Child.Output())
		if err != nil {
			return nil, 0, err
		}
		return func(int) placing { return byHash(keys, to.N) }, to.N, nil
	case RangePartitioning:
		return e.rangePlacer(x, child, to)
	case RoundRobinPartitioning:
		return func(p int) placing { return dealing(p, to.N) }, to.N, nil
	}
	return func(int) placing {
		return func(b column.Batch) ([]int32, error) { return make([]int32, b.Rows), nil }
	}, 1, nil
}

// byHash places rows by Spark's hash of keys.
func byHash(keys []*expr.Bound, n int) placing {
	return func(b column.Batch) ([]int32, error) {
		columns, err := expr.EvalAll(keys, b)
		if err != nil {
			return nil, err
		}
		places := column.Hash(b.Rows, columns...)
		for i, h := range places {
			if h %= int32(n); h < 0 {
				h += int32(n)
			}
			places[i] = h
		}
		return places, nil
	}
}

// dealing deals rows out in the order of their hashes, the first of a map partition
// to a partition drawn by its number.
func dealing(partition, n int) placing {
	return func(b column.Batch) ([]int32, error) {
		next := rdd.NewXORShift(int64(partition)).Intn(n)
		hashes, order := column.RowHashes(b), make([]int32, b.Rows)
		for i := range order {
			order[i] = int32(i)
		}
		slices.SortStableFunc(order, func(i, j int32) int { return cmp.Compare(hashes[i], hashes[j]) })
		places := make([]int32, b.Rows)
		for _, row := range order {
			next = (next + 1) % n
			places[row] = int32(next)
		}
		return places, nil
	}
}

// wireBytes is about how many bytes a batch takes in a shuffle file of Spark's:
// what adaptive execution measures partitions in. A row is a word for its nulls, a
// word for each column, and its strings in whole words; compression takes most
// of it away again.
func wireBytes(b column.Batch) int64 {
	const word, compressed = 8, 5
	bytes := int64(b.Rows) * int64(word+word*len(b.Columns)+4)
	for _, c := range b.Columns {
		if v, ok := c.(*column.Vector[string]); ok {
			for _, s := range v.Data {
				bytes += int64(len(s)+word-1) &^ (word - 1)
			}
		}
	}
	return bytes / compressed
}
