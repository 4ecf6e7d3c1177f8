package shuffle

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestTracker(t *testing.T) {
	book := NewTracker()
	assert.Equal(t, []int{0, 1, 2}, book.Missing(0, 3))
	assert.Equal(t, -1, book.Writer(0))
	assert.Equal(t, -1, book.Writer(9))
	assert.Empty(t, book.Holder(9, 0))

	book.Register(0, 0, 3, "e0", 4)
	book.Register(0, 2, 3, "e1", 4)
	assert.Equal(t, []int{1}, book.Missing(0, 3))
	assert.Equal(t, "e1", book.Holder(0, 2))
	assert.Empty(t, book.Holder(0, 1))
	assert.Empty(t, book.Holder(0, 3), "there is no such map partition")
	assert.Equal(t, 4, book.Writer(0))

	// e1 lost its output of map 2 and keeps that of another shuffle.
	book.Register(1, 0, 1, "e1", 5)
	book.Strike("e1", func(shuffle, _ int) bool { return shuffle == 1 })
	assert.Equal(t, []int{1, 2}, book.Missing(0, 3))
	assert.Empty(t, book.Missing(1, 1))
	assert.Equal(t, "e0", book.Holder(0, 0), "another executor's outputs are not touched")

	book.Register(0, 2, 3, "e0", 8)
	assert.Equal(t, 8, book.Writer(0), "the last stage that wrote some of it")
}

// The book says what a plain map of holders says, whatever is written in it.
func TestTrackerAgainstAMap(t *testing.T) {
	const shuffles, maps = 3, 4
	type output struct{ shuffle, m int }
	rapid.Check(t, func(t *rapid.T) {
		book := NewTracker()
		holder, writer := map[output]string{}, map[int]int{}
		executor := rapid.SampledFrom([]string{"e0", "e1", "e2"})
		anyOutput := func(t *rapid.T) output {
			return output{rapid.IntRange(0, shuffles-1).Draw(t, "shuffle"), rapid.IntRange(0, maps-1).Draw(t, "map")}
		}
		t.Repeat(map[string]func(*rapid.T){
			"register": func(t *rapid.T) {
				o, e, stage := anyOutput(t), executor.Draw(t, "executor"), rapid.IntRange(0, 9).Draw(t, "stage")
				book.Register(o.shuffle, o.m, maps, e, stage)
				holder[o], writer[o.shuffle] = e, stage
			},
			"strike": func(t *rapid.T) {
				e, kept := executor.Draw(t, "executor"), anyOutput(t) // one output that the executor still has
				book.Strike(e, func(shuffle, m int) bool { return output{shuffle, m} == kept })
				for o, h := range holder {
					if h == e && o != kept {
						delete(holder, o)
					}
				}
			},
			"": func(t *rapid.T) {
				for s := range shuffles {
					var missing []int
					for m := range maps {
						require.Equal(t, holder[output{s, m}], book.Holder(s, m))
						if holder[output{s, m}] == "" {
							missing = append(missing, m)
						}
					}
					require.Equal(t, missing, book.Missing(s, maps))
					if stage, written := writer[s]; written {
						require.Equal(t, stage, book.Writer(s))
					} else {
						require.Equal(t, -1, book.Writer(s))
					}
				}
			},
		})
	})
}

func TestTrackerFromManyTasks(t *testing.T) {
	const maps = 40
	book := NewTracker()
	var wg sync.WaitGroup
	for _, e := range []string{"e0", "e1"} {
		wg.Go(func() {
			for m := range maps {
				book.Register(0, m, maps, e, 1)
				assert.NotContains(t, book.Missing(0, maps), m)
				assert.NotEmpty(t, book.Holder(0, m))
			}
		})
	}
	wg.Wait()
	book.Strike("e0", func(int, int) bool { return false })
	for m := range maps {
		assert.NotEqual(t, "e0", book.Holder(0, m))
	}
}
