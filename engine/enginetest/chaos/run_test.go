package chaos

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"go.uber.org/goleak"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/fs"
)

// world is one run of a program on the engine.
type world struct {
	s      *engine.Session
	files  fs.FS
	folder string
	storm  *storm
	quiet  *quiet
}

func (w *world) path(name string) string { return filepath.Join(w.folder, name) }

// outcome is what a run came to.
type outcome struct {
	defect   string   // what is wrong with the engine; "" when nothing is
	refused  []string // why jobs failed that Spark would have failed too
	fired    [disasters]int
	counters event.Counters
	facts    facts
}

// patience is when a run is given up for hanging.
const patience = 2 * time.Minute

// run runs a program and compares each answer with the model's.
func run(p program) (out outcome) {
	all, err := p.answers()
	if err != nil {
		return outcome{defect: "not a program: " + err.Error()}
	}
	hanging := time.AfterFunc(patience, func() {
		debug.SetTraceback("all")
		panic("this program hangs:\n" + p.String())
	})
	defer hanging.Stop()
	others := goleak.IgnoreCurrent()
	w, heard, err := start(p)
	if err != nil {
		return outcome{defect: err.Error()}
	}
	out = w.steps(p, all)
	w.quiet.wait() // for what cancelled jobs and slow copies have left behind
	w.s.Stop()
	left := goleak.Find(others)
	out.fired, out.counters = w.storm.happened(), w.s.Counters()
	if out.defect == "" {
		out.facts, err = check(heard.Events(), p.exact(), p.cluster.speculation || p.has(cancel))
		if err = errors.Join(err, w.leftovers(), left); err != nil {
			out.defect = "after the program: " + err.Error()
		}
	}
	if p.cluster.disk {
		if err := os.RemoveAll(w.folder); err != nil && out.defect == "" {
			out.defect = err.Error()
		}
	}
	return out
}

func start(p program) (*world, *event.Recorder, error) {
	w := &world{files: &fs.Memory{}, folder: "chaos", quiet: newQuiet()}
	if p.cluster.disk {
		folder, err := os.MkdirTemp("", "chaos")
		if err != nil {
			return nil, nil, err
		}
		w.files, w.folder = fs.System{}, folder
	}
	heard := &event.Recorder{}
	w.s = engine.Start(append(p.cluster.options(), engine.Files(w.files), engine.CheckpointDir(w.path("checkpoints")), engine.Listen(heard.Hear), engine.Listen(w.quiet.hear))...)
	w.storm = newStorm(w.s, p, heard.Hear)
	return w, heard, nil
}

// steps runs a program to its first defect: one step after the other, or actions
// that stand together at once.
func (w *world) steps(p program, all map[int]known) (out outcome) {
	made := map[int]any{}
	for rest := p.steps; len(rest) > 0; {
		n := 1
		for p.cluster.together && rest[0].verb.isAction() && n < len(rest) && rest[n].verb.isAction() {
			n++
		}
		now := rest[:n]
		rest = rest[n:]
		var faults []fault
		for _, s := range now {
			faults = append(faults, s.faults...)
		}
		w.storm.begin(faults, made)
		ends := make([]end, n)
		var running sync.WaitGroup
		for i, s := range now {
			running.Go(func() { ends[i] = w.step(s, all, made) })
		}
		running.Wait()
		w.storm.end()
		for i, e := range ends {
			why := ""
			if e.err != nil {
				why = w.storm.excuses(e.err)
			}
			switch err := cmp.Or(e.err, w.storm.harmless()); {
			case why != "":
				out.refused = append(out.refused, why)
			case err != nil:
				out.defect = fmt.Sprintf("%s\n  %v", now[i], err)
				return out
			case now[i].verb.to != nothing && e.made != nil:
				made[now[i].id] = e.made
			}
		}
	}
	return out
}

// end is what came of a step.
type end struct {
	made any
	err  error
}

// step runs one step; what an eager step before it was refused is passed over.
func (w *world) step(s step, all map[int]known, made map[int]any) (e end) {
	defer func() {
		if r := recover(); r != nil {
			e.err = fmt.Errorf("it panics: %v\n%s", r, debug.Stack())
		}
	}()
	c := call{world: w, id: s.id, ids: s.in, p: s.p}
	for _, id := range s.in {
		if made[id] == nil {
			return end{}
		}
		c.in, c.known = append(c.in, made[id]), append(c.known, all[id])
	}
	e.err = w.s.InJobGroup(jobGroup, "", func() (err error) {
		e.made, err = s.verb.run(c)
		return err
	})
	return e
}

// quiet knows how many tasks are under way.
type quiet struct {
	mu    sync.Mutex
	ended sync.Cond
	under int
}

func newQuiet() *quiet {
	q := &quiet{}
	q.ended.L = &q.mu
	return q
}

func (q *quiet) hear(e event.Event) {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch e.(type) {
	case event.TaskStart:
		q.under++
	case event.TaskEnd:
		q.under--
		q.ended.Broadcast()
	}
}

// wait returns when no task is under way.
func (q *quiet) wait() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.under > 0 {
		q.ended.Wait()
	}
}

// leftovers finds files that the session has left in its memory.
func (w *world) leftovers() error {
	memory, ok := w.files.(*fs.Memory)
	if !ok {
		return nil // the computer's folder of temporary files is not ours alone
	}
	left, err := memory.List(os.TempDir())
	if err != nil && !fs.Missing(err) {
		return err
	}
	for _, file := range left {
		if strings.Contains(file.Path, "etincelle-") {
			return fmt.Errorf("the session has stopped, and %s is still there", file.Path)
		}
	}
	return nil
}
