package replay

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/dstream"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
	"etincelle/replay/scenario"
)

// words are what the receivers of a scenario get, over and over.
var words = strings.Fields("spark flux spark lot flux spark bloc filigrane spark flux")

// RunReceiving runs a program of receivers, in time that is simulated, and returns
// what happened: words are received, cut into batches and counted over a window.
func RunReceiving(s scenario.Receiving) ([]event.Event, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	var facts []event.Event
	hand := clock.NewManual(began)
	session := engine.Start(engine.Files(new(fs.Memory)), engine.App(s.Title), engine.Executors(s.Executors), engine.Cores(s.Cores), engine.Clock(hand), engine.Progress(false),
		engine.Simulated(func(*lineage.Task) time.Duration { return time.Duration(s.Task) }),
		engine.Listen(func(e event.Event) {
			if ofReceiving(e) {
				facts = append(facts, e)
			}
		}))
	defer session.Stop()
	options := []dstream.Option{dstream.BlockInterval(time.Duration(s.Block))}
	if s.Log {
		options = append(options, dstream.WriteAheadLog())
	}
	c := dstream.New(session, time.Duration(s.Batch), options...)
	if s.Log {
		c.Checkpoint("checkpoint")
	}
	level := rdd.MemoryOnlySer
	if s.Copies == 2 {
		level = rdd.MemoryOnlySer2
	}
	taps := &taps{}
	var streams []*dstream.DStream[string]
	for range s.Receivers {
		streams = append(streams, dstream.ReceiverStream(c, func() dstream.CustomReceiver[string] { return &tap{of: taps} }, level))
	}
	all := streams[0]
	if len(streams) > 1 {
		all = dstream.Union(all, streams[1:]...)
	}
	ones := dstream.MapToPair(all, func(w string) (string, int) { return w, 1 })
	dstream.ReduceByKeyAndWindow(ones, rdd.Add[int], time.Duration(s.Window), time.Duration(s.Slide)).
		ForEachRDD(func(batch *rdd.RDD[rdd.Pair[string, int]], _ dstream.Time) error {
			_, err := batch.Collect()
			return err
		})
	if err := c.Start(); err != nil {
		return nil, err
	}
	const tick = 100 * time.Millisecond
	for at := tick; at <= time.Duration(s.Lasts); at += tick {
		hand.AfterFunc(at, func() { taps.drip(s.PerSecond, at, tick) })
	}
	for _, k := range s.Kills {
		hand.AfterFunc(time.Duration(k.At)+tick/2, func() { engine.Inside(session).KillExecutor(k.Executor, "killed") })
	}
	failed := []error{}
	for range int(s.Lasts / s.Batch) {
		if err := c.Advance(1); err != nil {
			failed = append(failed, err) // the program goes on, and the facts tell
		}
	}
	c.Stop()
	session.Stop()
	if len(facts) == 0 {
		return nil, errors.Join(failed...)
	}
	return facts, nil
}

func ofReceiving(e event.Event) bool {
	switch e.(type) {
	case event.StreamingStart, event.StreamingEnd, event.StreamingStalled, event.ReceiverStarted, event.ReceiverStopped, event.ReceiverError,
		event.InputBlockStored, event.InputBlockDropped, event.InputBlockAdded, event.InputLost, event.BatchFormed, event.BatchSubmitted,
		event.BatchStarted, event.BatchCompleted, event.BatchNotGenerated, event.OutputStarted, event.OutputCompleted,
		event.ExecutorAdded, event.ExecutorLost:
		return true
	}
	return false
}

// taps are the receivers that run now.
type taps struct {
	mu   sync.Mutex
	open []*tap
}

// tap is a receiver that stores what it is told to.
type tap struct {
	dstream.Receiver[string]
	of *taps
}

func (t *tap) OnStart() {
	t.of.mu.Lock()
	defer t.of.mu.Unlock()
	t.of.open = append(t.of.open, t)
}

func (t *tap) OnStop() {
	t.of.mu.Lock()
	defer t.of.mu.Unlock()
	t.of.open = slices.DeleteFunc(t.of.open, func(o *tap) bool { return o == t })
}

// drip gives each receiver its words of one tick.
func (t *taps) drip(perSecond int, at, tick time.Duration) {
	t.mu.Lock()
	open := slices.Clone(t.open)
	t.mu.Unlock()
	slices.SortFunc(open, func(a, b *tap) int { return a.StreamID() - b.StreamID() })
	before, now := int(int64(perSecond)*int64(at-tick)/int64(time.Second)), int(int64(perSecond)*int64(at)/int64(time.Second))
	for _, one := range open {
		for i := before; i < now; i++ {
			if one.Store(words[i%len(words)]) != nil {
				break // it is stopped: its words are lost with it
			}
		}
	}
}
