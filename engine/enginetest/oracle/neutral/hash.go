package neutral

import (
	"math"
	"math/bits"

	"etincelle/engine/rdd"
)

// HashCode is the value's hashCode on the JVM, which places it as a key.
func (v Value) HashCode() int32 {
	switch of := v.of.(type) {
	case tuple:
		parts := unchain(of.parts)
		return rdd.HashTuple(len(parts), func(i int) int32 { return parts[i].inside() })
	case list:
		return hashList(unchain(of.parts))
	case option:
		parts := unchain(of.parts)
		if len(parts) == 0 {
			return rdd.HashCode("None") // an object without parts: the hash of its name
		}
		return rdd.HashTuple(1, func(int) int32 { return parts[0].inside() })
	case dict, blob:
		return 0 // a Map's hash needs no order and a byte array's no contents; neither is a key here
	}
	return rdd.HashCode(v.of)
}

// inside is the value's hash as a part of another value, Scala's ##: numbers
// that are equal hash alike there, whatever their types.
func (v Value) inside() int32 {
	switch of := v.of.(type) {
	case int64:
		if of == int64(int32(of)) {
			return int32(of)
		}
	case float64:
		switch {
		case of == float64(int32(of)):
			return int32(of)
		case of == float64(int64(of)):
			return rdd.HashCode(int64(of))
		case of == float64(float32(of)):
			return int32(math.Float32bits(float32(of)))
		}
	}
	return v.HashCode()
}

const listSeed = 83007 // "Seq".hashCode

// hashList is scala.util.hashing.MurmurHash3.listHash: a List whose hashes are
// evenly spaced hashes like the Range that holds the same numbers.
func hashList(parts []Value) int32 {
	h := uint32(listSeed)
	even := len(parts) > 1
	var hashes []uint32
	for i, part := range parts {
		hashes = append(hashes, uint32(part.inside()))
		h = mix(h, hashes[i])
		even = even && (i < 2 || hashes[i]-hashes[i-1] == hashes[1]-hashes[0])
	}
	if even {
		h = mix(mix(mix(listSeed, hashes[0]), hashes[1]-hashes[0]), hashes[len(hashes)-1])
		return int32(mixEnd(h, 0))
	}
	return int32(mixEnd(h, len(parts)))
}

// mix and mixEnd are MurmurHash3 of 32 bits.
func mix(h, k uint32) uint32 {
	k = bits.RotateLeft32(k*0xcc9e2d51, 15) * 0x1b873593
	return bits.RotateLeft32(h^k, 13)*5 + 0xe6546b64
}

func mixEnd(h uint32, parts int) uint32 {
	h ^= uint32(parts)
	h = (h ^ h>>16) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return h ^ h>>16
}
