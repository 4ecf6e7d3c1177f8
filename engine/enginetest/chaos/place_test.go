package chaos

import (
	"fmt"

	"etincelle/engine/rdd"
)

// placement is what the model knows of a dataset's partitioner.
type placement struct {
	how    how
	n      int
	origin int // the step that sampled the bounds
}

type how string

const (
	nowhere how = ""       // there is none
	hashes  how = "hash"   // rdd.Hash(n)
	mirrors how = "mirror" // mirror{n}
	ranges  how = "range"
	unsure  how = "unsure" // there may be one
)

// plain reports whether the model can place keys itself.
func (p placement) plain() bool { return p.how == hashes || p.how == mirrors }

// of is the partition of a key: Java's hash codes of Integer and String, by hand.
func (p placement) of(key any) int {
	h := int32(0)
	switch key := key.(type) {
	case int:
		if h = int32(key); int(h) != key {
			h = int32(key ^ key>>32) // too large for an Integer: a Long
		}
	case int64:
		h = int32(key ^ key>>32)
	case string:
		for _, c := range key { // rows are plain ASCII
			h = 31*h + int32(c)
		}
	}
	at := (int(h)%p.n + p.n) % p.n
	if p.how == mirrors {
		return p.n - 1 - at
	}
	return at
}

// mirror is a partitioner of the program's own.
type mirror struct{ N int }

// NumPartitions implements rdd.Partitioner.
func (m mirror) NumPartitions() int { return m.N }

// Partition implements rdd.Partitioner.
func (m mirror) Partition(key any) int { return placement{mirrors, m.N, 0}.of(key) }

// A step's parameter names a partitioner: 0 for none, n for Hash(n), -n for mirror{n}.

func partitioner(p int) []rdd.Partitioner {
	switch {
	case p > 0:
		return []rdd.Partitioner{rdd.Hash(p)}
	case p < 0:
		return []rdd.Partitioner{mirror{-p}}
	}
	return nil
}

func partitionerText(p int) string {
	switch {
	case p > 0:
		return fmt.Sprintf(", rdd.Hash(%d)", p)
	case p < 0:
		return fmt.Sprintf(", mirror{%d}", -p)
	}
	return ""
}

// alike compares two partitioners; sure is false when only the engine knows.
func alike(a, b placement) (yes, sure bool) {
	switch {
	case a.how == nowhere || b.how == nowhere:
		return false, true
	case a.how == unsure || b.how == unsure:
		return false, false
	case a.how == ranges && b.how == ranges && a.origin != b.origin:
		return false, false // other samples may have found the same bounds
	}
	return a == b, true
}

// choose is where the rows of a grouping go: to the partitioner that the program
// names, else to the largest that the parents have if it is large enough, else by
// hash over as many partitions as the largest parent has.
func (m *model) choose(p int, parents ...known) placement {
	switch {
	case p > 0:
		return placement{how: hashes, n: p}
	case p < 0:
		return placement{how: mirrors, n: -p}
	case len(parents) == 1 && parents[0].by.how != nowhere && parents[0].n != 0:
		return parents[0].by
	}
	most, best := 0, known{n: 0}
	for _, k := range parents {
		if k.n == unknown || k.by.how == unsure {
			return placement{how: unsure}
		}
		most = max(most, k.n)
		if k.by.how != nowhere && k.n > best.n {
			best = k
		}
	}
	wanted := most
	if m.parallelism > 0 {
		wanted = m.parallelism
	}
	switch {
	case best.n > 0 && (wanted <= best.n || most < 10*best.n):
		return best.by
	case best.n > 0 && most == 10*best.n:
		return placement{how: unsure} // there Java's rounding decides
	}
	return placement{how: hashes, n: wanted}
}
