package expr

import (
	"encoding/binary"
	"math"
	"math/bits"

	"etincelle/engine/frame/column"
)

// XXH64, the hash of Spark's xxhash64(…) and of its sketches: the hash of the
// values before is the seed of the next one, and a null changes nothing.

const xxSeed = 42

const (
	xxPrime1 = 0x9E3779B185EBCA87
	xxPrime2 = 0xC2B2AE3D27D4EB4F
	xxPrime3 = 0x165667B19E3779F9
	xxPrime4 = 0x85EBCA77C2B2AE63
	xxPrime5 = 0x27D4EB2F165667C5
)

// xxhash is the hash of row i of columns.
func xxhash(columns []column.Column, i int) uint64 {
	h := uint64(xxSeed)
	for _, c := range columns {
		h = xxValue(c, i, h)
	}
	return h
}

func xxValue(c column.Column, i int, seed uint64) uint64 {
	if c.Null(i) {
		return seed
	}
	switch c := c.(type) {
	case *column.Vector[bool]:
		return xxInt(uint32(oneIf(c.Data[i])), seed)
	case *column.Vector[int32]:
		return xxInt(uint32(c.Data[i]), seed)
	case *column.Vector[int64]:
		return xxLong(uint64(c.Data[i]), seed)
	case *column.Vector[float64]:
		return xxLong(math.Float64bits(column.Normal(c.Data[i])), seed)
	case *column.Vector[string]:
		return xxBytes([]byte(c.Data[i]), seed)
	case *column.Vector[int128]:
		if c.Of.Precision <= 18 {
			return xxLong(c.Data[i].Lo, seed)
		}
		return xxBytes(twosComplement(c.Data[i]), seed)
	case *column.Vector[column.Interval]:
		v := c.Data[i]
		return xxInt(uint32(v.Months), xxInt(uint32(v.Days), xxLong(uint64(v.Micros), seed)))
	case *column.Lists:
		from, to := c.Span(i)
		for j := from; j < to; j++ {
			seed = xxValue(c.Elem, j, seed)
		}
	case *column.Records:
		for _, field := range c.Fields {
			seed = xxValue(field, i, seed)
		}
	}
	return seed
}

// twosComplement is v, big-endian, in as few bytes as hold it, as Java's BigInteger has it.
func twosComplement(v int128) []byte {
	b := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(v.Hi)), v.Lo)
	for len(b) > 1 && (b[0] == 0 && b[1] < 0x80 || b[0] == 0xff && b[1] >= 0x80) {
		b = b[1:]
	}
	return b
}

func xxInt(v uint32, seed uint64) uint64 {
	h := seed + xxPrime5 + 4
	h ^= uint64(v) * xxPrime1
	return xxFinish(bits.RotateLeft64(h, 23)*xxPrime2 + xxPrime3)
}

func xxLong(v, seed uint64) uint64 {
	h := seed + xxPrime5 + 8
	return xxFinish(xxEight(h, v))
}

func xxEight(h, v uint64) uint64 {
	h ^= bits.RotateLeft64(v*xxPrime2, 31) * xxPrime1
	return bits.RotateLeft64(h, 27)*xxPrime1 + xxPrime4
}

func xxFinish(h uint64) uint64 {
	h = (h ^ h>>33) * xxPrime2
	h = (h ^ h>>29) * xxPrime3
	return h ^ h>>32
}

func xxBytes(b []byte, seed uint64) uint64 {
	h, n := seed+xxPrime5, uint64(len(b))
	if len(b) >= 32 {
		h, b = xxStripes(b, seed)
	}
	h += n
	for ; len(b) >= 8; b = b[8:] {
		h = xxEight(h, binary.LittleEndian.Uint64(b))
	}
	if len(b) >= 4 {
		h ^= uint64(binary.LittleEndian.Uint32(b)) * xxPrime1
		h = bits.RotateLeft64(h, 23)*xxPrime2 + xxPrime3
		b = b[4:]
	}
	for _, c := range b {
		h = bits.RotateLeft64(h^uint64(c)*xxPrime5, 11) * xxPrime1
	}
	return xxFinish(h)
}

// xxStripes takes the stripes of 32 bytes off, in four lanes.
func xxStripes(b []byte, seed uint64) (h uint64, rest []byte) {
	const both = (xxPrime1 + xxPrime2) & math.MaxUint64
	lanes := [4]uint64{seed + both, seed + xxPrime2, seed, seed - xxPrime1}
	for ; len(b) >= 32; b = b[32:] {
		for k := range lanes {
			lanes[k] = bits.RotateLeft64(lanes[k]+binary.LittleEndian.Uint64(b[8*k:])*xxPrime2, 31) * xxPrime1
		}
	}
	for k, by := range []int{1, 7, 12, 18} {
		h += bits.RotateLeft64(lanes[k], by)
	}
	for _, lane := range lanes {
		h = (h^bits.RotateLeft64(lane*xxPrime2, 31)*xxPrime1)*xxPrime1 + xxPrime4
	}
	return h, b
}
