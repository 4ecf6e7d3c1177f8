package files

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math"
	"strings"

	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/fs"
)

// blockBytes is how much of a file is looked at at once. It fits a core's cache.
const blockBytes = 256 << 10

// Blocks reads the lines that begin in a span of a file, many at once. A line
// that the span cuts belongs to the span it begins in, as for Hadoop.
type Blocks struct {
	path   string
	file   io.Closer
	from   io.Reader
	look   func()
	buffer []byte
	lo, hi int   // buffer[lo:hi] is read and not yet handed out
	at     int64 // where buffer[lo] stands in the file
	last   int64 // where the last line may begin
	over   error
}

// openBlocks starts at the first line that begins in the span.
func openBlocks(files fs.FS, span physical.FileSpan, look func()) (*Blocks, error) {
	f, err := files.Open(span.Path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", span.Path, err)
	}
	b := &Blocks{path: span.Path, file: f, from: f, look: look, at: span.From, last: span.To - 1, buffer: make([]byte, blockBytes)}
	if strings.HasSuffix(span.Path, ".gz") {
		b.from, err = gzip.NewReader(f)
		b.last = math.MaxInt64
	} else if span.From > 0 {
		b.at-- // the byte before tells whether a line begins at From
		_, err = f.Seek(b.at, io.SeekStart)
	}
	if err == nil && span.From > 0 {
		err = b.skipLine()
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("read %s: %w", span.Path, err)
	}
	return b, nil
}

// Close ends the reading.
func (b *Blocks) Close() { b.file.Close() }

func (b *Blocks) skipLine() error {
	for {
		if n := bytes.IndexByte(b.buffer[b.lo:b.hi], '\n'); n >= 0 {
			b.pass(n + 1)
			return nil
		}
		b.pass(b.hi - b.lo)
		if b.over != nil {
			return b.failed()
		}
		b.fill()
	}
}

func (b *Blocks) pass(n int) { b.lo, b.at = b.lo+n, b.at+int64(n) }

func (b *Blocks) failed() error {
	if b.over == io.EOF {
		return nil
	}
	return b.over
}

func (b *Blocks) fill() {
	b.hi = copy(b.buffer, b.buffer[b.lo:b.hi])
	b.lo = 0
	if b.hi == len(b.buffer) { // one line is longer than all of it
		b.buffer = append(b.buffer, make([]byte, len(b.buffer))...)
	}
	n, err := b.from.Read(b.buffer[b.hi:])
	b.hi += n
	b.over = err
}

// Next is the next lines, each with its \n (the last one of a file may have none);
// nil when there are no more. They stay as they are until the next call.
func (b *Blocks) Next() ([]byte, error) {
	b.look()
	for {
		unread := b.buffer[b.lo:b.hi]
		if b.at > b.last {
			return nil, nil
		}
		n := bytes.LastIndexByte(unread, '\n') + 1
		if b.over == io.EOF {
			n = len(unread)
		}
		if left := b.last - b.at; n > 0 && left < int64(n) { // the last line begins at or before last
			if end := bytes.IndexByte(unread[left:n], '\n'); end >= 0 {
				n = int(left) + end + 1
			}
		}
		if n > 0 {
			b.pass(n)
			return unread[:n], nil
		}
		if b.over != nil {
			return nil, b.failed()
		}
		b.fill()
	}
}
