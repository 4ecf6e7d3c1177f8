package spill

// A file is segments, one behind the other; a segment is frames, one behind the
// other; a frame is
//
//	place 8 | length 8 | rows 8 | sum of the body 4 | sum of the head so far 4 | body
//
// all little-endian. Place is where in the file the frame begins, so that one
// read from elsewhere is told; length is of the body, rows is how many rows a
// codec.Layout wrote there; sums are CRC-32C. The head has its own, so that no
// damaged length is believed.

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

const (
	headBytes = 8 + 8 + 8 + 4 + 4

	// frameBytes is about how long a body is: it ends with the row that makes it
	// so long or longer. A reader holds one frame, so that to merge fifty runs
	// takes some 6 MiB: each frame as bytes and as rows.
	frameBytes = 64 << 10

	// keptFrames is how many frames long a buffer may be and be used again.
	keptFrames = 4
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func sum(data []byte) uint32 { return crc32.Checksum(data, castagnoli) }

// head is what a frame says of itself.
type head struct {
	place, length, rows int64
	body                uint32
}

// seal fills the head of a frame whose body stands behind the room for it.
func seal(frame []byte, place int64, rows int) {
	body := frame[headBytes:]
	h := binary.LittleEndian.AppendUint64(frame[:0], uint64(place)) // in place: frame has the room
	h = binary.LittleEndian.AppendUint64(h, uint64(len(body)))
	h = binary.LittleEndian.AppendUint64(h, uint64(rows))
	h = binary.LittleEndian.AppendUint32(h, sum(body))
	binary.LittleEndian.AppendUint32(h, sum(h))
}

// opened reads the head of the frame that should stand at place, in a segment
// where after the head so many bytes and rows are left.
func opened(data []byte, place, bytes, rows int64) (head, error) {
	h := head{
		place:  int64(binary.LittleEndian.Uint64(data)),
		length: int64(binary.LittleEndian.Uint64(data[8:])),
		rows:   int64(binary.LittleEndian.Uint64(data[16:])),
		body:   binary.LittleEndian.Uint32(data[24:]),
	}
	written, found := binary.LittleEndian.Uint32(data[28:]), sum(data[:28])
	switch {
	case written != found:
		return h, fmt.Errorf("its head has the checksum %08x where %08x was written", found, written)
	case h.place != place:
		return h, fmt.Errorf("it was written as the frame at byte %d", h.place)
	case h.length < 0 || h.length > bytes:
		return h, fmt.Errorf("it has %d bytes of rows where the segment has room for %d", h.length, bytes)
	case h.rows < 1 || h.rows > rows:
		return h, fmt.Errorf("it has %d rows where the segment has %d left", h.rows, rows)
	}
	return h, nil
}
