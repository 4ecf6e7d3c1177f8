package dstream

import (
	"reflect"

	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// dataset is an RDD whose row type is forgotten, with what streams do to all of them.
type dataset struct {
	typed      any // the *rdd.RDD
	node       *lineage.Node
	from       int // datasets of a lower number are not this batch's own
	persist    func(rdd.StorageLevel)
	checkpoint func()
}

func boxed[T any](r *rdd.RDD[T]) *dataset {
	return &dataset{
		typed: r, node: rdd.Node(r),
		persist:    func(level rdd.StorageLevel) { r.Persist(level) },
		checkpoint: func() { r.Checkpoint() },
	}
}

// elementOf is the Go type of a stream's rows, as checkpoints name it.
func elementOf[T any]() string { return reflect.TypeFor[T]().String() }
