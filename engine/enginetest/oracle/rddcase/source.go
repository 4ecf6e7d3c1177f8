package rddcase

import (
	"path"
	"path/filepath"

	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/rdd"
)

// sources make datasets of nothing but the step.
func sources() map[string]define {
	return map[string]define{
		"parallelize": func(s *session, step Step) (*rows, error) {
			return rdd.FromSlice(s.engine, step.slices(), step.Data), nil
		},
		"range": func(s *session, step Step) (*rows, error) {
			by := step.Step
			if by == 0 {
				by = 1
			}
			return rdd.View(rdd.Range(s.engine, step.Start, step.End, by, step.slices()), neutral.Long), nil
		},
		"emptyRDD": func(s *session, _ Step) (*rows, error) { return rdd.Empty[Value](s.engine), nil },
		"textFile": func(s *session, step Step) (*rows, error) {
			return rdd.View(rdd.TextFile(s.engine, s.path(step.Path), step.partitions()...), neutral.Text), nil
		},
		"wholeTextFiles": func(s *session, step Step) (*rows, error) {
			whole := rdd.WholeTextFiles(s.engine, s.path(step.Path), step.partitions()...)
			return rdd.View(whole, func(file rdd.Pair[string, string]) Value {
				return neutral.Tuple(neutral.Text(path.Base(filepath.ToSlash(file.Key))), neutral.Text(file.Value)) // the oracle keeps the name alone
			}), nil
		},
	}
}
