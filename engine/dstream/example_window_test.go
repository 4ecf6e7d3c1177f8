package dstream_test

import (
	"fmt"

	"etincelle/engine"
	"etincelle/engine/dstream"
	"etincelle/engine/rdd"
)

// numbers is a stream of four batches.
func numbers(c *dstream.Context) *dstream.DStream[int] {
	return dstream.Batches(c, []int{1, 2}, []int{3}, []int{}, []int{4})
}

// sums is numbers under one of two keys.
func sums(c *dstream.Context) *dstream.Pairs[string, int] {
	return dstream.MapToPair(numbers(c), func(n int) (string, int) {
		if n%2 == 0 {
			return "even", n
		}
		return "odd", n
	})
}

func subtract(a, b int) int { return a - b }

func ExampleWindow() {
	show(dstream.Window(numbers(program()), 2*second), 5)
	// Output:
	// 1000 ms [1 2]
	// 2000 ms [1 2 3]
	// 3000 ms [3]
	// 4000 ms [4]
	// 5000 ms [4]
}

// The length and the slide must be multiples of the slide of the stream.
func ExampleWindow_slide() {
	show(dstream.Window(numbers(program()), 3*second, 2*second), 5)
	fmt.Println(dstream.Window(numbers(program()), 2500*second/1000).Err())
	// Output:
	// 2000 ms [1 2 3]
	// 4000 ms [3 4]
	// The window duration of windowed DStream (2500 ms) must be a multiple of the slide duration of parent DStream (1000 ms) (example_window_test.go:41)
}

func ExampleReduceByWindow() {
	show(dstream.ReduceByWindow(numbers(program()), rdd.Add[int], 2*second, second), 5)
	// Output:
	// 1000 ms [3]
	// 2000 ms [6]
	// 3000 ms [3]
	// 4000 ms [4]
	// 5000 ms [4]
}

func ExampleReduceByWindowInverse() {
	show(dstream.ReduceByWindowInverse(numbers(program()), rdd.Add[int], subtract, 2*second, second), 6)
	// Output:
	// 1000 ms [3]
	// 2000 ms [6]
	// 3000 ms [3]
	// 4000 ms [4]
	// 5000 ms [4]
	// 6000 ms [0]
}

func ExampleReduceByKeyAndWindow() {
	show(dstream.ReduceByKeyAndWindow(sums(program()), rdd.Add[int], 2*second, second), 4)
	// Output:
	// 1000 ms [{even 2} {odd 1}]
	// 2000 ms [{even 2} {odd 4}]
	// 3000 ms [{odd 3}]
	// 4000 ms [{even 4}]
}

// Keys that have left stay, with what the inverse leaves of them.
func ExampleReduceByKeyAndWindowInverse() {
	show(dstream.ReduceByKeyAndWindowInverse(sums(program()), rdd.Add[int], subtract, 2*second, second), 4)
	// Output:
	// 1000 ms [{even 2} {odd 1}]
	// 2000 ms [{even 2} {odd 4}]
	// 3000 ms [{even 0} {odd 3}]
	// 4000 ms [{even 4} {odd 0}]
}

func ExampleReduceByKeyAndWindowFiltered() {
	kept := func(_ string, n int) bool { return n != 0 }
	show(dstream.ReduceByKeyAndWindowFiltered(sums(program()), rdd.Add[int], subtract, 2*second, second, kept), 4)
	// Output:
	// 1000 ms [{even 2} {odd 1}]
	// 2000 ms [{even 2} {odd 4}]
	// 3000 ms [{odd 3}]
	// 4000 ms [{even 4}]
}

func ExampleGroupByKeyAndWindow() {
	show(dstream.GroupByKeyAndWindow(sums(program()), 2*second, 2*second), 4)
	// Output:
	// 2000 ms [{even [2]} {odd [1 3]}]
	// 4000 ms [{even [4]}]
}

func ExampleCountByWindow() {
	show(dstream.CountByWindow(numbers(program()), 2*second, second), 4)
	// Output:
	// 1000 ms [2]
	// 2000 ms [3]
	// 3000 ms [1]
	// 4000 ms [1]
}

func ExampleCountByValueAndWindow() {
	show(dstream.CountByValueAndWindow(numbers(program()), 2*second, second), 3)
	// Output:
	// 1000 ms [{1 1} {2 1}]
	// 2000 ms [{1 1} {2 1} {3 1}]
	// 3000 ms [{3 1}]
}

func ExampleUpdateStateByKey() {
	show(dstream.UpdateStateByKey(sums(program()), func(values []int, old int, known bool) (int, bool) {
		for _, v := range values {
			old += v
		}
		return old, true
	}), 4)
	// Output:
	// 1000 ms [{even 2} {odd 1}]
	// 2000 ms [{even 2} {odd 4}]
	// 3000 ms [{even 2} {odd 4}]
	// 4000 ms [{even 6} {odd 4}]
}

func ExampleUpdateStateByKeyFrom() {
	c := program()
	before := rdd.Of(c.Session(), 1, rdd.KV("odd", 100))
	show(dstream.UpdateStateByKeyFrom(sums(c), before, func(values []int, old int, known bool) (int, bool) {
		return old + len(values), len(values) > 0 // a key without a value is forgotten
	}), 3)
	// Output:
	// 1000 ms [{even 1} {odd 101}]
	// 2000 ms [{odd 102}]
	// 3000 ms []
}

// total adds a row to the state of its key, and emits the sum.
func total(key string, value rdd.Maybe[int], state *dstream.State[int]) (string, bool) {
	if state.IsTimingOut() {
		return fmt.Sprint(key, " is idle at ", state.Get()), true
	}
	state.Update(state.GetOr(0) + value.Value)
	return fmt.Sprint(key, " ", state.Get()), true
}

func ExampleMapWithState() {
	show(dstream.MapWithState(sums(program()), total).DStream, 4)
	// Output:
	// 1000 ms [even 2 odd 1]
	// 2000 ms [odd 4]
	// 3000 ms []
	// 4000 ms [even 6]
}

func ExampleMapWithStateFrom() {
	c := program()
	before := rdd.Of(c.Session(), 1, rdd.KV("odd", 100))
	show(dstream.MapWithStateFrom(sums(c), before, total).DStream, 2)
	// Output:
	// 1000 ms [even 2 odd 101]
	// 2000 ms [odd 104]
}

func ExampleStateful_Snapshots() {
	show(dstream.MapWithState(sums(program()), total).Snapshots(), 3)
	// Output:
	// 1000 ms [{even 2} {odd 1}]
	// 2000 ms [{even 2} {odd 4}]
	// 3000 ms [{even 2} {odd 4}]
}

// Idle keys are looked for when the states are checkpointed.
func ExampleStateTimeout() {
	d := dstream.MapWithState(sums(program()), total, dstream.StateTimeout(2*second), dstream.StatePartitioner(rdd.Hash(1)))
	show(d.CheckpointEvery(second).DStream, 5)
	// Output:
	// 1000 ms [even 2 odd 1]
	// 2000 ms [odd 4]
	// 3000 ms []
	// 4000 ms [even 6]
	// 5000 ms [odd is idle at 4]
}

func ExampleState() {
	c := program()
	once := dstream.MapWithState(sums(c), func(key string, value rdd.Maybe[int], state *dstream.State[int]) (string, bool) {
		if state.Exists() {
			state.Remove() // the key comes back as from nothing
			return "", false
		}
		state.Update(value.Value)
		return key, true
	})
	show(once.DStream, 4)
	// Output:
	// 1000 ms [even odd]
	// 2000 ms []
	// 3000 ms []
	// 4000 ms []
}

func ExampleDStream_Slice() {
	c := program()
	d := numbers(c)
	c.Remember(10 * second)
	d.Print()
	defer c.Session().Stop()
	d.Persist(rdd.MemoryOnly)
	engine.Check(c.Start())
	slices := engine.Must(d.Slice(1000, 2000))
	fmt.Println(len(slices), engine.Must(slices[0].Collect()))
	c.Stop()
	// Output: 2 [1 2]
}
