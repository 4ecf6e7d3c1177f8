package engine

import "etincelle/engine/lineage"

// Forget lets go of what the session keeps for a dataset that its program will not use
// again: its blocks, and the outputs of the shuffles that it was computed through, back
// to datasets that are kept or checkpointed, or are older than the one numbered from:
// those are not n's own. Spark's ContextCleaner does so when a dataset is garbage; streams
// know when. Whoever uses it all the same finds nothing there, and it is computed again.
func (c *Core) Forget(n *lineage.Node, from int) error {
	if n.Level().Valid() {
		if err := c.Unpersist(n); err != nil {
			return err
		}
	}
	parts, _ := n.Partitions() // of what cannot be counted nothing was stored
	c.mu.Lock()
	for p := range parts {
		delete(c.misses, blockID{Dataset: n.ID, Partition: p})
	}
	c.mu.Unlock()
	seen := map[*lineage.Node]bool{}
	for waiting := []*lineage.Node{n}; len(waiting) > 0; {
		next := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if seen[next] || next.ID < from || next != n && (next.Level().Valid() || next.Checkpoint().Done) {
			continue
		}
		seen[next] = true
		for _, d := range next.Deps() {
			if d.Shuffle != nil {
				c.DropShuffle(d.Shuffle)
				c.tracker.Forget(d.Shuffle.ID)
			}
			waiting = append(waiting, d.Parent)
		}
	}
	return nil
}

// Datasets is how many datasets the session has made so far: the next one's number.
func (c *Core) Datasets() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.datasets
}
