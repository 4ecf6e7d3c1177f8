package rdd_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// Where Spark's HashPartitioner puts keys (cases hash_* of the oracle).
func TestHashCodes(t *testing.T) {
	for _, c := range []struct {
		key  any
		want int32
	}{
		{int64(0), 0}, {int64(1), 1}, {int64(5), 5}, {int64(-1), 0}, {int64(-2), 1}, {int64(-5), 4}, {int64(4294967296), 1},
		{int64(4294967301), 4}, {int64(-4294967297), 1}, {float64(1.0), 1072693248}, {float64(2.5), 1074003968}, {float64(-1.0), -1074790400},
		{float64(0.0), 0}, {true, 1231}, {false, 1237}, {rdd.KV[any, any](1, 2), 1316541600}, {rdd.KV[any, any]("a", 1), -1734940110},
		{rdd.KV[any, any]("a", "b"), 961399813}, {"a", 97}, {"b", 98}, {"le", 3449}, {"chat", 3052376}, {"chien", 94630989},
		{"souris", -896505629}, {"été", 227742}, {"Spark", 80085693}, {"", 0}, {"Zz", 2912}, {"polygenelubricants", -2147483648},
		{"Paris", 76884331}, {"Lyon", 2383948}, {"Marseille", 1298905580}, {"Lille", 73422888}, {"Nice", 2427773}, {"été 2024", 330841666},
		{"日本", 835047}, {"a b", 94307}, {"clé", 98720},
	} {
		assert.Equal(t, c.want, rdd.HashCode(c.key), "%T %v", c.key, c.key)
	}
	for _, c := range []struct {
		n, want int
		key     any
	}{
		{3, 0, 0}, {3, 1, 1}, {3, 2, 2}, {3, 0, 3}, {3, 1, 7}, {3, 2, -1}, {3, 1, -2}, {3, 2, -7}, {3, 1, 100}, {3, 1, "a"},
		{3, 2, "b"}, {3, 2, "le"}, {3, 2, "chat"}, {3, 0, "chien"}, {3, 1, "souris"}, {3, 0, "été"}, {3, 0, "Spark"},
		{3, 0, ""}, {3, 2, "Zz"}, {3, 1, "polygenelubricants"}, {3, 0, nil}, {3, 1, "Paris"}, {3, 1, "Lyon"}, {3, 2, "Marseille"},
		{3, 0, "Lille"}, {3, 2, "Nice"}, {3, 1, "été 2024"}, {3, 0, "日本"}, {3, 2, "a b"}, {3, 2, "clé"}, {4, 1, 5}, {4, 2, 10},
		{4, 3, 15}, {4, 0, 20}, {4, 3, -5}, {4, 0, int64(0)}, {4, 1, int64(1)}, {4, 1, int64(5)}, {4, 0, int64(-1)},
		{4, 1, int64(-2)}, {4, 0, int64(-5)}, {4, 1, int64(4294967296)}, {4, 0, int64(4294967301)}, {4, 1, int64(-4294967297)},
		{4, 1, "a"}, {4, 2, "b"}, {4, 1, "le"}, {4, 0, "chat"}, {4, 1, "chien"}, {4, 3, "souris"}, {4, 2, "été"}, {4, 1, "Spark"},
		{4, 0, ""}, {4, 0, "Zz"}, {4, 0, "polygenelubricants"}, {4, 0, nil}, {5, 3, 8}, {5, 4, 9}, {5, 2, -8}, {5, 1, -9},
		{5, 2, 12}, {5, 2, 2147483647}, {5, 2, -2147483648}, {5, 3, float64(1.0)}, {5, 3, float64(2.5)}, {5, 0, float64(-1.0)},
		{5, 0, float64(0.0)}, {5, 1, true}, {5, 2, false}, {5, 0, rdd.KV[any, any](1, 2)}, {5, 0, rdd.KV[any, any]("a", 1)},
		{5, 3, rdd.KV[any, any]("a", "b")},
	} {
		assert.Equal(t, c.want, rdd.Hash(c.n).Partition(c.key), "%T %v of %d", c.key, c.key, c.n)
	}
}

// A key is in the same partition whatever type parameter, box or struct brings it.
func TestPlacesAreInRangeAndStable(t *testing.T) {
	type code string
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9).Draw(t, "partitions")
		by := rdd.Hash(n)
		i, text := rapid.Int().Draw(t, "i"), rapid.String().Draw(t, "text")
		for _, key := range []any{i, int32(i), int64(i), uint8(i), float64(i), i%2 == 0, text, rdd.KV(text, i), [2]int{i, 1}, &text, nil} {
			p := by.Partition(key)
			assert.True(t, 0 <= p && p < n)
			assert.Equal(t, p, rdd.Hash(n).Partition(key))
		}
		assert.Equal(t, by.Partition(text), by.Partition(code(text)))
		s := engine.Start()
		defer s.Stop()
		placed := rdd.PartitionBy(rdd.Of(s, 1, rdd.KV(text, i)), by)
		assert.Len(t, list(rdd.Glom(placed))[by.Partition(text)], 1, "with the key's type as without")
	})
}

// byLength is a partitioner of a program's own: comparable, so two of them place alike.
type byLength struct{ n int }

func (b byLength) NumPartitions() int    { return b.n }
func (b byLength) Partition(key any) int { return len(key.(string)) % b.n }

// What is placed by an equal partitioner does not move again; by another it does.
func TestEqualPartitionersPlaceAlike(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	words := rdd.KeyBy(rdd.Of(s, 2, "un", "deux", "trois"), func(w string) string { return w })
	placed := rdd.PartitionBy(words, byLength{3})
	engine.Must(placed.Count())
	moved := func(r interface{ Count() (int, error) }) int64 {
		before := s.Counters()
		engine.Must(r.Count())
		return int64(s.Counters().Since(before).ShuffleWrite)
	}
	assert.Same(t, placed, rdd.PartitionBy(placed, byLength{3}))
	assert.EqualValues(t, 0, moved(rdd.GroupByKey(placed, byLength{3})))
	assert.EqualValues(t, 0, moved(rdd.GroupByKey(placed)), "the default is the one there is")
	assert.EqualValues(t, 0, moved(rdd.Join(placed, placed)))
	assert.EqualValues(t, 0, moved(rdd.RepartitionAndSortWithinPartitions(placed, byLength{3})))
	assert.EqualValues(t, 3, moved(rdd.GroupByKey(placed, byLength{2})))
	assert.EqualValues(t, 3, moved(rdd.GroupByKey(placed, rdd.Hash(3))))
}
