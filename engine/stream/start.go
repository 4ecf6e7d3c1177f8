package stream

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/fs"
	"etincelle/engine/stream/analyze"
	"etincelle/engine/stream/checkpoint"
	"etincelle/engine/stream/state"
	"etincelle/engine/stream/watermark"
)

// frameOut is what the query's result looks like.
type frameOut struct {
	schema frame.Schema
	query  *Query
}

// newQuery checks and plans a query, and opens its checkpoint.
func newQuery(result *frame.Frame, mode OutputMode, sink Sink, options []Option) (*Query, error) {
	s := result.Session()
	core := engine.Inside(s)
	set, err := settingsOf(s, options)
	if err != nil {
		return nil, err
	}
	if c, ok := sink.(choosy); ok {
		if err := c.accepts(mode); err != nil {
			return nil, err
		}
	}
	logical := frame.Logical(result)
	if err := analyze.Check(logical, mode); err != nil {
		return nil, told(err, core.English())
	}
	r := &runner{session: s, clock: core.Clock(), files: core.Files(), dir: set.checkpoint, set: set, sink: sink, conf: frame.Conf(s)}
	if r.dir == "" {
		r.files, r.dir = &fs.Memory{}, "/checkpoint"
	}
	if err := r.prepare(frame.Optimize(result), mode); err != nil {
		return nil, told(err, core.English())
	}
	number := managerOf(s).number()
	began := core.Clock().Now().UnixNano()
	q := &Query{session: s, number: number, run: newID("run", number, began), set: set, runner: r, stopping: make(chan struct{}), done: make(chan struct{})}
	r.out = &frameOut{result.Schema(), q}
	if q.id, err = checkpoint.Begin(r.files, r.dir, checkpoint.Metadata{ID: newID("query", number, began), Sources: r.describeSources(), State: r.describeState()}); err != nil {
		return nil, err
	}
	for i, scan := range r.exec.scans {
		if k, ok := scan.of.source.(keeper); ok {
			if err := k.Keep(r.files, filepath.Join(r.dir, "sources", strconv.Itoa(i))); err != nil {
				return nil, fmt.Errorf("source %s: %w", scan.of.source.Description(), err)
			}
		}
	}
	r.emit = &narrator{core: core, query: q, exec: r.exec}
	if err := r.resume(); err != nil {
		return nil, err
	}
	managerOf(s).add(q)
	r.emit.started(q)
	return q, nil
}

// settingsOf are the options over what the session says.
func settingsOf(s *engine.Session, options []Option) (settings, error) {
	set := defaults()
	if policy, ok := s.Conf("spark.sql.streaming.multipleWatermarkPolicy"); ok {
		MultipleWatermarkPolicy(policy)(&set)
	}
	if text, ok := s.Conf("spark.sql.streaming.noDataMicroBatches.enabled"); ok {
		enabled, err := strconv.ParseBool(text)
		if err != nil {
			return set, fmt.Errorf("spark.sql.streaming.noDataMicroBatches.enabled is %q: true or false was expected", text)
		}
		set.noData = enabled
	}
	if text, ok := s.Conf("spark.sql.shuffle.partitions"); ok {
		n, err := strconv.Atoi(text)
		if err != nil {
			return set, fmt.Errorf("spark.sql.shuffle.partitions is %q: a number was expected", text)
		}
		StatePartitions(n)(&set)
	}
	for _, option := range options {
		option(&set)
	}
	if set.partitions == 0 {
		set.partitions = s.DefaultParallelism()
	}
	triggers := 0
	for _, one := range []bool{set.every > 0, set.once, set.available, set.byHand} {
		if one {
			triggers++
		}
	}
	if set.problem == nil && triggers > 1 {
		set.problem = errors.New("several triggers were given: choose one of ProcessingTime, Once, AvailableNow and ByHand")
	}
	return set, set.problem
}

// prepare makes the physical plan, once: each batch runs it anew.
func (r *runner) prepare(logical plan.Node, mode OutputMode) error {
	partitions, err := r.statePartitions()
	if err != nil {
		return err
	}
	r.exec = &execution{mode: mode, partitions: partitions, stores: state.NewProvider(r.files, r.dir)}
	// The plan must not change with what a batch holds: the state lies as it lies.
	r.conf.Adaptive, r.conf.ShufflePartitions = false, partitions
	planner := &physical.Planner{Conf: r.conf, Strategies: []physical.Strategy{r.exec.strategy}}
	op, err := planner.Plan(logical) // not as a root: each partition must run to its end, for its state
	var refused *analyze.Refusal
	switch {
	case errors.As(err, &refused):
		r.broken = refused // Spark plans each batch, and so refuses the first
	case err != nil:
		return err
	default:
		r.exec.root = physical.Prepare(op, r.conf, map[string]bool{"ReuseExchange": true})
	}
	r.tracker = watermark.NewTracker(r.set.policy, r.exec.delays()...)
	return nil
}

// statePartitions is in how many parts the state is: as many as its checkpoint
// began with.
func (r *runner) statePartitions() (int, error) {
	at, err := checkpoint.Open(r.files, r.dir)
	if err != nil {
		return 0, err
	}
	if n, err := strconv.Atoi(at.Last.Conf["spark.sql.shuffle.partitions"]); err == nil && n > 0 {
		return n, nil
	}
	return r.set.partitions, nil
}

func (r *runner) describeSources() []string {
	var list []string
	for _, scan := range r.exec.scans {
		list = append(list, fmt.Sprintf("%s %s", scan.of.source.Description(), scan.of.source.Schema()))
	}
	return list
}

func (r *runner) describeState() []string {
	var list []string
	for _, op := range r.exec.operators {
		list = append(list, op.name+" "+op.text+" of "+expr.SchemaOf(op.output).String())
	}
	return list
}

// told puts a refusal in the reader's language.
func told(err error, english bool) error {
	var refused *analyze.Refusal
	if errors.As(err, &refused) {
		return refusal{refused, english}
	}
	return err
}

// newID is a UUID made of a query's number and of the time on the session's clock: with
// a clock that moves by hand it is the same in every run, and so is a recording.
func newID(kind string, number int, began int64) string {
	b := sha256.Sum256(fmt.Appendf(nil, "%s %d %d", kind, number, began))
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

// Explain is the physical plan that each batch runs.
func (q *Query) Explain() string {
	if q.runner.broken != nil {
		return q.runner.broken.Message
	}
	return physical.Tree(q.runner.exec.root)
}

// From is a frame over a source of the program's own.
func From(s *engine.Session, source Source) *frame.Frame {
	return frame.FromPlan(s, newRelation(source))
}

// Frame is the rows as a frame, which may be queried as any other.
func (o *Output) Frame() *frame.Frame {
	return frame.FromBatches(o.query.session, o.Schema, o.Parts)
}

// withGroupState is in with a call for each group above it.
func withGroupState(in *frame.Frame, spec GroupStateSpec) *frame.Frame {
	spec.Operation = spec.name()
	if spec.Timeout == "" {
		spec.Timeout = NoTimeout
	}
	if spec.Mode != Append && spec.Mode != Update {
		return frame.Failed(in, fmt.Errorf("%s: the mode is %q, choose stream.Append or stream.Update", spec.Operation, spec.Mode))
	}
	child := frame.Logical(in)
	node := &groupState{Unary: plan.Unary{Child: child}, spec: spec, made: expr.AttributesOf(spec.Schema)}
	for _, name := range spec.Keys {
		found, err := expr.Scope(child.Output()).Find([]string{name})
		if err != nil {
			return frame.Failed(in, err)
		}
		key, ok := found.(*expr.Attribute)
		if !ok {
			return frame.Failed(in, fmt.Errorf("%s: %s is no column", spec.Operation, name))
		}
		node.keys = append(node.keys, key)
	}
	return frame.FromPlan(in.Session(), node)
}
