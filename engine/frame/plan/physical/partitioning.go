package physical

import (
	"fmt"
	"slices"

	"etincelle/engine/frame/expr"
)

// Partitioning is how rows lie in partitions.
type Partitioning interface {
	// Count is how many partitions there are.
	Count() int
	// Satisfies reports whether rows that lie so need not be moved for d.
	Satisfies(d Distribution) bool
	String() string
}

// Distribution is how an operator needs rows to lie.
type Distribution interface {
	// Partitioning is what an exchange makes of it, with so many partitions.
	Partitioning(partitions int) Partitioning
}

// The distributions; nil is anyhow.
type (
	// AllTuples is all rows in one partition.
	AllTuples struct{}
	// ClusteredDistribution is rows of equal keys in the same partition. With All, partitions
	// that are cut by some of the keys will not do: two inputs that must be cut
	// alike ask for it, and so does the state of a stream.
	ClusteredDistribution struct {
		Keys []expr.Expr
		All  bool
		N    int // exactly so many partitions; 0: any number
	}
	// OrderedDistribution is rows of a partition before those of the next.
	OrderedDistribution struct{ Order []*expr.SortOrder }
	// BroadcastDistribution is all rows in every task.
	BroadcastDistribution struct{ Mode string }
)

// Partitioning implements Distribution.
func (AllTuples) Partitioning(int) Partitioning { return SinglePartition{} }

// Partitioning implements Distribution.
func (c ClusteredDistribution) Partitioning(n int) Partitioning {
	if c.N > 0 {
		n = c.N
	}
	return HashPartitioning{c.Keys, n}
}

// Partitioning implements Distribution.
func (o OrderedDistribution) Partitioning(n int) Partitioning { return RangePartitioning{o.Order, n} }

// Partitioning implements Distribution.
func (BroadcastDistribution) Partitioning(int) Partitioning { return BroadcastPartitioning{} }

// The partitionings.
type (
	// UnknownPartitioning is rows that lie anyhow.
	UnknownPartitioning struct{ N int }
	// SinglePartition is one partition.
	SinglePartition struct{}
	// HashPartitioning places rows by Spark's hash of keys.
	HashPartitioning struct {
		Keys []expr.Expr
		N    int
	}
	// RangePartitioning places rows by a range of keys; the ranges come from a sample.
	RangePartitioning struct {
		Order []*expr.SortOrder
		N     int
	}
	// RoundRobinPartitioning deals rows out.
	RoundRobinPartitioning struct{ N int }
	// BroadcastPartitioning is all rows everywhere.
	BroadcastPartitioning struct{}
	// PartitioningCollection is one that is all of these: of a join, whose two keys are equal.
	PartitioningCollection []Partitioning
)

// Count implements Partitioning.
func (u UnknownPartitioning) Count() int { return u.N }

// Satisfies implements Partitioning.
func (u UnknownPartitioning) Satisfies(d Distribution) bool {
	return d == nil || u.N == 1 && oneWillDo(d)
}

func (u UnknownPartitioning) String() string { return fmt.Sprintf("UnknownPartitioning(%d)", u.N) }

// Count implements Partitioning.
func (SinglePartition) Count() int { return 1 }

// Satisfies implements Partitioning.
func (SinglePartition) Satisfies(d Distribution) bool { return d == nil || oneWillDo(d) }

func (SinglePartition) String() string { return "SinglePartition" }

// oneWillDo reports whether rows that lie together in one partition fulfil d.
func oneWillDo(d Distribution) bool {
	switch d := d.(type) {
	case BroadcastDistribution:
		return false
	case ClusteredDistribution:
		return d.N == 0 || d.N == 1
	}
	return true
}

// Count implements Partitioning.
func (h HashPartitioning) Count() int { return h.N }

// Satisfies implements Partitioning: rows with equal keys have equal parts of
// keys, so a cut by some of the keys will do.
func (h HashPartitioning) Satisfies(d Distribution) bool {
	switch d := d.(type) {
	case nil:
		return true
	case AllTuples:
		return h.N == 1
	case ClusteredDistribution:
		if d.N > 0 && d.N != h.N {
			return false
		}
		if d.All {
			return slices.EqualFunc(h.Keys, d.Keys, expr.Equal)
		}
		return allIn(h.Keys, d.Keys)
	}
	return false
}

// same reports whether p places every row where h does.
func (h HashPartitioning) same(p Partitioning) bool {
	other, ok := p.(HashPartitioning)
	return ok && h.N == other.N && slices.EqualFunc(h.Keys, other.Keys, expr.Equal)
}

func (h HashPartitioning) String() string {
	return fmt.Sprintf("hashpartitioning(%s, %d)", expr.Texts(h.Keys), h.N)
}

// Count implements Partitioning.
func (r RangePartitioning) Count() int { return r.N }

// Satisfies implements Partitioning.
func (r RangePartitioning) Satisfies(d Distribution) bool {
	switch d := d.(type) {
	case nil:
		return true
	case AllTuples:
		return r.N == 1
	case OrderedDistribution:
		n := min(len(d.Order), len(r.Order))
		return slices.EqualFunc(d.Order[:n], r.Order[:n], sameOrder)
	case ClusteredDistribution:
		if d.N > 0 && d.N != r.N || d.All {
			return false
		}
		keys := make([]expr.Expr, len(r.Order))
		for i, o := range r.Order {
			keys[i] = o.Child
		}
		return allIn(keys, d.Keys)
	}
	return false
}

func (r RangePartitioning) String() string {
	return fmt.Sprintf("rangepartitioning(%s, %d)", expr.Texts(r.Order), r.N)
}

// Count implements Partitioning.
func (r RoundRobinPartitioning) Count() int { return r.N }

// Satisfies implements Partitioning.
func (r RoundRobinPartitioning) Satisfies(d Distribution) bool {
	return UnknownPartitioning{r.N}.Satisfies(d)
}

func (r RoundRobinPartitioning) String() string {
	return fmt.Sprintf("RoundRobinPartitioning(%d)", r.N)
}

// Count implements Partitioning.
func (BroadcastPartitioning) Count() int { return 1 }

// Satisfies implements Partitioning.
func (BroadcastPartitioning) Satisfies(d Distribution) bool {
	_, ok := d.(BroadcastDistribution)
	return ok || d == nil
}

func (BroadcastPartitioning) String() string { return "BroadcastPartitioning" }

// Count implements Partitioning.
func (s PartitioningCollection) Count() int { return s[0].Count() }

// Satisfies implements Partitioning.
func (s PartitioningCollection) Satisfies(d Distribution) bool {
	return slices.ContainsFunc(s, func(p Partitioning) bool { return p.Satisfies(d) })
}

func (s PartitioningCollection) String() string { return fmt.Sprint([]Partitioning(s)) }

func allIn(some, all []expr.Expr) bool {
	for _, e := range some {
		if !slices.ContainsFunc(all, func(x expr.Expr) bool { return expr.Equal(e, x) }) {
			return false
		}
	}
	return true
}

func sameOrder(a, b *expr.SortOrder) bool { return expr.Equal(a, b) }

// sorted reports whether rows in order have need at the front of their order.
func sorted(order, need []*expr.SortOrder) bool {
	return len(need) <= len(order) && slices.EqualFunc(order[:len(need)], need, sameOrder)
}
