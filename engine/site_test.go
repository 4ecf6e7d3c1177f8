package engine_test

import (
	"bytes"
	"fmt"
	"iter"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

// lineOf is where the line of this file that ends in "// here: " and mark lies.
func lineOf(t *testing.T, mark string) string {
	text, err := os.ReadFile("site_test.go")
	require.NoError(t, err)
	for i, line := range bytes.Split(text, []byte("\n")) {
		if bytes.HasSuffix(line, []byte("// here: "+mark)) {
			return fmt.Sprintf("site_test.go:%d", i+1)
		}
	}
	require.Fail(t, "no such line", mark)
	return ""
}

// squares is a helper of a program's own, generic and a step away from it.
func squares[N rdd.Number](r *rdd.RDD[N]) *rdd.RDD[N] {
	return rdd.Map(r, func(n N) N { return n * n }) // here: helper
}

// What a program made and asked for is shown with the program's own line, however
// many generic functions of the engine lie between.
func TestSitesAreTheProgramsLines(t *testing.T) {
	s, r := start(t, engine.Parallelism(2))
	numbers := rdd.Of(s, 2, 3, 1, 2)                       // here: of
	pairs := rdd.KeyBy(squares(numbers), func(n int) int { // here: keyBy
		return n % 2
	})
	grouped := rdd.GroupByKey(pairs) // here: groupByKey
	joined := rdd.Join(              // here: join
		grouped,
		pairs,
	)
	_, err := joined.Count() // here: count
	require.NoError(t, err)
	at := map[string]string{}
	for _, e := range r.Events() {
		if job, ok := e.(event.JobStart); ok {
			assert.Equal(t, lineOf(t, "count"), job.Site)
			for _, d := range job.Datasets {
				at[d.Op] = d.Site
			}
			for _, stage := range job.Stages {
				if stage.Name == "keyBy" {
					assert.Equal(t, lineOf(t, "keyBy"), stage.Site)
				}
			}
		}
	}
	assert.Equal(t, map[string]string{
		"parallelize": lineOf(t, "of"), "map": lineOf(t, "helper"), "keyBy": lineOf(t, "keyBy"),
		"groupByKey": lineOf(t, "groupByKey"), "join": lineOf(t, "join"),
	}, at)
}

// An eager definition runs its job at the program's line too.
func TestSiteOfAnEagerDefinition(t *testing.T) {
	s, r := start(t)
	rdd.SortBy(rdd.Of(s, 3, 3, 1, 2), func(n int) int { return n }, rdd.Ascending) // here: sortBy
	require.NotEmpty(t, told(r, "JobStart"))
	for _, e := range r.Events() {
		if job, ok := e.(event.JobStart); ok {
			assert.Equal(t, lineOf(t, "sortBy"), job.Site)
		}
	}
}

// A panic is shown where it happened, in whatever the program handed over.
func TestSitesOfPanics(t *testing.T) {
	s, _ := start(t, engine.Attempts(1))
	rows := rdd.Of(s, 1, 1, 2)
	var none map[int]int
	for _, c := range []struct {
		mark string
		run  func() error
	}{
		{"in map", func() error {
			return rdd.Map(rows, func(n int) int {
				none[n]++ // here: in map
				return n
			}).ForEach(func(int) {})
		}},
		{"in iterator", func() error {
			_, err := rdd.MapPartitions(rows, func(rows iter.Seq[int]) iter.Seq[int] {
				return func(yield func(int) bool) {
					for n := range rows {
						yield(n / len(none)) // here: in iterator
					}
				}
			}).Count()
			return err
		}},
		{"in comparison", func() error {
			_, err := rdd.TakeOrderedFunc(rows, 2, func(a, b int) int {
				panic("incomparable") // here: in comparison
			})
			return err
		}},
		{"in reduce", func() error {
			_, err := rows.Reduce(func(a, b int) int {
				panic("no sum") // here: in reduce
			})
			return err
		}},
	} {
		t.Run(c.mark, func(t *testing.T) { assert.ErrorContains(t, c.run(), "("+lineOf(t, c.mark)+")") })
	}
}
