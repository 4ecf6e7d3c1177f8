package frame

import (
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/rdd"
)

// Checkpoint computes f, writes its rows to the session's checkpoint directory,
// and gives a frame that reads them: its plan begins there. It is eager: jobs run
// at once. The frame has as many partitions as f was computed in.
func (f *Frame) Checkpoint() *Frame { return f.checkpoint(true, (*rdd.RDD[batch]).Checkpoint) }

// LazyCheckpoint is Checkpoint that writes when the first action on the result is
// over.
func (f *Frame) LazyCheckpoint() *Frame { return f.checkpoint(false, (*rdd.RDD[batch]).Checkpoint) }

// LocalCheckpoint is Checkpoint to the executors' blocks: fast, but a lost block
// cannot be computed again.
func (f *Frame) LocalCheckpoint() *Frame {
	return f.checkpoint(true, (*rdd.RDD[batch]).LocalCheckpoint)
}

func (f *Frame) checkpoint(eager bool, mark func(*rdd.RDD[batch]) *rdd.RDD[batch]) *Frame {
	if f.err != nil {
		return f
	}
	rows, err := f.dataset("checkpoint")
	if err != nil {
		return f.failed(err)
	}
	saved := mark(rows)
	if err := saved.Err(); err != nil {
		return f.failed(err)
	}
	if eager {
		if err := rdd.SaveMarked(saved, "checkpoint"); err != nil {
			return f.failed(err)
		}
	}
	e, err := Executed(f)
	if err != nil {
		return f.failed(err)
	}
	// Where an adaptive plan puts its rows Spark does not look.
	return FromPlan(f.session, &physical.LogicalRDD{
		Columns: renamedLike(f), From: saved, Placed: e.Plan.Partitioning(), Sorted: e.Plan.Ordering(),
	})
}

// renamedLike is f's columns: a checkpoint gives the same ones.
func renamedLike(f *Frame) []*expr.Attribute { return f.node.Output() }
