package dstream

import (
	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

// input is a stream that rows come from.
type input struct {
	*stream
	number   int // of the input streams, in order of definition: what Spark calls the stream's id
	name     string
	start    func() error // when the program starts, nil for nothing to do
	stop     func()
	receiver *receiverStream // nil when it has none

	estimator *estimator // of its receiver's rate; nil before the first batch
	save      func() any // what its part of a checkpoint holds, nil for nothing
	load      func(decode func(any) error) error
	drop      func(before Time) // forgets what it knows of old batches, nil for nothing
	durable   error             // why it cannot be part of a checkpoint that is started from
}

// InputStream is the low-level constructor for sources that need no receiver: compute
// gives the dataset of a batch and how many rows that is, and a nil dataset for a
// batch without one. After a restart compute is called again for batches that run
// again, so it must give the same rows.
func InputStream[T any](c *Context, name string, compute func(at Time) (batch *rdd.RDD[T], rows int64, err error)) *DStream[T] {
	d, _ := inputStream(c, "InputDStream", name, compute)
	return d
}

func inputStream[T any](c *Context, class, name string, compute func(at Time) (*rdd.RDD[T], int64, error)) (*DStream[T], *input) {
	var in *input
	d := define(c, stream{class: class, op: name, slide: c.batch}, func(at Time) (*rdd.RDD[T], error) {
		r, rows, err := compute(at)
		if r != nil && err == nil {
			c.jobs.received(at, event.BatchInput{Stream: in.number, Records: rows})
		}
		return r, err
	})
	in = &input{stream: d.stream, name: name}
	if d.err == nil {
		c.addInput(in)
	}
	return d, in
}

func (c *Context) addInput(in *input) {
	in.number = len(c.inputs)
	c.inputs = append(c.inputs, in)
}
