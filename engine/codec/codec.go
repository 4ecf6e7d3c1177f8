// Package codec turns values into bytes and back, the same way everywhere:
// serialized blocks, disk blocks, replicas, spills and checkpoints. The bytes
// are CBOR (RFC 8949) by fxamacker/cbor, which keeps what encoding/gob drops
// (zero values behind pointers, empty slices) and checks what it reads.
package codec

import (
	"encoding"
	"fmt"
	"reflect"

	"github.com/fxamacker/cbor/v2"
)

// Encode writes v. Its type must have passed Check.
func Encode(v any) ([]byte, error) {
	data, err := cbor.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return data, nil
}

// Decode reads what Encode wrote into the value that v points at.
func Decode(data []byte, v any) error {
	if err := decoding.Unmarshal(data, v); err != nil {
		return fmt.Errorf("decode %T: %w", v, err)
	}
	return nil
}

// decoding takes the largest limits the library allows: a block may hold many rows.
var decoding = func() cbor.DecMode {
	mode, err := cbor.DecOptions{MaxArrayElements: 2147483647, MaxMapPairs: 2147483647, MaxNestedLevels: 256}.DecMode()
	if err != nil {
		panic(err) // the options above are constants: this cannot happen once it has run once
	}
	return mode
}()

var (
	binaryMarshaler   = reflect.TypeFor[encoding.BinaryMarshaler]()
	binaryUnmarshaler = reflect.TypeFor[encoding.BinaryUnmarshaler]()
)

// Check reports whether values of type t survive the round trip. What would
// not come back (unexported fields, functions, channels, bare interfaces) is
// refused by name, before anything is stored.
func Check(t reflect.Type) error { return check(t, t.String(), map[reflect.Type]bool{}) }

func check(t reflect.Type, path string, seen map[reflect.Type]bool) error {
	if seen[t] {
		return nil
	}
	seen[t] = true
	if (t.Implements(binaryMarshaler) || reflect.PointerTo(t).Implements(binaryMarshaler)) && reflect.PointerTo(t).Implements(binaryUnmarshaler) {
		return nil // the type says itself how it is written: time.Time, for one
	}
	switch t.Kind() {
	case reflect.Func, reflect.Chan, reflect.UnsafePointer, reflect.Complex64, reflect.Complex128, reflect.Uintptr:
		return fmt.Errorf("%s is a %s, which cannot be written out: keep such values out of the rows, or persist with a level that keeps Go values in memory", path, t.Kind())
	case reflect.Interface:
		return fmt.Errorf("%s is an interface (%s), whose type would be lost when it is written out: use a concrete type", path, t)
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return check(t.Elem(), path+" element", seen)
	case reflect.Map:
		if err := check(t.Key(), path+" key", seen); err != nil {
			return err
		}
		return check(t.Elem(), path+" value", seen)
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			if !f.IsExported() {
				return fmt.Errorf("%s.%s is not exported, so it would be lost when it is written out: begin its name with a capital letter", path, f.Name)
			}
			if err := check(f.Type, path+"."+f.Name, seen); err != nil {
				return err
			}
		}
	}
	return nil
}
