package dstreamcase

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"etincelle/engine"
	"etincelle/engine/dstream"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// Observation is what the engine gave for a case, in the form of its expect.
type Observation map[string]any

// runner runs one case.
type runner struct {
	c      *Case
	conf   conf
	folder string // of the case's files
	failed map[string]bool
}

// Run runs a case. The error is a NotBuilt when the case must be skipped.
func Run(c *Case) (seen Observation, err error) {
	for _, step := range slices.Concat(c.Program, c.After) {
		if step.unknown != nil {
			return nil, report.NotBuilt{What: fmt.Sprintf("%s with %s", step.Op, strings.TrimPrefix(step.unknown.Error(), "json: "))}
		}
	}
	r := &runner{c: c, failed: map[string]bool{}}
	if r.conf, err = confOf(c); err != nil {
		return nil, err
	}
	if r.folder, err = os.MkdirTemp("", "oracle-"); err != nil {
		return nil, fmt.Errorf("case %s: a folder for its files: %w", c.Name, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(r.folder)) }()
	if len(c.Phases) > 0 {
		return r.phases()
	}
	l, err := r.begin(c.ClockStart)
	if err != nil {
		return nil, err
	}
	defer l.session.Stop()
	l.script = c.Scripts
	if err := l.define(r); err != nil {
		return nil, err
	}
	if seen, err = l.live(r, c.Batches); err != nil {
		return nil, err
	}
	if l.stepErrors != nil {
		seen["step_errors"] = l.stepErrors
	}
	if c.Slices != nil {
		seen["slices"] = l.slices(r)
	}
	for i, step := range c.After {
		after, err := l.after(r, step)
		if err != nil {
			return nil, fmt.Errorf("after, step %d: %w", i, err)
		}
		list, _ := seen["after_results"].([]any)
		seen["after_results"] = append(list, after)
	}
	l.context.Stop()
	return seen, nil
}

// live starts the program and drives it for some batches.
func (l *life) live(r *runner, batches int) (Observation, error) {
	seen := Observation{}
	if err := l.context.Start(); err != nil {
		seen["start_error"] = map[string]any{"error": chain(err, r.folder)}
		return seen, nil
	}
	times := []int64{}
	for _, e := range l.heard.Events() {
		if start, ok := e.(event.StreamingStart); ok {
			times = append(times, start.Recovered...)
		}
	}
	for k := range batches {
		if k < len(l.script) {
			if err := l.play(r, l.script[k]); err != nil {
				return nil, fmt.Errorf("script %d: %w", k, err)
			}
		}
		at := (l.clock.Now().UnixMilli()/l.c.BatchMS + 1) * l.c.BatchMS
		err := l.context.Advance(1)
		if l.stuck(at) || errors.Is(err, dstream.ErrStarved) {
			seen["stuck"] = fmt.Sprintf("batch %d not completed", at)
			if !errors.Is(err, dstream.ErrStarved) {
				seen["error_reported"] = chain(err, r.folder)
			}
			break
		}
		times = append(times, at)
	}
	seen["batches"] = l.batches(times)
	if l.hasReceiver {
		seen["receiver_calls"] = l.receiverCalls()
		seen["receiver_events"] = l.receiverEvents()
	}
	return seen, nil
}

// stuck reports whether a batch's jobs could not be made.
func (l *life) stuck(at int64) bool {
	return slices.ContainsFunc(l.heard.Events(), func(e event.Event) bool {
		failed, ok := e.(event.BatchNotGenerated)
		return ok && failed.Batch == at
	})
}

// batches is what some batches gave.
func (l *life) batches(times []int64) []any {
	submitted := map[int64]event.BatchSubmitted{}
	for _, e := range l.heard.Events() {
		if e, ok := e.(event.BatchSubmitted); ok {
			submitted[e.Batch] = e
		}
	}
	list := []any{}
	for _, at := range times {
		outputs := l.seen[at]
		if outputs == nil {
			outputs = map[string]any{}
		}
		one := map[string]any{"time": at, "num_records": submitted[at].InputSize, "output_ops": submitted[at].Outputs, "outputs": outputs}
		if failures := l.failures[at]; failures != nil {
			one["failed"] = failures
		}
		list = append(list, one)
	}
	return list
}

// slices asks for the case's slices.
func (l *life) slices(r *runner) []any {
	var all []any
	for _, ask := range l.c.Slices {
		sets, err := l.streams[ask.On].Slice(dstream.Time(ask.From), dstream.Time(ask.To))
		rdds := []any{}
		for _, s := range sets {
			var rows []Value
			if rows, err = s.Collect(); err != nil {
				break
			}
			rdds = append(rdds, rows)
		}
		if err != nil {
			all = append(all, map[string]any{"error": chain(err, r.folder)})
			continue
		}
		all = append(all, map[string]any{"rdds": rdds})
	}
	return all
}

// after does something to the program that runs.
func (l *life) after(r *runner, step Step) (map[string]any, error) {
	var err error
	switch step.Op {
	case "start":
		err = l.context.Start()
	case "stop":
		l.context.Stop()
	case "awaitTermination":
		err = l.context.AwaitTermination()
	case "secondContext":
		second := dstream.New(l.session, milliseconds(l.c.BatchMS))
		dstream.Batches(second, []int{1}).Print()
		err = second.Start()
	default:
		err = l.step(r, step)
		var missing report.NotBuilt
		if asNotBuilt(err, &missing) {
			return nil, missing
		}
	}
	result := map[string]any{"state": l.context.State()}
	if err != nil {
		result["error"] = chain(err, r.folder)
	}
	return result, nil
}

// phases runs the program again and again, each time from its checkpoint.
func (r *runner) phases() (Observation, error) {
	all := []any{}
	now := r.c.ClockStart
	for _, phase := range r.c.Phases {
		l, err := r.begin(now)
		if err != nil {
			return nil, err
		}
		seen, err := r.phase(l, phase)
		l.session.Stop()
		if err != nil {
			return nil, err
		}
		all = append(all, map[string]any(seen))
		now = r.c.ClockStart
		if l.dir != "" {
			now = l.clock.Now().UnixMilli() + r.conf.jump
		}
	}
	listing, err := r.listing()
	return Observation{"phases": all, "checkpoint_dir_listing": listing}, err
}

func (r *runner) phase(l *life, phase Phase) (Observation, error) {
	l.script = phase.Scripts
	var missing error
	c, err := dstream.GetOrCreate(l.session, filepath.Join(r.folder, "cp"), func(*engine.Session) (*dstream.Context, error) {
		missing = l.define(r)
		return l.context, missing
	})
	if missing != nil {
		return nil, missing
	}
	if err != nil {
		return Observation{"error": chain(err, r.folder)}, nil
	}
	l.context = c
	seen, err := l.live(r, phase.Batches)
	if err != nil {
		return nil, err
	}
	delete(seen, "receiver_calls") // Spark's were not looked at in phases
	delete(seen, "receiver_events")
	if err := l.play(r, phase.StoreAfter); err != nil {
		return nil, err
	}
	c.Stop()
	return seen, nil
}

var (
	sessionFolder = regexp.MustCompile(`^[0-9a-f]{16}$`)
	goLine        = regexp.MustCompile(` \([\w./-]+\.(go|s):\d+\)`)
	taskID        = regexp.MustCompile(`\(TID \d+\)`)
)

// listing is the checkpoint directory, sessions' own folders as UUID.
func (r *runner) listing() ([]string, error) {
	names := []string{}
	entries, err := os.ReadDir(filepath.Join(r.folder, "cp"))
	if errors.Is(err, os.ErrNotExist) {
		return names, nil
	}
	for _, e := range entries {
		names = append(names, sessionFolder.ReplaceAllString(e.Name(), "UUID"))
	}
	slices.Sort(names)
	return names, err
}

// problem is one exception of a chain.
type problem struct {
	Class   string `json:"class"`
	Message string `json:"message"`
}

// chain is an error as Spark's chain of causes: the engine's failures, without the Go
// errors that some of them wrap.
func chain(err error, folder string) []problem {
	var all []problem
	for e := err; e != nil; e = errors.Unwrap(e) {
		if f, ok := e.(*lineage.Failure); ok {
			all = append(all, problem{f.Class, normal(f.Message, folder)})
		}
	}
	if err != nil && all == nil {
		all = []problem{{fmt.Sprintf("%T", err), normal(err.Error(), folder)}}
	}
	return all
}

func normal(message, folder string) string {
	if folder != "" {
		message = strings.ReplaceAll(filepath.ToSlash(message), filepath.ToSlash(folder), "/DIR")
	}
	message = goLine.ReplaceAllString(message, "")
	return taskID.ReplaceAllString(message, "(TID n)")
}

// exception is an error as Spark reports that of an output: class and message.
func exception(err error) string {
	var f *lineage.Failure
	if errors.As(err, &f) {
		return f.Class + ": " + normal(f.Message, "")
	}
	return err.Error()
}

func asNotBuilt(err error, missing *report.NotBuilt) bool { return errors.As(err, missing) }

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// Verdict parses, runs and judges a case.
func Verdict(data []byte) (report.Verdict, error) {
	return report.Try(data, Parse, heading, Run, Judge)
}

func heading(c *Case) report.Verdict { return report.Verdict{Case: c.Name, About: c.About} }
