package scenario

import "io"

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
	var p Problems
	p.refuse(s.Version != Version, "version %d : ce programme lit la version %d", "version %d: this program reads version %d", s.Version, Version)
	p.refuse(s.TP == "", "tp : le numéro d'un TP est attendu, comme tp02", "tp: the number of a TP is expected, as tp02")
	p.refuse(s.Executors < 0 || s.Executors > 20, "%d exécuteurs : de 1 à 20", "%d executors: from 1 to 20", s.Executors)
	p.refuse(s.Cores < 0 || s.Cores > 20, "%d cœurs : de 1 à 20", "%d cores: from 1 to 20", s.Cores)
	p.refuse(s.Memory < 0 || s.Memory > 1<<40, "mémoire %d : de 1 octet à 1 Tio", "memory %d: from 1 byte to 1 TiB", s.Memory)
	p.refuse(s.Copies < 0 || s.Copies > 2, "%d copies : 1 ou 2", "%d copies: 1 or 2", s.Copies)
	p.refuse(len(s.Kills) > maxKills, "%d morts : au plus %d", "%d kills: at most %d", len(s.Kills), maxKills)
	for _, k := range s.Kills {
		p.refuse(k.Tasks < 0 || k.Executor == "", "une mort : un exécuteur et un nombre de tâches à partir de 0 sont attendus, pas %q et %d", "a kill needs an executor and a number of tasks from 0, it has %q and %d", k.Executor, k.Tasks)
	}
	return p.err()
}
