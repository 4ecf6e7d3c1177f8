package shuffle

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestStore(t *testing.T) {
	s := NewStore()
	_, _, ok := s.Bucket(0, 0, 0)
	assert.False(t, ok)
	assert.False(t, s.Holds(0, 0))

	s.Put(0, 1, Output{Buckets: []any{[]int{1, 2}, nil}, Rows: []int64{2, 0}})
	s.Put(1, 1, Output{Buckets: []any{[]string{"other"}}, Rows: []int64{1}})
	assert.True(t, s.Holds(0, 1))
	assert.False(t, s.Holds(0, 0))
	bucket, rows, ok := s.Bucket(0, 1, 0)
	assert.Equal(t, []any{[]int{1, 2}, int64(2), true}, []any{bucket, rows, ok})
	bucket, rows, ok = s.Bucket(0, 1, 1)
	assert.Equal(t, []any{nil, int64(0), true}, []any{bucket, rows, ok}, "an empty bucket is there, and empty")

	s.Put(0, 1, Output{Buckets: []any{[]int{3}, []int{4}}, Rows: []int64{1, 1}})
	bucket, _, _ = s.Bucket(0, 1, 0)
	assert.Equal(t, []int{3}, bucket, "the second attempt's output replaces the first's")

	s.Delete(0)
	assert.False(t, s.Holds(0, 1))
	assert.True(t, s.Holds(1, 1), "another shuffle stays")
	s.Delete(7)
}

// Map tasks file their outputs while reduce tasks of other stages read.
func TestStoreFromManyTasks(t *testing.T) {
	const tasks, maps = 6, 30
	s := NewStore()
	var wg sync.WaitGroup
	for shuffle := range tasks {
		wg.Go(func() {
			for m := range maps {
				s.Put(shuffle, m, Output{Buckets: []any{fmt.Sprint(shuffle, m)}, Rows: []int64{1}})
				bucket, _, ok := s.Bucket(shuffle, m, 0)
				assert.True(t, ok)
				assert.Equal(t, fmt.Sprint(shuffle, m), bucket)
				_, _, _ = s.Bucket((shuffle+1)%tasks, m, 0)
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
}
