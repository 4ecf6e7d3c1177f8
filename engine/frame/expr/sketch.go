package expr

import (
	"math"
	"math/bits"

	"etincelle/engine/frame/column"
)

// approx_count_distinct: HyperLogLog++ (HyperLogLog in Practice, 2013), with
// Spark's hash, registers and corrections, so that the estimates are Spark's.

// usualBits is how many bits of a hash choose a register, for the error of 5%
// that Spark aims at when it is not told.
const usualBits = 9

// few is, for 4 bits and more, up to which estimate empty registers tell more.
var few = []float64{10, 20, 40, 80, 220, 400, 900, 1800, 3100, 6500, 15500, 20000, 50000, 120000, 350000}

func sketchBuffer(Signature) []column.Field {
	return []column.Field{{Name: "registers", Type: column.StringType}}
}

func newSketches(_ Signature, args []Expr) Accumulator {
	p := usualBits
	if len(args) == 2 {
		if v, ok := constantOf(NewCast(args[1], column.DoubleType)); ok {
			if deviation, ok := v.(float64); ok && deviation > 0 {
				p = min(max(int(math.Ceil(2*math.Log(1.106/deviation)/math.Ln2)), 4), 18)
			}
		}
	}
	return &sketches{bits: p}
}

// sketches keeps the registers of each group.
type sketches struct {
	bits   int
	groups [][]uint8
}

// Grow implements Accumulator.
func (s *sketches) Grow(n int) {
	for len(s.groups) < n {
		s.groups = append(s.groups, make([]uint8, 1<<s.bits))
	}
}

// Update implements Accumulator.
func (s *sketches) Update(groups []int32, args []column.Column) error {
	for i, g := range groups {
		if args[0].Null(i) {
			continue
		}
		hash := xxValue(args[0], i, xxSeed)
		run := bits.LeadingZeros64(hash<<s.bits|1<<(s.bits-1)) + 1
		register := &s.groups[g][hash>>(64-s.bits)]
		*register = max(*register, uint8(run))
	}
	return nil
}

// Merge implements Accumulator.
func (s *sketches) Merge(groups []int32, buffers []column.Column) error {
	for i, g := range groups {
		for k, run := range []byte(column.Data[string](buffers[0])[i]) {
			s.groups[g][k] = max(s.groups[g][k], run)
		}
	}
	return nil
}

// Buffers implements Accumulator.
func (s *sketches) Buffers() []column.Column {
	registers := make([]string, len(s.groups))
	for g, r := range s.groups {
		registers[g] = string(r)
	}
	return []column.Column{column.New(column.StringType, registers, nil)}
}

// Final implements Accumulator.
func (s *sketches) Final() (column.Column, error) {
	counts := make([]int64, len(s.groups))
	for g, registers := range s.groups {
		counts[g] = distinctEstimate(registers)
	}
	return column.New(column.BigIntType, counts, nil), nil
}

func distinctEstimate(registers []uint8) int64 {
	m := float64(len(registers))
	p := bits.TrailingZeros(uint(len(registers)))
	sum, empty := 0.0, 0.0
	for _, run := range registers {
		sum += 1 / float64(uint64(1)<<run)
		if run == 0 {
			empty++
		}
	}
	raw := alpha(p, m) * m * m / sum
	if empty > 0 {
		if linear := m * math.Log(m/empty); linear <= few[p-4] || raw <= 2.5*m {
			return int64(math.Round(linear))
		}
	}
	if raw < 5*m {
		raw -= bias(p, raw)
	}
	return int64(math.Round(raw))
}

func alpha(p int, m float64) float64 {
	switch p {
	case 4:
		return 0.673
	case 5:
		return 0.697
	case 6:
		return 0.709
	}
	return 0.7213 / (1 + 1.079/m)
}
