package engine

import (
	"bytes"
	"fmt"
	"os"

	"etincelle/engine/event"
	"etincelle/engine/fs"
)

// RecordVariable is event.RecordVariable; option Record asks for one session.
const RecordVariable = event.RecordVariable

// Record writes the session's events to path when it stops, as JSON lines. A
// session that never stops leaves no file: half a recording would show a run
// that never was.
func Record(path string) Option {
	return func(s *settings) { s.record = path }
}

// recorder keeps a session's events until its end.
type recorder struct {
	path   string
	events event.Recorder
	failed func(error)
}

// Hear keeps e; the last one writes them all.
func (r *recorder) Hear(e event.Event) {
	r.events.Hear(e)
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
}

// tell is where a recording that could not be written is told: the session is
// over and has no other way to say it.
func tell(err error) { fmt.Fprintln(os.Stderr, err) }
