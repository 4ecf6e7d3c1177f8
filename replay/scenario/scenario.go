// Package scenario is an experiment with a stream, written down: which rows
// arrive in which batch, how wide the windows are, how long the watermark waits.
// It is a file that a student edits, hands in and gives to a notebook; replay
// turns it into what the engine makes of it.
package scenario

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// Version of the files that this program writes and reads.
const Version = 1

// Scenario is rows that arrive, and one query that counts them: by window and by
// key, in each of its output modes.
type Scenario struct {
	Version int    `json:"version"`
	Title   string `json:"title"`

	// The rows, in the order of their arrival: written here, or those of a CSV file of
	// the course (File, a path below datasets/).
	Rows []Row  `json:"rows,omitempty"`
	File string `json:"file,omitempty"`
	Time string `json:"time"` // the column of the event time
	Key  string `json:"key"`  // the column that is counted

	Batches   []int   `json:"batches,omitempty"`   // rows of the first batches
	BatchRows int     `json:"batchRows,omitempty"` // rows of each batch after them; 0: one batch takes the rest
	Added     []Added `json:"added,omitempty"`     // rows that were not there: experiments

	Window Duration `json:"window"`
	Slide  Duration `json:"slide"`
	Delay  Duration `json:"delay"` // of the watermark
	Modes  []string `json:"modes"` // append, update, complete
}

// Row is one row of a stream.
type Row struct {
	At  time.Time `json:"at"`
	Key string    `json:"key"`
}

// Added is a row more at the end of one batch of input, from 0.
type Added struct {
	Row
	Batch int `json:"batch"`
}

// Duration is a time.Duration that is written as 10m0s.
type Duration time.Duration

// MarshalText implements encoding.TextMarshaler.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	*d = Duration(v)
	return err
}

// Bounds of what a file may ask for.
const (
	maxFile   = 8 << 20
	maxRows   = 200_000
	maxSpread = 200 // windows that one row may fall into
)

// Read reads a scenario file and checks it.
func Read(r io.Reader) (Scenario, error) { return read[Scenario](r) }

// read reads one of the kinds of scenario.
func read[S interface{ Check() error }](r io.Reader) (s S, err error) {
	body, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return s, err
	}
	if len(body) > maxFile {
		var p Problems
		p.refuse(true, "un scénario a au plus %d octets", "a scenario has at most %d bytes", maxFile)
		return s, p
	}
	in := json.NewDecoder(bytes.NewReader(body))
	in.DisallowUnknownFields()
	if err := in.Decode(&s); err != nil {
		return s, unreadable(err, body)
	}
	return s, s.Check()
}

// Encode is the scenario as a file.
func (s Scenario) Encode() ([]byte, error) { return encode(s) }

func encode(s any) ([]byte, error) {
	body, err := json.MarshalIndent(s, "", " ")
	return append(body, '\n'), err
}

// Check refuses what no run could mean. Each problem says what is expected.
func (s Scenario) Check() error {
	window, slide := time.Duration(s.Window), time.Duration(s.Slide)
	var p Problems
	p.refuse(s.Version != Version, "version %d : ce programme lit la version %d", "version %d: this program reads version %d", s.Version, Version)
	p.refuse(window <= 0 || slide <= 0, "fenêtre %s, pas %s : tous deux plus grands que 0", "window %s, slide %s: both must be more than 0", window, slide)
	p.refuse(slide > window, "pas %s : au plus la fenêtre, %s", "slide %s: at most the window, %s", slide, window)
	p.refuse(slide > 0 && window/slide > maxSpread, "fenêtre %s, pas %s : une ligne tomberait dans plus de %d fenêtres", "window %s, slide %s: a row would fall into more than %d windows", window, slide, maxSpread)
	p.refuse(window%time.Microsecond != 0 || slide%time.Microsecond != 0, "fenêtre %s, pas %s : des microsecondes entières", "window %s, slide %s: whole microseconds", window, slide)
	p.refuse(s.Delay < 0, "délai %s : 0 ou plus", "delay %s: 0 or more", time.Duration(s.Delay))
	p.refuse(s.BatchRows < 0, "batchRows %d : 0 ou plus", "batchRows %d: 0 or more", s.BatchRows)
	p.refuse(slices.ContainsFunc(s.Batches, func(n int) bool { return n < 1 }), "batches %v : au moins 1 ligne chacun", "batches %v: at least 1 row each", s.Batches)
	p.refuse(len(s.Rows) > maxRows, "%d lignes : au plus %d", "%d rows: at most %d", len(s.Rows), maxRows)
	p.refuse(s.Time == "" || s.Key == "" || s.Time == s.Key, "time %q, key %q : deux noms de colonnes sont attendus", "time %q, key %q: two names of columns are expected", s.Time, s.Key)
	p.refuse((s.File == "") == (len(s.Rows) == 0), "rows ou file : l'un des deux est attendu", "rows or file: one of the two is expected")
	p.refuse(s.File != "" && (!fs.ValidPath(s.File) || !strings.HasPrefix(s.File, "datasets/")), "file %q : un chemin sous datasets/ est attendu", "file %q: a path below datasets/ is expected", s.File)
	p.refuse(len(s.Modes) == 0, "modes : au moins un parmi append, update et complete", "modes: one of append, update and complete at least")
	for i, m := range s.Modes {
		p.refuse(!slices.Contains([]string{"append", "update", "complete"}, m) || slices.Contains(s.Modes[:i], m), "mode %q : append, update et complete, une fois chacun", "mode %q: append, update and complete, once each", m)
	}
	for _, a := range s.Added {
		p.refuse(a.Batch < 0 || a.Batch > maxRows, "une ligne est ajoutée au lot %d : de 0 à %d", "a row is added to batch %d: from 0 to %d", a.Batch, maxRows)
	}
	return p.err()
}

// Arrivals is the rows as they arrive, and how many each batch reads: rows are
// those of the scenario, or of its file.
func (s Scenario) Arrivals(rows []Row) (all []Row, sizes []int) {
	var batches [][]Row
	for at := 0; at < len(rows); {
		n := s.BatchRows
		if i := len(batches); i < len(s.Batches) {
			n = s.Batches[i]
		}
		if n == 0 {
			n = len(rows)
		}
		to := min(at+n, len(rows))
		batches = append(batches, slices.Clip(rows[at:to]))
		at = to
	}
	added := slices.Clone(s.Added)
	slices.SortStableFunc(added, func(a, b Added) int { return a.Batch - b.Batch })
	for _, a := range added {
		if a.Batch >= len(batches) {
			batches = append(batches, nil) // a batch of its own, after the last
			a.Batch = len(batches) - 1
		}
		batches[a.Batch] = append(batches[a.Batch], a.Row)
	}
	for _, b := range batches {
		all, sizes = append(all, b...), append(sizes, len(b))
	}
	return all, sizes
}
