// Package rdd is the typed face of the engine: immutable, partitioned datasets
// and the functions that derive one from another.
//
// The result type says what runs. A function that returns a *RDD has run
// nothing, save the few that their documentation calls eager: they run a small
// sampling job, as in Spark. A function or method that returns an error has run
// a job. Cache, Persist and Checkpoint are marks.
//
// Transformations are functions, not methods, because Go allows neither a
// method that is only for RDDs of pairs nor a method on RDD[T] that returns an
// RDD of something built from T. The function a transformation is given
// receives the row only, so that most functions of the standard library fit:
//
//	words := rdd.FlatMap(lines, strings.Fields)
//
// It runs once for each row, on any executor, perhaps more than once (a retry, a
// partition that was not kept): it must depend on its argument alone.
//
// # Where to begin
//
// The examples are short programs; read in this order they are a course.
//
//	sources          Of, Range, TextFile, FromPartitions
//	rows             Map, Filter, FlatMap, MapPartitions, Glom, Sample, Zip
//	actions          Collect, Count, Take, Reduce, Fold, Aggregate, Stats, Top
//	keys             MapToPair, KeyBy, MapValues: a Pairs is an RDD of Pair
//	what shuffles    ReduceByKey, GroupByKey, Distinct, SortBy, Repartition, PartitionBy
//	several at once  Union, Join, CoGroup, Intersection, Subtract, Cartesian
//	what is kept     Cache, Persist, Checkpoint, FromCheckpoint
//	what is shared   NewBroadcast, Counter, NewAccumulator
//	what happened    Lineage, Explain, Dependencies, Partitioner
package rdd

import (
	"iter"
	"reflect"

	"etincelle/engine"
	"etincelle/engine/lineage"
)

// RDD is a dataset of T in partitions. Rows of one partition are pulled
// through compute, so a chain of narrow transformations is one loop and makes
// no intermediate collection.
//
// The compiler makes generic code again for each T, in the program's own package,
// and every method of RDD as soon as a function value holds a *RDD[T]. So that a
// student's file compiles fast, what does not need T lives in base, and functions
// that outlive their call hold rows, not the RDD.
type RDD[T any] struct{ plain[T] }

// plain is a dataset without methods: what is made between two that a program holds
// costs the compiler a third of what an RDD does.
type plain[T any] struct {
	*base
	rows reader[T] // computes a partition, or reads the kept copy
}

// reader reads the rows of one partition.
type reader[T any] func(t *lineage.Task, partition int) iter.Seq[T]

// DefaultPartitions, as the number of partitions of a source, asks for the
// session's default.
const DefaultPartitions = -1

// Session is the session r belongs to.
func (r *RDD[T]) Session() *engine.Session { return r.session }

// Err is the mistake in r's definition, or in that of a dataset it comes from;
// nil when there is none. The first action returns it too.
func (r *RDD[T]) Err() error { return r.err }

// NumPartitions is the number of partitions, 0 when they cannot be counted
// (the first action then says why).
func (r *RDD[T]) NumPartitions() int { return countPartitions(r.base) }

// Partitioner is what placed r's keys, nil when that is not known.
func (r *RDD[T]) Partitioner() Partitioner { return r.node.Partitioner }

// ID is the dataset's number in its session, from 0: what Lineage prints in brackets.
func (r *RDD[T]) ID() int { return r.node.ID }

// SetName sets the name that Lineage and the screens show before r.
func (r *RDD[T]) SetName(name string) *RDD[T] {
	r.node.SetName(name)
	return r
}

// Name is the name that SetName gave.
func (r *RDD[T]) Name() string { return r.node.Name() }

// Lineage draws how r is computed, one dataset a line, as Spark's toDebugString
// does: a deeper margin after "+-" is a stage of its own.
func (r *RDD[T]) Lineage() string { return drawLineage(r.base) }

// Explain draws r for people: its lineage, then every job so far that computed
// it, with its stages, the datasets inside each, what was shuffled, which stages
// were skipped and whose output they reuse, and which kept partitions had to be
// computed again.
func (r *RDD[T]) Explain() string { return explain(r.base) }

// Dependencies names r's parents as Spark does: kind of edge and class of parent.
func (r *RDD[T]) Dependencies() []Dependency { return listDependencies(r.base) }

// Dependency is one edge of the lineage, for people.
type Dependency struct {
	Kind  string // "OneToOneDependency", "ShuffleDependency" …
	Class string // the parent's class
	ID    int    // the parent's number
}

// dataset is what a constructor says of the dataset it makes.
type dataset[T any] struct {
	class, op   string
	partitions  func() (int, error)
	partitioner Partitioner
	deps        []lineage.Dep
	compute     func(t *lineage.Task, partition int) iter.Seq[T]
	err         error // of the definition, or of a parent's
}

func define[T any](s *engine.Session, d dataset[T]) *RDD[T] { return asRDD(definePlain(s, d)) }

func asRDD[T any](p plain[T]) *RDD[T] { return &RDD[T]{p} }

// definePlain makes a dataset; every constructor of the package ends here.
func definePlain[T any](s *engine.Session, d dataset[T]) plain[T] {
	b := newBase(s, d.class, d.op, d.partitions, d.partitioner, d.deps, d.err)
	compute := d.compute
	rows := func(t *lineage.Task, p int) iter.Seq[T] {
		t.Look()
		return keptOrComputed(b, compute, t, p)
	}
	b.row = reflect.TypeFor[T]()
	b.slice = func(t *lineage.Task, p int) any { return firstOf(rows(t, p), -1) }
	return plain[T]{b, rows}
}

// View returns the rows of r as values of another type, without a new dataset:
// the lineage, the blocks and the marks stay r's. It is for packages that build
// on rdd and hold their rows in a type of their own.
func View[T, U any](r *RDD[T], as func(T) U) *RDD[U] {
	rows := r.rows
	return asRDD(plain[U]{r.base, func(t *lineage.Task, partition int) iter.Seq[U] { return mapped(rows(t, partition), as) }})
}

// mapPartitionsRDD makes the dataset of most narrow transformations.
func mapPartitionsRDD[T, U any](r *RDD[T], op string, keeps bool, f func(t *lineage.Task, partition int, rows iter.Seq[T]) iter.Seq[U]) *RDD[U] {
	return asRDD(mapPartitions(r.plain, op, keeps, f))
}

func mapPartitions[T, U any](r plain[T], op string, keeps bool, f func(t *lineage.Task, partition int, rows iter.Seq[T]) iter.Seq[U]) plain[U] {
	rows := r.rows
	d := dataset[U]{
		class: "MapPartitionsRDD", op: op, partitions: r.node.Partitions, deps: []lineage.Dep{lineage.Narrow(r.node)}, err: r.err,
		compute: func(t *lineage.Task, p int) iter.Seq[U] { return f(t, p, rows(t, p)) },
	}
	if keeps {
		d.partitioner = r.node.Partitioner
	}
	return definePlain(r.session, d)
}

// firstError is the first that is not nil.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// fixed is a number of partitions known beforehand.
func fixed(n int) func() (int, error) { return func() (int, error) { return n, nil } }

func mapped[T, U any](rows iter.Seq[T], f func(T) U) iter.Seq[U] {
	return func(yield func(U) bool) {
		for row := range rows {
			if !yield(f(row)) {
				return
			}
		}
	}
}

func values[T any](xs []T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, x := range xs {
			if !yield(x) {
				return
			}
		}
	}
}
