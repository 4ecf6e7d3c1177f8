// Package spill puts rows on disk while a job runs: those for which a task has
// no memory, and those it hands to the next stage. A file belongs to one task,
// which writes segments into it one after the other; a segment is what one
// reader will want: a sorted run, or the rows of one reduce partition. frame.go
// has the layout of a file.
//
// The files end with the job: they tell nothing of types or versions, and
// nothing is forced to the disk.
package spill

import (
	"errors"
	"fmt"
	"io"

	"etincelle/engine/codec"
	"etincelle/engine/fs"
)

// Segment is where one Append put its rows. Offset and Length are bytes.
type Segment struct {
	Path                 string
	Offset, Length, Rows int64
}

// File is a file being written, by one goroutine. Others may read what was
// flushed meanwhile.
type File struct {
	path    string
	file    io.WriteCloser
	waiting []byte // frames not yet handed to file
	handed  int64  // bytes handed to file
	err     error  // why nothing more can be written; nil while it can
}

var errClosed = errors.New("already closed")

// Create makes a file at path, and its folder. What was at path is gone.
func Create(files fs.FS, path string) (*File, error) {
	file, err := files.Create(path)
	if err != nil {
		return nil, fmt.Errorf("spill: %w", err)
	}
	return &File{path: path, file: file}, nil
}

// Append writes rows, a []R of l's row type, as one segment. It can be read
// after the next Flush or Close. When a row cannot be written the file stays
// good, and the segments before and after it too; when the disk refuses, Append,
// Flush and Close give that error from then on.
func (f *File) Append(l *codec.Layout, rows any) (Segment, error) {
	if f.err != nil {
		return Segment{}, f.err
	}
	s := Segment{Path: f.path, Offset: f.end()}
	for from := 0; ; {
		start := len(f.waiting)
		head := append(f.waiting, make([]byte, headBytes)...)
		framed, next, err := l.AppendUntil(head, rows, from, start+headBytes+frameBytes)
		switch {
		case err != nil:
			return Segment{}, fmt.Errorf("spill to %s: %w", f.path, err)
		case next == from:
			s.Length, s.Rows = f.end()-s.Offset, int64(next)
			return s, nil
		}
		seal(framed[start:], f.end(), next-from)
		f.waiting, from = framed, next
		if len(f.waiting) >= frameBytes {
			if err := f.Flush(); err != nil {
				return Segment{}, err
			}
		}
	}
}

// end is where the next frame will begin.
func (f *File) end() int64 { return f.handed + int64(len(f.waiting)) }

// Flush makes all segments readable, and the file can still be written.
func (f *File) Flush() error {
	if f.err != nil || len(f.waiting) == 0 {
		return f.err
	}
	if _, err := f.file.Write(f.waiting); err != nil {
		f.err = fmt.Errorf("spill to %s at byte %d: %w: make room there, or give the session another folder or more memory", f.path, f.handed, err)
		return f.err
	}
	f.handed += int64(len(f.waiting))
	f.waiting = f.waiting[:0]
	if cap(f.waiting) > keptFrames*frameBytes {
		f.waiting = nil // a very long row has passed
	}
	return nil
}

// Close flushes and ends the file. To close again is harmless.
func (f *File) Close() error {
	if errors.Is(f.err, errClosed) {
		return nil
	}
	err := errors.Join(f.Flush(), f.file.Close())
	f.waiting, f.err = nil, fmt.Errorf("spill to %s: %w", f.path, errClosed)
	return err
}
