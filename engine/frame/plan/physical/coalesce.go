package physical

import (
	"math"

	"etincelle/engine/rdd"
)

const (
	advisoryBytes = 64 << 20 // spark.sql.adaptive.advisoryPartitionSizeInBytes
	leastBytes    = 1 << 20  // spark.sql.adaptive.coalescePartitions.minPartitionSize
)

// coalesceShuffles merges small partitions of the stages that op reads, so that
// tasks are neither many nor empty. Stages that meet in one task are merged alike;
// those below a broadcast join, or below a union of inputs that are not placed alike,
// need not be. A number of partitions that the program asked for stays.
func coalesceShuffles(op Operator, conf Conf) Operator {
	groups := stageGroups(op)
	total := 0.0
	for _, g := range groups {
		total += bytesOf(g)
	}
	done := map[Operator]Operator{}
	for _, g := range groups {
		least := conf.Parallelism
		if len(groups) > 1 && total > 0 {
			least = int(math.Ceil(float64(conf.Parallelism) * bytesOf(g) / total))
		}
		for _, stage := range g {
			if spans := mergeSpans(g, max(least, 1)); spans != nil {
				done[stage] = &AQEShuffleRead{Stage: stage, Spans: spans}
			}
		}
	}
	return replaced(op, done)
}

// stageGroups are the stages that op reads and whose partitions may be merged, in
// groups that must be merged alike.
func stageGroups(op Operator) [][]*ShuffleQueryStage {
	union, ok := op.(*Union)
	switch o := op.(type) {
	case *Union, *BroadcastHashJoin, *BroadcastNestedLoopJoin, *CartesianProduct:
		if ok && union.together() {
			break
		}
		var groups [][]*ShuffleQueryStage
		for _, c := range o.Children() {
			groups = append(groups, stageGroups(c)...)
		}
		return groups
	}
	if children := op.Children(); len(children) == 1 {
		return stageGroups(children[0])
	}
	var group []*ShuffleQueryStage
	alike := true
	Walk(op, func(op Operator) bool {
		switch o := op.(type) {
		case *ShuffleQueryStage:
			group = append(group, o)
			alike = alike && o.mergeable() && len(o.Pieces) == len(group[0].Pieces)
		case *BroadcastQueryStage:
		default:
			alike = alike && len(op.Children()) > 0
		}
		return true
	})
	if !alike || len(group) == 0 {
		return nil
	}
	return [][]*ShuffleQueryStage{group}
}

// mergeable reports whether partitions of the stage may be merged: the program did
// not ask for their number.
func (s *ShuffleQueryStage) mergeable() bool {
	_, single := s.Of.To.(SinglePartition)
	return !single && s.Of.Origin != RepartitionByNum
}

func bytesOf(stages []*ShuffleQueryStage) float64 {
	sum := 0.0
	for _, s := range stages {
		for _, p := range s.Pieces {
			sum += float64(p.Bytes)
		}
	}
	return sum
}

// mergeSpans merges neighbouring partitions up to a size that leaves least of them;
// nil when nothing is merged. A merged partition without rows is left out, but one
// always stays.
func mergeSpans(stages []*ShuffleQueryStage, least int) []rdd.Span {
	n := len(stages[0].Pieces)
	target := int64(min(math.Ceil(bytesOf(stages)/float64(least)), advisoryBytes))
	target = max(target, leastBytes)
	var spans []rdd.Span
	from, size := 0, int64(0)
	for p := range n {
		bytes := int64(0)
		for _, s := range stages {
			bytes += s.Pieces[p].Bytes
		}
		if p > from && size+bytes > target {
			if size > 0 {
				spans = append(spans, rdd.Span{From: from, To: p})
			}
			from, size = p, 0
		}
		size += bytes
	}
	if size > 0 || len(spans) == 0 {
		spans = append(spans, rdd.Span{From: from, To: n})
	}
	if len(spans) == n {
		return nil
	}
	return spans
}
