package chaos

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// fault is one thing that goes wrong, as a value: what, and when in a step.
type fault struct {
	what   disaster
	moment moment
	at     int // the number of the task or row since the step began, from 1
	who    int // which executor, dataset or shuffle, counted round
	part   int // which partition of the dataset
}

type disaster int

const (
	kill disaster = iota
	killOwn
	blackout
	revive
	loseBlock
	loseShuffle
	fail
	straggle
	cancel
	disasters
)

var disasterNames = [...]string{
	"kill an executor", "kill the executor that runs it", "kill all executors and start one", "revive an executor",
	"lose a block", "lose a shuffle's files", "fail the task", "make the task wait", "cancel the job",
}

func (d disaster) String() string { return disasterNames[d] }

// moment is what starts a fault.
type moment int

const (
	before moment = iota // the step's first job
	atTask               // the at-th task that starts
	atRow                // the at-th row that a watched function sees
)

func (f fault) String() string {
	when := [...]string{"before", fmt.Sprint("task ", f.at), fmt.Sprint("row ", f.at)}[f.moment]
	switch f.what {
	case loseBlock:
		return fmt.Sprintf("%s: %s (dataset %d, partition %d)", when, f.what, f.who, f.part)
	case kill, blackout, revive, loseShuffle:
		return fmt.Sprintf("%s: %s (%d)", when, f.what, f.who)
	}
	return fmt.Sprintf("%s: %s", when, f.what)
}

// storm makes a session's faults happen.
type storm struct {
	s        *engine.Session
	core     *engine.Core
	names    []string // of the executors, and of one more that may join
	attempts int
	cut      bool // a lineage is cut by a local checkpoint: what is lost fails tasks too
	tell     func(event.Event)
	tasks    atomic.Int64 // started since the step began
	rows     atomic.Int64 // watched since the step began
	armed    atomic.Pointer[[]fault]
	written  sync.Map // the shuffles that have files, by number

	mu       sync.Mutex
	alive    map[string]bool
	failed   map[attempted]int
	shuffles []*lineage.Shuffle
	fired    [disasters]int
	harm     harm
	broken   error // the engine could not even lose something
}

// harm is what has gone wrong so far, by which an error of a job is judged.
type harm struct {
	blocks    bool // some may be lost
	hidden    int  // stores that lost files behind the driver's back
	told      int  // losses of executors in this step
	failed    bool // tasks were made to fail
	cancelled bool // a job of this step was cancelled
}

// attempted is a task of one attempt of a stage: it may fail so often.
type attempted struct{ job, stage, attempt, partition int }

// errStorm is the error of a task that was made to fail.
var errStorm = errors.New("a fault of the test")

func newStorm(s *engine.Session, p program, tell func(event.Event)) *storm {
	c := p.cluster
	st := &storm{
		s: s, core: engine.Inside(s), names: append(c.names(), "spare"), attempts: c.attempts, cut: p.cuts(), tell: tell,
		alive: map[string]bool{}, failed: map[attempted]int{},
	}
	for _, name := range c.names() {
		st.alive[name] = true
	}
	st.end()
	st.core.Intervene(st.task)
	st.core.Listen(func(e event.Event) {
		if w, ok := e.(event.ShuffleWritten); ok {
			st.written.Store(w.Shuffle, true)
		}
	})
	return st
}

// begin arms the faults of a step. made is the datasets so far.
func (s *storm) begin(faults []fault, made map[int]any) {
	var nodes []*lineage.Node
	for _, id := range slices.Sorted(maps.Keys(made)) {
		nodes = append(nodes, nodeOf(made[id]))
	}
	s.mu.Lock()
	s.shuffles, s.harm.told, s.harm.cancelled = shufflesBelow(nodes), 0, false
	s.mu.Unlock()
	s.tasks.Store(0)
	s.rows.Store(0)
	for _, f := range faults {
		if f.moment == before {
			_ = s.strike(f, nil) // no task runs that could fail
		}
	}
	s.armed.Store(&faults)
}

// end disarms them.
func (s *storm) end() { s.armed.Store(&[]fault{}) }

// harmless is the error of a fault that could not be made to happen, if there was one.
func (s *storm) harmless() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.broken
}

// happened is how often each fault did.
func (s *storm) happened() [disasters]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fired
}

// task is called at the start of each task.
func (s *storm) task(t *lineage.Task) error {
	return s.pass(atTask, int(s.tasks.Add(1)), func() *lineage.Task { return t })
}

// row is called by watched functions. There, to fail is to panic.
func (s *storm) row() {
	if err := s.pass(atRow, int(s.rows.Add(1)), s.core.CurrentTask); err != nil {
		panic(err)
	}
}

func (s *storm) pass(m moment, n int, task func() *lineage.Task) (err error) {
	for _, f := range *s.armed.Load() {
		if f.moment == m && f.at == n {
			err = cmp.Or(err, s.strike(f, task()))
		}
	}
	return err
}

// strike makes one fault happen, to a task or, with nil, between jobs. It returns
// the task's error.
func (s *storm) strike(f fault, t *lineage.Task) (err error) {
	if f.what == straggle {
		s.straggle(f)
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	did := false
	switch f.what {
	case kill:
		did = s.kill(s.names[f.who%len(s.names)], f.who)
	case killOwn:
		did = t != nil && s.kill(t.Executor, f.who)
	case blackout:
		did = s.blackout(f.who, t != nil)
	case revive:
		did = s.revive(f.who)
	case loseBlock:
		did = s.loseBlock(f)
	case loseShuffle:
		did = s.loseShuffle(f.who)
	case fail:
		did = t != nil && s.mayFail(t)
		if did {
			err = errStorm
		}
	case cancel:
		did = t != nil && s.cancel(f.who, t)
	}
	if did {
		s.fired[f.what]++
	}
	return err
}

// kill kills an executor; another joins before the last one goes, or the job would fail.
func (s *storm) kill(name string, who int) bool {
	if !s.alive[name] {
		return false
	}
	if len(s.alive) == 1 {
		s.revive(who + 1)
	}
	delete(s.alive, name)
	s.harm.blocks = true
	s.harm.told++
	return s.core.KillExecutor(name, "a test")
}

// blackout kills all executors and starts one: one that was dead, before, when a
// job runs.
func (s *storm) blackout(who int, jobRuns bool) bool {
	all := slices.Sorted(maps.Keys(s.alive))
	if jobRuns && !s.revive(who) {
		return false
	}
	for _, name := range all {
		delete(s.alive, name)
		s.core.KillExecutor(name, "a blackout")
	}
	s.harm.blocks = true
	s.harm.told += len(all)
	return jobRuns || s.revive(who)
}

// cancel cancels the job of a task, in one of three ways.
func (s *storm) cancel(who int, t *lineage.Task) bool {
	s.harm.cancelled = true
	switch who % 3 {
	case 0:
		s.s.CancelJob(t.Job)
	case 1:
		s.s.CancelJobGroup(jobGroup)
	default:
		s.s.CancelAllJobs()
	}
	return true
}

// revive starts the first dead executor from number who on.
func (s *storm) revive(who int) bool {
	for i := range s.names {
		if name := s.names[(who+i)%len(s.names)]; !s.alive[name] {
			s.core.AddExecutor(name)
			s.alive[name] = true
			return true
		}
	}
	return false
}

func (s *storm) loseBlock(f fault) bool {
	kept := s.core.Persisted()
	if len(kept) == 0 {
		return false
	}
	n := kept[f.who%len(kept)]
	parts, err := n.Partitions()
	if err != nil || parts == 0 || !s.core.Holds(n, f.part%parts) {
		return false
	}
	if err := s.core.DropBlock(n, f.part%parts, event.Lost); err != nil {
		s.broken = err
	}
	s.harm.blocks = true
	return true
}

func (s *storm) loseShuffle(who int) bool {
	var all []*lineage.Shuffle
	for _, shuffle := range s.shuffles {
		if _, written := s.written.Load(shuffle.ID); written {
			all = append(all, shuffle)
		}
	}
	if len(all) == 0 {
		return false
	}
	lost := all[who%len(all)]
	s.core.DropShuffle(lost)
	s.tell(filesLost{lost.ID})
	s.harm.hidden += len(s.alive) // a stage may find one loss after the other
	return true
}

// mayFail reports whether the task can fail once more and its job go on.
func (s *storm) mayFail(t *lineage.Task) bool {
	key := attempted{t.Job, t.Stage, t.StageAttempt, t.Partition}
	if s.failed[key]+1 >= s.attempts || s.cut && s.harm.blocks {
		return false
	}
	s.failed[key]++
	s.harm.failed = true
	return true
}

// straggle lets others go first: until some tasks more have started, or nothing
// has happened for long. No clock is asked.
func (s *storm) straggle(f fault) {
	until := s.tasks.Load() + int64(1+f.who%4)
	for turns := 0; turns < 2000 && s.tasks.Load() < until; turns++ {
		runtime.Gosched()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fired[straggle]++
}

// jobGroup is the group of all of a program's jobs.
const jobGroup = "chaos"

// excuses reports whether Spark would have failed the job too, and why: "" when not.
func (s *storm) excuses(err error) (why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	const rounds = 4
	for _, excuse := range []struct {
		text string
		is   bool
		why  string
	}{
		{"SPARK_JOB_CANCELLED", s.harm.cancelled, "the job was cancelled"},
		{"CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND", s.harm.blocks, "a local checkpoint was lost"},
		{"has failed the maximum allowable number of times: 4. Most recent failure reason", s.harm.told+s.harm.hidden >= rounds, "a stage met lost files four times"},
		{"cannot run anywhere due to node and executor excludeOnFailure", s.harm.failed, "all executors were excluded"},
	} {
		if excuse.is && strings.Contains(err.Error(), excuse.text) {
			return excuse.why
		}
	}
	return ""
}

// shufflesBelow lists the shuffles that datasets come from, each once.
func shufflesBelow(nodes []*lineage.Node) (all []*lineage.Shuffle) {
	seen := map[*lineage.Node]bool{}
	met := map[*lineage.Shuffle]bool{}
	for waiting := nodes; len(waiting) > 0; {
		n := waiting[0]
		waiting = waiting[1:]
		if seen[n] {
			continue
		}
		seen[n] = true
		for _, d := range n.Deps() {
			if d.Shuffle != nil && !met[d.Shuffle] {
				met[d.Shuffle] = true
				all = append(all, d.Shuffle)
			}
			waiting = append(waiting, d.Parent)
		}
	}
	return all
}
