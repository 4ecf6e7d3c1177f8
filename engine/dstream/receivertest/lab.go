package receivertest

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"etincelle/engine"
	"etincelle/engine/dstream"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

// laboratory is a session with the subject in it.
type laboratory struct {
	server   *server
	session  *engine.Session
	context  *dstream.Context
	starting time.Duration // how long OnStart took

	mu     sync.Mutex
	rows   map[string]int // how often each line is in the output
	blocks int64          // rows that the driver knows of
}

const patience = 10 * time.Second

// open starts a session in which the subject receives; rate 0 is no limit.
func open(s Subject, rate float64) (*laboratory, error) {
	if s.Make == nil {
		return nil, errors.New("the subject has no Make")
	}
	server, err := serve(s.Reliable)
	if err != nil {
		return nil, err
	}
	l := &laboratory{server: server, rows: map[string]int{}}
	l.session = engine.Start(engine.Executors(3), engine.Cores(2), engine.Listen(l.hear), engine.Progress(false))
	options := []dstream.Option{dstream.BlockInterval(20 * time.Millisecond), dstream.RestartDelay(30 * time.Millisecond)}
	if rate > 0 {
		options = append(options, dstream.MaxRate(rate))
	}
	l.context = dstream.New(l.session, 50*time.Millisecond, options...)
	lines := dstream.ReceiverStream(l.context, func() dstream.CustomReceiver[string] { return s.Make(server.address()) })
	lines.ForEachRDD(func(batch *rdd.RDD[string], _ dstream.Time) error {
		all, err := batch.Collect()
		if err != nil {
			return err
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		for _, line := range all {
			l.rows[line]++
		}
		return nil
	})
	began := time.Now()
	if err := l.context.Start(); err != nil {
		l.close()
		return nil, err
	}
	l.starting = time.Since(began)
	return l, nil
}

func (l *laboratory) close() {
	l.context.Stop()
	l.session.Stop()
	l.server.close()
}

func (l *laboratory) hear(e event.Event) {
	if added, ok := e.(event.InputBlockAdded); ok {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.blocks += added.Rows
	}
}

func (l *laboratory) stored() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.blocks
}

func (l *laboratory) times(line string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rows[line]
}

// killReceiver kills the receiver's executor and brings it back, and waits for the next
// receiver to connect: the connection of the dead one may last a while.
func (l *laboratory) killReceiver() {
	before := l.server.connected()
	core, name := engine.Inside(l.session), dstream.ReceiverExecutor(l.context, 0)
	core.KillExecutor(name, "killed by the suite")
	core.AddExecutor(name)
	l.server.awaitClient(before + 1)
}

// await waits until enough is true.
func await(enough func() bool) bool {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if enough() {
			return true
		}
	}
	return enough()
}

// awaitRows waits until so many different lines are in the output.
func (l *laboratory) awaitRows(n int) error {
	have := func() int {
		l.mu.Lock()
		defer l.mu.Unlock()
		return len(l.rows)
	}
	if !await(func() bool { return have() >= n }) {
		return fmt.Errorf("of %d lines that were sent %d have been stored within %s", n, have(), patience)
	}
	return nil
}

func (l *laboratory) awaitAcks(n int64) error {
	if !await(func() bool { return l.server.acknowledged() >= n }) {
		return fmt.Errorf("of %d lines that were sent %d have been acknowledged within %s", n, l.server.acknowledged(), patience)
	}
	return nil
}

// awaitGoroutines waits a second for the goroutines that OnStart started to end, and
// returns one that has not.
func (l *laboratory) awaitGoroutines() (left string) {
	for end := time.Now().Add(time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if left = started(); left == "" {
			return ""
		}
	}
	return left
}

// started is a goroutine that a receiver's OnStart has started, "" when there is none.
func started() string {
	all := make([]byte, 1<<20)
	all = all[:runtime.Stack(all, true)]
	for one := range strings.SplitSeq(string(all), "\n\n") {
		if _, creator, ok := strings.Cut(one, "created by "); ok {
			function, _, _ := strings.Cut(creator, "\n")
			if strings.Contains(function, ".OnStart ") || strings.Contains(function, ".OnStart.") {
				return one
			}
		}
	}
	return ""
}
