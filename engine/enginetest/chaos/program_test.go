package chaos

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"etincelle/engine"
)

// program is a random program as a value: what the session is like, and steps
// that define datasets, mark them, or run actions on them, with the faults that
// strike while each step runs.
type program struct {
	cluster cluster
	steps   []step
}

// step is one line of a program.
type step struct {
	id     int // of the dataset it defines
	verb   *verb
	in     []int // ids of datasets
	p      []int // parameters: numbers, what they mean is the verb's business
	faults []fault
}

// verb is what a line can do: an operation, a mark or an action of package rdd.
type verb struct {
	name   string // as package rdd has it
	from   []kind
	to     kind   // nothing for a mark or an action
	form   string // the line as text, with a %s for each dataset and a %v for each parameter
	show   func(p []int) []any
	draw   func(r *rand.Rand, in []known) []int // the parameters; nil for none
	weight int                                  // how often it comes up, usual when 0
	eager  bool                                 // it defines a dataset and runs a job
	mark   bool                                 // it marks a dataset
	// model answers on slices; false when the line is not allowed there, because the
	// answer would not be one that a program may count on, or would be too large.
	model func(c call) (known, bool)
	// run does it on the engine and returns the dataset that it defines. An answer
	// that is not the model's is a wrong.
	run func(c call) (any, error)
}

// How often verbs come up, out of common.
const (
	rarest = 1
	rare   = 3
	usual  = 8
	common = 24
)

// call is one use of a verb.
type call struct {
	model *model
	world *world // nil while the model works
	id    int
	ids   []int
	in    []any // *rdd.RDD of the types of the verb's kinds
	known []known
	p     []int
}

// wrong is an answer that differs from the model's.
type wrong struct{ why string }

func (w wrong) Error() string { return w.why }

// model is what the slices know besides the rows.
type model struct {
	parallelism int
	most        int // rows that a dataset may have
	marks       map[int]mark
	alias       map[int]int // datasets that may be another one under a second name
}

func newModel(c cluster) *model {
	return &model{parallelism: c.parallelism, most: c.most, marks: map[int]mark{}, alias: map[int]int{}}
}

// mark is what a program has asked of a dataset.
type mark struct {
	kept  bool // a storage level
	local bool // a local checkpoint: what is lost is lost for good
	saved bool // a checkpoint
}

// answers is what the model knows of each dataset, or why a step is not allowed.
func (p program) answers() (map[int]known, error) {
	m := newModel(p.cluster)
	all := map[int]known{}
	for _, s := range p.steps {
		if err := m.take(s, all); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// take works out one step.
func (m *model) take(s step, all map[int]known) error {
	c := call{model: m, id: s.id, ids: s.in, p: s.p}
	for i, id := range s.in {
		k, defined := all[id]
		if !defined || k.kind != s.verb.from[i] {
			return fmt.Errorf("d%d is not there, or not %s", id, s.verb.from[i])
		}
		c.known = append(c.known, k)
	}
	k, ok := s.verb.model(c)
	if !ok || k.size() > m.most {
		delete(m.alias, s.id)
		return fmt.Errorf("%s is not allowed here", s)
	}
	if s.verb.to != nothing {
		k.kind = s.verb.to
		all[s.id] = k
	}
	return nil
}

// cuts reports whether the program has a local checkpoint.
func (p program) cuts() bool {
	return slices.ContainsFunc(p.steps, func(s step) bool { return s.verb.name == "RDD.LocalCheckpoint" })
}

// has reports whether the program has a fault of that kind.
func (p program) has(what disaster) bool {
	return slices.ContainsFunc(p.steps, func(s step) bool {
		return slices.ContainsFunc(s.faults, func(f fault) bool { return f.what == what })
	})
}

// exact reports whether the events of a run stand in the order in which things happened.
func (p program) exact() bool { return p.cluster.sequential && !p.cluster.together && !p.has(cancel) }

// String is the program as a text that looks like Go.
func (p program) String() string {
	var b strings.Builder
	fmt.Fprintln(&b, p.cluster)
	for _, s := range p.steps {
		fmt.Fprintln(&b, s)
	}
	return b.String()
}

func (s step) String() string {
	var args []any
	for _, id := range s.in {
		args = append(args, fmt.Sprint("d", id))
	}
	if s.verb.show != nil {
		args = append(args, s.verb.show(s.p)...)
	} else {
		for _, p := range s.p {
			args = append(args, p)
		}
	}
	line := fmt.Sprintf(s.verb.form, args...)
	if s.verb.to != nothing {
		line = fmt.Sprintf("d%d := %s", s.id, line)
	}
	var faults []string
	for _, f := range s.faults {
		faults = append(faults, f.String())
	}
	if len(faults) > 0 {
		line += "  // " + strings.Join(faults, "; ")
	}
	return line
}

// cluster is the session that a program runs in.
type cluster struct {
	local       bool
	executors   int
	cores       int
	sequential  bool
	memory      int64
	attempts    int
	parallelism int  // 0 for the default
	disk        bool // real files, not a memory
	together    bool // actions that stand together run at once
	speculation bool
	exclusion   time.Duration // for so long, 0 for never
	most        int           // rows in a dataset
}

// hasty copies any task that takes longer than the first one of its stage.
var hasty = engine.SpeculationSettings{Quantile: 0.01, Multiplier: 0.5, MinRuntime: time.Microsecond, Interval: 20 * time.Microsecond}

const plenty = 64 << 20 // bytes: everything fits

func (c cluster) options() []engine.Option {
	options := []engine.Option{engine.Cores(c.cores), engine.Memory(c.memory), engine.Attempts(c.attempts)}
	if !c.local {
		options = append(options, engine.Executors(c.executors))
	}
	if c.sequential {
		options = append(options, engine.Sequential())
	}
	if c.parallelism > 0 {
		options = append(options, engine.Parallelism(c.parallelism))
	}
	if c.speculation {
		options = append(options, engine.Speculation(hasty))
	}
	if c.exclusion > 0 {
		options = append(options, engine.Exclusion(engine.ExclusionSettings{Timeout: c.exclusion}))
	}
	return options
}

// names are the executors'.
func (c cluster) names() []string {
	if c.local {
		return []string{"driver"}
	}
	var names []string
	for i := range c.executors {
		names = append(names, fmt.Sprint("e", i))
	}
	return names
}

func (c cluster) String() string {
	text := fmt.Sprintf("s := engine.Start(engine.Cores(%d), engine.Memory(%d), engine.Attempts(%d)", c.cores, c.memory, c.attempts)
	if !c.local {
		text += fmt.Sprintf(", engine.Executors(%d)", c.executors)
	}
	if c.sequential {
		text += ", engine.Sequential()"
	}
	if c.parallelism > 0 {
		text += fmt.Sprintf(", engine.Parallelism(%d)", c.parallelism)
	}
	if c.speculation {
		text += ", engine.Speculation(hasty)"
	}
	if c.exclusion > 0 {
		text += fmt.Sprintf(", engine.Exclusion(engine.ExclusionSettings{Timeout: %d})", c.exclusion)
	}
	if c.together {
		text += " /* actions at once */"
	}
	if c.disk {
		return text + ") // files on the disk"
	}
	return text + ", engine.Files(&fs.Memory{}))"
}
