package neutral

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/codec"
)

// values draws values of all kinds, three deep at most.
func values(depth int) *rapid.Generator[Value] {
	plain := []*rapid.Generator[Value]{
		rapid.Just(Null), rapid.Just(None),
		rapid.Map(rapid.Bool(), Bool),
		rapid.Map(rapid.Int32(), func(n int32) Value { return Int(int(n)) }),
		rapid.Map(rapid.Int64(), Long),
		rapid.Map(rapid.Float64(), Double),
		rapid.Map(rapid.StringN(0, 5, -1), Text),
	}
	if depth == 0 {
		return rapid.OneOf(plain...)
	}
	parts := rapid.SliceOfN(values(depth-1), 0, 4)
	return rapid.OneOf(append(plain,
		rapid.Map(parts, func(ps []Value) Value { return List(ps...) }),
		rapid.Map(parts, func(ps []Value) Value { return Tuple(ps...) }),
		rapid.Map(values(depth-1), Some),
	)...)
}

func TestValueSurvivesJSONAndBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wanted := values(2).Draw(t, "value")
		text, err := json.Marshal(wanted)
		require.NoError(t, err)
		var got Value
		require.NoError(t, json.Unmarshal(text, &got), "%s", text)
		assert.Equal(t, wanted, got, "%s", text)

		data, err := codec.Encode([]Value{wanted})
		require.NoError(t, err)
		var rows []Value
		require.NoError(t, codec.Decode(data, &rows))
		assert.Equal(t, []Value{wanted}, rows)
	})
}

func TestValueMayBePersisted(t *testing.T) {
	require.NoError(t, codec.Check(reflect.TypeFor[Value]()))
	zeros := Blob(strings.Repeat("\x00", 1<<10))
	data, err := codec.Encode([]Value{zeros})
	require.NoError(t, err)
	assert.Greater(t, len(data), 1<<10, "a block of a MiB must weigh a MiB")
	var rows []Value
	require.NoError(t, codec.Decode(data, &rows))
	assert.Equal(t, []Value{zeros}, rows)
}

// A value is a key: equal values are ==, hash alike, and compare as equal.
func TestEqualValuesAreOneKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := values(2).Draw(t, "value")
		text, err := a.MarshalJSON()
		require.NoError(t, err)
		var b Value
		require.NoError(t, b.UnmarshalJSON(text))
		assert.True(t, a == b)
		assert.Equal(t, 1, len(map[Value]int{a: 1, b: 2}))
		assert.Equal(t, a.HashCode(), b.HashCode())
		assert.Zero(t, Compare(a, b))
	})
}

func TestCompareIsAnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := values(1).Draw(t, "a"), values(1).Draw(t, "b"), values(1).Draw(t, "c")
		assert.Equal(t, -Compare(b, a), Compare(a, b))
		if Compare(a, b) <= 0 && Compare(b, c) <= 0 {
			assert.LessOrEqual(t, Compare(a, c), 0)
		}
	})
}

func TestCompare(t *testing.T) {
	for _, ascending := range [][]string{
		{"-2", `{"d":-1.5}`, "1", `{"l":2}`, `{"d":2.5}`},
		{`""`, `"B"`, `"a"`, `"ab"`, `"é"`, `"𝄞"`, `"\uffff"`}, // by UTF-16 unit
		{`{"t":[1,"b"]}`, `{"t":[2,"a"]}`, `{"t":[2,"b"]}`},
		{"[]", "[1]", "[1,0]", "[2]"},
		{`{"none":true}`, `{"some":0}`},
		{"null", "false", "true"},
	} {
		for i := range ascending {
			for j := range ascending {
				want := Compare(Int(i), Int(j))
				assert.Equal(t, want, Compare(v(t, ascending[i]), v(t, ascending[j])), "%s and %s", ascending[i], ascending[j])
			}
		}
	}
}

// The hashes of the oracle's cases hash_*, and the rules of Scala that they do
// not show: a number inside a tuple hashes like the Int it equals.
func TestHashCode(t *testing.T) {
	for key, want := range map[string]int32{
		"null": 0, "-1": -1, `{"l":-1}`: 0, `{"l":4294967296}`: 1,
		`{"d":1}`: 1072693248, `{"d":2.5}`: 1074003968, "true": 1231, "false": 1237,
		`{"t":[1,2]}`: 1316541600, `{"t":["a",1]}`: -1734940110, `{"t":["a","b"]}`: 961399813,
		`{"t":[{"l":1},{"d":2}]}`: 1316541600,
	} {
		assert.Equal(t, want, v(t, key).HashCode(), key)
	}
}

func TestJavaDouble(t *testing.T) {
	for d, want := range map[float64]string{
		0: "0.0", 1: "1.0", -2.5: "-2.5", 0.001: "0.001", 0.0005: "5.0E-4", 9999999: "9999999.0", 1e7: "1.0E7",
		123456789.5: "1.234567895E8", math.Inf(1): "Infinity", math.Inf(-1): "-Infinity",
	} {
		assert.Equal(t, want, javaDouble(d))
	}
	assert.Equal(t, "NaN", javaDouble(math.NaN()))
}

func TestBadValuesAreRefused(t *testing.T) {
	for _, text := range []string{"1.5", `{"l":"x"}`, `{"d":"x"}`, `{"q":1}`, `{"t":1}`, `{"map":[[1]]}`, `{"l":1,"d":2}`, "{}"} {
		var value Value
		assert.Error(t, json.Unmarshal([]byte(text), &value), text)
	}
}
