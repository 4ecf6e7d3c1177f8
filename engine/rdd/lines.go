package rdd

import (
	"bytes"
	"io"
	"strings"
)

// lineReader reads a text in blocks of whole lines, one string a block, so that a
// line costs no allocation of its own: it is a part of its block's string. A line
// that the program keeps therefore keeps its block, of at most blockBytes; a line
// that is longer is a block alone.
type lineReader struct {
	from   io.Reader
	block  int    // bytes: the bound on a block of several lines
	buffer []byte // grows only for a line that it cannot hold
	lo, hi int    // buffer[lo:hi] is read and not yet handed out
	err    error  // what the last read said
	passed int64  // lines handed to the program
}

const (
	// A block of 16 KiB is no faster to read than one of 1 KiB, and a program that
	// keeps one word of each would keep sixteen times the memory.
	blockBytes  = 1 << 10
	bufferBytes = 64 << 10 // one read of the file

	firstLines = 1024 // after each of which a task looks whether to stop
)

func newLineReader(from io.Reader, block, buffer int) *lineReader {
	return &lineReader{from: from, block: block, buffer: make([]byte, buffer)}
}

// byteOrderMark is what some programs write before UTF-8; Hadoop leaves it out.
const byteOrderMark = "\xef\xbb\xbf"

// each hands the lines that begin after byte start and not after byte last to
// yield, and the very first of the text too; it reads from byte start on. look is
// called between lines: after each of the first, which may be few and slow, then
// once a block.
func (r *lineReader) each(start, last int64, look func(), yield func(string) bool) error {
	others := start > 0 // the line at start began in the split before, which reads it to its end
	for at := start; at <= last; {
		block, err := r.next()
		if err != nil || block == "" {
			return err
		}
		end := at + int64(len(block))
		if at == 0 {
			block = strings.TrimPrefix(block, byteOrderMark)
		}
		returns := strings.IndexByte(block, '\r') >= 0
		for block != "" && at <= last {
			var line string
			line, block = cutLine(block, returns)
			at = end - int64(len(block))
			if others {
				others = false
				continue
			}
			r.passed++
			if !yield(line) {
				return nil
			}
			if r.passed < firstLines {
				look()
			}
		}
		look()
	}
	return nil
}

// next is the next lines with their ends, "" when there are none. The very last
// one may have no end.
func (r *lineReader) next() (string, error) {
	for {
		unread := r.buffer[r.lo:r.hi]
		n := wholeLines(unread, r.block, r.err == io.EOF)
		if n > 0 {
			r.lo += n
			return string(unread[:n]), nil // the decisive line: one string for many lines
		}
		if r.err == io.EOF {
			return "", nil
		}
		if r.err != nil {
			return "", r.err
		}
		r.fill()
	}
}

// fill reads more behind what is not yet handed out.
func (r *lineReader) fill() {
	if r.lo == 0 && r.hi == len(r.buffer) {
		r.buffer = append(r.buffer, make([]byte, len(r.buffer))...)
	}
	r.hi = copy(r.buffer, r.buffer[r.lo:r.hi])
	r.lo = 0
	n, err := io.ReadAtLeast(r.from, r.buffer[r.hi:], 1)
	r.hi, r.err = r.hi+n, err
}

// wholeLines is the size of the lines at the start of data that make up at most
// block bytes, or of the first one alone; 0 when it is not known where that ends.
// all says that nothing comes after data.
func wholeLines(data []byte, block int, all bool) int {
	if all && len(data) <= block {
		return len(data)
	}
	if end := bytes.LastIndexAny(data[:min(block, len(data))], "\r\n"); end >= 0 {
		if n := throughEnd(data, end, all); n > 0 {
			return n
		}
		// A \r is the last that was read: its line may have a \n to come. Those before it are whole.
		if end := bytes.LastIndexAny(data[:end], "\r\n"); end >= 0 {
			return end + 1
		}
		return 0
	}
	if end := lineEnd(data); end >= 0 {
		return throughEnd(data, end, all)
	}
	if all {
		return len(data)
	}
	return 0
}

// throughEnd is the size of data up to the line end at end, with it; 0 when the
// line end is a \r and it is not known whether a \n follows.
func throughEnd(data []byte, end int, all bool) int {
	if data[end] == '\n' || all && end+1 == len(data) {
		return end + 1
	}
	if end+1 == len(data) {
		return 0
	}
	if data[end+1] == '\n' {
		return end + 2
	}
	return end + 1
}

// lineEnd is where the first line of data ends, -1 when it does not.
func lineEnd(data []byte) int {
	end := bytes.IndexByte(data, '\n')
	if end >= 0 {
		data = data[:end]
	}
	if r := bytes.IndexByte(data, '\r'); r >= 0 {
		return r
	}
	return end
}

// cutLine cuts the first line off a block; returns tells whether the block has a
// \r anywhere, which in most files none has.
func cutLine(block string, returns bool) (line, rest string) {
	end := strings.IndexByte(block, '\n')
	if end < 0 {
		end = len(block)
	}
	if returns {
		if r := strings.IndexByte(block[:end], '\r'); r >= 0 {
			return block[:r], strings.TrimPrefix(block[r+1:], "\n")
		}
	}
	return block[:end], block[min(end+1, len(block)):]
}
