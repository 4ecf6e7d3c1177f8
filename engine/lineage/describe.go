package lineage

import (
	"slices"

	"etincelle/engine/event"
)

// Describe lists n and everything it is computed from, each once, children
// before parents, for the event that opens a job.
func Describe(n *Node) []event.Dataset {
	var parentsFirst []event.Dataset
	met := map[*Node]bool{}
	described := map[*Node]bool{}
	waiting := []*Node{n} // a stack: 100 000 chained datasets must not overflow the goroutine's
	for len(waiting) > 0 {
		n := waiting[len(waiting)-1]
		if met[n] { // a second time: its parents have been described since
			waiting = waiting[:len(waiting)-1]
			if !described[n] {
				described[n] = true
				parentsFirst = append(parentsFirst, describe(n))
			}
			continue
		}
		met[n] = true
		for _, dep := range n.Deps() {
			if !met[dep.Parent] {
				waiting = append(waiting, dep.Parent)
			}
		}
	}
	slices.Reverse(parentsFirst)
	return parentsFirst
}

func describe(n *Node) event.Dataset {
	parts, _ := n.Partitions() // a dataset that cannot be counted has failed its job before this
	d := event.Dataset{ID: n.ID, Class: n.Class, Op: n.Op, Name: n.Name(), Site: n.Site.String(), Partitions: parts}
	if level := n.Level(); level.Valid() {
		d.Level = level.Description()
	}
	if n.Partitioner != nil {
		d.Partitioner = PartitionerText(n.Partitioner)
	}
	for _, dep := range n.Deps() {
		shuffle := -1
		if dep.Shuffle != nil {
			shuffle = dep.Shuffle.ID
		}
		d.Parents = append(d.Parents, event.Parent{Dataset: dep.Parent.ID, Shuffle: shuffle})
	}
	return d
}
