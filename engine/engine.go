// Package engine is the door to the kit: a Session is one running application,
// with its simulated executors. Datasets are made and used by the packages that
// stand on it: rdd, and later frame, stream and dstream.
//
//	s := engine.Start(engine.Executors(2), engine.Cores(2))
//	defer s.Stop()
//	words := rdd.FlatMap(rdd.Of(s, 2, "to be", "or not"), strings.Fields)
//	n, err := words.Count()
//
// The result type says what runs: a function that returns a dataset has run
// nothing, one that returns an error has run a job.
package engine

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
	"etincelle/engine/sched"
	"etincelle/engine/shuffle"
)

// Session is one running application. Its zero value is not usable; call Start.
type Session struct{ core *Core }

// Start opens a session: one executor with two cores unless told otherwise.
func Start(options ...Option) *Session {
	c := &Core{settings: defaults(), tracker: shuffle.NewTracker(), misses: map[blockID]string{}, tasks: map[int64]*lineage.Task{}, locals: map[int64]local{}, claims: map[string]string{}}
	c.settings.record = os.Getenv(RecordVariable)
	for _, option := range options {
		option(&c.settings)
	}
	trial := trialOf(os.Getenv(TrialVariable))
	c.settings.try(trial)
	c.book.conf = c.settings.conf
	if path := c.settings.record; path != "" {
		c.bus.Listen(newRecorder(path, tell).Hear)
	}
	c.bus.Listen(c.count)
	if c.settings.progress && isTerminal(os.Stderr) {
		c.bus.Listen(newConsole(c.settings).hear)
	}
	for _, listen := range c.settings.listeners {
		c.bus.Listen(listen)
	}
	if dir := c.settings.checkpointDir; dir != "" {
		c.SetCheckpointDir(dir)
	}
	c.folder = filepath.Join(os.TempDir(), "etincelle-"+randomName())
	c.sched = &sched.Scheduler{
		Outputs: outputs{c}, Places: places{c}, Runner: runner{c},
		Clock: c.settings.clock, Emit: c.bus.Emit, Attempts: c.settings.attempts,
		Speculation: c.settings.speculation, Exclusion: c.settings.exclusion,
	}
	if c.settings.simulated != nil {
		c.sched.Idle = c.idle
	}
	c.Emit(event.SessionStart{App: c.settings.app, Time: c.settings.clock.Now(), Parallelism: c.DefaultParallelism()})
	for _, name := range c.settings.names() {
		c.AddExecutor(name)
	}
	c.killOn(trial.Kills)
	return &Session{core: c}
}

// Stop closes the session: jobs under way are cancelled, its cached blocks and
// shuffle outputs are gone, and what was checkpointed stays. A job started
// afterwards fails.
func (s *Session) Stop() { s.core.stopping.Do(s.core.stop) }

func (c *Core) stop() {
	c.stopBeside()
	c.mu.Lock()
	c.stopped = true
	c.mu.Unlock()
	c.sched.Stop()
	c.mu.Lock()
	c.executors = nil
	c.mu.Unlock()
	c.Emit(event.SessionEnd{})
	// A temporary folder that cannot be removed harms nobody and there is nobody to tell.
	_ = c.settings.files.Remove(c.folder)
}

// DefaultParallelism is the number of partitions of a dataset for which the
// program names none: all the cores, or what the option of that name says.
func (s *Session) DefaultParallelism() int { return s.core.DefaultParallelism() }

// SetCheckpointDir sets where Checkpoint writes. Each session has a folder of its
// own in it; the files stay after the session, and another one can read them.
func (s *Session) SetCheckpointDir(dir string) { s.core.SetCheckpointDir(dir) }

// Counters is what the session's jobs have done so far: stages, tasks, rows
// shuffled. Take it before and after, and Since tells what lay between:
//
//	before := s.Counters()
//	n, err := counts.Count()
//	fmt.Println(s.Counters().Since(before).ShuffleWrite)
func (s *Session) Counters() event.Counters {
	s.core.counting.Lock()
	defer s.core.counting.Unlock()
	return s.core.counters
}

// Inside is for the packages that build APIs on the session (rdd, frame, …) and
// for enginetest. Programs do not need it, and graded ones may not use it.
func Inside(s *Session) *Core { return s.core }

// Must returns v, or panics with err: for notebooks and examples, where there
// is nobody to hand the error to.
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Check panics with err if there is one: Must for calls that return no value.
func Check(err error) {
	if err != nil {
		panic(err)
	}
}

func randomName() string { return fmt.Sprintf("%016x", rand.Uint64()) }
