package dstream_test

import (
	"errors"
	"fmt"
	"os"
	"time"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/dstream"
	"etincelle/engine/fs"
	"etincelle/engine/rdd"
)

func ExampleDStream_ForEachRDD() {
	c := program()
	defer c.Session().Stop()
	words(c).ForEachRDD(func(batch *rdd.RDD[string], at dstream.Time) error {
		n, err := batch.Count()
		fmt.Println(at, n)
		return err
	})
	engine.Check(c.Start())
	engine.Check(c.Advance(2))
	c.Stop()
	// Output:
	// 1000 ms 2
	// 2000 ms 1
}

// An output that fails fails for its batch alone; AwaitTermination returns the error.
func ExampleContext_AwaitTermination() {
	c := program()
	defer c.Session().Stop()
	words(c).ForEachRDD(func(_ *rdd.RDD[string], at dstream.Time) error {
		if at == 2000 {
			return errors.New("the disk is full")
		}
		fmt.Println(at, "is written")
		return nil
	})
	engine.Check(c.Start())
	fmt.Println(c.Advance(3) != nil)
	fmt.Println(c.AwaitTermination())
	fmt.Println(c.AwaitTerminationFor(second))
	c.Stop()
	// Output:
	// 1000 ms is written
	// 3000 ms is written
	// true
	// batch 2000 ms, foreachRDD at example_run_test.go:36: the disk is full
	// false batch 2000 ms, foreachRDD at example_run_test.go:36: the disk is full
}

func ExampleDStream_PrintTo() {
	c := program()
	defer c.Session().Stop()
	dstream.Batches(c, []int{1, 2, 3}).PrintTo(os.Stdout, 2)
	engine.Check(c.Start())
	engine.Check(c.Advance(1))
	c.Stop()
	// Output:
	// -------------------------------------------
	// Time: 1000 ms
	// -------------------------------------------
	// 1
	// 2
	// ...
}

func ExampleDStream_SaveAsTextFiles() {
	disk := &fs.Memory{}
	s := engine.Start(engine.Sequential(), engine.Clock(clock.NewManual(time.UnixMilli(0))), engine.Files(disk))
	defer s.Stop()
	c := dstream.New(s, second)
	words(c).SaveAsTextFiles("out/words", "txt")
	engine.Check(c.Start())
	engine.Check(c.Advance(1))
	c.Stop()
	for _, part := range engine.Must(disk.List("out/words-1000.txt")) {
		fmt.Printf("%s %q\n", part.Path, engine.Must(fs.Read(disk, part.Path)))
	}
	// Output:
	// out/words-1000.txt/_SUCCESS ""
	// out/words-1000.txt/part-00000 "lot\n"
	// out/words-1000.txt/part-00001 "bloc\n"
}

// A program starts again from its checkpoint: the state is there, and the last batch
// that was done runs once more.
func ExampleGetOrCreate() {
	disk, hands := &fs.Memory{}, clock.NewManual(time.UnixMilli(0))
	setup := func(s *engine.Session) (*dstream.Context, error) {
		c := dstream.New(s, second)
		c.Checkpoint("progress")
		ticks := dstream.InputStream(c, "ticks", func(at dstream.Time) (*rdd.Pairs[string, int], int64, error) {
			return rdd.Of(s, 1, rdd.KV("ticks", 1)), 1, nil
		})
		dstream.UpdateStateByKey(ticks, func(values []int, old int, _ bool) (int, bool) { return old + len(values), true }).
			ForEachRDD(func(batch *rdd.Pairs[string, int], at dstream.Time) error {
				rows, err := batch.Collect()
				fmt.Println(at, rows)
				return err
			})
		return c, nil
	}
	for range 2 {
		s := engine.Start(engine.Sequential(), engine.Clock(hands), engine.Files(disk))
		c := engine.Must(dstream.GetOrCreate(s, "progress", setup))
		engine.Check(c.Start())
		engine.Check(c.Advance(2))
		c.Stop()
		s.Stop()
	}
	// Output:
	// 1000 ms [{ticks 1}]
	// 2000 ms [{ticks 2}]
	// 2000 ms [{ticks 2}]
	// 3000 ms [{ticks 3}]
	// 4000 ms [{ticks 4}]
}

// greetings is a receiver of three rows.
type greetings struct{ dstream.Receiver[string] }

func (r *greetings) OnStart() { engine.Check(r.StoreBlock([]string{"bonjour", "salut", "coucou"})) }
func (r *greetings) OnStop()  {}

func ExampleReceiverStream() {
	c := program()
	show(dstream.ReceiverStream(c, func() dstream.CustomReceiver[string] { return &greetings{} }, rdd.MemoryOnly), 2)
	// Output:
	// 1000 ms [bonjour coucou salut]
	// 2000 ms []
}

// ticker stores a row when it is told to.
type ticker struct {
	dstream.Receiver[int]
	told chan *ticker
}

func (r *ticker) OnStart() { r.told <- r }
func (r *ticker) OnStop()  {}

// Rows that are stored one by one within a block interval are a block, and so a partition.
func ExampleBlockInterval() {
	hands := clock.NewManual(time.UnixMilli(0))
	s := engine.Start(engine.Executors(2), engine.Clock(hands), engine.Sequential())
	defer s.Stop()
	c := dstream.New(s, second, dstream.BlockInterval(second/2), dstream.RestartDelay(second), dstream.ReceiverClock(hands), dstream.MaxRate(1e6))
	started := make(chan *ticker, 1)
	rows := dstream.ReceiverStream(c, func() dstream.CustomReceiver[int] { return &ticker{told: started} })
	dstream.Glom(rows).PrintTo(os.Stdout, 10)
	engine.Check(c.Start())
	r := <-started
	engine.Check(r.Store(1))
	engine.Check(r.Store(2))
	hands.Advance(second / 2)
	engine.Check(r.Store(3))
	engine.Check(c.Advance(1))
	c.Stop()
	fmt.Println(r.IsStopped(), r.Store(4))
	// Output:
	// -------------------------------------------
	// Time: 1000 ms
	// -------------------------------------------
	// [1 2]
	// [3]
	//
	// true the receiver is stopped
}

// What was stored and not processed is in the log: it comes in the first batch after
// the restart.
func ExampleWriteAheadLog() {
	disk, hands := &fs.Memory{}, clock.NewManual(time.UnixMilli(0))
	started := make(chan *ticker, 1)
	setup := func(s *engine.Session) (*dstream.Context, error) {
		c := dstream.New(s, second, dstream.WriteAheadLog())
		c.Checkpoint("progress")
		dstream.ReceiverStream(c, func() dstream.CustomReceiver[int] { return &ticker{told: started} }).
			ForEachRDD(func(batch *rdd.RDD[int], at dstream.Time) error {
				rows, err := batch.Collect()
				fmt.Println(at, rows)
				return err
			})
		return c, nil
	}
	for life := range 2 {
		s := engine.Start(engine.Executors(2), engine.Sequential(), engine.Clock(hands), engine.Files(disk))
		c := engine.Must(dstream.GetOrCreate(s, "progress", setup))
		engine.Check(c.Start())
		r := <-started
		engine.Check(r.StoreBlock([]int{10*life + 1, 10*life + 2}))
		engine.Check(c.Advance(1))
		engine.Check(r.StoreBlock([]int{10*life + 3}))
		dstream.Crash(c) // the driver dies before the next batch
		s.Stop()
	}
	// Output:
	// 1000 ms [1 2]
	// 1000 ms [1 2]
	// 2000 ms [3 11 12]
}

func ExampleSocketTextStream() {
	s := engine.Start(engine.Executors(2))
	defer s.Stop()
	c := dstream.New(s, second)
	lines := dstream.SocketTextStream(c, "127.0.0.1:9911")
	fmt.Println(lines.Err())
	// Output: <nil>
}

func ExampleWithBackpressure() {
	s := engine.Start(engine.Executors(2))
	defer s.Stop()
	c := dstream.New(s, second, dstream.WithBackpressure(dstream.Backpressure{InitialRate: 1000}))
	fmt.Println(c.State(), c.Err())
	// Output: INITIALIZED <nil>
}

func ExampleContext_Start() {
	c := program()
	defer c.Session().Stop()
	fmt.Println(c.Start())
	fmt.Println(c.State())
	// Output:
	// requirement failed: No output operations registered, so nothing to execute (example_run_test.go:228)
	// STOPPED
}

func ExampleContext_Drain() {
	c := program()
	defer c.Session().Stop()
	words(c).Cache().Print()
	engine.Check(c.Start())
	fmt.Println(c.Drain(), c.ZeroTime())
	c.StopGracefully()
	// Output: <nil> 0 ms
}

func ExampleTimeOf() {
	at := dstream.TimeOf(time.UnixMilli(2000))
	fmt.Println(at, at.When().Format(time.RFC3339))
	// Output: 2000 ms 1970-01-01T00:00:02Z
}
