package sqlcase

import (
	"fmt"
	"maps"
	"strconv"

	"etincelle/engine"
	"etincelle/engine/enginetest"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/event"
	"etincelle/engine/frame"
)

// Observation is what the engine gave for a case, by mode: trees of the form of
// the case's expect.
type Observation map[string]any

// run is a case under way in one mode.
type run struct {
	session  *engine.Session
	recorder event.Recorder
	frames   map[string]*frame.Frame
}

// Run runs a case in every mode. The error is a NotBuilt when the case must be
// skipped.
func Run(c *Case) (Observation, error) {
	seen := Observation{}
	for _, mode := range modes {
		got, err := runMode(c, mode)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", mode, err)
		}
		seen[mode] = report.Tree(got)
	}
	return seen, nil
}

func runMode(c *Case, mode string) (map[string]any, error) {
	files, err := enginetest.Tables()
	if err != nil {
		return nil, err
	}
	r := &run{frames: map[string]*frame.Frame{}}
	// One task after the other: what a case gives does not depend on which task ends
	// first.
	local, err := engine.Local("local[2]")
	if err != nil {
		return nil, err
	}
	options := []engine.Option{
		local, engine.App(c.Name), engine.Sequential(), engine.Files(files), engine.CheckpointDir("/checkpoints"), engine.Listen(r.recorder.Hear),
		engine.Conf("spark.sql.shuffle.partitions", strconv.Itoa(c.ShufflePartitions)),
		engine.Conf("spark.sql.adaptive.enabled", strconv.FormatBool(mode == "aqe_on")),
	}
	for name, value := range c.Conf {
		if name != "spark.sql.shuffle.partitions" && name != "spark.sql.autoBroadcastJoinThreshold" {
			return nil, report.NotBuilt{What: "conf " + name}
		}
		options = append(options, engine.Conf(name, value))
	}
	r.session = engine.Start(options...)
	defer r.session.Stop()
	seen := map[string]any{}
	var last *frame.Frame
	for _, step := range c.Program {
		if last, err = r.define(step); err != nil {
			return nil, err
		}
		if err := last.Err(); err != nil {
			return nil, fmt.Errorf("step %s (%s): %w", step.ID, step.Op, err)
		}
		r.frames[step.ID] = last
	}
	if jobs := jobsOf(r.recorder.Events()); len(jobs) > 0 {
		seen["jobs_at_definition"] = jobs
	}
	var actions []any
	for _, name := range c.Actions {
		one, err := r.act(c, name, last, seen)
		if err != nil {
			return nil, err
		}
		actions = append(actions, one)
	}
	seen["actions"] = actions
	return seen, r.describe(last, seen)
}

// act runs one action, and returns what the case's list of them would hold.
func (r *run) act(c *Case, name string, f *frame.Frame, seen map[string]any) (map[string]any, error) {
	before := len(r.recorder.Events())
	result, err := r.result(c, name, f, seen)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	jobs := jobsOf(r.recorder.Events()[before:])
	return map[string]any{"action": name, "result": result, "jobs": jobs}, nil
}

func (r *run) result(c *Case, name string, f *frame.Frame, seen map[string]any) (any, error) {
	switch name {
	case "collect":
		rows, err := f.Collect()
		if err != nil {
			return nil, err
		}
		maps.Copy(seen, rowsOf(c, f, rows))
		return len(rows), nil
	case "count":
		return f.Count()
	case "numPartitions":
		return f.NumPartitions()
	case "storage":
		return r.storage(), nil
	case "take2":
		rows, err := f.Take(2)
		return len(rows), err
	}
	return nil, report.NotBuilt{What: "the action " + name}
}

// Verdict parses, runs and judges a case.
func Verdict(data []byte) (report.Verdict, error) {
	return report.Try(data, Parse, heading, Run, Judge)
}

func heading(c *Case) report.Verdict { return report.Verdict{Case: c.Name, About: c.About} }
