package engine

import (
	"fmt"
	"regexp"
	"runtime"
	"strconv"
	"time"

	"etincelle/engine/clock"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/sched"
)

// Option sets one thing of a Session. Later options win.
type Option func(*settings)

type settings struct {
	app           string
	local         bool // one executor, called "driver" as Spark's local mode calls it
	executors     int
	cores         int
	memory        int64
	attempts      int
	parallelism   int // 0: the cores
	takeScaleUp   int
	copies        int // of each block that is kept, 0 for those of its level
	sequential    bool
	speculation   *sched.Speculation
	exclusion     *sched.Exclusion
	clock         clock.Clock
	files         fs.FS
	checkpointDir string
	record        string // the file for a recording, "" for none
	progress      bool   // of long jobs, told on a terminal
	listeners     []func(event.Event)
	conf          map[string]string                 // Spark's settings, for packages beside
	simulated     func(*lineage.Task) time.Duration // how long a task takes; nil: as long as it does
}

// defaultMemory is what an executor of Spark's default 1 GiB leaves for blocks:
// (1 GiB − 300 MiB reserved) × 0.6.
const defaultMemory = (1<<30 - 300<<20) * 6 / 10

func defaults() settings {
	return settings{
		app: "etincelle", local: true, executors: 1, cores: 2, memory: defaultMemory, attempts: 4,
		takeScaleUp: 4, clock: clock.System{}, files: fs.System{}, progress: true,
	}
}

// names are the executors' names.
func (s settings) names() []string {
	if s.local {
		return []string{"driver"}
	}
	var names []string
	for i := range s.executors {
		names = append(names, fmt.Sprintf("e%d", i))
	}
	return names
}

// App names the application in recordings.
func App(name string) Option { return func(s *settings) { s.app = name } }

// Executors sets how many executors the session has (1). They are named e0, e1 …
func Executors(n int) Option {
	return func(s *settings) { s.executors, s.local = max(n, 1), false }
}

// Cores sets how many tasks each executor runs at once (2).
func Cores(n int) Option { return func(s *settings) { s.cores = max(n, 1) } }

// Memory sets the bytes that each executor has for cached blocks (434 MiB, as
// with Spark's default executor of 1 GiB).
func Memory(bytes int64) Option { return func(s *settings) { s.memory = bytes } }

// Attempts sets how often a task may fail before its job fails (4).
func Attempts(n int) Option { return func(s *settings) { s.attempts = max(n, 1) } }

// Parallelism sets the number of partitions used where a program names none
// (spark.default.parallelism).
func Parallelism(n int) Option { return func(s *settings) { s.parallelism = n } }

// TakeScaleUp sets how much faster Take looks at partitions each time it has
// found nothing (4, spark.rdd.limit.scaleUpFactor).
func TakeScaleUp(n int) Option { return func(s *settings) { s.takeScaleUp = max(n, 2) } }

// Sequential runs tasks one after the other, in the same order in every run:
// the recording of a program is then always the same. Executors and cores are
// assigned as if they ran at once.
func Sequential() Option { return func(s *settings) { s.sequential = true } }

// Simulated runs tasks one after the other, like Sequential, and has each take as long
// as lasts says, by a manual clock: its end is heard when the clock has come there, and
// the clock moves when the session has nothing else to do. Executors then work at once,
// some of them slowly, and every run is the same. lasts is asked when the task has done
// its work, so it may look at the task's Metrics.
func Simulated(lasts func(*lineage.Task) time.Duration) Option {
	return func(s *settings) { s.simulated = lasts }
}

// SpeculationSettings says when a task is slow; a field left 0 has Spark's value.
type SpeculationSettings = sched.Speculation

// Speculation has slow tasks copied on another executor; the first to end wins. It
// is off as in Spark. With Sequential, or one executor, there is nothing to copy.
func Speculation(with SpeculationSettings) Option {
	with = with.OrDefaults()
	return func(s *settings) { s.speculation = &with }
}

// ExclusionSettings says how many failures are too many; a field left 0 has Spark's value.
type ExclusionSettings = sched.Exclusion

// Exclusion gives no more tasks, for a time, to executors on which tasks fail. It is
// off as in Spark.
func Exclusion(with ExclusionSettings) Option {
	with = with.OrDefaults()
	return func(s *settings) { s.exclusion = &with }
}

// Clock sets where the session's time comes from (the computer).
func Clock(c clock.Clock) Option { return func(s *settings) { s.clock = c } }

// Files sets where the session reads and writes (the computer's disk).
func Files(files fs.FS) Option { return func(s *settings) { s.files = files } }

// CheckpointDir sets where Checkpoint writes; see Session.SetCheckpointDir.
func CheckpointDir(dir string) Option { return func(s *settings) { s.checkpointDir = dir } }

// Listen calls f for every event, in order. f must not use the session.
func Listen(f func(event.Event)) Option {
	return func(s *settings) { s.listeners = append(s.listeners, f) }
}

// Progress sets whether a job that lasts says on standard error how far it is,
// when that is a terminal (true, spark.ui.showConsoleProgress).
func Progress(show bool) Option { return func(s *settings) { s.progress = show } }

var master = regexp.MustCompile(`^local(?:\[([1-9]\d{0,5}|\*)(?:,([1-9]\d{0,5}))?\])?$`)

// Local reads Spark's master strings: local (one executor, one core, one
// attempt), local[N] (N cores, * for all the computer has), local[N,F] (F
// attempts).
func Local(name string) (Option, error) {
	m := master.FindStringSubmatch(name)
	if m == nil {
		return nil, fmt.Errorf("master %q: found neither local, local[N], local[*] nor local[N,F] with numbers from 1", name)
	}
	cores, attempts := 1, 1
	if m[1] == "*" {
		cores = runtime.NumCPU()
	} else if m[1] != "" {
		cores, _ = strconv.Atoi(m[1]) // the expression lets numbers through only
	}
	if m[2] != "" {
		attempts, _ = strconv.Atoi(m[2])
	}
	return func(s *settings) {
		s.local, s.executors, s.cores, s.attempts = true, 1, cores, attempts
	}, nil
}
