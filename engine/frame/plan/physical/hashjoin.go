package physical

import (
	"iter"
	"sync"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/lineage"
)

// BroadcastHashJoin joins by equal keys: one side, which every task has in a table,
// is looked up for each row of the other.
type BroadcastHashJoin struct {
	Binary
	How   plan.JoinType
	Keys  plan.EquiJoin
	Build Side
}

// Name implements Operator.
func (j *BroadcastHashJoin) Name() string { return "BroadcastHashJoin" }

// Text implements Operator.
func (j *BroadcastHashJoin) Text() string {
	text := keysText(j.Keys) + ", " + string(j.How) + ", " + string(j.Build)
	if j.Keys.Rest != nil {
		text += ", " + j.Keys.Rest.String()
	}
	return text + ", false, false"
}

func keysText(k plan.EquiJoin) string {
	return "[" + expr.Texts(k.Left) + "], [" + expr.Texts(k.Right) + "]"
}

// WithChildren implements Operator.
func (j *BroadcastHashJoin) WithChildren(c []Operator) Operator {
	return &BroadcastHashJoin{Binary{c[0], c[1]}, j.How, j.Keys, j.Build}
}

// Output implements Operator.
func (j *BroadcastHashJoin) Output() []*expr.Attribute { return joinColumns(j.How, j.Left, j.Right) }

// Partitioning implements Operator: rows stay where those of the streamed side
// are; where keys are equal they lie by either side's.
func (j *BroadcastHashJoin) Partitioning() Partitioning {
	streamed, built := j.Keys.Left, j.Keys.Right
	placed := j.Left.Partitioning()
	if j.Build == BuildLeft {
		streamed, built, placed = built, streamed, j.Right.Partitioning()
	}
	hash, ok := placed.(HashPartitioning)
	if j.How != plan.Inner || !ok {
		return placed
	}
	with := make([]expr.Expr, len(hash.Keys))
	for i, k := range hash.Keys {
		with[i] = k
		for p, s := range streamed {
			if expr.Equal(k, s) {
				with[i] = built[p]
			}
		}
	}
	return PartitioningCollection{hash, HashPartitioning{with, hash.N}}
}

// Ordering implements Operator.
func (j *BroadcastHashJoin) Ordering() []*expr.SortOrder {
	if j.Build == BuildLeft {
		return j.Right.Ordering()
	}
	return j.Left.Ordering()
}

// Needs implements Operator.
func (j *BroadcastHashJoin) Needs() []Need {
	if j.Build == BuildLeft {
		return []Need{{Placed: BroadcastDistribution{hashedMode(j.Keys.Left, j.Left.Output())}}, {}}
	}
	return []Need{{}, {Placed: BroadcastDistribution{hashedMode(j.Keys.Right, j.Right.Output())}}}
}

// Run implements Operator.
func (j *BroadcastHashJoin) Run(x *Context) (*Rows, error) {
	build, stream, buildKeys, streamKeys := j.Right, j.Left, j.Keys.Right, j.Keys.Left
	if j.Build == BuildLeft {
		build, stream, buildKeys, streamKeys = stream, build, streamKeys, buildKeys
	}
	built, err := x.Broadcasted(build)
	if err != nil {
		return nil, err
	}
	rows, err := x.Run(stream)
	if err != nil {
		return nil, err
	}
	builtBy, err := expr.BindAll(buildKeys, build.Output())
	if err != nil {
		return nil, err
	}
	streamBy, err := expr.BindAll(streamKeys, stream.Output())
	if err != nil {
		return nil, err
	}
	joining, err := newJoining(j.How, j.Build, j.Left, j.Right, j.Keys.Rest)
	if err != nil {
		return nil, err
	}
	table := sync.OnceValues(func() (*buildTable, error) { return newBuildTable(built, builtBy) })
	return Narrow(rows, "join", func(t *lineage.Task, _ int, in iter.Seq[column.Batch], emit func(column.Batch) bool) error {
		find, err := table() // made once, by the first task: they share the process
		if err != nil {
			return err
		}
		join := joining.over(built)
		for batch := range in {
			t.Look()
			pairs, err := find.pairs(batch, streamBy)
			if err != nil {
				return err
			}
			out, err := join.join(batch, pairs)
			if err != nil {
				return err
			}
			if out.Rows > 0 && !emit(out) {
				return nil
			}
		}
		return nil
	}), nil
}
