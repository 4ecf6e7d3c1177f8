package rdd

import (
	"iter"
	"reflect"
	"sync"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// Exchange is one shuffle of a dataset whose elements hold several rows each:
// whoever makes it cuts the elements, and says how many rows the pieces have. It
// can be written by a job of its own before anything reads it, and its reader
// may take several of its partitions as one: what adaptive execution needs.
type Exchange[T any] struct {
	from *RDD[T]
	edge *lineage.Shuffle

	mu      sync.Mutex
	written map[int][]Piece // by map partition: what went to each of the exchange's
}

// Piece is what one map task wrote for one partition.
type Piece struct{ Rows, Bytes int64 }

// Cutter takes the pieces that a map task writes.
type Cutter[T any] struct {
	out    *buckets[T]
	pieces []Piece
}

// Add puts an element of so many rows, and about so many bytes when they are
// written, into a partition.
func (c *Cutter[T]) Add(partition int, piece T, rows, bytes int64) {
	c.out.add(partition, piece)
	c.pieces[partition].Rows += rows
	c.pieces[partition].Bytes += bytes
}

// width is how partitions are counted by the scheduler, which asks no more of
// what cuts an exchange.
type width int

// NumPartitions implements lineage.Partitioner.
func (n width) NumPartitions() int { return int(n) }

// Partition implements lineage.Partitioner: elements have no key.
func (n width) Partition(any) int { return 0 }

// NewExchange is a shuffle of r to so many partitions; cut is called once for
// each of r's partitions.
func NewExchange[T any](r *RDD[T], partitions int, cut func(t *lineage.Task, partition int, rows iter.Seq[T], out *Cutter[T])) *Exchange[T] {
	x := &Exchange[T]{from: r, edge: r.core.NewShuffle(r.node, width(partitions)), written: map[int][]Piece{}}
	x.edge.Write = func(t *lineage.Task, m int) error {
		work := r.core.Workspace(t, event.SpilledWriting)
		defer work.Close()
		c := &Cutter[T]{newBuckets[T](work, partitions), make([]Piece, partitions)}
		cut(t, m, r.rows(t, m), c)
		c.out.closeAll()
		for i := range c.pieces {
			c.out.full[i].Rows = c.pieces[i].Rows
			t.Metrics.Combined += c.pieces[i].Rows
		}
		if err := r.core.WriteShuffle(work, x.edge, m, reflect.TypeFor[T](), c.out.full); err != nil {
			return err
		}
		x.mu.Lock()
		defer x.mu.Unlock()
		x.written[m] = c.pieces
		return nil
	}
	return x
}

// Write runs a job that writes the shuffle, and returns how much is in each of its
// partitions.
func (x *Exchange[T]) Write(action string) ([]Piece, error) {
	maps, err := x.from.node.Partitions()
	if err = firstError(x.from.err, err); err != nil {
		return nil, err
	}
	if maps == 0 {
		return make([]Piece, x.edge.Partitioner.NumPartitions()), nil
	}
	err = x.from.core.RunMapStage(engine.Job{
		Action: action, Target: x.from.node, Partitions: upTo(0, maps),
		Compute: func(t *lineage.Task, m int) (any, error) { return nil, x.edge.Write(t, m) },
		Take:    func(int, any) {},
	})
	if err != nil {
		return nil, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	sums := make([]Piece, x.edge.Partitioner.NumPartitions())
	for _, pieces := range x.written {
		for i, p := range pieces {
			sums[i].Rows += p.Rows
			sums[i].Bytes += p.Bytes
		}
	}
	return sums, nil
}

// Span is partitions of an exchange that are read as one: From, and without To.
type Span struct{ From, To int }

// Read is the dataset that reads the exchange, a partition for each span; nil
// spans read each partition as it is. Rows that a reader leaves unread, because
// it has enough, are not counted as read: so does Spark.
func (x *Exchange[T]) Read(class, op string, spans []Span) *RDD[T] {
	core, row := x.from.core, reflect.TypeFor[T]()
	if spans == nil {
		for p := range x.edge.Partitioner.NumPartitions() {
			spans = append(spans, Span{p, p + 1})
		}
	}
	return define(x.from.session, dataset[T]{
		class: class, op: op, partitions: fixed(len(spans)), err: x.from.err,
		deps: []lineage.Dep{lineage.Across(x.edge)},
		compute: func(t *lineage.Task, p int) iter.Seq[T] {
			return func(yield func(T) bool) {
				before, more := t.Metrics.ShuffleRead, true
				for r := spans[p].From; r < spans[p].To && more; r++ {
					core.FetchRows(t, x.edge, r, row, func(rows any) bool {
						for _, element := range rows.([]T) {
							if more = yield(element); !more {
								return false
							}
						}
						return true
					})
				}
				if !more {
					t.Metrics.ShuffleRead = before
				}
			}
		},
	})
}
