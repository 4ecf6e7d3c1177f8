package rdd

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// ring is a value that refers to itself, through fields that are not exported.
type ring struct {
	next  *ring
	names map[string][]int
	when  time.Time
	any   any
	two   [2][]string
}

func TestCopyShareNothing(t *testing.T) {
	now := time.Now()
	r := &ring{names: map[string][]int{"a": {1, 2}}, when: now, any: []int{3}, two: [2][]string{{"x"}, {"y"}}}
	r.next = r
	c := copier[*ring]()(r)

	c.names["a"][0], c.names["b"] = 9, nil
	c.any.([]int)[0] = 9
	c.two[1][0] = "z"
	assert.Equal(t, map[string][]int{"a": {1, 2}}, r.names)
	assert.Equal(t, []int{3}, r.any)
	assert.Equal(t, "y", r.two[1][0])
	assert.Same(t, c, c.next, "a ring stays a ring")
	assert.Same(t, now.Location(), c.when.Location(), "a zone is not copied")
}

func TestCopyOfNothing(t *testing.T) {
	assert.Nil(t, copier[map[string]int]()(nil))
	assert.Nil(t, copier[[]int]()(nil))
	assert.Nil(t, copier[*int]()(nil))
	assert.Nil(t, copier[any]()(nil))
	assert.Equal(t, []int{}, copier[[]int]()([]int{}))
	assert.Equal(t, 3, copier[int]()(3))
}

// A slice's spare room is not copied: an append would write into it unseen.
func TestCopyHasNoSpareRoom(t *testing.T) {
	long := append(make([]int, 0, 8), 1, 2)
	assert.Equal(t, 2, cap(copier[[]int]()(long)))
}

func TestUnchangingTypesAreNotCopied(t *testing.T) {
	text := &[]string{"a"}
	type flat struct {
		Name string
		When time.Time
		F    func()
		N    [2]int
	}
	assert.True(t, unchanging(reflect.TypeFor[flat]()))
	assert.False(t, unchanging(reflect.TypeFor[Pair[string, []int]]()))
	assert.NotSame(t, text, copier[*[]string]()(text))
}
