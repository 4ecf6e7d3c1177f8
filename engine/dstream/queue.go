package dstream

import (
	"slices"
	"sync"

	"etincelle/engine/rdd"
)

// Queue is datasets that wait for their batch; more may be added while the program
// runs. Its zero value is empty and ready.
type Queue[T any] struct {
	mu      sync.Mutex
	waiting []*rdd.RDD[T]
}

// Add puts datasets at the end.
func (q *Queue[T]) Add(batches ...*rdd.RDD[T]) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, batches...)
}

// take takes the first dataset, or all of them.
func (q *Queue[T]) take(all bool) []*rdd.RDD[T] {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(len(q.waiting), 1)
	if all {
		n = len(q.waiting)
	}
	taken := slices.Clone(q.waiting[:n])
	q.waiting = q.waiting[n:]
	return taken
}

// QueueStream gives one dataset of the queue to each batch; when there is none, an
// empty one of one partition. It is for tests and first steps: a program that has it
// cannot start again from a checkpoint.
func QueueStream[T any](c *Context, q *Queue[T]) *DStream[T] {
	return queueStream(c, q, false, nothing[T](c))
}

// QueueStreamAll gives all the queue's datasets to the next batch, as their union.
func QueueStreamAll[T any](c *Context, q *Queue[T]) *DStream[T] {
	return queueStream(c, q, true, nothing[T](c))
}

// QueueStreamOr is QueueStream with a dataset of the program's own for batches when the
// queue is empty; nil stands for an empty dataset without partitions.
func QueueStreamOr[T any](c *Context, q *Queue[T], otherwise *rdd.RDD[T]) *DStream[T] {
	return queueStream(c, q, false, func() *rdd.RDD[T] { return otherwise })
}

// Batches is QueueStream of rows: each slice is a batch, over as many partitions as
// the session has by default.
func Batches[T any](c *Context, batches ...[]T) *DStream[T] {
	q := &Queue[T]{}
	for _, rows := range batches {
		q.Add(makeRDD(c, c.session.DefaultParallelism(), rows))
	}
	return QueueStream(c, q)
}

// nothing is one empty dataset of one partition.
func nothing[T any](c *Context) func() *rdd.RDD[T] {
	return sync.OnceValue(func() *rdd.RDD[T] { return makeRDD[T](c, 1, nil) })
}

// makeRDD is rdd.FromSlice under the name that Spark's lineages show.
func makeRDD[T any](c *Context, partitions int, rows []T) *rdd.RDD[T] {
	return rdd.FromPartitions(c.session, "makeRDD", partitions, func(p int) ([]T, error) {
		return rows[p*len(rows)/partitions : (p+1)*len(rows)/partitions], nil
	})
}

func queueStream[T any](c *Context, q *Queue[T], all bool, otherwise func() *rdd.RDD[T]) *DStream[T] {
	d := define(c, stream{class: "QueueInputDStream", op: "queueStream", slide: c.batch}, func(Time) (*rdd.RDD[T], error) {
		switch taken := q.take(all); {
		case len(taken) == 0:
			if r := otherwise(); r != nil {
				return r, nil
			}
			return rdd.Empty[T](c.session), nil
		case !all:
			return taken[0], nil
		default:
			return rdd.Union(c.session, taken...), nil
		}
	})
	if d.err == nil {
		c.addInput(&input{
			stream: d.stream, name: "queueStream",
			durable: failure("java.io.NotSerializableException", "queueStream doesn't support checkpointing. Please don't use queueStream when checkpointing is enabled."),
		})
	}
	return d
}

// ConstantStream gives the same dataset to every batch.
func ConstantStream[T any](c *Context, r *rdd.RDD[T]) *DStream[T] {
	d := define(c, stream{class: "ConstantInputDStream", op: "constant", slide: c.batch, err: r.Err()}, func(Time) (*rdd.RDD[T], error) { return r, nil })
	if d.err == nil {
		c.addInput(&input{stream: d.stream, name: "constant"})
	}
	return d
}
