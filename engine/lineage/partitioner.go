package lineage

import (
	"fmt"
	"reflect"
)

// Partitioner places keys in partitions. Two partitioners place alike exactly
// when they are equal: by == , or by their Equal method when they have one.
// That is how a join knows that it need not shuffle.
type Partitioner interface {
	// NumPartitions is how many partitions there are.
	NumPartitions() int
	// Partition is the partition of key, from 0 to NumPartitions()-1. It must give
	// the same answer in every run.
	Partition(key any) int
}

// Equaler is for partitioners that cannot be compared by ==.
type Equaler interface{ Equal(Partitioner) bool }

// Alike reports whether a and b place every key in the same partition.
func Alike(a, b Partitioner) bool {
	if a == nil || b == nil {
		return false
	}
	if e, ok := a.(Equaler); ok {
		return e.Equal(b)
	}
	return reflect.ValueOf(b).Comparable() && a == b
}

// PartitionerText is how screens and reports name a partitioner: its String
// method's answer, or its type and number of partitions.
func PartitionerText(p Partitioner) string {
	if s, ok := p.(fmt.Stringer); ok {
		return s.String()
	}
	return fmt.Sprintf("%T(%d)", p, p.NumPartitions())
}
