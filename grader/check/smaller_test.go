package check

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// numbered is a source of so many rows a partition: 0, 1, 2 …
func numbered(sizes ...int) Source {
	s, n := Source{Name: "rows"}, 0
	for _, size := range sizes {
		rows := []json.RawMessage{}
		for range size {
			rows = append(rows, json.RawMessage(fmt.Sprint(n)))
			n++
		}
		s.Partitions = append(s.Partitions, rows)
	}
	return s
}

// size orders cases: every step must make it less.
func size(c Case) int {
	n := c.Params["n"]
	for _, s := range c.Sources {
		n += len(s.Partitions) + s.Count()
	}
	return n
}

func holds(c Case, row string) bool {
	for _, r := range Flat(c.Sources[0].Partitions) {
		if string(r) == row {
			return true
		}
	}
	return false
}

// A mistake that one row brings about is shown on that row alone.
func TestReduceToOneRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.IntRange(0, 40), 1, 6).Draw(t, "sizes")
		c := Case{Sources: []Source{numbered(sizes...), numbered(3)}, Params: map[string]int{"n": 3}}
		if c.Sources[0].Count() == 0 {
			return
		}
		row := fmt.Sprint(rapid.IntRange(0, c.Sources[0].Count()-1).Draw(t, "row"))
		before := fmt.Sprint(c)
		reduced, err := Reduce(c, 1000, func(cases []Case) ([]bool, error) {
			var shows []bool
			for _, x := range cases {
				require.Nil(t, x.Want)
				shows = append(shows, holds(x, row))
			}
			return shows, nil
		})
		require.NoError(t, err)
		assert.Equal(t, [][]json.RawMessage{{json.RawMessage(row)}}, reduced.Sources[0].Partitions)
		assert.Zero(t, reduced.Sources[1].Count())
		assert.Equal(t, 1, reduced.Params["n"])
		assert.Equal(t, before, fmt.Sprint(c), "the case itself stays as it is")
	})
}

// Every step is smaller: the search ends.
func TestStepsAreSmaller(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Case{Sources: []Source{numbered(rapid.SliceOfN(rapid.IntRange(0, 9), 1, 5).Draw(t, "sizes")...)}, Params: map[string]int{"n": rapid.IntRange(0, 4).Draw(t, "n")}}
		if rapid.Bool().Draw(t, "two sources") {
			c.Sources = append(c.Sources, numbered(rapid.SliceOfN(rapid.IntRange(0, 4), 1, 3).Draw(t, "others")...))
		}
		for _, next := range c.smaller() {
			require.Less(t, size(next), size(c))
		}
	})
}

func TestReduceKeepsToItsTries(t *testing.T) {
	tried := 0
	c := Case{Sources: []Source{numbered(30, 30, 30)}}
	_, err := Reduce(c, 10, func(cases []Case) ([]bool, error) {
		tried += len(cases)
		return make([]bool, len(cases)), nil
	})
	require.NoError(t, err)
	assert.Positive(t, tried)
	assert.LessOrEqual(t, tried, 10)
	_, err = Reduce(c, 10, func([]Case) ([]bool, error) { return nil, errors.New("stopped") })
	assert.ErrorContains(t, err, "stopped")
}
