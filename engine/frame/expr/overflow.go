package expr

import "math/bits"

// Arithmetic that says whether its result fits.

func addInt64(a, b int64) (int64, bool) {
	c := a + b
	return c, (a^c)&(b^c) >= 0
}

func subtractInt64(a, b int64) (int64, bool) {
	c := a - b
	return c, (a^b)&(a^c) >= 0
}

func multiplyInt64(a, b int64) (int64, bool) {
	if int64(int32(a)) == a && int64(int32(b)) == b {
		return a * b, true
	}
	hi, lo := bits.Mul64(size64(a), size64(b))
	c := a * b
	if (a < 0) != (b < 0) {
		return c, hi == 0 && lo <= 1<<63
	}
	return c, hi == 0 && lo < 1<<63
}

func size64(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}
