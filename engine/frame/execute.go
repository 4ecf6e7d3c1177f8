package frame

import (
	"sync"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/rdd"
)

// Execution is how a frame is run: its plan at every step, and the run itself. A
// frame has one, which all its actions use, so that what an action has shuffled
// the next one need not shuffle again.
type Execution struct {
	Analyzed  plan.Node         // as the program wrote it
	Optimized plan.Node         // after the rules
	Chosen    physical.Operator // what the planner chose
	Plan      physical.Operator // ready to run
	Run       *physical.Context

	mu sync.Mutex // held by the action under way: they share the run
}

// Executed is f's execution, made at the first call.
func Executed(f *Frame) (*Execution, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return nil, f.err
	}
	if f.run != nil {
		return f.run, nil
	}
	if f.Unbounded() {
		return nil, analysis(expr.Errorf("_LEGACY_ERROR_TEMP_3102", "Queries with streaming sources must be executed with writeStream.start(): a stream has no end, so start it as a query with package stream."))
	}
	conf, off := Conf(f.session), excluded(f.session)
	e := &Execution{Analyzed: f.node, Optimized: Optimize(f)}
	planner := &physical.Planner{Conf: conf}
	var err error
	if e.Chosen, err = planner.PlanRoot(e.Optimized); err != nil {
		return nil, err
	}
	e.Plan = physical.Prepare(e.Chosen, conf, off)
	e.Run = physical.NewContext(f.session, conf, "")
	f.run = e
	return e, nil
}

// Optimize is f's plan after the rules that the session does not leave out; what
// is cached is read from the cache.
func Optimize(f *Frame) plan.Node {
	o := &plan.Optimizer{Batches: plan.Rules(Conf(f.session).BroadcastThreshold), Off: excluded(f.session)}
	return o.Optimize(inSession(f.session, cachesOf(f.session).use(f.node)))
}

// Steps are the rules that change f's plan, one after the other, and what each
// made of it.
func Steps(f *Frame) []plan.Step {
	var steps []plan.Step
	watch := func(s plan.Step) { steps = append(steps, s) }
	o := &plan.Optimizer{Batches: plan.Rules(Conf(f.session).BroadcastThreshold), Off: excluded(f.session), Watch: watch}
	o.Optimize(inSession(f.session, cachesOf(f.session).use(f.node)))
	return steps
}

// rows runs f for an action, and brings its rows to the program.
func (f *Frame) rows(action string) (column.Batch, error) {
	e, err := Executed(f)
	if err != nil {
		return column.Batch{}, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.Run.Action = action
	return e.Run.Result(e.Plan)
}

// dataset is f as a dataset of batches, for an action that does something else with
// its rows than to collect them.
func (f *Frame) dataset(action string) (*rdd.RDD[column.Batch], error) {
	e, err := Executed(f)
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.Run.Action = action
	return e.Run.Run(e.Plan)
}

// Batches is f as a dataset of typed batches, for packages that write them
// elsewhere; action is what the program called.
func Batches(f *Frame, action string) (*rdd.RDD[column.Batch], error) { return f.dataset(action) }
