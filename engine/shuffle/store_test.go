package shuffle

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
)

func inMemory(chunks ...any) Bucket { return Bucket{Chunks: chunks, Rows: int64(len(chunks))} }

func TestStore(t *testing.T) {
	s := NewStore()
	_, ok := s.Bucket(0, 0, 0)
	assert.False(t, ok)
	assert.False(t, s.Holds(0, 0))

	first := Output{Buckets: []Bucket{inMemory([]int{1}), {}}, Memory: 8}
	assert.Empty(t, s.Put(0, 1, first))
	s.Put(1, 1, Output{Buckets: []Bucket{inMemory([]string{"other"})}, Memory: 16})
	assert.True(t, s.Holds(0, 1))
	assert.False(t, s.Holds(0, 0))
	assert.EqualValues(t, 24, s.Memory())
	bucket, ok := s.Bucket(0, 1, 0)
	assert.True(t, ok)
	assert.Equal(t, inMemory([]int{1}), bucket)
	bucket, ok = s.Bucket(0, 1, 1)
	assert.True(t, ok, "an empty bucket is there")
	assert.Empty(t, bucket, "and empty")

	second := Output{Buckets: []Bucket{inMemory([]int{3}), inMemory([]int{4})}, File: "on disk"}
	assert.Equal(t, first, s.Put(0, 1, second), "what a second attempt replaces is given back")
	bucket, _ = s.Bucket(0, 1, 0)
	assert.Equal(t, inMemory([]int{3}), bucket)
	assert.EqualValues(t, 16, s.Memory())

	assert.Equal(t, []Output{second}, s.Delete(0))
	assert.False(t, s.Holds(0, 1))
	assert.True(t, s.Holds(1, 1), "another shuffle stays")
	assert.Empty(t, s.Delete(7))
	assert.EqualValues(t, 16, s.Drop(1, 1).Memory)
	assert.Empty(t, s.Drop(1, 1), "twice")
	assert.Zero(t, s.Memory())
}

// Map tasks file their outputs while reduce tasks of other stages read.
func TestStoreFromManyTasks(t *testing.T) {
	const tasks, maps = 6, 30
	s := NewStore()
	var wg sync.WaitGroup
	for shuffle := range tasks {
		wg.Go(func() {
			for m := range maps {
				s.Put(shuffle, m, Output{Buckets: []Bucket{inMemory(fmt.Sprint(shuffle, m))}, Memory: 1})
				bucket, ok := s.Bucket(shuffle, m, 0)
				assert.True(t, ok)
				assert.Equal(t, inMemory(fmt.Sprint(shuffle, m)), bucket)
				_, _ = s.Bucket((shuffle+1)%tasks, m, 0)
			}
			if shuffle%2 == 0 {
				s.Delete(shuffle)
			}
		})
	}
	wg.Wait()
	for shuffle := range tasks {
		assert.Equal(t, shuffle%2 == 1, s.Holds(shuffle, maps-1))
	}
	assert.EqualValues(t, tasks/2*maps, s.Memory())
}
