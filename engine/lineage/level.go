package lineage

import (
	"fmt"
	"strings"
)

// StorageLevel says where the partitions of a persisted dataset are kept. The
// zero level keeps nothing.
type StorageLevel struct {
	Disk         bool
	Memory       bool
	Deserialized bool // kept as Go values; otherwise as bytes
	Replicas     int  // executors that hold each block; 0 counts as 1
}

// Valid reports whether the level keeps anything.
func (l StorageLevel) Valid() bool { return l.Disk || l.Memory }

// Copies is how many executors hold each block.
func (l StorageLevel) Copies() int { return max(l.Replicas, 1) }

// Description is the level in the words of Spark's storage page.
func (l StorageLevel) Description() string {
	var b strings.Builder
	if l.Disk {
		b.WriteString("Disk ")
	}
	if l.Memory {
		b.WriteString("Memory ")
	}
	if l.Deserialized {
		b.WriteString("Deserialized ")
	} else {
		b.WriteString("Serialized ")
	}
	fmt.Fprintf(&b, "%dx Replicated", l.Copies())
	return b.String()
}

// String is the level as Spark's StorageLevel.toString writes it.
func (l StorageLevel) String() string {
	var parts []string
	if l.Disk {
		parts = append(parts, "disk")
	}
	if l.Memory {
		parts = append(parts, "memory")
	}
	if l.Deserialized {
		parts = append(parts, "deserialized")
	}
	parts = append(parts, fmt.Sprintf("%d replicas", l.Copies()))
	return "StorageLevel(" + strings.Join(parts, ", ") + ")"
}
