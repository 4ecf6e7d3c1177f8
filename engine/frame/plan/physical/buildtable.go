package physical

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// buildTable finds the built rows of a key. Keys with a null have none.
type buildTable struct {
	keys  *keyTable
	rows  []int32 // built rows, key by key
	start []int32 // of each key's rows; one more at the end
}

// newBuildTable puts the rows of a batch in a table by keys.
func newBuildTable(built column.Batch, keys []*expr.Bound) (*buildTable, error) {
	columns, err := expr.EvalAll(keys, built)
	if err != nil {
		return nil, err
	}
	types := make([]column.Type, len(keys))
	for i, k := range keys {
		types[i] = k.Type()
	}
	ids := make([]int32, built.Rows)
	t := &buildTable{keys: newKeyTable(types)}
	n := t.keys.find(columns, ids)
	t.start = make([]int32, n+1)
	null := anyNull(columns)
	for i, id := range ids {
		if null == nil || !null[i] {
			t.start[id+1]++
		}
	}
	for k := range n {
		t.start[k+1] += t.start[k]
	}
	t.rows = make([]int32, t.start[n])
	next := append([]int32(nil), t.start...)
	for i, id := range ids {
		if null == nil || !null[i] {
			t.rows[next[id]] = int32(i)
			next[id]++
		}
	}
	return t, nil
}

// pairs is every streamed row with each built row of the same key.
func (t *buildTable) pairs(stream column.Batch, keys []*expr.Bound) (pairRows, error) {
	columns, err := expr.EvalAll(keys, stream)
	if err != nil {
		return pairRows{}, err
	}
	ids := make([]int32, stream.Rows)
	t.keys.lookup(columns, ids)
	null := anyNull(columns)
	var pairs pairRows
	for i, id := range ids {
		if id < 0 || null != nil && null[i] {
			continue
		}
		for _, row := range t.rows[t.start[id]:t.start[id+1]] {
			pairs.streamed = append(pairs.streamed, int32(i))
			pairs.built = append(pairs.built, row)
		}
	}
	return pairs, nil
}

// anyNull is true in rows where one of the columns is null; nil for nowhere.
func anyNull(columns []column.Column) []bool {
	var any []bool
	for _, c := range columns {
		null := c.Nulls()
		if null == nil {
			continue
		}
		if any == nil {
			any = make([]bool, len(null))
		}
		for i, n := range null {
			any[i] = any[i] || n
		}
	}
	return any
}
