// Package codec turns values into bytes and back, the same way everywhere:
// serialized blocks, disk blocks, replicas, spills and checkpoints. The bytes
// are CBOR (RFC 8949) by fxamacker/cbor, which keeps what encoding/gob drops
// (zero values behind pointers, empty slices) and checks what it reads.
package codec

import (
	"fmt"

	"github.com/fxamacker/cbor/v2"
)

// Encode writes v. Its type must have passed Check.
func Encode(v any) ([]byte, error) {
	data, err := encodingMode.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return data, nil
}

// Decode reads what Encode wrote into the value that v points at.
func Decode(data []byte, v any) error {
	if err := decodingMode.Unmarshal(data, v); err != nil {
		return fmt.Errorf("decode %T: %w", v, err)
	}
	return nil
}

// encodingMode keeps a time's nanoseconds and its distance from UTC in minutes
// (Paris was at 9 min 21 s until 1911: such times come back up to a minute off).
// The library's own choice is whole seconds.
var encodingMode = mode(cbor.EncOptions{Time: cbor.TimeRFC3339Nano}.EncMode())

// decodingMode takes as many rows as a block can hold, and strings as they are: a
// line of a file in Latin-1 is a row too.
var decodingMode = mode(cbor.DecOptions{
	MaxArrayElements: 2147483647, MaxMapPairs: 2147483647, MaxNestedLevels: 256, UTF8: cbor.UTF8DecodeInvalid,
}.DecMode())

// mode returns m: the options above are constants, so whether the library
// takes them was known when the first test ran.
func mode[M any](m M, err error) M {
	if err != nil {
		panic(err)
	}
	return m
}
