package expr

import (
	"math/big"
	"math/bits"

	"etincelle/engine/frame/column"
)

// Numbers of 128 bits, in which decimals are held. Sums and products that fit
// 64 bits never leave the machine's words; the rest goes through math/big.

type int128 = column.Int128

// small is v when it fits 64 bits.
func small(v int128) (int64, bool) {
	return int64(v.Lo), v.Hi == int64(v.Lo)>>63
}

func negative(v int128) bool { return v.Hi < 0 }

func negate(v int128) int128 {
	lo, borrow := bits.Sub64(0, v.Lo, 0)
	hi, _ := bits.Sub64(0, uint64(v.Hi), borrow)
	return int128{Hi: int64(hi), Lo: lo}
}

func compare128(a, b int128) int {
	switch {
	case a.Hi != b.Hi && a.Hi < b.Hi, a.Hi == b.Hi && a.Lo < b.Lo:
		return -1
	case a == b:
		return 0
	}
	return 1
}

func toBig(v int128) *big.Int {
	if s, ok := small(v); ok {
		return big.NewInt(s)
	}
	size := v
	if negative(v) {
		size = negate(v)
	}
	b := new(big.Int).SetUint64(uint64(size.Hi))
	b.Lsh(b, 64).Or(b, new(big.Int).SetUint64(size.Lo))
	if negative(v) {
		b.Neg(b)
	}
	return b
}

// fromBig is b as 128 bits; false when it needs more.
func fromBig(b *big.Int) (int128, bool) {
	if b.IsInt64() {
		return column.Int128Of(b.Int64()), true
	}
	size := new(big.Int).Abs(b)
	if size.BitLen() > 127 {
		return int128{}, false
	}
	v := int128{
		Hi: int64(new(big.Int).Rsh(size, 64).Uint64()),
		Lo: new(big.Int).And(size, maxWord).Uint64(),
	}
	if b.Sign() < 0 {
		v = negate(v)
	}
	return v, true
}

var (
	maxWord = new(big.Int).SetUint64(^uint64(0))
	tens    = powersOfTen(2*maxPrecision + 2)
)

func powersOfTen(n int) []*big.Int {
	powers := make([]*big.Int, n)
	powers[0] = big.NewInt(1)
	for i := 1; i < n; i++ {
		powers[i] = new(big.Int).Mul(powers[i-1], big.NewInt(10))
	}
	return powers
}

// tenTo is 10^n.
func tenTo(n int) *big.Int {
	if n < len(tens) {
		return tens[n]
	}
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
