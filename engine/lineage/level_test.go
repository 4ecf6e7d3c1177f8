package lineage

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The words are those that Spark 4.3 prints for the levels of the same content.
func TestStorageLevelText(t *testing.T) {
	for _, c := range []struct {
		level             StorageLevel
		description, text string
		valid             bool
	}{
		{StorageLevel{}, "Serialized 1x Replicated", "StorageLevel(1 replicas)", false},
		{StorageLevel{Memory: true, Deserialized: true, Replicas: 1}, "Memory Deserialized 1x Replicated", "StorageLevel(memory, deserialized, 1 replicas)", true},
		{StorageLevel{Memory: true, Replicas: 1}, "Memory Serialized 1x Replicated", "StorageLevel(memory, 1 replicas)", true},
		{StorageLevel{Disk: true, Replicas: 3}, "Disk Serialized 3x Replicated", "StorageLevel(disk, 3 replicas)", true},
		{StorageLevel{Disk: true, Memory: true, Deserialized: true, Replicas: 2}, "Disk Memory Deserialized 2x Replicated", "StorageLevel(disk, memory, deserialized, 2 replicas)", true},
	} {
		assert.Equal(t, c.description, c.level.Description())
		assert.Equal(t, c.text, c.level.String())
		assert.Equal(t, c.valid, c.level.Valid(), c.text)
	}
}
