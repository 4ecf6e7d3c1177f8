// Package follow reads a recording while the program that it is of still runs.
package follow

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"slices"
	"sync/atomic"

	"github.com/gdamore/tcell/v2"

	"etincelle/engine/event"
)

// Grown is the key that is pressed when it is time to look; no keyboard has it.
const Grown = tcell.KeyF62

// LooksPerSecond is how often one looks: a terminal that is drawn more often flickers.
const LooksPerSecond = 2

// File is what a program records to a path. Until its session stops, that is in a
// file beside it (event.Growing).
type File struct {
	Events []event.Event // so far; facts are added, none changes
	path   string
	read   int64  // bytes of it
	tail   []byte // the last of them
	lines  event.Reader
	ended  *atomic.Bool // the program is gone, whether its session stopped or not
}

// tailLength is how many bytes tell a file that grew from another one.
const tailLength = 512

// Open follows what is recorded to a path. Nothing need be there yet.
func Open(path string) *File { return &File{path: path, ended: &atomic.Bool{}} }

// End says that the program is gone. Any goroutine may call it.
func (f *File) End() { f.ended.Store(true) }

// Over reports whether the session has stopped or the program is gone: after one more
// look nothing comes, unless the program is started again.
func (f *File) Over() bool {
	if len(f.Events) == 0 {
		return f.ended.Load()
	}
	_, stopped := f.Events[len(f.Events)-1].(event.SessionEnd)
	return stopped || f.ended.Load()
}

// Look reads what is new and reports whether there was anything. A program that is
// started again begins the recording anew.
func (f *File) Look() (grew bool, err error) {
	file, err := f.open()
	if file == nil || err != nil {
		return false, err
	}
	defer file.Close()
	tail := make([]byte, len(f.tail))
	if n, _ := file.ReadAt(tail, f.read-int64(len(tail))); n < len(tail) || !bytes.Equal(tail, f.tail) {
		*f = File{path: f.path, ended: f.ended} // ← the decisive line: what was read is not there, this is another run
	}
	piece, err := io.ReadAll(io.NewSectionReader(file, f.read, math.MaxInt64-f.read))
	if err != nil {
		return false, err
	}
	f.read += int64(len(piece))
	f.tail = append(f.tail, piece...)
	f.tail = slices.Clone(f.tail[max(len(f.tail)-tailLength, 0):])
	events, err := f.lines.Feed(piece)
	f.Events = append(f.Events, events...)
	return len(events) > 0, err
}

// open is the file that grows, else the whole one, else nil.
func (f *File) open() (*os.File, error) {
	for _, path := range []string{f.path + event.Growing, f.path} {
		if file, err := os.Open(path); !errors.Is(err, fs.ErrNotExist) {
			return file, err
		}
	}
	return nil, nil
}
