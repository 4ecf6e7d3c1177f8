package rdd

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// registers is a HyperLogLog sketch of 2^p numbers. A hash's first p bits choose a
// register, which keeps the longest run of zeros (and the 1 after it) met in the
// other bits. Long runs are rare: they tell how many different hashes there were,
// and meeting one again changes nothing.
type registers []uint8

// p is how many bits of a hash choose a register.
func (s registers) p() int { return bits.TrailingZeros(uint(len(s))) }

func (s registers) with(hash uint64) registers {
	p := s.p()
	run := bits.LeadingZeros64(hash<<p|1<<(p-1)) + 1
	register := &s[hash>>(64-p)]
	*register = max(*register, uint8(run))
	return s
}

func (s registers) merge(o registers) registers {
	for i, run := range o {
		s[i] = max(s[i], run)
	}
	return s
}

// fewHashes is, for p from 4, up to how many hashes the share of registers that
// are still empty tells more than the runs do (HyperLogLog in Practice, 2013).
var fewHashes = []float64{10, 20, 40, 80, 220, 400, 900, 1800, 3100, 6500, 15500, 20000, 50000, 120000, 350000}

// count estimates how many different hashes were met.
func (s registers) count() int {
	few := 5 * float64(len(s))
	if i := s.p() - fewestBits; i < len(fewHashes) {
		few = fewHashes[i]
	}
	m, runs := float64(len(s)), s.runs()
	if empty := float64(runs[0]); empty > 0 {
		if n := m * math.Log(m/empty); n < few {
			return int(math.Round(n))
		}
	}
	return int(math.Round(estimate(m, runs)))
}

// runs counts the registers by what they hold.
func (s registers) runs() []int {
	runs := make([]int, 64-s.p()+2)
	for _, run := range s {
		runs[run]++
	}
	return runs
}

// estimate is Ertl's (New cardinality estimation algorithms for HyperLogLog
// sketches, 2017, algorithm 6): it needs no table of corrections, where
// HyperLogLog++ has one of 6 000 numbers.
func estimate(m float64, runs []int) float64 {
	last := len(runs) - 1
	z := m * tau(1-float64(runs[last])/m)
	for k := last - 1; k >= 1; k-- {
		z = (z + float64(runs[k])) / 2
	}
	z += m * sigma(float64(runs[0])/m)
	return m * m / (2 * math.Ln2 * z)
}

// sigma is x + Σ x^(2^k)·2^(k-1), for k from 1.
func sigma(x float64) float64 {
	if x == 1 {
		return math.Inf(1)
	}
	z, y := x, 1.0
	for before := -1.0; z != before; y *= 2 {
		x *= x
		before = z
		z += x * y
	}
	return z
}

// tau is (1 - x - Σ (1-x^(2^-k))²·2^-k) / 3, for k from 1.
func tau(x float64) float64 {
	if x == 0 || x == 1 {
		return 0
	}
	z, y := 1-x, 1.0
	for before := -1.0; z != before; {
		x = math.Sqrt(x)
		before = z
		y /= 2
		z -= (1 - x) * (1 - x) * y
	}
	return z / 3
}

// hash64 is MurmurHash64A with the seed of stream-lib, whose sketches Spark uses.
func hash64(text string) uint64 {
	const m, r, seed = 0xc6a4a7935bd1e995, 47, 0xe17a1465
	data := []byte(text)
	h := seed ^ uint64(len(data))*m
	for ; len(data) >= 8; data = data[8:] {
		k := binary.LittleEndian.Uint64(data) * m
		k ^= k >> r
		h = (h ^ k*m) * m
	}
	if len(data) > 0 {
		var rest [8]byte
		copy(rest[:], data)
		h = (h ^ binary.LittleEndian.Uint64(rest[:])) * m
	}
	h = (h ^ h>>r) * m
	return h ^ h>>r
}
