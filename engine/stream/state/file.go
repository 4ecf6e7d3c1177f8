package state

import (
	"encoding/binary"
	"fmt"

	"etincelle/engine/codec"
	"etincelle/engine/fs"
)

// A delta and a snapshot hold the same, sealed with a checksum (see codec.Seal):
//
//	for each change: key length, key, 0 | for each change: key length, key, value length + 1, value
//
// lengths being varints, and 0 saying that the key was removed.
const (
	deltaKind    = "state delta"
	snapshotKind = "state snapshot"
)

func encode(list []change) []byte {
	size := 0
	for _, c := range list {
		size += len(c.key) + len(c.value) + 2*binary.MaxVarintLen32
	}
	data := make([]byte, 0, size)
	for _, c := range list {
		data = binary.AppendUvarint(data, uint64(len(c.key)))
		data = append(data, c.key...)
		if c.removed {
			data = append(data, 0)
			continue
		}
		data = binary.AppendUvarint(data, uint64(len(c.value))+1)
		data = append(data, c.value...)
	}
	return data
}

// decode reads what encode wrote. The checksum was right, so a length that does
// not fit is another version's or a mistake of ours.
func decode(data []byte) ([]change, error) {
	var list []change
	for len(data) > 0 {
		key, rest, ok := piece(data, 0)
		if !ok {
			return nil, fmt.Errorf("entry %d has no end", len(list))
		}
		c := change{key: key}
		if len(rest) > 0 && rest[0] == 0 {
			c.removed, rest = true, rest[1:]
		} else if c.value, rest, ok = piece(rest, 1); !ok {
			return nil, fmt.Errorf("the value of entry %d has no end", len(list))
		}
		list = append(list, c)
		data = rest
	}
	return list, nil
}

// piece cuts off some bytes that follow their length plus more.
func piece(data []byte, more uint64) (bytes, rest []byte, ok bool) {
	n, used := binary.Uvarint(data)
	if used <= 0 || n < more || n-more > uint64(len(data)-used) {
		return nil, nil, false
	}
	end := used + int(n-more)
	return data[used:end:end], data[end:], true
}

// readFile reads a delta or a snapshot.
func readFile(files fs.FS, path, kind string) ([]change, error) {
	data, err := fs.Read(files, path)
	if err != nil {
		return nil, fmt.Errorf("the state cannot be read: %w; nothing was changed: restore the file, or start with a new checkpoint folder", err)
	}
	payload, err := codec.Open(path, kind, data)
	if err != nil {
		return nil, fmt.Errorf("the state cannot be read: %w; nothing was changed: restore the file, or start with a new checkpoint folder", err)
	}
	list, err := decode(payload)
	if err != nil {
		return nil, fmt.Errorf("the state cannot be read: %s: %w: %w", path, codec.ErrDamaged, err)
	}
	return list, nil
}
