package lineage

import "etincelle/engine/event"

// Describe lists n and everything it is computed from, each once, children
// before parents, for the event that opens a job.
func Describe(n *Node) []event.Dataset {
	var list []event.Dataset
	seen := map[int]bool{}
	waiting := []*Node{n} // a stack: 100 000 chained datasets must not overflow the goroutine's
	for len(waiting) > 0 {
		n := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if seen[n.ID] {
			continue
		}
		seen[n.ID] = true
		list = append(list, describe(n))
		deps := n.Deps()
		for i := len(deps) - 1; i >= 0; i-- {
			waiting = append(waiting, deps[i].Parent)
		}
	}
	return list
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
