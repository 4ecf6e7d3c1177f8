package rdd_test

import (
	"fmt"
	"strings"
	"testing"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

func TestTry(t *testing.T) {
	s := engine.Start(engine.Sequential(), engine.Listen(func(e event.Event) { fmt.Println("   ", e) }))
	defer s.Stop()
	lines := rdd.Of(s, 3, "to be or not to be", "that is the question", "to sleep")
	words := rdd.FlatMap(lines, strings.Fields)
	ones := rdd.MapToPair(words, func(w string) (string, int) { return w, 1 })
	counts := rdd.ReduceByKey(ones, rdd.Add)
	top := rdd.SortBy(counts, rdd.Value, rdd.Descending)
	fmt.Println(engine.Must(top.Take(2)))
	fmt.Println(top.Lineage())
	rows := rdd.Repartition(rdd.Of(s, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), 3)
	fmt.Println(engine.Must(rdd.Glom(rows).Collect()))
	bad := rdd.Map(rows, func(x int) int { return 10 / (x - 5) })
	_, err := bad.Count()
	fmt.Println(err)
}
