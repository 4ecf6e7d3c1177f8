package rdd

import (
	"encoding/binary"
	"math/bits"
)

// xorShift is Spark's XORShiftRandom: where Spark draws, the engine draws the
// same, so that samples, bounds and dealt rows are those of a real cluster.
type xorShift struct{ seed int64 }

func newXORShift(init int64) *xorShift {
	bytes := binary.BigEndian.AppendUint64(nil, uint64(init))
	low := murmurBytes(bytes, arraySeed)
	high := murmurBytes(bytes, low)
	return &xorShift{int64(high)<<32 | int64(low)&0xffffffff}
}

// next is the next bits random bits, as java.util.Random's method of that name.
func (x *xorShift) next(bits int) int32 {
	s := x.seed ^ x.seed<<21
	s ^= int64(uint64(s) >> 35)
	s ^= s << 4
	x.seed = s
	return int32(s & (1<<bits - 1))
}

// intn is a number from 0 to n-1.
func (x *xorShift) intn(n int) int { return javaIntn(x.next, n) }

// javaIntn is java.util.Random.nextInt(n) over any source of bits.
func javaIntn(next func(bits int) int32, n int) int {
	bound := int32(n)
	r := next(31)
	if m := bound - 1; bound&m == 0 {
		return int(int64(bound) * int64(r) >> 31)
	}
	u := r
	for r = u % bound; u-r+(bound-1) < 0; r = u % bound {
		u = next(31)
	}
	return int(r)
}

// float is a number from 0 up to, and without, 1.
func (x *xorShift) float() float64 {
	return float64(int64(x.next(26))<<27+int64(x.next(27))) * 0x1p-53
}

// arraySeed is MurmurHash3.arraySeed of Scala.
const arraySeed = 0x3c074a61

// murmurBytes is MurmurHash3.bytesHash of Scala for a multiple of four bytes.
func murmurBytes(data []byte, seed uint32) uint32 {
	h := seed
	for i := 0; i < len(data); i += 4 {
		h = murmurMix(h, binary.LittleEndian.Uint32(data[i:]))
	}
	return murmurEnd(h, len(data))
}

// byteSwap is scala.util.hashing.byteswap32: neighbouring seeds made unlike.
func byteSwap(v int32) int32 {
	const odd = 0x9e3775cd
	return int32(bits.ReverseBytes32(uint32(v)*odd) * odd)
}

// javaRandom is java.util.Random, whose numbers Spark uses as seeds.
type javaRandom struct{ seed int64 }

const (
	javaFactor = 0x5deece66d
	javaMask   = 1<<48 - 1
)

func newJavaRandom(seed int64) *javaRandom { return &javaRandom{(seed ^ javaFactor) & javaMask} }

func (j *javaRandom) next(bits int) int32 {
	j.seed = (j.seed*javaFactor + 0xb) & javaMask
	return int32(j.seed >> (48 - bits))
}

func (j *javaRandom) long() int64 { return int64(j.next(32))<<32 + int64(j.next(32)) }

func (j *javaRandom) intn(n int) int { return javaIntn(j.next, n) }
