package rdd

import (
	"fmt"
	"iter"
	"reflect"

	"etincelle/engine"
	"etincelle/engine/lineage"
	"etincelle/engine/storage"
)

// The functions of this file are what package dstream builds its datasets with.
// Programs do not need them.

// Input is one block that a receiver has stored, and where else its rows are: Log
// reads them from the write-ahead log, encoded, when no executor holds the block.
type Input struct {
	ID  storage.BlockID
	Log func() ([]byte, error) // nil without a log
}

// FromBlocks is the rows of received blocks, a partition each. class is Spark's:
// BlockRDD or WriteAheadLogBackedBlockRDD.
func FromBlocks[T any](s *engine.Session, class, op string, blocks []Input) *RDD[T] {
	core := engine.Inside(s)
	row := reflect.TypeFor[T]()
	r := define(s, dataset[T]{
		class: class, op: op, partitions: fixed(len(blocks)),
		compute: func(t *lineage.Task, p int) iter.Seq[T] { return watched(t, readInput(core, t, blocks[p], row).([]T)) },
	})
	r.node.PreferredAt = func(p int) []string { return core.InputHolders(blocks[p].ID) }
	return r
}

// readInput is a block's rows, as a slice of row.
func readInput(core *engine.Core, t *lineage.Task, b Input, row reflect.Type) any {
	if found, held := core.ReadInput(t, b.ID); held {
		if found.Values != nil {
			return found.Values
		}
		rows, err := decoded(found.Bytes, row)
		t.Check(err)
		return rows
	}
	if b.Log == nil {
		t.Fail(&lineage.Failure{Class: "java.lang.Exception", Message: fmt.Sprintf(
			"Could not compute split, block %s of RDD %d not found: the executors that held it are gone, and there is no write-ahead log", b.ID, t.Dataset.ID)})
	}
	data, err := b.Log()
	t.Check(err)
	rows, err := decoded(data, row)
	t.Check(err)
	t.Metrics.Input += int64(reflect.ValueOf(rows).Len())
	return rows
}

// InputBlock is rows, a slice, as PutInput takes them.
func InputBlock(rows any, n int) storage.Block { return block(rows, n) }

// CoGroupAll gathers the values of each key of all datasets, as many lists as there
// are datasets, and gives them to f: RDD[(K, V)]… → RDD[(K, W)]. An error of f fails
// the task.
func CoGroupAll[K comparable, V, W any](all []*Pairs[K, V], by Partitioner, f func(K, [][]V) (W, error)) *Pairs[K, W] {
	var deps []lineage.Dep
	var in []func(*lineage.Task, int) iter.Seq[Pair[K, V]]
	var err error
	for _, p := range all {
		dep, rows := input(p.plain, by)
		deps, in = append(deps, dep), append(in, rows)
		err = firstError(err, p.err, apart(all[0].base, p.base))
	}
	gather := func(work *engine.Workspace, t *lineage.Task, r int) []side {
		var sides []side
		for _, rows := range in {
			sides = append(sides, gatherAll(work, rows(t, r)))
		}
		return sides
	}
	core := all[0].core
	return asRDD(cogrouped("cogroup", all[0].base, by, deps, err, gather, func(x *keyIndex[K], part []side) func(int) W {
		lists := make([]func(int) []V, len(part))
		for i, s := range part {
			lists[i] = groupsOf[V](x, s).of
		}
		return func(i int) W {
			values := make([][]V, len(lists))
			for j, of := range lists {
				values[j] = of(i)
			}
			w, err := f(x.keys[i], values)
			if err != nil {
				core.CurrentTask().Fail(err)
			}
			return w
		}
	}))
}

// Beside is a dataset of class whose partition i f computes from partitions i of two
// others, which by has placed alike.
func Beside[T, U, R any](class, op string, left *RDD[T], right *RDD[U], by Partitioner, f func(t *lineage.Task, left iter.Seq[T], right iter.Seq[U]) iter.Seq[R]) *RDD[R] {
	lefts, rights := left.rows, right.rows
	return define(left.session, dataset[R]{
		class: class, op: op, partitions: fixed(by.NumPartitions()), partitioner: by,
		deps: []lineage.Dep{lineage.Narrow(left.node), lineage.Narrow(right.node)},
		err:  firstError(left.err, right.err, apart(left.base, right.base)),
		compute: func(t *lineage.Task, p int) iter.Seq[R] {
			return f(t, bound(left.base, t, lefts(t, p)), bound(right.base, t, rights(t, p)))
		},
	})
}

// Text is a row as SaveAsTextFile writes it.
func Text(row any) string { return text(row) }

// Cells are a row's texts for a table: of a pair the key's and the value's.
func Cells(row any) []string {
	if pair, is := row.(interface{ cells() []string }); is {
		return pair.cells()
	}
	return []string{text(row)}
}
