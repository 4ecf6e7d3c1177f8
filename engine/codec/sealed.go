package codec

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
)

// A sealed file is
//
//	magic "ETINC" | version 1 byte | kind length 1 byte, kind | payload length 8 bytes | payload | SHA-256 of all before
//
// so that a truncated, altered or foreign file is told from a good one before
// a single value is read from it.

// Version is the format of the payloads. A reader refuses a newer one.
const Version = 1

const magic = "ETINC"

// ErrDamaged is wrapped by every error about a file that is not what was written.
var ErrDamaged = errors.New("damaged or foreign file")

// Seal wraps payload. kind names what it is ("block", "checkpoint", …).
func Seal(kind string, payload []byte) []byte {
	var b bytes.Buffer
	b.WriteString(magic)
	b.WriteByte(Version)
	b.WriteByte(byte(len(kind)))
	b.WriteString(kind)
	b.Write(binary.BigEndian.AppendUint64(nil, uint64(len(payload))))
	b.Write(payload)
	sum := sha256.Sum256(b.Bytes())
	b.Write(sum[:])
	return b.Bytes()
}

// Open returns the payload of a sealed file. path is for the message alone.
func Open(path, kind string, data []byte) ([]byte, error) {
	fail := func(found string) ([]byte, error) {
		return nil, fmt.Errorf("%s: %w: %s", path, ErrDamaged, found)
	}
	head := len(magic) + 2
	if len(data) < head || string(data[:len(magic)]) != magic {
		return fail("it does not begin as a file of this engine does")
	}
	if v := data[len(magic)]; v > Version {
		return fail(fmt.Sprintf("format %d is newer than %d, the newest this engine reads", v, Version))
	}
	kindEnd := head + int(data[head-1])
	if len(data) < kindEnd+8+sha256.Size {
		return fail(fmt.Sprintf("it is cut off after %d bytes", len(data)))
	}
	if found := string(data[head:kindEnd]); found != kind {
		return fail(fmt.Sprintf("it holds a %q, a %q was expected", found, kind))
	}
	length := binary.BigEndian.Uint64(data[kindEnd : kindEnd+8])
	body := data[kindEnd+8:]
	if length != uint64(len(body)-sha256.Size) {
		return fail(fmt.Sprintf("it holds %d bytes where %d were written", len(body)-sha256.Size, length))
	}
	sum := sha256.Sum256(data[:len(data)-sha256.Size])
	if !bytes.Equal(sum[:], data[len(data)-sha256.Size:]) {
		return fail("its checksum does not match its contents")
	}
	return body[:length], nil
}
