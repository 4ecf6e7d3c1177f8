package rdd

// well is WELL19937c (Panneton, L'Ecuyer and Matsumoto, 2006), the generator that
// Apache Commons Math gives Spark for Poisson numbers.
type well struct {
	state [wellSize]uint32
	at    int
}

const (
	wellSize               = 624 // words of 32 bits
	wellM1, wellM2, wellM3 = 70, 179, 449
)

func newWell(seed int64) *well {
	w := &well{}
	w.state[0], w.state[1] = uint32(uint64(seed)>>32), uint32(seed)
	for i := 2; i < wellSize; i++ {
		l := int64(int32(w.state[i-2]))
		w.state[i] = uint32(1812433253*(l^l>>30) + int64(i))
	}
	return w
}

// next is the next bits random bits.
func (w *well) next(bits int) uint32 {
	word := func(ahead int) *uint32 { return &w.state[(w.at+ahead)%wellSize] }
	before, before2 := word(wellSize-1), word(wellSize-2)
	v0, m1, m2, m3 := *word(0), *word(wellM1), *word(wellM2), *word(wellM3)
	z0 := *before&0x80000000 ^ *before2&0x7fffffff
	z1 := v0 ^ v0<<25 ^ m1 ^ m1>>27
	z2 := m2>>9 ^ m3 ^ m3>>1
	z3 := z1 ^ z2
	z4 := z0 ^ z1 ^ z1<<9 ^ z2 ^ z2<<21 ^ z3 ^ z3>>21
	*word(0), *before = z3, z4
	*before2 &= 0x80000000
	w.at = (w.at + wellSize - 1) % wellSize
	z4 ^= z4 << 7 & 0xe46e1700 // the tempering of the variant c
	z4 ^= z4 << 15 & 0x9b868000
	return z4 >> (32 - bits)
}

// float is a number from 0 up to, and without, 1.
func (w *well) float() float64 {
	return float64(uint64(w.next(26))<<26|uint64(w.next(26))) * 0x1p-52
}
