package physical

import (
	"etincelle/engine/frame/column"
)

// keyTable numbers different keys in the order in which they are first seen. Keys
// are equal as GROUP BY has it: nulls alike, NaN alike, -0.0 as 0.0.
type keyTable struct {
	types    []column.Type
	builders []column.Builder // the keys, a row each
	byRow    map[string]int32 // by their bytes
	byInt    map[int64]int32  // of one column of numbers
	byText   map[string]int32 // of one column of strings
	null     int32            // the key that is null, -1 when none was seen
	n        int
}

func newKeyTable(types []column.Type) *keyTable {
	t := &keyTable{types: types, null: -1}
	for _, of := range types {
		t.builders = append(t.builders, column.NewBuilder(of, 0))
	}
	switch {
	case len(types) != 1:
		t.byRow = map[string]int32{}
	case types[0].Kind == column.BigInt || types[0].Kind == column.TimestampMicros || types[0].Kind == column.Int || types[0].Kind == column.Date32:
		t.byInt = map[int64]int32{}
	case types[0].Kind == column.String:
		t.byText = map[string]int32{}
	default:
		t.byRow = map[string]int32{}
	}
	return t
}

func (t *keyTable) len() int { return t.n }

// columns are the keys, in the order of their numbers. The table is spent.
func (t *keyTable) columns() []column.Column {
	columns := make([]column.Column, len(t.builders))
	for i, b := range t.builders {
		columns[i] = b.Build()
	}
	return columns
}

// find puts the number of each row's key in ids, and returns how many keys there
// are; new ones are added.
func (t *keyTable) find(keys []column.Column, ids []int32) int {
	t.number(keys, ids, true)
	return t.n
}

// lookup is find for keys that are looked for only: -1 for one that is not there.
// It changes nothing, so that tasks may share the table.
func (t *keyTable) lookup(keys []column.Column, ids []int32) { t.number(keys, ids, false) }

func (t *keyTable) number(keys []column.Column, ids []int32, add bool) {
	switch {
	case t.byRow != nil:
		var bytes []byte
		for i := range ids {
			bytes = column.AppendRow(bytes[:0], keys, i)
			id, known := t.byRow[string(bytes)]
			switch {
			case known:
			case add:
				id = t.add(keys, i)
				t.byRow[string(bytes)] = id
			default:
				id = -1
			}
			ids[i] = id
		}
	case t.byText != nil:
		numberEach(t, t.byText, keys, ids, column.Data[string](keys[0]), func(s string) string { return s }, add)
	default:
		if k, ok := keys[0].(*column.Vector[int32]); ok {
			numberEach(t, t.byInt, keys, ids, k.Data, func(v int32) int64 { return int64(v) }, add)
		} else {
			numberEach(t, t.byInt, keys, ids, column.Data[int64](keys[0]), func(v int64) int64 { return v }, add)
		}
	}
}

func numberEach[T any, K comparable](t *keyTable, known map[K]int32, keys []column.Column, ids []int32, data []T, key func(T) K, add bool) {
	null := keys[0].Nulls()
	for i, v := range data {
		if null != nil && null[i] {
			if t.null < 0 && add {
				t.null = t.add(keys, i)
			}
			ids[i] = t.null
			continue
		}
		k := key(v)
		id, seen := known[k]
		switch {
		case seen:
		case add:
			id = t.add(keys, i)
			known[k] = id
		default:
			id = -1
		}
		ids[i] = id
	}
}

// add takes row i's key in, as a new one. Doubles are stored as keys are compared.
func (t *keyTable) add(keys []column.Column, i int) int32 {
	for c, b := range t.builders {
		if v, ok := keys[c].(*column.Vector[float64]); ok && !v.Null(i) {
			b.(*column.VectorBuilder[float64]).Add(column.Normal(v.Data[i]))
			continue
		}
		b.AppendFrom(keys[c], i)
	}
	t.n++
	return int32(t.n - 1)
}
