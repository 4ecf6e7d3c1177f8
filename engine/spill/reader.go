package spill

import (
	"errors"
	"fmt"
	"io"

	"etincelle/engine/codec"
	"etincelle/engine/fs"
)

// Reader reads one segment, frame by frame, for one goroutine. It has a handle
// of its own from the first Next to the last, and memory for one frame.
type Reader struct {
	files   fs.FS
	layout  *codec.Layout
	segment Segment
	file    fs.File // nil while there is no handle
	buffer  []byte
	place   int64 // of the next frame
	rows    int64 // read so far
	err     error // what Next gives from now on; nil while there may be more
}

// Read begins to read a segment that was flushed. l is the layout it was written
// with. Nothing is opened before the first Next.
func Read(files fs.FS, l *codec.Layout, s Segment) *Reader {
	return &Reader{files: files, layout: l, segment: s, place: s.Offset}
}

// Next returns the rows of the next frame, a []R that is the caller's, at least
// one row long; io.EOF after the last frame. A frame that is not what was
// written gives an error that wraps codec.ErrDamaged, names the file and the
// place, and comes back at every later Next.
func (r *Reader) Next() (rows any, err error) {
	if r.err != nil {
		return nil, r.err
	}
	if rows, err = r.frame(); err != nil {
		r.end(err)
		return nil, err
	}
	return rows, nil
}

// Close gives the handle back, before the end too. To close again is harmless.
func (r *Reader) Close() error {
	return r.end(fmt.Errorf("%s: %w", r.segment.Path, errClosed))
}

// end lets go of all that the reader holds. why is what Next gives if nothing
// ended it before.
func (r *Reader) end(why error) error {
	if r.err == nil {
		r.err = why
	}
	r.buffer = nil
	if r.file == nil {
		return nil
	}
	err := r.file.Close()
	r.file = nil
	return err
}

func (r *Reader) frame() (any, error) {
	s := r.segment
	left := s.Offset + s.Length - r.place
	if left == 0 && r.rows == s.Rows {
		return nil, io.EOF
	}
	if left < headBytes {
		return nil, r.damaged(fmt.Errorf("the segment has %d rows more and room for %d bytes", s.Rows-r.rows, left))
	}
	if err := r.open(); err != nil {
		return nil, err
	}
	data, err := r.read(headBytes)
	if err != nil {
		return nil, err
	}
	h, err := opened(data, r.place, left-headBytes, s.Rows-r.rows)
	if err != nil {
		return nil, r.damaged(err)
	}
	body, err := r.read(int(h.length))
	if err != nil {
		return nil, err
	}
	if found := sum(body); found != h.body {
		return nil, r.damaged(fmt.Errorf("its %d rows have the checksum %08x where %08x was written", h.rows, found, h.body))
	}
	rows, err := r.layout.Read(body, int(h.rows))
	if err != nil {
		return nil, r.damaged(err)
	}
	r.place += headBytes + h.length
	r.rows += h.rows
	return rows, nil
}

// open opens the file at the segment, unless it is open.
func (r *Reader) open() error {
	if r.file != nil {
		return nil
	}
	file, err := r.files.Open(r.segment.Path)
	if err != nil {
		return fmt.Errorf("spilled rows: %w", err)
	}
	r.file = file
	if _, err := file.Seek(r.place, io.SeekStart); err != nil {
		return fmt.Errorf("spilled rows: %w", err)
	}
	return nil
}

// read takes the next n bytes, which are good until it is called again.
func (r *Reader) read(n int) ([]byte, error) {
	if c := cap(r.buffer); c < n || c > keptFrames*max(n, frameBytes) {
		r.buffer = make([]byte, n)
	}
	got, err := io.ReadFull(r.file, r.buffer[:n])
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, r.damaged(fmt.Errorf("the file ends %d bytes on, where %d were written", got, n))
	case err != nil:
		return nil, fmt.Errorf("spilled rows: %w", err)
	}
	return r.buffer[:n], nil
}

// damaged says where it was found that the file is not what was written.
func (r *Reader) damaged(why error) error {
	s := r.segment
	return fmt.Errorf("%s: %w: frame at byte %d, after %d rows of the %d in bytes %d to %d: %w",
		s.Path, codec.ErrDamaged, r.place, r.rows, s.Rows, s.Offset, s.Offset+s.Length, why)
}
