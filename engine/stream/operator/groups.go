package operator

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/stream/state"
)

// groups are the groups that one batch touches on one partition: what the state
// had of them, and what the batch adds.
type groups struct {
	of     *Aggregate
	at     map[string]int32
	keys   [][]byte
	before [][]byte // what the state held of each, nil for a new group
	late   map[string]bool
	calls  []expr.Accumulator
	scraps []byte // for a key that may be known already
}

func newGroups(of *Aggregate) *groups {
	g := &groups{of: of, at: map[string]int32{}, late: map[string]bool{}}
	g.calls = accumulators(of.Calls)
	return g
}

func accumulators(calls []*expr.AggregateCall) []expr.Accumulator {
	made := make([]expr.Accumulator, len(calls))
	for i, c := range calls {
		made[i] = c.Accumulator()
	}
	return made
}

// find is the number of row i's group, which it makes when it is new.
func (g *groups) find(keys []column.Column, i int) (number int32, fresh bool) {
	g.scraps = column.AppendRow(g.scraps[:0], keys, i)
	if n, known := g.at[string(g.scraps)]; known {
		return n, false
	}
	key := append([]byte{}, g.scraps...)
	g.at[string(key)] = int32(len(g.keys))
	g.keys = append(g.keys, key)
	g.before = append(g.before, nil)
	return int32(len(g.keys) - 1), true
}

// merge brings partial results into the groups. What the state has of a group is
// merged before its first row, so that "first" stays what came first.
func (g *groups) merge(store state.Store, b column.Batch) error {
	numbers := make([]int32, b.Rows)
	var fresh []int32
	for i := range numbers {
		n, isNew := g.find(b.Columns[:len(g.of.Keys)], i)
		numbers[i] = n
		if isNew {
			fresh = append(fresh, n)
		}
	}
	if err := g.restore(store, fresh); err != nil {
		return err
	}
	return g.add(numbers, b.Columns[len(g.of.Keys):])
}

// restore merges what the state has of new groups.
func (g *groups) restore(store state.Store, fresh []int32) error {
	for _, c := range g.calls {
		c.Grow(len(g.keys))
	}
	rows := newRowBuilder(g.of.buffers()...)
	var known []int32
	for _, n := range fresh {
		value, ok := store.Get(g.keys[n])
		if !ok {
			continue
		}
		g.before[n] = value
		if err := rows.add(value); err != nil {
			return err
		}
		known = append(known, n)
	}
	return g.add(known, rows.take().Columns)
}

// add merges buffers, which are those of each call side by side.
func (g *groups) add(numbers []int32, buffers []column.Column) error {
	if len(numbers) == 0 {
		return nil
	}
	for i, c := range g.calls {
		n := len(g.of.Calls[i].Buffer())
		if err := c.Merge(numbers, buffers[:n]); err != nil {
			return err
		}
		buffers = buffers[n:]
	}
	return nil
}

// buffers is what the state is to hold, one row a group.
func (g *groups) buffers() []column.Column {
	var all []column.Column
	for _, c := range g.calls {
		all = append(all, c.Buffers()...)
	}
	return all
}

// finish turns rows of keys and buffers into rows of the result.
func (a *Aggregate) finish(rows column.Batch) (column.Batch, error) {
	keys, buffers := rows.Columns[:len(a.Keys)], rows.Columns[len(a.Keys):]
	out := column.Batch{Columns: append([]column.Column{}, keys...), Rows: rows.Rows}
	numbers := make([]int32, rows.Rows)
	for i := range numbers {
		numbers[i] = int32(i)
	}
	for i, c := range accumulators(a.Calls) {
		n := len(a.Calls[i].Buffer())
		c.Grow(rows.Rows)
		if rows.Rows > 0 {
			if err := c.Merge(numbers, buffers[:n]); err != nil {
				return out, err
			}
		}
		result, err := c.Final()
		if err != nil {
			return out, err
		}
		out.Columns = append(out.Columns, result)
		buffers = buffers[n:]
	}
	return out, nil
}

// rows makes rows of keys and buffers.
func (a *Aggregate) rows() *rowBuilder {
	return newRowBuilder(append(append([]column.Type{}, a.Keys...), a.buffers()...)...)
}

// buffers are the types of all calls' buffers.
func (a *Aggregate) buffers() []column.Type {
	var types []column.Type
	for _, c := range a.Calls {
		types = append(types, column.Schema(c.Buffer()).Types()...)
	}
	return types
}
