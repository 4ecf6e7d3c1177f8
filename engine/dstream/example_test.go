package dstream_test

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/dstream"
	"etincelle/engine/fs"
	"etincelle/engine/rdd"
)

const second = time.Second

// program is a streaming program on a manual clock, a batch a second, in a session that
// keeps its files in memory.
func program() *dstream.Context {
	s := engine.Start(engine.Sequential(), engine.Clock(clock.NewManual(time.UnixMilli(0))), engine.Files(&fs.Memory{}))
	c := dstream.New(s, second)
	c.Checkpoint("progress")
	return c
}

// words is a stream of three batches.
func words(c *dstream.Context) *dstream.DStream[string] {
	return dstream.Batches(c, []string{"lot", "bloc"}, []string{"lot"}, []string{"flux"})
}

// counts is words with their numbers of letters.
func counts(c *dstream.Context) *dstream.Pairs[string, int] {
	return dstream.MapToPair(words(c), func(w string) (string, int) { return w, len(w) })
}

// show runs n batches of d and prints each, sorted.
func show[T any](d *dstream.DStream[T], n int) {
	c := d.Context()
	defer c.Session().Stop()
	d.ForEachRDD(func(batch *rdd.RDD[T], at dstream.Time) error {
		rows, err := batch.Collect()
		slices.SortFunc(rows, func(a, b T) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		fmt.Println(at, rows)
		return err
	})
	engine.Check(c.Start())
	engine.Check(c.Advance(n))
	c.Stop()
}

func ExampleNew() {
	s := engine.Start(engine.Clock(clock.NewManual(time.UnixMilli(0))))
	defer s.Stop()
	c := dstream.New(s, second)
	dstream.Batches(c, []string{"le chat", "dort"}, []string{"le chien"}).Print()
	engine.Check(c.Start())
	engine.Check(c.Advance(2))
	c.Stop()
	// Output:
	// -------------------------------------------
	// Time: 1000 ms
	// -------------------------------------------
	// le chat
	// dort
	//
	// -------------------------------------------
	// Time: 2000 ms
	// -------------------------------------------
	// le chien
}

func ExampleBatches() {
	show(words(program()), 4)
	// Output:
	// 1000 ms [bloc lot]
	// 2000 ms [lot]
	// 3000 ms [flux]
	// 4000 ms []
}

func ExampleQueueStream() {
	c := program()
	q := &dstream.Queue[int]{}
	q.Add(rdd.Of(c.Session(), 1, 1, 2), rdd.Of(c.Session(), 1, 3))
	show(dstream.QueueStream(c, q), 3)
	// Output:
	// 1000 ms [1 2]
	// 2000 ms [3]
	// 3000 ms []
}

func ExampleQueueStreamAll() {
	c := program()
	q := &dstream.Queue[int]{}
	q.Add(rdd.Of(c.Session(), 1, 1, 2), rdd.Of(c.Session(), 1, 3))
	show(dstream.QueueStreamAll(c, q), 2)
	// Output:
	// 1000 ms [1 2 3]
	// 2000 ms []
}

func ExampleQueueStreamOr() {
	c := program()
	q := &dstream.Queue[int]{}
	q.Add(rdd.Of(c.Session(), 1, 1, 2))
	show(dstream.QueueStreamOr(c, q, rdd.Of(c.Session(), 1, 0)), 2)
	// Output:
	// 1000 ms [1 2]
	// 2000 ms [0]
}

func ExampleConstantStream() {
	c := program()
	show(dstream.ConstantStream(c, rdd.Of(c.Session(), 1, "tic")), 2)
	// Output:
	// 1000 ms [tic]
	// 2000 ms [tic]
}

func ExampleInputStream() {
	c := program()
	ticks := dstream.InputStream(c, "ticks", func(at dstream.Time) (*rdd.RDD[int64], int64, error) {
		return rdd.Of(c.Session(), 1, int64(at)), 1, nil
	})
	show(ticks, 2)
	// Output:
	// 1000 ms [1000]
	// 2000 ms [2000]
}

// shelf is a source that can be read again: one partition, which has grown to ten rows.
type shelf struct{}

func (shelf) Ends() (map[string]int64, error) { return map[string]int64{"p0": 10}, nil }

func (shelf) Read(_ string, from, to int64) ([]int64, error) {
	var rows []int64
	for n := from; n < to; n++ {
		rows = append(rows, n)
	}
	return rows, nil
}

func ExampleDirectStream() {
	c := program()
	show(dstream.DirectStream(c, "shelf", shelf{}, map[string]int64{"p0": 7}), 2)
	// Output:
	// 1000 ms [7 8 9]
	// 2000 ms []
}

func ExampleTextFileStream() {
	files := &fs.Memory{}
	s := engine.Start(engine.Clock(clock.NewManual(time.UnixMilli(0))), engine.Files(files))
	engine.Check(files.Write("in/old.txt", []byte("there before\n")))
	c := dstream.New(s, second)
	lines := dstream.TextFileStream(c, "in")
	lines.ForEachRDD(func(batch *rdd.RDD[string], at dstream.Time) error {
		rows, err := batch.Collect()
		fmt.Println(at, rows)
		if at == 1000 {
			engine.Check(files.Write("in/new.txt", []byte("le chat\ndort\n")))
		}
		return err
	})
	engine.Check(c.Start())
	engine.Check(c.Advance(3))
	c.Stop()
	s.Stop()
	// Output:
	// 1000 ms []
	// 2000 ms [le chat dort]
	// 3000 ms []
}

func ExampleMap() {
	show(dstream.Map(words(program()), strings.ToUpper), 1)
	// Output: 1000 ms [BLOC LOT]
}

func ExampleFilter() {
	show(dstream.Filter(words(program()), func(w string) bool { return len(w) > 3 }), 1)
	// Output: 1000 ms [bloc]
}

func ExampleFlatMap() {
	lines := dstream.Batches(program(), []string{"le chat dort"})
	show(dstream.FlatMap(lines, strings.Fields), 1)
	// Output: 1000 ms [chat dort le]
}

func ExampleMapPartitions() {
	show(dstream.MapPartitions(words(program()), func(rows iter.Seq[string]) iter.Seq[int] {
		return slices.Values([]int{len(slices.Collect(rows))})
	}), 2)
	// Output:
	// 1000 ms [1 1]
	// 2000 ms [0 1]
}

func ExampleGlom() {
	show(dstream.Glom(words(program())), 2)
	// Output:
	// 1000 ms [[bloc] [lot]]
	// 2000 ms [[] [lot]]
}

func ExampleRepartition() {
	d := dstream.Repartition(words(program()), 4)
	show(dstream.Transform(d, func(r *rdd.RDD[string]) *rdd.RDD[int] {
		return rdd.Of(r.Session(), 1, r.NumPartitions())
	}), 1)
	// Output: 1000 ms [4]
}

func ExampleMapToPair() {
	show(counts(program()), 1)
	// Output: 1000 ms [{bloc 4} {lot 3}]
}

func ExampleMapValues() {
	show(dstream.MapValues(counts(program()), func(n int) int { return 10 * n }), 1)
	// Output: 1000 ms [{bloc 40} {lot 30}]
}

func ExampleFlatMapValues() {
	show(dstream.FlatMapValues(counts(program()), func(n int) []int { return []int{n, -n} }), 1)
	// Output: 1000 ms [{bloc -4} {bloc 4} {lot -3} {lot 3}]
}

func ExampleTransform() {
	show(dstream.Transform(words(program()), func(r *rdd.RDD[string]) *rdd.RDD[string] { return rdd.Distinct(r) }), 1)
	// Output: 1000 ms [bloc lot]
}

func ExampleTransformAt() {
	show(dstream.TransformAt(words(program()), func(r *rdd.RDD[string], at dstream.Time) *rdd.RDD[string] {
		return rdd.Map(r, func(w string) string { return fmt.Sprint(w, "@", int64(at)) })
	}), 2)
	// Output:
	// 1000 ms [bloc@1000 lot@1000]
	// 2000 ms [lot@2000]
}

func ExampleTransformWith() {
	c := program()
	stop := dstream.ConstantStream(c, rdd.Of(c.Session(), 1, "lot"))
	show(dstream.TransformWith(words(c), stop, func(all, stop *rdd.RDD[string]) *rdd.RDD[string] { return rdd.Subtract(all, stop) }), 2)
	// Output:
	// 1000 ms [bloc]
	// 2000 ms []
}

func ExampleUnion() {
	c := program()
	show(dstream.Union(words(c), words(c)), 2)
	// Output:
	// 1000 ms [bloc bloc lot lot]
	// 2000 ms [lot lot]
}

func ExampleReduceByKey() {
	lines := dstream.Batches(program(), []string{"b a b"}, []string{"a"})
	ones := dstream.MapToPair(dstream.FlatMap(lines, strings.Fields), func(w string) (string, int) { return w, 1 })
	show(dstream.ReduceByKey(ones, rdd.Add[int]), 2)
	// Output:
	// 1000 ms [{a 1} {b 2}]
	// 2000 ms [{a 1}]
}

func ExampleGroupByKey() {
	show(dstream.GroupByKey(counts(program())), 1)
	// Output: 1000 ms [{bloc [4]} {lot [3]}]
}

func ExampleCombineByKey() {
	longest := func(a, b int) int { return max(a, b) }
	show(dstream.CombineByKey(counts(program()), func(n int) int { return n }, longest, longest), 1)
	// Output: 1000 ms [{bloc 4} {lot 3}]
}

func ExampleCoGroup() {
	c := program()
	show(dstream.CoGroup(counts(c), counts(c)), 2)
	// Output:
	// 1000 ms [{bloc {[4] [4]}} {lot {[3] [3]}}]
	// 2000 ms [{lot {[3] [3]}}]
}

func ExampleJoin() {
	c := program()
	show(dstream.Join(counts(c), counts(c)), 2)
	// Output:
	// 1000 ms [{bloc {4 4}} {lot {3 3}}]
	// 2000 ms [{lot {3 3}}]
}

func ExampleLeftOuterJoin() {
	c := program()
	none := dstream.Filter(counts(c), func(rdd.Pair[string, int]) bool { return false })
	show(dstream.LeftOuterJoin(counts(c), none), 1)
	// Output: 1000 ms [{bloc {4 {0 false}}} {lot {3 {0 false}}}]
}

func ExampleRightOuterJoin() {
	c := program()
	none := dstream.Filter(counts(c), func(rdd.Pair[string, int]) bool { return false })
	show(dstream.RightOuterJoin(none, counts(c)), 1)
	// Output: 1000 ms [{bloc {{0 false} 4}} {lot {{0 false} 3}}]
}

func ExampleFullOuterJoin() {
	c := program()
	none := dstream.Filter(counts(c), func(rdd.Pair[string, int]) bool { return false })
	show(dstream.FullOuterJoin(counts(c), none), 1)
	// Output: 1000 ms [{bloc {{4 true} {0 false}}} {lot {{3 true} {0 false}}}]
}

func ExampleCount() {
	show(dstream.Count(words(program())), 4)
	// Output:
	// 1000 ms [2]
	// 2000 ms [1]
	// 3000 ms [1]
	// 4000 ms [0]
}

func ExampleCountByValue() {
	show(dstream.CountByValue(dstream.Batches(program(), []string{"a", "b", "a"})), 1)
	// Output: 1000 ms [{a 2} {b 1}]
}

func ExampleReduce() {
	show(dstream.Reduce(dstream.Batches(program(), []int{1, 2, 3}), rdd.Add[int]), 2)
	// Output:
	// 1000 ms [6]
	// 2000 ms []
}

func ExampleView() {
	show(dstream.View(words(program()), func(w string) int { return len(w) }), 1)
	// Output: 1000 ms [3 4]
}
