package column

import (
	"encoding/binary"
	"math"
	"math/bits"
	"unsafe"
)

// HashSeed is what Spark's hash of a row begins with.
const HashSeed = 42

// Hash is Spark's hash(…) of every row: MurmurHash3 of each value, the hash of
// the columns before it as its seed; a null changes nothing. It is what places
// rows in the partitions of an exchange.
func Hash(rows int, columns ...Column) []int32 {
	hashes := make([]int32, rows)
	for i := range hashes {
		hashes[i] = HashSeed
	}
	for _, c := range columns {
		hashInto(hashes, c)
	}
	return hashes
}

func hashInto(hashes []int32, c Column) {
	null := c.Nulls()
	switch c := c.(type) {
	case *Vector[bool]:
		hashEach(hashes, null, c.Data, func(v bool, seed uint32) uint32 {
			if v {
				return hashInt(1, seed)
			}
			return hashInt(0, seed)
		})
	case *Vector[int32]:
		hashEach(hashes, null, c.Data, func(v int32, seed uint32) uint32 { return hashInt(uint32(v), seed) })
	case *Vector[int64]:
		hashEach(hashes, null, c.Data, func(v int64, seed uint32) uint32 { return hashLong(uint64(v), seed) })
	case *Vector[float64]:
		hashEach(hashes, null, c.Data, func(v float64, seed uint32) uint32 { return hashLong(math.Float64bits(Normal(v)), seed) })
	case *Vector[string]:
		hashEach(hashes, null, c.Data, hashText)
	case *Vector[Int128]:
		hashEach(hashes, null, c.Data, func(v Int128, seed uint32) uint32 {
			if c.Of.Precision <= 18 {
				return hashLong(v.Lo, seed)
			}
			return hashText(string(bigEndian(v)), seed)
		})
	case *Vector[Interval]:
		hashEach(hashes, null, c.Data, func(v Interval, seed uint32) uint32 {
			return hashInt(uint32(v.Months), hashInt(uint32(v.Days), hashLong(uint64(v.Micros), seed)))
		})
	case *Lists:
		for i := range hashes {
			if !c.Null(i) {
				from, to := c.Span(i)
				for j := from; j < to; j++ {
					hashInto(hashes[i:i+1], c.Elem.Slice(j, j+1))
				}
			}
		}
	case *Records:
		for i := range hashes {
			if !c.Null(i) {
				for _, field := range c.Fields {
					hashInto(hashes[i:i+1], field.Slice(i, i+1))
				}
			}
		}
	}
}

func hashEach[T any](hashes []int32, null []bool, data []T, hash func(T, uint32) uint32) {
	for i, v := range data {
		if null == nil || !null[i] {
			hashes[i] = int32(hash(v, uint32(hashes[i])))
		}
	}
}

func mixKey(k uint32) uint32 { return bits.RotateLeft32(k*0xcc9e2d51, 15) * 0x1b873593 }

func mixHash(h, k uint32) uint32 { return bits.RotateLeft32(h^k, 13)*5 + 0xe6546b64 }

func finish(h, length uint32) uint32 {
	h ^= length
	h = (h ^ h>>16) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return h ^ h>>16
}

func hashInt(v, seed uint32) uint32 { return finish(mixHash(seed, mixKey(v)), 4) }

func hashLong(v uint64, seed uint32) uint32 {
	h := mixHash(seed, mixKey(uint32(v)))
	return finish(mixHash(h, mixKey(uint32(v>>32))), 8)
}

// hashText is Murmur3 over words of four bytes; the last bytes are mixed in one
// by one, as signed numbers, which is Spark's own way.
func hashText(s string, seed uint32) uint32 {
	data := unsafe.Slice(unsafe.StringData(s), len(s))
	h := seed
	whole := len(data) &^ 3
	for i := 0; i < whole; i += 4 {
		h = mixHash(h, mixKey(binary.LittleEndian.Uint32(data[i:])))
	}
	for _, b := range data[whole:] {
		h = mixHash(h, mixKey(uint32(int32(int8(b)))))
	}
	return finish(h, uint32(len(data)))
}

// bigEndian is v in as few bytes as hold it, as Java's BigInteger.toByteArray.
func bigEndian(v Int128) []byte {
	data := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(v.Hi)), v.Lo)
	for len(data) > 1 && (data[0] == 0 && data[1] < 0x80 || data[0] == 0xff && data[1] >= 0x80) {
		data = data[1:]
	}
	return data
}
