package engine

import (
	"bytes"
	"errors"
	"fmt"
	iofs "io/fs"
	"os"
	"path/filepath"

	"etincelle/engine/event"
	"etincelle/engine/fs"
)

// RecordVariable is event.RecordVariable; option Record asks for one session.
const RecordVariable = event.RecordVariable

// Record writes the session's events to path when it stops, as JSON lines. A
// session that never stops leaves no such file: half a recording would show a run
// that never was. Until then they are in path+event.Growing, for who wants to see
// the session while it runs.
func Record(path string) Option {
	return func(s *settings) { s.record = path }
}

// recorder keeps a session's events until its end, and writes each where it can be
// followed.
type recorder struct {
	path    string
	growing *os.File // nil when it cannot be written
	events  event.Recorder
	failed  func(error)
}

// newRecorder is a recorder to a file. That the run cannot be followed is told, and
// harms nothing else.
func newRecorder(path string, failed func(error)) *recorder {
	r := &recorder{path: path, failed: failed}
	part := path + event.Growing
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = os.Remove(part) // of a session that never stopped, or of one that goes on without a reader
	}
	if err == nil || errors.Is(err, iofs.ErrNotExist) {
		r.growing, err = os.Create(part)
	}
	if err != nil {
		failed(fmt.Errorf("the recording %s cannot be followed: %w", part, err))
	}
	return r
}

// Hear keeps e; the last one writes them all.
func (r *recorder) Hear(e event.Event) {
	r.events.Hear(e)
	if r.growing != nil {
		if err := event.Write(r.growing, []event.Event{e}); err != nil {
			r.failed(fmt.Errorf("the recording %s stops growing: %w", r.growing.Name(), err))
			r.leave()
		}
	}
	if _, last := e.(event.SessionEnd); !last {
		return
	}
	var lines bytes.Buffer
	err := event.Write(&lines, r.events.Events())
	if err == nil {
		err = (fs.System{}).Write(r.path, lines.Bytes())
	}
	if err != nil {
		r.failed(fmt.Errorf("the recording %s was not written: %w", r.path, err))
	}
	r.leave()
}

// leave removes the file that grew, unless another session has one there by now.
func (r *recorder) leave() {
	if r.growing == nil {
		return
	}
	mine, err := r.growing.Stat()
	r.growing.Close()
	name := r.growing.Name()
	r.growing = nil
	if there, gone := os.Stat(name); err == nil && gone == nil && os.SameFile(mine, there) {
		os.Remove(name)
	}
}

// tell is where a recording that could not be written is told: the session is
// over and has no other way to say it.
func tell(err error) { fmt.Fprintln(os.Stderr, err) }
