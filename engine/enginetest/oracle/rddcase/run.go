package rddcase

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/lineage"
)

// Observation is what the engine gave for a case.
type Observation struct {
	Steps []Seen
	Files []string // what ListAfter holds when the session has stopped
}

// Seen is what one step gave, in the form of an entry of expect: result, error
// and jobs, each only when there is one.
type Seen struct {
	Fields map[string]any
	free   freedom // what is not determined about the dataset looked at
}

// problem is one exception of a chain.
type problem struct {
	Class   string `json:"class"`
	Message string `json:"message"`
}

// Run runs a case. The error is a NotBuilt when the case must be skipped.
func Run(c *Case) (seen Observation, err error) {
	ops := operations()
	for _, step := range c.Program {
		if _, built := ops[step.Op]; !built {
			return seen, report.NotBuilt{What: step.Op}
		}
		if step.unknown != nil {
			return seen, report.NotBuilt{What: fmt.Sprintf("%s with %s", step.Op, strings.TrimPrefix(step.unknown.Error(), "json: "))}
		}
	}
	s, err := open(c)
	if err != nil {
		return seen, err
	}
	defer func() { err = errors.Join(err, s.remove()) }()
	defer s.close()
	for _, step := range c.Program {
		one, err := s.step(ops[step.Op], step)
		if err != nil {
			return seen, err
		}
		seen.Steps = append(seen.Steps, one)
	}
	s.close()
	if c.ListAfter != "" {
		seen.Files, err = leftBehind(s.path(c.ListAfter))
	}
	return seen, err
}

// step runs one step. Its error is a report.NotBuilt; what the program would see as an
// exception is in what was seen.
func (s *session) step(op operation, step Step) (Seen, error) {
	seen := Seen{Fields: map[string]any{}, free: s.freedomOf(step)}
	before := len(s.recorder.Events())
	result, err := s.attempt(op, step, seen.free)
	var missing report.NotBuilt
	if errors.As(err, &missing) {
		return seen, missing
	}
	if err != nil {
		seen.Fields["error"] = report.Tree(s.chain(err))
	} else if op.act != nil {
		seen.Fields["result"] = neutral.Canonical(report.Tree(result))
	}
	if jobs := jobsOf(s.recorder.Events()[before:]); len(jobs) > 0 {
		seen.Fields["jobs"] = report.Tree(jobs)
	}
	return seen, nil
}

// attempt does what the step says. A function of the program that fails on the
// driver (the last merge of a fold) throws there, as in Scala.
func (s *session) attempt(op operation, step Step, free freedom) (result any, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *lineage.Failure:
			err = r
		default:
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	if op.act != nil {
		return op.act(s, step)
	}
	r, err := op.define(s, step)
	if err != nil {
		return nil, err
	}
	if err := r.Err(); err != nil {
		return nil, err // Spark throws where the mistake is made, and there is no dataset
	}
	s.datasets[step.ID] = dataset{r, free.after(step)}
	return nil, nil
}

// What differs from run to run is written as the oracle writes it.
var (
	taskID   = regexp.MustCompile(`\(TID \d+\)`)
	codeLine = regexp.MustCompile(`[\w./-]+\.(go|s):\d+`)
	numbers  = regexp.MustCompile(`\[\d+\]`)
	sizes    = regexp.MustCompile(`(Memory|Disk)Size: [\d.]+ [KMGTPE]?i?B`)
	checkDir = regexp.MustCompile(`^/[^/]+/`)
)

// chain is an error as Spark's chain of causes: the engine's failures, without
// the Go errors that some of them wrap.
func (s *session) chain(err error) []problem {
	var chain []problem
	for e := err; e != nil; e = errors.Unwrap(e) {
		if f, ok := e.(*lineage.Failure); ok {
			chain = append(chain, problem{f.Class, s.normal(f.Message)})
		}
	}
	if err != nil && chain == nil {
		chain = []problem{{fmt.Sprintf("%T", err), s.normal(err.Error())}}
	}
	return chain
}

func (s *session) normal(message string) string {
	message = strings.ReplaceAll(message, filepath.ToSlash(s.folder), "/DIR")
	message = taskID.ReplaceAllString(message, "(TID n)")
	return codeLine.ReplaceAllString(message, "FILE:LINE")
}

// leftBehind lists the files below folder, the session's own folder as UUID.
func leftBehind(folder string) ([]string, error) {
	files := []string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) == ".crc" {
			return err
		}
		below := strings.TrimPrefix(filepath.ToSlash(path), filepath.ToSlash(folder))
		files = append(files, checkDir.ReplaceAllString(below, "/UUID/"))
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil // nothing was left
	}
	slices.Sort(files)
	return files, err
}

// Verdict parses, runs and judges a case.
func Verdict(data []byte) (report.Verdict, error) {
	return report.Try(data, Parse, heading, Run, Judge)
}

func heading(c *Case) report.Verdict { return report.Verdict{Case: c.Name, About: c.About} }
