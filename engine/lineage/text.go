package lineage

import (
	"fmt"
	"strings"
)

// Stored is what the executors keep of one dataset.
type Stored struct {
	Partitions   int
	Memory, Disk int64 // bytes
}

// Text draws the graph below n as Spark's toDebugString does: one dataset a
// line, its number of partitions in brackets, "+-" and a deeper margin at each
// shuffle, so that what shares a margin shares a stage. stored tells what is
// kept of a dataset.
//
//	(2) ShuffledRDD[3] at reduceByKey []
//	 +-(2) MapPartitionsRDD[2] at map []
//	    |  ParallelCollectionRDD[0] at parallelize []
func Text(n *Node, stored func(*Node) Stored) string {
	d := drawing{stored: stored}
	if level := n.Level(); level.Valid() {
		d.level = level.Description() // Spark prints n's level on every line
	}
	count := bracket(n)
	margin := indent(count)
	for i, line := range d.self(n) {
		if i == 0 {
			d.lines = append(d.lines, count+" "+line)
		} else {
			d.lines = append(d.lines, margin+" "+line)
		}
	}
	d.children(n, margin)
	return strings.Join(d.lines, "\n")
}

type drawing struct {
	lines  []string
	level  string
	stored func(*Node) Stored
}

// self describes one dataset: a line, and a second one when something is kept.
func (d *drawing) self(n *Node) []string {
	lines := []string{fmt.Sprintf("%s [%s]", n, d.level)}
	if s := d.stored(n); s.Partitions > 0 {
		lines = append(lines, fmt.Sprintf("    CachedPartitions: %d; MemorySize: %s; DiskSize: %s", s.Partitions, Bytes(s.Memory), Bytes(s.Disk)))
	}
	return lines
}

func (d *drawing) children(n *Node, margin string) {
	deps := n.Deps()
	for i, dep := range deps {
		last := i == len(deps)-1
		if dep.Shuffle == nil {
			for _, line := range d.self(dep.Parent) {
				d.lines = append(d.lines, margin+line)
			}
			d.children(dep.Parent, margin)
			continue
		}
		d.wide(dep.Parent, margin, last)
	}
}

func (d *drawing) wide(n *Node, margin string, last bool) {
	count := bracket(n)
	outer := margin // the margin without its last bar
	if bar := strings.LastIndexByte(margin, '|'); bar >= 0 && strings.TrimSpace(margin[bar+1:]) == "" {
		outer = margin[:bar]
	}
	gap := "| "
	if last {
		gap = "  "
	}
	inner := outer + gap + indent(count)
	for i, line := range d.self(n) {
		if i == 0 {
			d.lines = append(d.lines, outer+"+-"+count+" "+line)
		} else {
			d.lines = append(d.lines, inner+line)
		}
	}
	d.children(n, inner)
}

// String is "name Class[id] at op", as Spark prints a dataset.
func (n *Node) String() string {
	s := fmt.Sprintf("%s[%d] at %s", n.Class, n.ID, n.Op)
	if name := n.Name(); name != "" {
		return name + " " + s
	}
	return s
}

func bracket(n *Node) string {
	parts, err := n.Partitions()
	if err != nil {
		return "(?)"
	}
	return fmt.Sprintf("(%d)", parts)
}

// indent is the margin of what stands below a "(n)".
func indent(count string) string {
	left := (len(count) - 1) / 2
	return strings.Repeat(" ", left) + "|" + strings.Repeat(" ", len(count)-left)
}

// Bytes writes a size the way Spark's pages do: "1024.0 KiB", "1.5 MiB"; a unit
// is used from twice its size, and half a tenth is rounded up.
func Bytes(n int64) string {
	units := []struct {
		name string
		size uint64
	}{{"EiB", 1 << 60}, {"PiB", 1 << 50}, {"TiB", 1 << 40}, {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}}
	for _, u := range units {
		if size := uint64(max(n, 0)); size >= 2*u.size {
			tenths := size%u.size*10 + u.size/2 // of the unit, times its size
			whole := size/u.size*10 + tenths/u.size
			return fmt.Sprintf("%d.%d %s", whole/10, whole%10, u.name)
		}
	}
	return fmt.Sprintf("%d.0 B", n)
}
