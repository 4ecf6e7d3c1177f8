package rdd

import (
	"math"
	"math/bits"
	"reflect"
	"strconv"
	"unicode/utf16"
)

// Hasher is for key types that bring their own hash. It must be the same in
// every run, and equal for equal keys.
type Hasher interface{ HashCode() int32 }

// HashCode is the hash by which Spark's HashPartitioner places a key. Go's
// types are read as Scala's: int32 and smaller as Int; int as Int when it fits
// 32 bits, else as Long; int64 as Long; float32 as Float and float64 as Double;
// strings by their UTF-16 units; Pair as a tuple. Other structs and arrays are hashed field by field like tuples,
// pointers by what they point at; nil is 0.
func HashCode(key any) int32 {
	switch k := key.(type) {
	case nil:
		return 0
	case Hasher:
		return k.HashCode()
	case int:
		return hashInt(k)
	case int64:
		return hashLong(k)
	case int32:
		return k
	case string:
		return hashString(k)
	}
	return hashValue(reflect.ValueOf(key))
}

// hasher is HashCode for keys of one type: the type is looked at once, not once a row.
func hasher[K comparable]() func(K) int32 {
	var zero K
	switch any(zero).(type) {
	case int:
		return any(hashInt).(func(K) int32)
	case int64:
		return any(hashLong).(func(K) int32)
	case string:
		return any(hashString).(func(K) int32)
	case int32:
		return any(func(k int32) int32 { return k }).(func(K) int32)
	}
	return func(k K) int32 { return HashCode(k) }
}

func hashInt(k int) int32 {
	if k == int(int32(k)) {
		return int32(k)
	}
	return hashLong(int64(k))
}

// hashLong is java.lang.Long's: -1 hashes to 0, where the Int -1 hashes to -1.
func hashLong(k int64) int32 { return int32(k ^ int64(uint64(k)>>32)) }

func hashDouble(k float64) int32 {
	switch {
	case k != k:
		return hashLong(0x7ff8000000000000) // Java has one NaN
	case k == 0:
		return 0 // to Go -0 is the same key; Java tells them apart
	}
	return hashLong(int64(math.Float64bits(k)))
}

func hashFloat(k float32) int32 {
	switch {
	case k != k:
		return 0x7fc00000
	case k == 0:
		return 0
	}
	return int32(math.Float32bits(k))
}

func hashBool(k bool) int32 {
	if k {
		return 1231
	}
	return 1237
}

// hashString is java.lang.String's, over UTF-16 units.
func hashString(s string) int32 {
	var h int32
	for i := range len(s) {
		if s[i] >= 0x80 {
			return hashUnits(utf16.Encode([]rune(s)))
		}
		h = 31*h + int32(s[i])
	}
	return h
}

func hashUnits(units []uint16) int32 {
	var h int32
	for _, u := range units {
		h = 31*h + int32(u)
	}
	return h
}

func hashValue(v reflect.Value) int32 {
	switch v.Kind() {
	case reflect.Bool:
		return hashBool(v.Bool())
	case reflect.Int:
		return hashInt(int(v.Int()))
	case reflect.Int8, reflect.Int16, reflect.Int32:
		return int32(v.Int())
	case reflect.Int64:
		return hashLong(v.Int())
	case reflect.Uint8, reflect.Uint16:
		return int32(v.Uint())
	case reflect.Uint, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		if u := v.Uint(); u <= math.MaxInt32 {
			return int32(u)
		}
		return hashLong(int64(v.Uint()))
	case reflect.Float32:
		return hashFloat(float32(v.Float()))
	case reflect.Float64:
		return hashDouble(v.Float())
	case reflect.String:
		return hashString(v.String())
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return 0
		}
		return hashValue(v.Elem())
	case reflect.Array:
		return HashTuple(v.Len(), func(i int) int32 { return hashElement(v.Index(i)) })
	case reflect.Struct:
		return HashTuple(v.NumField(), func(i int) int32 { return hashElement(v.Field(i)) })
	}
	return 0 // a channel: equal keys still get equal hashes
}

// HashTuple is the hash of a Scala tuple of n elements: MurmurHash3's product
// hash, begun with the name of the class. element gives the HashElement of the
// i-th.
func HashTuple(n int, element func(i int) int32) int32 {
	h := murmurMix(0xcafebabe, uint32(hashString("Tuple"+strconv.Itoa(n))))
	for i := range n {
		h = murmurMix(h, uint32(element(i)))
	}
	return int32(murmurEnd(h, n))
}

// HashElement is the hash of a value inside a tuple, Scala's ##: there, numbers
// that are equal hash alike whatever their type, so the Long -1 is -1 again.
func HashElement(key any) int32 { return hashElement(reflect.ValueOf(key)) }

func hashElement(v reflect.Value) int32 {
	if !v.IsValid() {
		return 0
	}
	switch v.Kind() {
	case reflect.Int64:
		return hashInt(int(v.Int()))
	case reflect.Float32, reflect.Float64:
		return hashNumber(v.Float())
	case reflect.Interface:
		return hashElement(v.Elem())
	}
	if v.CanInterface() {
		return HashCode(v.Interface())
	}
	return hashValue(v)
}

func hashNumber(f float64) int32 {
	switch {
	case f == math.Trunc(f) && f >= -1<<63 && f < 1<<63:
		return hashInt(int(f))
	case f == 1<<63:
		return hashLong(math.MaxInt64) // where Java's conversion ends
	case f == float64(float32(f)):
		return int32(math.Float32bits(float32(f)))
	}
	return hashDouble(f)
}

// The three steps of MurmurHash3, 32 bits.

func murmurMixLast(h, k uint32) uint32 {
	k *= 0xcc9e2d51
	k = bits.RotateLeft32(k, 15)
	k *= 0x1b873593
	return h ^ k
}

func murmurMix(h, k uint32) uint32 {
	return bits.RotateLeft32(murmurMixLast(h, k), 13)*5 + 0xe6546b64
}

func murmurEnd(h uint32, length int) uint32 {
	h ^= uint32(length)
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}
