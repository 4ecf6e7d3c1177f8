package rdd

import "math/big"

// Spark keeps an existing partitioner when log10 of the largest parent's
// partitions less log10 of its own is below 1. With exactly ten times as many
// the answer hangs on the last bit of Java's logarithms: 40 over 4 is below, 20
// over 2 is not.

// sameMagnitude reports whether most/parts is below ten, as Spark computes it.
func sameMagnitude(most, parts int) bool {
	if most != 10*parts {
		return most < 10*parts
	}
	return log10(most)-log10(parts) < 1
}

// log10 is the logarithm of n ≥ 1 rounded to the nearest float64, as Java's is;
// math.Log10 is not. Squaring x doubles its logarithm: whether it passes 10 is
// the next binary digit.
func log10(n int) float64 {
	const precision, digits = 256, 100 // each squaring costs a bit of precision
	number := func(n int) *big.Float { return new(big.Float).SetPrec(precision).SetInt64(int64(n)) }
	x, y, digit, ten := number(n), number(0), number(1), number(10)
	for x.Cmp(ten) >= 0 {
		x.Quo(x, ten)
		y.Add(y, digit)
	}
	for range digits {
		digit.Quo(digit, number(2))
		x.Mul(x, x)
		if x.Cmp(ten) >= 0 {
			x.Quo(x, ten)
			y.Add(y, digit)
		}
	}
	nearest, _ := y.Float64()
	return nearest
}
