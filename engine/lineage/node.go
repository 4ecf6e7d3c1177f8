// Package lineage describes datasets without running them: what each one is
// computed from, and whether its rows must move to get there. Everything else
// (stages, recomputation, checkpoints) is read off this graph.
//
//	Node ── narrow ──> parent Node      same task computes both
//	Node ── shuffle ─> parent Node      parent's rows are written out first
package lineage

import "sync"

// Node is one dataset in the graph. Its element type is erased here; package
// rdd keeps the typed half.
type Node struct {
	ID          int
	Class       string      // Spark's class, "MapPartitionsRDD": what the lineage prints
	Op          string      // the operation that made it, "map"
	Site        Site        // the line of the program that asked for it
	Partitioner Partitioner // nil when nothing is known about where keys are
	PreferredAt func(partition int) []string

	mu         sync.Mutex
	name       string
	level      StorageLevel
	deps       []Dep
	count      func() (int, error) // how many partitions; asked once, kept in partitions
	counted    bool
	partitions int
	countErr   error
	checkpoint Checkpoint
	uses       []Shared
}

// New returns a node. The number of partitions is asked for at the first need
// and not before, because reading a missing file is an error of the action.
func New(id int, class, op string, site Site, partitions func() (int, error), deps ...Dep) *Node {
	return &Node{ID: id, Class: class, Op: op, Site: site, count: partitions, deps: deps}
}

// Partitions is the number of partitions, and the reason there are none to count.
func (n *Node) Partitions() (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.counted {
		n.partitions, n.countErr = n.count()
		n.counted = true
	}
	return n.partitions, n.countErr
}

// Deps returns the edges to the parents: after a checkpoint, to the saved copy alone.
func (n *Node) Deps() []Dep {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.deps
}

// Level is the storage level the program asked for; the zero level means none.
func (n *Node) Level() StorageLevel {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.level
}

// SetLevel changes it.
func (n *Node) SetLevel(l StorageLevel) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.level = l
}

// Name is the name the program gave, "" when none.
func (n *Node) Name() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.name
}

// SetName changes it.
func (n *Node) SetName(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.name = name
}

// Dep is an edge to a parent: narrow when Shuffle is nil.
type Dep struct {
	Parent  *Node
	Kind    DepKind
	Shuffle *Shuffle
	// Parents lists the parent partitions that partition reads, for a narrow edge.
	Parents func(partition int) []int
}

// DepKind is Spark's name for an edge.
type DepKind string

// The kinds of edges.
const (
	OneToOne DepKind = "OneToOneDependency"
	Range    DepKind = "RangeDependency"
	Many     DepKind = "NarrowDependency"
	Wide     DepKind = "ShuffleDependency"
)

// Shuffle is the wide edge: every partition of Parent is written out by Write,
// cut by Partitioner, before any partition of the child can be computed.
type Shuffle struct {
	ID          int
	Parent      *Node
	Partitioner Partitioner
	Combines    bool                   // rows of a key are merged before they are written
	Write       func(*Task, int) error // writes one partition of Parent
}

// Narrow is the edge by which partition i is computed from partition i of parent.
func Narrow(parent *Node) Dep {
	return Dep{Parent: parent, Kind: OneToOne, Parents: func(p int) []int { return []int{p} }}
}

// NarrowFrom is a narrow edge with its own map of partitions.
func NarrowFrom(parent *Node, kind DepKind, parents func(int) []int) Dep {
	return Dep{Parent: parent, Kind: kind, Parents: parents}
}

// Across is the wide edge over s.
func Across(s *Shuffle) Dep { return Dep{Parent: s.Parent, Kind: Wide, Shuffle: s} }
