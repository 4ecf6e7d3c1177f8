package stream

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

// Rate is a stream that counts: rowsPerSecond rows (timestamp, value) for each
// second of the session's clock since the query began, for trying things out.
func Rate(s *engine.Session, rowsPerSecond int) *frame.Frame {
	return From(s, &counter{perSecond: int64(max(rowsPerSecond, 1)), clock: engine.Inside(s).Clock()})
}

// counter is a source whose offset is the whole seconds since it began.
type counter struct {
	perSecond int64
	clock     clock.Clock

	mu    sync.Mutex
	began time.Time
}

var rateSchema = column.Schema{
	{Name: "timestamp", Type: column.TimestampType, Nullable: true}, {Name: "value", Type: column.BigIntType, Nullable: true},
}

func (r *counter) Description() string {
	return fmt.Sprintf("RateStream[rowsPerSecond=%d]", r.perSecond)
}

func (r *counter) Schema() column.Schema { return rateSchema }

// Keep implements keeper: the time at which the query began is kept, so that the
// same offsets give the same rows after a restart.
func (r *counter) Keep(files fs.FS, dir string) error {
	path := filepath.Join(dir, "began")
	data, err := fs.Read(files, path)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil {
		return json.Unmarshal(data, &r.began)
	}
	if !fs.Missing(err) {
		return err
	}
	r.began = r.clock.Now()
	if data, err = json.Marshal(r.began); err != nil {
		return err
	}
	return files.Write(path, data)
}

func (r *counter) Latest(start string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	seconds := int64(r.clock.Now().Sub(r.began) / time.Second)
	if seconds <= 0 {
		return start, nil
	}
	return fmt.Sprint(seconds), nil
}

func (r *counter) Batch(start, end string) ([]Part, error) {
	var from, to int64
	if start != "" {
		if err := json.Unmarshal([]byte(start), &from); err != nil {
			return nil, fmt.Errorf("offset %q: %w", start, err)
		}
	}
	if err := json.Unmarshal([]byte(end), &to); err != nil {
		return nil, fmt.Errorf("offset %q: %w", end, err)
	}
	return []Part{ticks{r, from * r.perSecond, to * r.perSecond}}, nil
}

func (r *counter) Commit(string) error { return nil }

// ticks are the rows from, and without to.
type ticks struct {
	of       *counter
	from, to int64
}

func (k ticks) Read(t *lineage.Task, emit func(column.Batch) bool) error {
	k.of.mu.Lock()
	began := k.of.began.UnixMicro()
	k.of.mu.Unlock()
	for from := k.from; from < k.to; from += column.BatchRows {
		t.Look()
		var times, values []int64
		for v := from; v < min(from+column.BatchRows, k.to); v++ {
			times = append(times, began+v*1_000_000/k.of.perSecond)
			values = append(values, v)
		}
		b := column.NewBatch(column.New(column.TimestampType, times, nil), column.New(column.BigIntType, values, nil))
		if !emit(b) {
			return nil
		}
	}
	return nil
}
