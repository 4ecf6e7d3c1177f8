package rddcase

import (
	"cmp"
	"os"
	"slices"

	"etincelle/engine/enginetest/oracle/report"
)

// freedom is what Spark does not determine about a dataset's rows, and so what
// a comparison must not look at.
//
// In a case whose order is "any", the order inside a partition is that of
// Spark's hash maps: collect is compared as a bag of rows, and partitions as a
// bag for each partition. A folder's files come in the order in which the
// system lists them, in any case.
type freedom struct {
	mixed bool // rows of a partition come in the order of a hash map
	lists bool // Lists were gathered from such rows: they are bags too
	files bool // partitions come in the order of a folder's files
}

// mixing are the operations that read rows out of a hash map.
var mixing = []string{
	"reduceByKey", "groupByKey", "foldByKey", "aggregateByKey", "combineByKey", "groupBy", "distinct",
	"join", "leftOuterJoin", "rightOuterJoin", "fullOuterJoin", "cogroup", "intersection", "subtract", "subtractByKey",
}

// gathering are the operations that put several rows in one List, in their order.
var gathering = []string{"groupByKey", "groupBy", "combineByKey", "aggregateByKey", "cogroup", "glom", "mapPartitions", "zipPartitions"}

// freedomOf is what is not determined about the datasets that a step looks at.
func (s *session) freedomOf(step Step) freedom {
	var free freedom
	for _, name := range step.On {
		d := s.datasets[name]
		free.mixed = free.mixed || d.mixed
		free.lists = free.lists || d.lists
		free.files = free.files || d.files
	}
	if step.Op == "textFile" || step.Op == "wholeTextFiles" {
		info, err := os.Stat(s.path(step.Path))
		free.files = err == nil && info.IsDir()
	}
	return free
}

// after is what is not determined about what step makes of such datasets.
func (free freedom) after(step Step) freedom {
	free.lists = free.lists || free.mixed && slices.Contains(gathering, step.Op)
	free.mixed = free.mixed || slices.Contains(mixing, step.Op)
	return free
}

// settled puts what is not determined about a step's result in an order of our own.
func (free freedom) settled(op, order string, result any) any {
	all, isList := result.([]any)
	if op != "collect" && op != "partitions" || !isList {
		return result
	}
	anyOrder := order == "any"
	if anyOrder && free.lists {
		all = sortedInside(all).([]any)
	}
	if anyOrder && op == "partitions" {
		all = slices.Clone(all)
		for i, rows := range all {
			all[i] = bag(rows)
		}
	}
	if anyOrder && op == "collect" || free.files {
		return bag(all)
	}
	return all
}

// bag sorts a list of trees by their text.
func bag(tree any) any {
	list, ok := tree.([]any)
	if !ok {
		return tree
	}
	sorted := slices.Clone(list)
	slices.SortFunc(sorted, func(a, b any) int { return cmp.Compare(report.Text(a), report.Text(b)) })
	return sorted
}

// sortedInside makes bags of all Lists; the parts of a tuple or a Map stay
// where they are.
func sortedInside(tree any) any {
	switch tree := tree.(type) {
	case []any:
		var inside []any
		for _, part := range tree {
			inside = append(inside, bag(sortedInside(part)))
		}
		return inside
	case map[string]any:
		same := map[string]any{}
		for key, part := range tree {
			same[key] = sortedInside(part)
		}
		return same
	}
	return tree
}
