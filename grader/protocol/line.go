package protocol

import (
	"bufio"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// MaxLine bounds one line in either direction, in bytes: a partition of 100 000
// rows of a lab fits.
const MaxLine = 32 << 20

// ErrLineTooLong ends a conversation.
var ErrLineTooLong = errors.New("a line of the conversation is too long")

// Line is v as one line.
func Line(v any) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return append(data, '\n'), nil
}

// ReadLine reads up to the next line end and returns the line with it, or what
// there is before the end of the input. Its result is the caller's.
func ReadLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if len(line)+len(part) > MaxLine {
			return nil, fmt.Errorf("%w: more than %d MiB", ErrLineTooLong, MaxLine>>20)
		}
		line = append(line, part...)
		switch {
		case err == bufio.ErrBufferFull:
		case err == io.EOF && len(line) > 0:
			return line, nil
		default:
			return line, err
		}
	}
}

// ParseFrame reads a line of the child as a frame. A line without the nonce is
// none: the code under test printed it.
func ParseFrame(line []byte, nonce string) (Frame, bool) {
	var f Frame
	if len(line) == 0 || line[0] != '{' || json.Unmarshal(line, &f) != nil {
		return Frame{}, false
	}
	return f, nonce != "" && subtle.ConstantTimeCompare([]byte(f.Nonce), []byte(nonce)) == 1
}
