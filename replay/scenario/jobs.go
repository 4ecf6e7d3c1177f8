package scenario

import (
	"errors"
	"fmt"
	"io"
)

// Jobs is the example of a TP's notebook, run again on other executors: how many, with
// how many cores and how much memory, how many copies of what is kept, and which of them
// die. A number that is 0 stays as the notebook says.
type Jobs struct {
	Version int    `json:"version"`
	TP      string `json:"tp"` // "tp02"

	Executors int        `json:"executors,omitempty"`
	Cores     int        `json:"cores,omitempty"`  // of each
	Memory    int64      `json:"memory,omitempty"` // bytes of each for blocks
	Copies    int        `json:"copies,omitempty"` // of each block that is kept
	Kills     []TaskKill `json:"kills,omitempty"`
}

// TaskKill takes an executor away when so many tasks have started.
type TaskKill struct {
	Tasks    int    `json:"tasks"`
	Executor string `json:"executor"`
}

// ReadJobs reads the file of a notebook's example that is run again, and checks it.
func ReadJobs(r io.Reader) (Jobs, error) { return read[Jobs](r) }

// Encode is the scenario as a file.
func (s Jobs) Encode() ([]byte, error) { return encode(s) }

// Check refuses what no run could mean.
func (s Jobs) Check() error {
	var problems []error
	refuse := func(wrong bool, format string, facts ...any) {
		if wrong {
			problems = append(problems, fmt.Errorf(format, facts...))
		}
	}
	refuse(s.Version != Version, "version %d: this program reads version %d", s.Version, Version)
	refuse(s.TP == "", "tp: the number of a TP is expected, as tp02")
	refuse(s.Executors < 0 || s.Executors > 20, "%d executors: from 1 to 20", s.Executors)
	refuse(s.Cores < 0 || s.Cores > 20, "%d cores: from 1 to 20", s.Cores)
	refuse(s.Memory < 0 || s.Memory > 1<<40, "memory %d: from 1 byte to 1 TiB", s.Memory)
	refuse(s.Copies < 0 || s.Copies > 2, "%d copies: 1 or 2", s.Copies)
	refuse(len(s.Kills) > maxKills, "%d kills: at most %d", len(s.Kills), maxKills)
	for _, k := range s.Kills {
		refuse(k.Tasks < 0 || k.Executor == "", "a kill needs an executor and a number of tasks from 0, it has %q and %d", k.Executor, k.Tasks)
	}
	return errors.Join(problems...)
}
