package tp02

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
)

func TestCounted(t *testing.T) {
	c := check.Case{Sources: []check.Source{{Name: "flights", Partitions: parts(2, 0, 3)}}}
	want, asked := wantedCounted(c)
	assert.True(t, asked)
	counts := func(partitions ...[]any) [][]json.RawMessage {
		var all [][]json.RawMessage
		for _, p := range partitions {
			all = append(all, written(p))
		}
		return all
	}
	for name, test := range map[string]struct {
		got evidence.Outcome
		key check.Key
	}{
		"counted":              {did(counts([]any{2}, []any{0}, []any{3}), 0, 0), ""},
		"the empty one is not": {did(counts([]any{2}, nil, []any{3}), 0, 0), check.EmptyLeftOut},
		"row by row":           {did(counts([]any{1, 2}, nil, []any{1, 2, 3}), 0, 0), check.CountedRowByRow},
		"in another order":     {did(counts([]any{3}, []any{0}, []any{2}), 0, 0), check.WrongSize},
		"none at all":          {did(counts(nil, nil, nil), 0, 0), check.WrongSize},
		"all in one":           {did(counts([]any{5}), 0, 0), check.WrongPartitions},
		"by a shuffle":         {did(counts([]any{2}, []any{0}, []any{3}), 5, 1), check.CountedByShuffle},
		"and counted on": {changed(did(counts([]any{2}, []any{0}, []any{3}), 0, 0), func(o *evidence.Outcome) {
			o.Again = counts([]any{7}, []any{5}, []any{8})
		}), check.Recomputed},
	} {
		key, _ := verdict(t, "counted", c, test.got, want)
		assert.Equal(t, test.key, key, name)
	}
	_, text := verdict(t, "counted", c, did(counts([]any{1, 2}, nil, []any{1, 2, 3}), 0, 0), want)
	assert.Contains(t, text, "La partition 0 a donné 2\u00a0nombres au lieu d'un : [1 2].")
}

// skewedFlights are n flights, most of them from one airport, in many partitions.
func skewedFlights(n int) check.Case {
	flights := make([][]json.RawMessage, fewPartitions)
	for i := range n {
		origin := "JFK"
		if i%10 == 0 {
			origin = "LGA"
		}
		flights[i%fewPartitions] = append(flights[i%fewPartitions], legs(trip{Origin: origin, Distance: i})...)
	}
	return check.Case{Params: map[string]int{"salts": fewSalts}, Sources: []check.Source{
		{Name: "flights", Partitions: flights},
		{Name: "names", Partitions: [][]json.RawMessage{lines(`{"Key":"JFK","Value":"Kennedy"}`), lines(`{"Key":"LGA","Value":"LaGuardia"}`)}},
	}}
}

func TestSpread(t *testing.T) {
	c := skewedFlights(500)
	want, asked := wantedSpread(c)
	assert.True(t, asked)
	right := [][]json.RawMessage{want.Rows}
	salted := func(row json.RawMessage) json.RawMessage {
		var p struct {
			Key   string
			Value json.RawMessage
		}
		_ = json.Unmarshal(row, &p)
		return lines(`{"Key":"%s#1","Value":%s}`, p.Key, p.Value)[0]
	}
	var left []json.RawMessage
	for _, row := range want.Rows {
		left = append(left, salted(row))
	}
	for name, test := range map[string]struct {
		got      evidence.Outcome
		unsalted check.Key
		spread   check.Key
	}{
		"spread":               {reading(did(right, 532, 2), 100), "", ""},
		"just too many":        {reading(did(right, 532, 2), 101), "", check.StillSkewed},
		"fewer copies":         {reading(did(right, 520, 2), 90), "", ""},
		"too many copies":      {reading(did(right, 533, 2), 90), "", check.TooManyCopies},
		"in lists":             {reading(did(right, 40, 2), 20), "", check.PackedRows},
		"the salt is left":     {reading(did([][]json.RawMessage{left}, 532, 2), 90), check.SaltLeft, check.SaltLeft},
		"names are not copied": {reading(did([][]json.RawMessage{want.Rows[:90]}, 502, 2), 90), check.CopiesMissing, check.CopiesMissing},
		"matched twice":        {reading(did([][]json.RawMessage{want.Rows, want.Rows}, 532, 2), 90), check.TooManyMatches, check.TooManyMatches},
		"every pair": {changed(did(right, 0, 0), func(o *evidence.Outcome) {
			o.Reads = map[string]int{"names": 24}
		}), "", check.ReadByEveryTask},
	} {
		key, _ := verdict(t, "unsalted", c, test.got, want)
		assert.Equal(t, test.unsalted, key, name)
		key, _ = verdict(t, "spread", c, test.got, want)
		assert.Equal(t, test.spread, key, name)
	}
	_, asked = wantedSpread(skewedFlights(399))
	assert.False(t, asked, "so few flights show no skew")
}

func TestRanges(t *testing.T) {
	miles := func(all ...int) []json.RawMessage {
		var rows []trip
		for _, m := range all {
			rows = append(rows, trip{Distance: m})
		}
		return legs(rows...)
	}
	c := check.Case{Params: map[string]int{"n": 2}, Sources: []check.Source{{Name: "flights", Partitions: [][]json.RawMessage{miles(1, 12, 3, 14, 5, 16), miles(7, 18, 9, 20)}}}}
	want, asked := wantedOrdered(c)
	assert.True(t, asked)
	for name, test := range map[string]struct {
		got     evidence.Outcome
		ordered check.Key
		even    check.Key
	}{
		"even":         {did([][]json.RawMessage{miles(5, 3, 1, 7, 9), miles(12, 14, 16, 18, 20)}, 10, 1), "", ""},
		"not so even":  {did([][]json.RawMessage{miles(1, 3, 5, 7, 9, 12, 14), miles(16, 18, 20)}, 10, 1), "", ""},
		"uneven":       {did([][]json.RawMessage{miles(1, 3, 5, 7, 9, 12, 14, 16), miles(18, 20)}, 10, 1), "", check.UnevenRanges},
		"moved twice":  {did([][]json.RawMessage{miles(1, 3, 5, 7, 9), miles(12, 14, 16, 18, 20)}, 20, 2), "", check.MovedTwice},
		"reversed":     {did([][]json.RawMessage{miles(12, 14, 16, 18, 20), miles(1, 3, 5, 7, 9)}, 10, 1), check.OrderReversed, check.OrderReversed},
		"mixed":        {did([][]json.RawMessage{miles(1, 14, 16, 18, 20), miles(12, 3, 5, 7, 9)}, 10, 1), check.NotOrdered, check.NotOrdered},
		"in one":       {did([][]json.RawMessage{miles(1, 3, 5, 7, 9, 12, 14, 16, 18, 20)}, 10, 1), check.WrongPartitions, check.WrongPartitions},
		"a row less":   {did([][]json.RawMessage{miles(1, 3), miles(5, 7)}, 10, 1), check.WrongRows, check.WrongRows},
		"as they came": {did(c.Source("flights").Partitions, 0, 0), check.NotOrdered, check.NotOrdered},
	} {
		key, _ := verdict(t, "ordered", c, test.got, want)
		assert.Equal(t, test.ordered, key, name)
		key, _ = verdict(t, "evenRanges", c, test.got, want)
		assert.Equal(t, test.even, key, name)
	}
	_, asked = wantedEvenRanges(c)
	assert.False(t, asked, "a sample of ten rows says little")
}

func TestHashed(t *testing.T) {
	var tails []trip
	for i := range 20 {
		tails = append(tails, trip{Tail: fmt.Sprintf("N%d%dZZ", i, 900-i)}, trip{Tail: fmt.Sprintf("N%d", i)})
	}
	const n = 7
	c := check.Case{Params: map[string]int{"n": n}, Sources: []check.Source{{Name: "flights", Partitions: [][]json.RawMessage{legs(tails...)}}}}
	want, asked := wantedHashed(c)
	assert.True(t, asked)
	key := func(place func(hash int32) int) check.Key {
		k, _ := verdict(t, "hashed", c, did([][]json.RawMessage{tailPlaces(c, place)}, 0, 0), want)
		return k
	}
	assert.Empty(t, key(func(h int32) int { return (int(h)%n + n) % n }))
	assert.Equal(t, check.OutsidePartitions, key(func(h int32) int { return int(h) % n }))
	assert.Equal(t, check.OutsidePartitions, key(func(int32) int { return n }))
	assert.Equal(t, check.SignDropped, key(func(h int32) int { return max(int(h), -int(h)) % n }))
	assert.Equal(t, check.SignDropped, key(func(h int32) int { return int(h&0x7fffffff) % n }))
	assert.Equal(t, check.UnsignedHash, key(func(h int32) int { return int(uint32(h) % n) }))
	assert.Equal(t, check.OtherHash, key(func(int32) int { return 3 }))
	turn := 0
	split := tailPlaces(c, func(int32) int { turn++; return turn % n })
	rows := append(split, lines(`{"Key":"N0","Value":6}`)...)
	k, _ := verdict(t, "hashed", c, did([][]json.RawMessage{rows}, 0, 0), want)
	assert.Equal(t, check.KeySplit, k)
	assert.Equal(t, int32(-2015042201), javaHash("N14228"), "as Java says")
	assert.Equal(t, int32(31*0xe9+0x20ac), javaHash("é€"), "UTF-16 units")
}
