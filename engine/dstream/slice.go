package dstream

import "etincelle/engine/rdd"

// Slice is the datasets of the batches from one time to another, both included; times
// are aligned down to d's slide. Batches that have not been made yet are made now;
// those that are older than d remembers are made again if their source can.
func (d *DStream[T]) Slice(from, to Time) ([]*rdd.RDD[T], error) {
	d.context.generating.Lock()
	defer d.context.generating.Unlock()
	sets, err := d.slice(from, to)
	if err != nil {
		return nil, err
	}
	return d.all(sets), nil
}
