package scenario

import (
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

// Driver is the name under which the driver is killed, and its executors with it.
const Driver = "driver"

// Kill takes an executor away, or the driver.
type Kill struct {
	At       Duration `json:"at"`
	Executor string   `json:"executor"`
}

// maxKills bounds what a file may ask for.
const maxKills = 100

// mayDie reports whether there is an executor of a name, or it is the driver's.
func (s Receiving) mayDie(name string) bool {
	for i := range s.Executors {
		if name == fmt.Sprintf("e%d", i) {
			return true
		}
	}
	return name == Driver
}

// ReadReceiving reads the file of a program of receivers and checks it.
func ReadReceiving(r io.Reader) (Receiving, error) { return read[Receiving](r) }

// Encode is the scenario as a file.
func (s Receiving) Encode() ([]byte, error) { return encode(s) }

// Check refuses what no run could mean.
func (s Receiving) Check() error {
	var p Problems
	tick := Duration(100 * time.Millisecond)
	p.refuse(s.Version != Version, "version %d : ce programme lit la version %d", "version %d: this program reads version %d", s.Version, Version)
	for _, d := range []struct {
		name string
		of   Duration
	}{{"batch", s.Batch}, {"block", s.Block}, {"countedOver", s.Window}, {"slide", s.Slide}, {"lasts", s.Lasts}} {
		p.refuse(d.of < tick || d.of%tick != 0, "%s %s : des dixièmes de seconde entiers, 0,1 s ou plus", "%s %s: whole tenths of a second, 0.1 s or more", d.name, time.Duration(d.of))
	}
	p.refuse(s.Batch > 0 && (s.Window%s.Batch != 0 || s.Slide%s.Batch != 0), "countedOver %s, slide %s : des multiples du lot, %s", "countedOver %s, slide %s: multiples of the batch, %s", time.Duration(s.Window), time.Duration(s.Slide), time.Duration(s.Batch))
	p.refuse(s.Lasts > Duration(10*time.Minute), "lasts %s : au plus 10 min", "lasts %s: at most 10 min", time.Duration(s.Lasts))
	p.refuse(s.Task < 0 || s.Task > Duration(time.Minute), "task %s : de 0 à 1 min", "task %s: from 0 to 1 min", time.Duration(s.Task))
	p.refuse(s.Receivers < 1 || s.Receivers > 20, "%d récepteurs : de 1 à 20", "%d receivers: from 1 to 20", s.Receivers)
	p.refuse(s.PerSecond < 0 || s.PerSecond > 1000, "%d mots par seconde : de 0 à 1000", "%d words a second: from 0 to 1000", s.PerSecond)
	p.refuse(s.Copies != 1 && s.Copies != 2, "%d copies : 1 ou 2", "%d copies: 1 or 2", s.Copies)
	p.refuse(s.Executors < 1 || s.Executors > 20 || s.Cores < 1 || s.Cores > 20, "%d exécuteurs de %d cœurs : de 1 à 20 chacun", "%d executors of %d cores: from 1 to 20 each", s.Executors, s.Cores)
	p.refuse(len(s.Kills) > maxKills, "%d morts : au plus %d", "%d kills: at most %d", len(s.Kills), maxKills)
	for _, k := range s.Kills {
		p.refuse(k.At < 0 || k.At%tick != 0, "%s est tué à %s : des dixièmes de seconde entiers", "%s is killed at %s: whole tenths of a second", k.Executor, time.Duration(k.At))
		p.refuse(!s.mayDie(k.Executor), "%q est tué : %s ou un exécuteur, e0 à e%d", "%q is killed: %s or an executor, e0 to e%d", k.Executor, Driver, s.Executors-1)
	}
	return p.err()
}
