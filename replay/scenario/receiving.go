package scenario

import (
	"errors"
	"fmt"
	"io"
	"time"
)

// Receiving is a program of receivers: words arrive, are cut into batches, and are
// counted over a window. Time is simulated.
type Receiving struct {
	Version int    `json:"version"`
	Title   string `json:"title"`

	Batch  Duration `json:"batch"`
	Block  Duration `json:"block"`
	Window Duration `json:"countedOver"`
	Slide  Duration `json:"slide"`
	Lasts  Duration `json:"lasts"` // of the whole
	Task   Duration `json:"task"`  // of one task

	Receivers int  `json:"receivers"`
	PerSecond int  `json:"perSecond"` // words that each receives
	Copies    int  `json:"copies"`    // of each block: 1 or 2
	Log       bool `json:"log"`       // they write a write-ahead log

	Executors int    `json:"executors"`
	Cores     int    `json:"cores"` // of each
	Kills     []Kill `json:"kills,omitempty"`
}

// Kill takes an executor away.
type Kill struct {
	At       Duration `json:"at"`
	Executor string   `json:"executor"`
}

// ReadReceiving reads the file of a program of receivers and checks it.
func ReadReceiving(r io.Reader) (Receiving, error) { return read[Receiving](r) }

// Encode is the scenario as a file.
func (s Receiving) Encode() ([]byte, error) { return encode(s) }

// Check refuses what no run could mean.
func (s Receiving) Check() error {
	var problems []error
	refuse := func(wrong bool, format string, facts ...any) {
		if wrong {
			problems = append(problems, fmt.Errorf(format, facts...))
		}
	}
	tick := Duration(100 * time.Millisecond)
	refuse(s.Version != Version, "version %d: this program reads version %d", s.Version, Version)
	for name, d := range map[string]Duration{"batch": s.Batch, "block": s.Block, "countedOver": s.Window, "slide": s.Slide, "lasts": s.Lasts} {
		refuse(d < tick || d%tick != 0, "%s %s: whole tenths of a second, 0.1 s or more", name, time.Duration(d))
	}
	refuse(s.Batch > 0 && (s.Window%s.Batch != 0 || s.Slide%s.Batch != 0), "countedOver %s, slide %s: multiples of the batch, %s", time.Duration(s.Window), time.Duration(s.Slide), time.Duration(s.Batch))
	refuse(s.Lasts > Duration(10*time.Minute), "lasts %s: at most 10 min", time.Duration(s.Lasts))
	refuse(s.Task < 0 || s.Task > Duration(time.Minute), "task %s: from 0 to 1 min", time.Duration(s.Task))
	refuse(s.Receivers < 1 || s.Receivers > 20, "%d receivers: from 1 to 20", s.Receivers)
	refuse(s.PerSecond < 0 || s.PerSecond > 1000, "%d words a second: from 0 to 1000", s.PerSecond)
	refuse(s.Copies != 1 && s.Copies != 2, "%d copies: 1 or 2", s.Copies)
	refuse(s.Executors < 1 || s.Executors > 20 || s.Cores < 1 || s.Cores > 20, "%d executors of %d cores: from 1 to 20 each", s.Executors, s.Cores)
	dead := map[string]bool{}
	for _, k := range s.Kills {
		dead[k.Executor] = true
	}
	left := (s.Executors - len(dead)) * s.Cores
	refuse(left <= s.Receivers, "%d cores are left in the end, and %d receivers take one each: no core would process a batch", max(left, 0), s.Receivers)
	return errors.Join(problems...)
}
