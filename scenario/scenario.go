// Package scenario is the failures that the course names, each as a program that can be
// run, recorded and stepped through. A source sends numbered rows, a receiver stores
// them, batches write them to an output; something goes wrong on the way; at the end an
// account says what became of every row.
//
//	source ──> receiver on an executor ──> blocks ──> batches ──> output
//
// On a manual clock a scenario is the same in every run, to the millisecond. On the
// computer's clock it is as it comes, and its account must come out alike.
package scenario

import (
	"fmt"
	"iter"
	"os"
	"time"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/dstream"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Text is a sentence in both languages.
type Text struct{ French, English string }

// Scenario is one of the course's failures.
type Scenario struct {
	Name  string // "receiver-killed-1"
	Title Text
	Story Text // what happens, and what to look at
	setup setup
}

// setup is what a scenario is made of.
type setup struct {
	executors, cores int
	batch, block     time.Duration
	every            time.Duration // between two offers of the source
	offer            int           // rows of each
	batches          int           // after which the source offers no more
	extra            int           // batches after that, for what is late
	level            rdd.StorageLevel
	log, checkpoint  bool
	backpressure     *dstream.Backpressure
	receiver         func(*broker, *counted) dstream.CustomReceiver[int64]
	keeps            bool                                // the source keeps rows until they are acknowledged
	upserts          bool                                // the output is idempotent
	spread           int                                 // partitions of a batch, 0 for its blocks
	task             func(executor string) time.Duration // how long a task takes
	perRow           time.Duration                       // and each of its rows
	script           []step                              // what happens when
	restart          time.Duration                       // when a killed driver comes back; 0 for a driver that lives
}

// step is something that happens in a scenario.
type step struct {
	at   time.Duration // after the start
	what func(*stage)
}

// Result is a scenario that was run.
type Result struct {
	Scenario Scenario
	Events   []event.Event // of all the lives of the driver
	Balance  Balance
	Took     time.Duration
}

// Options say how a scenario is run.
type Options struct {
	Real bool // by the computer's clock
}

// All lists the scenarios, in the order of the course.
func All() []Scenario { return catalogue() }

// Find is the scenario of a name.
func Find(name string) (Scenario, error) {
	for _, s := range All() {
		if s.Name == name {
			return s, nil
		}
	}
	return Scenario{}, fmt.Errorf("no scenario %q", name)
}

// stage is a scenario under way.
type stage struct {
	setup
	clock   clock.Clock
	manual  *clock.Manual // nil on the computer's clock
	files   fs.FS
	dir     string
	broker  *broker
	count   counted
	out     *ledger
	heard   event.Recorder
	session *engine.Session
	context *dstream.Context
	began   time.Time
	over    bool // the source offers no more
}

// Run runs a scenario.
func (s Scenario) Run(o Options) (Result, error) {
	st := &stage{setup: s.setup, files: &fs.Memory{}, dir: "checkpoint", clock: clock.System{}}
	if !o.Real {
		st.manual = clock.NewManual(time.UnixMilli(0).UTC())
		st.clock = st.manual
	}
	st.broker, st.out, st.began = newBroker(st.clock, s.setup.keeps), newLedger(s.setup.upserts), st.clock.Now()
	if err := st.play(); err != nil {
		return Result{}, fmt.Errorf("scenario %s: %w", s.Name, err)
	}
	events := st.heard.Events()
	return Result{Scenario: s, Events: events, Balance: balance(st.broker, &st.count, st.out, events), Took: st.clock.Now().Sub(st.began)}, nil
}

// play runs the driver's lives.
func (st *stage) play() error {
	for _, s := range st.script {
		st.clock.AfterFunc(s.at, func() { s.what(st) })
	}
	st.feed()
	if err := st.live(); err != nil {
		return err
	}
	if st.restart == 0 {
		return st.finish(st.batches + st.extra)
	}
	before := int(st.restart / st.batch)
	if err := st.pass(before - 1); err != nil {
		return err
	}
	st.wait(st.began.Add(st.restart).Add(-3 * st.batch / 4)) // in the middle of a batch
	dstream.Crash(st.context)
	st.session.Stop()
	st.wait(st.began.Add(st.restart).Add(st.batch / 2))
	if err := st.live(); err != nil {
		return err
	}
	return st.finish(st.batches + st.extra - before)
}

// live starts a driver, from its checkpoint if there is one.
func (st *stage) live() error {
	options := []engine.Option{
		engine.App("scenario"), engine.Executors(st.executors), engine.Cores(st.cores), engine.Clock(st.clock), engine.Files(st.files),
		engine.Listen(st.heard.Hear), engine.Progress(false),
	}
	if st.manual != nil {
		options = append(options, engine.Simulated(func(t *lineage.Task) time.Duration {
			return st.task(t.Executor) + time.Duration(t.Metrics.Input)*st.perRow
		}))
	}
	st.session = engine.Start(options...)
	if st.manual == nil {
		engine.Inside(st.session).Intervene(func(t *lineage.Task) error {
			select {
			case <-st.clock.After(st.task(t.Executor)):
			case <-t.Context.Done():
			}
			return nil
		})
	}
	if !st.checkpoint {
		c, err := st.program(st.session)
		if err != nil {
			return err
		}
		st.context = c
		return c.Start()
	}
	c, err := dstream.GetOrCreate(st.session, st.dir, st.program)
	if err != nil {
		return err
	}
	st.context = c
	return c.Start()
}

// program is the streaming program of all scenarios: what is received is written out.
func (st *stage) program(s *engine.Session) (*dstream.Context, error) {
	options := []dstream.Option{dstream.BlockInterval(st.block), dstream.RestartDelay(st.block)}
	if st.log {
		options = append(options, dstream.WriteAheadLog())
	}
	if st.backpressure != nil {
		options = append(options, dstream.WithBackpressure(*st.backpressure))
	}
	c := dstream.New(s, st.batch, options...)
	if st.checkpoint {
		c.Checkpoint(st.dir)
	}
	rows := dstream.ReceiverStream(c, func() dstream.CustomReceiver[int64] { return st.receiver(st.broker, &st.count) }, st.level)
	if st.spread > 0 {
		rows = dstream.Repartition(rows, st.spread)
	}
	if st.manual == nil && st.perRow > 0 {
		rows = dstream.MapPartitions(rows, st.slowly)
	}
	rows.ForEachRDD(func(batch *rdd.RDD[int64], _ dstream.Time) error {
		all, err := batch.Collect()
		if err == nil {
			st.out.write(all)
		}
		return err
	})
	return c, nil
}

// slowly takes as long for each row as the scenario says, by the computer's clock.
func (st *stage) slowly(rows iter.Seq[int64]) iter.Seq[int64] {
	return func(yield func(int64) bool) {
		for row := range rows {
			<-st.clock.After(st.perRow)
			if !yield(row) {
				return
			}
		}
	}
}

// feed has the source offer rows, at the same pace from the start to the end.
func (st *stage) feed() {
	end := st.began.Add(time.Duration(st.batches) * st.batch)
	var tick func()
	tick = func() {
		if !st.clock.Now().Before(end) {
			return
		}
		st.broker.offer(st.offer)
		st.clock.AfterFunc(st.every, tick)
	}
	st.clock.AfterFunc(st.every/2, tick) // never at the same time as a batch
}

// pass lets batches go by.
func (st *stage) pass(batches int) error {
	if batches <= 0 {
		return nil
	}
	if st.manual != nil {
		return st.context.Advance(batches)
	}
	<-st.clock.After(time.Duration(batches) * st.batch)
	return nil
}

// wait lets the clock come to a time.
func (st *stage) wait(until time.Time) {
	d := until.Sub(st.clock.Now())
	switch {
	case d <= 0:
	case st.manual != nil:
		st.manual.Advance(d)
	default:
		<-st.clock.After(d)
	}
}

// finish lets the last batches go by, and ends. A batch that failed is part of the story.
func (st *stage) finish(batches int) error {
	_ = st.pass(batches)
	st.context.StopGracefully()
	st.session.Stop()
	return nil
}

// Record writes what happened for `step`: one recording, as if of one session.
func (r Result) Record(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := event.Write(f, r.Events); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func (st *stage) kill(executor string) {
	engine.Inside(st.session).KillExecutor(executor, "killed by the scenario")
}

// killReceiver kills the executor on which the receiver lives.
func killReceiver(st *stage) { st.kill(dstream.ReceiverExecutor(st.context, 0)) }

// loseAck has an acknowledgement lost on its way.
func loseAck(st *stage) { st.broker.loseAck() }
