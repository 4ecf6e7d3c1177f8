package chaos

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"go.uber.org/goleak"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

// world is one run of a program on the engine.
type world struct {
	s      *engine.Session
	files  fs.FS
	folder string
	storm  *storm
}

func (w *world) path(name string) string { return filepath.Join(w.folder, name) }

// outcome is what a run came to.
type outcome struct {
	defect   string   // what is wrong with the engine; "" when nothing is
	refused  []string // errors of jobs that Spark would have failed too
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
	out = w.steps(p.steps, all)
	w.s.Stop()
	out.fired, out.counters = w.storm.fired, w.s.Counters()
	if out.defect == "" {
		out.facts, err = check(heard.Events(), p.cluster.sequential)
		if err = errors.Join(err, w.leftovers(), goleak.Find(others)); err != nil {
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
	w := &world{files: &fs.Memory{}, folder: "chaos"}
	if p.cluster.disk {
		folder, err := os.MkdirTemp("", "chaos")
		if err != nil {
			return nil, nil, err
		}
		w.files, w.folder = fs.System{}, folder
	}
	heard := &event.Recorder{}
	w.s = engine.Start(append(p.cluster.options(), engine.Files(w.files), engine.CheckpointDir(w.path("checkpoints")), engine.Listen(heard.Hear))...)
	w.storm = newStorm(w.s, p, heard.Hear)
	return w, heard, nil
}

// steps runs one step after the other, to the first defect.
func (w *world) steps(steps []step, all map[int]known) (out outcome) {
	at := "the start"
	defer func() {
		if r := recover(); r != nil {
			out.defect = fmt.Sprintf("%s\n  panics: %v\n%s", at, r, debug.Stack())
		}
	}()
	data := map[int]any{}
	var nodes []*lineage.Node
	for _, s := range steps {
		at = s.String()
		c := call{world: w, id: s.id, ids: s.in, p: s.p}
		for _, id := range s.in {
			if r, made := data[id]; made {
				c.in, c.known = append(c.in, r), append(c.known, all[id])
			}
		}
		if len(c.in) < len(s.in) {
			continue // an eager step before it was refused
		}
		w.storm.begin(s.faults, nodes)
		made, err := s.verb.run(c)
		w.storm.end()
		switch err = errors.Join(err, w.storm.broken); {
		case err != nil && w.storm.excuses(err):
			out.refused = append(out.refused, err.Error())
		case err != nil:
			out.defect = fmt.Sprintf("%s\n  %v", at, err)
			return out
		case s.verb.to != nothing:
			data[s.id] = made
			nodes = append(nodes, nodeOf(made))
		}
	}
	return out
}

// excuses reports whether Spark would have failed the job too: because a stage met
// lost shuffle files four times in a row, or because what was lost had its lineage cut.
func (s *storm) excuses(err error) bool {
	const rounds = 4
	switch text := err.Error(); {
	case strings.Contains(text, "CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND"):
		return s.harm.blocks
	case strings.Contains(text, "has failed the maximum allowable number of times: 4. Most recent failure reason"):
		return s.harm.told+s.harm.hidden >= rounds
	}
	return false
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
