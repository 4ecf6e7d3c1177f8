// Package neutral is the language of the oracle's programs, which real Spark
// has run and the engine must run alike: values that are Scala's (an Int of 32
// bits, a Long, a tuple, a List …) and a small vocabulary of functions on them.
// The format of both is the oracle's: 5, {"l":5}, {"d":1.5}, "x+1", "(x,1)".
package neutral

import "fmt"

// Value is one Scala value. It can be a key: == is Scala's equality (but for
// numbers of different types, which programs do not mix), HashCode its hash,
// Compare its order; and it can be written out (MarshalBinary).
type Value struct {
	of any // nil, int32, int64, float64, string, bool, or one of the types below
}

// A compound value holds its parts as a chain of cells and not as a slice, so
// that == looks at all of them and a compound value can be a key.
type (
	tuple  struct{ parts any } // nil or a cell, here and below
	list   struct{ parts any }
	dict   struct{ parts any } // of tuples of two, sorted by key
	option struct{ parts any } // one part for Some, none for None
	cell   struct {
		head Value
		rest any // nil or a cell
	}
	blob struct{ zeros string } // a byte array, all zeros
)

func chain(parts []Value) any {
	var cells any
	for i := len(parts) - 1; i >= 0; i-- {
		cells = cell{parts[i], cells}
	}
	return cells
}

func unchain(parts any) []Value {
	all := []Value{}
	for c, ok := parts.(cell); ok; c, ok = c.rest.(cell) {
		all = append(all, c.head)
	}
	return all
}

// Null is the JVM's null, and the zero Value.
var Null = Value{}

// Int is an Int of 32 bits.
func Int(n int) Value { return Value{int32(n)} }

// Long is a Long of 64 bits.
func Long(n int64) Value { return Value{n} }

// Double is a Double.
func Double(d float64) Value { return Value{d} }

// Text is a String.
func Text(s string) Value { return Value{s} }

// Bool is a Boolean.
func Bool(b bool) Value { return Value{b} }

// Tuple is a tuple of the parts.
func Tuple(parts ...Value) Value { return Value{tuple{chain(parts)}} }

// List is a List of the parts.
func List(parts ...Value) Value { return Value{list{chain(parts)}} }

// Some is an Option that holds v.
func Some(v Value) Value { return Value{option{chain([]Value{v})}} }

// None is the Option that holds nothing.
var None = Value{option{}}

// Blob is a byte array of that many zeros. Blobs of one size share them.
func Blob(zeros string) Value { return Value{blob{zeros}} }

// Map is a Map of the entries, which are tuples of two with different keys.
func Map(entries ...Value) Value {
	sorted := append([]Value(nil), entries...)
	sortValues(sorted)
	return Value{dict{chain(sorted)}}
}

// Pair returns the two parts of a tuple of two; anything else is not a row of
// a pair RDD, and fails as a cast fails in Scala.
func (v Value) Pair() (key, value Value) {
	parts := v.tuple(2)
	return parts[0], parts[1]
}

// tuple is the parts of a tuple of n.
func (v Value) tuple(n int) []Value {
	if t, ok := v.of.(tuple); ok {
		if parts := unchain(t.parts); len(parts) == n {
			return parts
		}
	}
	panic(cannotCast(v, fmt.Sprintf("scala.Tuple%d", n)))
}

// items is what a collection holds: the parts of a List, tuple or Option, the
// letters of a String.
func (v Value) items() []Value {
	switch of := v.of.(type) {
	case list:
		return unchain(of.parts)
	case tuple:
		return unchain(of.parts)
	case option:
		return unchain(of.parts)
	case dict:
		return unchain(of.parts)
	case string:
		letters := []Value{}
		for _, r := range of {
			letters = append(letters, Text(string(r)))
		}
		return letters
	}
	panic(cannotCast(v, "scala.collection.Seq"))
}

// class is the name of the value's class on the JVM.
func (v Value) class() string {
	switch of := v.of.(type) {
	case nil:
		return "null"
	case int32:
		return "java.lang.Integer"
	case int64:
		return "java.lang.Long"
	case float64:
		return "java.lang.Double"
	case string:
		return "java.lang.String"
	case bool:
		return "java.lang.Boolean"
	case tuple:
		return fmt.Sprintf("scala.Tuple%d", len(unchain(of.parts)))
	case list:
		return "scala.collection.immutable.List"
	case dict:
		return "scala.collection.immutable.Map"
	case option:
		return "scala.Option"
	}
	return "byte[]"
}
