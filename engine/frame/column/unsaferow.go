package column

import (
	"encoding/binary"
	"math"
)

// RowHashes is the hash of each row in the form in which Spark holds rows: a word
// for each 64 columns that says which are null, a word for each column, then the
// strings in whole words. Spark deals rows out in the order of this hash, so that
// a task that runs again deals them the same way.
func RowHashes(b Batch) []int32 {
	hashes := make([]int32, b.Rows)
	var row []byte
	for i := range hashes {
		row = appendUnsafeRow(row[:0], b.Columns, i)
		h := uint32(HashSeed)
		for at := 0; at < len(row); at += 4 {
			h = mixHash(h, mixKey(binary.LittleEndian.Uint32(row[at:])))
		}
		hashes[i] = int32(finish(h, uint32(len(row))))
	}
	return hashes
}

const word = 8

func appendUnsafeRow(row []byte, columns []Column, i int) []byte {
	nulls := (len(columns) + 63) / 64 * word
	row = append(row, make([]byte, nulls+word*len(columns))...)
	for c, col := range columns {
		if col.Null(i) {
			row[c/8] |= 1 << (c % 8)
			continue
		}
		slot := row[nulls+word*c : nulls+word*(c+1)]
		switch v := col.(type) {
		case *Vector[bool]:
			if v.Data[i] {
				slot[0] = 1
			}
		case *Vector[int32]:
			binary.LittleEndian.PutUint32(slot, uint32(v.Data[i]))
		case *Vector[int64]:
			binary.LittleEndian.PutUint64(slot, uint64(v.Data[i]))
		case *Vector[float64]:
			binary.LittleEndian.PutUint64(slot, math.Float64bits(v.Data[i]))
		case *Vector[Int128]:
			binary.LittleEndian.PutUint64(slot, v.Data[i].Lo)
		default:
			text := variable(col, i)
			binary.LittleEndian.PutUint64(slot, uint64(len(row))<<32|uint64(len(text)))
			row = append(row, text...)
			row = append(row, make([]byte, (word-len(text)%word)%word)...)
		}
	}
	return row
}

// variable is a value that has no fixed size: of a string its bytes; of others, whose
// form in Spark is its own affair, bytes that differ when they do.
func variable(c Column, i int) []byte {
	if v, ok := c.(*Vector[string]); ok {
		return []byte(v.Data[i])
	}
	return appendValue(nil, c, i)
}
