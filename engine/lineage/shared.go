package lineage

import "slices"

// Shared is a value that tasks use besides their rows: a broadcast variable.
type Shared interface {
	// Gone says why the value can be had no more, nil while it can.
	Gone() error
}

// Use notes that computing n used v. Go cannot see what a function captures, so
// the engine learns it when a task first asks for the value.
func (n *Node) Use(v Shared) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !slices.Contains(n.uses, v) {
		n.uses = append(n.uses, v)
	}
}

// Unusable is why n cannot be computed: a value that it, or what it comes from,
// is known to use is gone. Spark refuses such a job before it starts.
func Unusable(n *Node) error {
	seen := map[*Node]bool{}
	for waiting := []*Node{n}; len(waiting) > 0; {
		n := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if seen[n] {
			continue
		}
		seen[n] = true
		n.mu.Lock()
		uses, deps := n.uses, n.deps
		n.mu.Unlock()
		for _, v := range uses {
			if err := v.Gone(); err != nil {
				return err
			}
		}
		for _, d := range deps {
			waiting = append(waiting, d.Parent)
		}
	}
	return nil
}
