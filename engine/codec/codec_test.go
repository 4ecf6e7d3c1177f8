package codec

import (
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// back is v after the round trip.
func back[T any](t require.TestingT, v T) (got T) {
	data, err := Encode(v)
	require.NoError(t, err)
	require.NoError(t, Decode(data, &got))
	return got
}

func TestRoundTripOfHardValues(t *testing.T) {
	type flight struct {
		Carrier string
		Delay   *int
		At      time.Time
		Legs    []struct{ From, To string }
	}
	zero, utc := 0, time.Date(2013, 1, 1, 5, 15, 0, 123456789, time.UTC)
	for _, v := range []any{
		"", "caf\xe9 in Latin-1", "œuvre", 'é', int64(math.MinInt64), uint64(math.MaxUint64),
		math.Inf(-1), math.SmallestNonzeroFloat64, float32(0.1), true, [3]byte{1, 2, 3}, struct{}{},
		[]byte(nil), []byte{}, []int(nil), []int{}, [][]int{nil, {}, {1}}, map[string]int(nil), map[string]int{},
		map[[2]int]string{{1, 2}: "x"}, map[struct{ A, B string }][]bool{{"a", "b"}: {true}},
		[]*int{nil, &zero}, time.Second, utc, time.Time{},
		[]flight{{Carrier: "UA", Delay: &zero, At: utc, Legs: []struct{ From, To string }{{"EWR", "IAH"}}}, {}},
	} {
		copied := reflect.New(reflect.TypeOf(v))
		require.NoError(t, Check(copied.Elem().Type()))
		data, err := Encode(v)
		require.NoError(t, err)
		require.NoError(t, Decode(data, copied.Interface()))
		assert.Equal(t, v, copied.Elem().Interface())
	}
	assert.True(t, math.IsNaN(back(t, math.NaN())))
	assert.True(t, math.Signbit(back(t, math.Copysign(0, -1))), "minus zero keeps its sign")
}

// A time keeps its instant to the nanosecond and its hour on the wall, in any zone.
func TestRoundTripOfTimes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := time.FixedZone("", 60*rapid.IntRange(-1439, 1439).Draw(t, "minutes east"))
		at := time.Unix(rapid.Int64Range(-6e10, 2.5e11).Draw(t, "second"), rapid.Int64Range(0, 999_999_999).Draw(t, "nano")).In(zone)
		got := back(t, at)
		require.True(t, at.Equal(got), "%v came back as %v", at, got)
		require.Equal(t, at.Format(time.RFC3339Nano), got.Format(time.RFC3339Nano))
	})
}

// What Check lets through comes back as it was, whatever its type.
func TestWhatCheckAcceptsSurvives(t *testing.T) {
	accepted := 0
	rapid.Check(t, func(t *rapid.T) {
		kind := anyType(t, 3)
		if Check(kind) != nil {
			return
		}
		accepted++
		v, got := reflect.New(kind), reflect.New(kind)
		fill(t, v.Elem())
		data, err := Encode(v.Elem().Interface())
		require.NoError(t, err, "%s", kind)
		require.NoError(t, Decode(data, got.Interface()), "%s", kind)
		require.Equal(t, v.Elem().Interface(), got.Elem().Interface(), "%s", kind)
	})
	assert.Positive(t, accepted, "no type was accepted: the law was never tried")
}

// plain are types of one value; those that can be keys of a map.
var plain = []reflect.Type{
	reflect.TypeFor[string](), reflect.TypeFor[int](), reflect.TypeFor[int8](), reflect.TypeFor[uint64](),
	reflect.TypeFor[bool](), reflect.TypeFor[float64](), reflect.TypeFor[byte](), reflect.TypeFor[[2]int16](),
}

// anyType draws a type at most deep levels deep, often one that Check refuses.
func anyType(t *rapid.T, deep int) reflect.Type {
	shape := "plain"
	if deep > 0 {
		shape = rapid.SampledFrom([]string{"plain", "slice", "array", "pointer", "map", "struct", "struct", "any"}).Draw(t, "shape")
	}
	switch shape {
	case "slice":
		return reflect.SliceOf(anyType(t, deep-1))
	case "array":
		return reflect.ArrayOf(rapid.IntRange(0, 2).Draw(t, "length"), anyType(t, deep-1))
	case "pointer":
		return reflect.PointerTo(anyType(t, deep-1))
	case "map":
		return reflect.MapOf(rapid.SampledFrom(plain).Draw(t, "key"), anyType(t, deep-1))
	case "any":
		return reflect.TypeFor[any]()
	case "struct":
		var fields []reflect.StructField
		for _, name := range []string{"A", "B", "C"}[:rapid.IntRange(0, 3).Draw(t, "fields")] {
			tag := rapid.SampledFrom([]reflect.StructTag{"", "", `json:"A"`, `cbor:"C" json:"-"`, `json:"-"`, `json:",omitzero"`}).Draw(t, "tag")
			fields = append(fields, reflect.StructField{Name: name, Type: anyType(t, deep-1), Tag: tag})
		}
		return reflect.StructOf(fields)
	}
	return rapid.SampledFrom(plain).Draw(t, "type")
}

// fill gives v a random value.
func fill(t *rapid.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(string(rapid.SliceOf(rapid.Byte()).Draw(t, "string"))) // not always UTF-8
	case reflect.Int, reflect.Int8, reflect.Int16:
		v.SetInt(rapid.Int64().Draw(t, "int"))
	case reflect.Uint64, reflect.Uint8:
		v.SetUint(rapid.Uint64().Draw(t, "uint"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Float64:
		v.SetFloat(rapid.Float64().Draw(t, "float"))
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(t, v.Index(i))
		}
	default:
		if rapid.Bool().Draw(t, "nil") {
			return
		}
		n := rapid.IntRange(0, 2).Draw(t, "length")
		switch v.Kind() {
		case reflect.Pointer:
			v.Set(reflect.New(v.Type().Elem()))
			fill(t, v.Elem())
		case reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				fill(t, v.Index(i))
			}
		case reflect.Map:
			v.Set(reflect.MakeMap(v.Type()))
			for range n {
				key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
				fill(t, key)
				fill(t, value)
				v.SetMapIndex(key, value)
			}
		default:
			t.Fatalf("%s: teach fill to draw one", v.Type())
		}
	}
}

func TestErrorsNameTheType(t *testing.T) {
	_, err := Encode(make(chan int))
	assert.ErrorContains(t, err, "encode chan int: ")
	var n int
	assert.ErrorContains(t, Decode([]byte{0xff}, &n), "decode *int: ")
	data, err := Encode("a text")
	require.NoError(t, err)
	assert.Error(t, Decode(data, &n), "a text is no number")
	assert.Error(t, Decode(append(data, data...), new(string)), "nothing may follow a value")
}
