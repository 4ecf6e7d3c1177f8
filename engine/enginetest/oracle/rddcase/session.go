package rddcase

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"etincelle/engine"
	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

// session is a case under way: the engine's session, and what the program's
// names stand for.
type session struct {
	engine   *engine.Session
	recorder event.Recorder
	folder   string  // of the case's files; what the program calls "out" is folder/out
	files    *listed // the system's, as the engine sees them

	datasets     map[string]dataset
	accumulators map[string]*rdd.Accumulator[int64]
	broadcasts   map[string]*rdd.Broadcast[map[neutral.Value]neutral.Value]
}

// dataset is one dataset of the program.
type dataset struct {
	rows *rdd.RDD[neutral.Value]
	freedom
}

// open starts a session as Spark was started for the case.
func open(c *Case) (s *session, err error) {
	options, err := optionsOf(c)
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "oracle-")
	if err != nil {
		return nil, fmt.Errorf("case %s: a folder for its files: %w", c.Name, err)
	}
	s = &session{
		folder:       folder,
		files:        &listed{},
		datasets:     map[string]dataset{},
		accumulators: map[string]*rdd.Accumulator[int64]{},
		broadcasts:   map[string]*rdd.Broadcast[map[neutral.Value]neutral.Value]{},
	}
	// One task after the other: what a case gives does not depend on which task
	// ends first, and a fault is then the same fault in every run.
	s.engine = engine.Start(append(options, engine.App(c.Name), engine.Sequential(), engine.Files(s.files), engine.Listen(s.recorder.Hear))...)
	return s, nil
}

// reserved is what Spark keeps for itself of an executor's memory.
const reserved = 300 << 20

// optionsOf reads the case's master and conf.
func optionsOf(c *Case) ([]engine.Option, error) {
	local, err := engine.Local(c.Master)
	if err != nil {
		return nil, report.NotBuilt{What: fmt.Sprintf("master %q", c.Master)}
	}
	options := []engine.Option{local}
	memory, fraction := 0.0, 0.6 // bytes; spark.memory.fraction's default
	var names []string
	for name := range c.Conf {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		n, err := strconv.ParseFloat(c.Conf[name], 64)
		if err != nil {
			return nil, report.NotBuilt{What: fmt.Sprintf("%s=%s", name, c.Conf[name])}
		}
		switch name {
		case "spark.default.parallelism":
			options = append(options, engine.Parallelism(int(n)))
		case "spark.rdd.limit.scaleUpFactor":
			options = append(options, engine.TakeScaleUp(int(n)))
		case "spark.testing.memory":
			memory = n
		case "spark.memory.fraction":
			fraction = n
		case "spark.shuffle.io.maxRetries": // a fetch inside one process is not tried twice
		default:
			return nil, report.NotBuilt{What: "conf " + name}
		}
	}
	if memory > 0 {
		options = append(options, engine.Memory(int64((memory-reserved)*fraction)))
	} else if _, set := c.Conf["spark.memory.fraction"]; set {
		return nil, report.NotBuilt{What: "conf spark.memory.fraction without spark.testing.memory"}
	}
	return options, nil
}

// close ends the session; the case's files stay until remove.
func (s *session) close() { s.engine.Stop() }

func (s *session) remove() error { return os.RemoveAll(s.folder) }

// path is where the file lies that the program calls name.
func (s *session) path(name string) string { return filepath.Join(s.folder, filepath.FromSlash(name)) }

// counter is the accumulator of that name, which the first use makes.
func (s *session) counter(name string) *rdd.Accumulator[int64] {
	if s.accumulators[name] == nil {
		s.accumulators[name] = rdd.Counter(s.engine)
	}
	return s.accumulators[name]
}

// named is the program's name for a dataset, by number.
func (s *session) named(id int) string {
	var names []string
	for name, d := range s.datasets {
		if d.rows.ID() == id {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return fmt.Sprintf("rdd_%d", id)
	}
	return slices.Min(names)
}
