package lineage

// Checkpoint is what a node knows of being saved: marked by the program, asked
// for once when the first job on the dataset is over, then done.
//
//	Mark ── first job over ──> Save writes, cuts the lineage ──> File is set
//
// A mark that comes after the first job is never acted upon, as in Spark.
type Checkpoint struct {
	Save  func(action string) error // writes the dataset and cuts its lineage; nil when not marked
	Asked bool                      // the end of a job has asked already
	File  string                    // where it lies; "" for a local one and before it is done
	Done  bool
}

// Checkpoint returns what n knows of being saved.
func (n *Node) Checkpoint() Checkpoint {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.checkpoint
}

// Mark asks for n to be saved by save when its next job is over.
func (n *Node) Mark(save func(action string) error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.checkpoint.Save = save
}

// Saved cuts the lineage: from here on n is read from file through parent.
func (n *Node) Saved(file string, parent Dep) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.checkpoint.File, n.checkpoint.Done = file, true
	n.deps = []Dep{parent} // the decisive line: what n came from is forgotten
}

// ask returns n's save if n is marked and was not asked before.
func (n *Node) ask() (save func(string) error, first bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.checkpoint.Asked {
		return nil, false
	}
	n.checkpoint.Asked = true
	return n.checkpoint.Save, true
}

// SaveMarked saves n if it is marked; otherwise what it comes from, as far back
// as the nearest marked datasets. Spark does so at the end of each job, and asks
// each dataset once in its life.
func SaveMarked(n *Node, action string) error {
	waiting := []*Node{n}
	for len(waiting) > 0 {
		n := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		save, first := n.ask()
		if !first {
			continue
		}
		if save != nil {
			if err := save(action); err != nil {
				return err
			}
			continue
		}
		deps := n.Deps()
		for i := len(deps) - 1; i >= 0; i-- {
			waiting = append(waiting, deps[i].Parent)
		}
	}
	return nil
}

// SaveAllMarked is SaveMarked for streams, whose states come from one another
// without end: it saves every marked dataset that n comes from, the oldest first, for
// saving one cuts it off from those before it (spark.checkpoint.checkpointAllMarkedAncestors).
func SaveAllMarked(n *Node, action string) error {
	type step struct {
		node *Node
		save func(string) error // once its parents have been looked at
	}
	waiting := []step{{node: n}}
	for len(waiting) > 0 {
		s := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if s.save != nil {
			if err := s.save(action); err != nil {
				return err
			}
			continue
		}
		save, first := s.node.ask()
		if !first {
			continue
		}
		if save != nil {
			waiting = append(waiting, step{s.node, save})
		}
		deps := s.node.Deps()
		for i := len(deps) - 1; i >= 0; i-- {
			waiting = append(waiting, step{node: deps[i].Parent})
		}
	}
	return nil
}
