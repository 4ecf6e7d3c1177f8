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

// tick is how often words come.
const tick = 100 * time.Millisecond

// RunReceiving runs a program of receivers, in time that is simulated, and returns
// what happened: words are received, cut into batches and counted over a window.
// Executors die when the scenario says, and so does the driver, which comes back after
// one batch interval from its checkpoint.
func RunReceiving(s scenario.Receiving) ([]event.Event, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	r := &reception{Receiving: s, hand: clock.NewManual(began), files: new(fs.Memory), taps: &taps{}}
	r.plan()
	end := began.Add(time.Duration(s.Lasts))
	for lives := true; lives; {
		if err := r.live(); err != nil {
			return nil, err
		}
		r.runUntil(end)
		if lives = r.dead; lives {
			r.session.Stop()
			r.hand.Advance(max(r.back.Sub(r.hand.Now()), 0))
		}
	}
	_ = r.program.Drain() // what keeps batches from being processed is among the facts
	r.program.Stop()
	r.session.Stop()
	r.tape.mu.Lock()
	defer r.tape.mu.Unlock()
	return r.tape.facts, nil
}

// reception is a program of receivers under way.
type reception struct {
	scenario.Receiving
	hand  *clock.Manual
	files *fs.Memory // outlives the driver
	taps  *taps
	tape  tape

	// The driver that lives.
	session *engine.Session
	program *dstream.Context
	dead    bool
	back    time.Time // when the next one comes
}

// tape is what happened. A task that outlives its driver ends on a goroutine of its own.
type tape struct {
	mu    sync.Mutex
	facts []event.Event
	lives int // drivers so far
	life  int // which of them is heard, 0 for none
}

// begin takes in the facts of the next driver, until it dies.
func (t *tape) begin() func(event.Event) {
	t.mu.Lock()
	t.lives++
	life := t.lives
	t.life = life
	t.mu.Unlock()
	return func(e event.Event) {
		t.mu.Lock()
		defer t.mu.Unlock()
		if !ofReceiving(e) || life != t.life {
			return
		}
		t.facts = append(t.facts, e)
		if _, died := e.(event.DriverLost); died {
			t.life = 0
		}
	}
}

// plan has the clock bring words and deaths.
func (r *reception) plan() {
	for at := tick; at <= time.Duration(r.Lasts); at += tick {
		r.hand.AfterFunc(at, func() { r.taps.drip(r.PerSecond, at, tick) })
	}
	for _, k := range r.Kills {
		r.hand.AfterFunc(time.Duration(k.At)+tick/2, func() {
			switch {
			case r.dead: // and so is the executor
			case k.Executor == scenario.Driver:
				dstream.Crash(r.program)
				r.dead, r.back = true, r.hand.Now().Add(time.Duration(r.Batch)).Truncate(tick)
			default:
				engine.Inside(r.session).KillExecutor(k.Executor, "killed")
			}
		})
	}
}

// live starts a driver, from its checkpoint if there is one.
func (r *reception) live() error {
	r.dead = false
	r.session = engine.Start(engine.Files(r.files), engine.App(r.Title), engine.Executors(r.Executors), engine.Cores(r.Cores), engine.Clock(r.hand), engine.Progress(false),
		engine.Simulated(func(*lineage.Task) time.Duration { return time.Duration(r.Task) }),
		engine.Listen(r.tape.begin()))
	var err error
	if r.program, err = dstream.GetOrCreate(r.session, "checkpoint", r.define); err != nil {
		return err
	}
	return r.program.Start()
}

// define is the program: words counted over a window.
func (r *reception) define(session *engine.Session) (*dstream.Context, error) {
	options := []dstream.Option{dstream.BlockInterval(time.Duration(r.Block))}
	if r.Log {
		options = append(options, dstream.WriteAheadLog())
	}
	c := dstream.New(session, time.Duration(r.Batch), options...)
	c.Checkpoint("checkpoint")
	level := rdd.MemoryOnlySer
	if r.Copies == 2 {
		level = rdd.MemoryOnlySer2
	}
	var streams []*dstream.DStream[string]
	for range r.Receivers {
		streams = append(streams, dstream.ReceiverStream(c, func() dstream.CustomReceiver[string] { return &tap{of: r.taps} }, level))
	}
	all := streams[0]
	if len(streams) > 1 {
		all = dstream.Union(all, streams[1:]...)
	}
	ones := dstream.MapToPair(all, func(w string) (string, int) { return w, 1 })
	dstream.ReduceByKeyAndWindow(ones, rdd.Add[int], time.Duration(r.Window), time.Duration(r.Slide)).
		ForEachRDD(func(batch *rdd.RDD[rdd.Pair[string, int]], _ dstream.Time) error {
			_, err := batch.Collect()
			return err
		})
	return c, nil
}

// runUntil lets batches go by, until the driver dies or the time has come. What fails on
// the way is among the facts, and the program goes on.
func (r *reception) runUntil(end time.Time) {
	for !r.dead && r.hand.Now().Before(end) {
		if errors.Is(r.program.Advance(1), dstream.ErrStarved) {
			r.hand.Advance(time.Duration(r.Batch)) // batches come due and wait
		}
	}
}

func ofReceiving(e event.Event) bool {
	switch e.(type) {
	case event.StreamingStart, event.StreamingEnd, event.StreamingStalled, event.ReceiverStarted, event.ReceiverStopped, event.ReceiverError,
		event.InputBlockStored, event.InputBlockDropped, event.InputBlockAdded, event.InputLost, event.BatchFormed, event.BatchSubmitted,
		event.BatchStarted, event.BatchCompleted, event.BatchNotGenerated, event.OutputStarted, event.OutputCompleted,
		event.ExecutorAdded, event.ExecutorLost, event.DriverLost, event.OutputRows, event.StreamingCheckpoint, event.TaskStart, event.TaskEnd:
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
