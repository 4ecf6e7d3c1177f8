package neutral

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/lineage"
)

// v reads a value of a case.
func v(t *testing.T, text string) Value {
	t.Helper()
	var value Value
	require.NoError(t, json.Unmarshal([]byte(text), &value), text)
	return value
}

// class is the class of what f throws, "" when it does not.
func class(f func()) (class string) {
	defer func() {
		if failure, ok := recover().(*lineage.Failure); ok {
			class = failure.Class
		}
	}()
	f()
	return ""
}

func TestUnary(t *testing.T) {
	for _, c := range []struct{ f, x, want string }{
		{"x", `{"l":"7"}`, `{"l":7}`},
		{"x+1", "2147483647", "-2147483648"}, // an Int wraps around
		{"x*2", "1073741824", "-2147483648"},
		{"x+1", `{"l":2147483647}`, `{"l":2147483648}`}, // a Long does not
		{"x*2", `{"d":1.5}`, `{"d":3}`},
		{"x%3", "-7", "-1"}, // the sign of the dividend, as in Java
		{"x%3", "7", "1"},
		{"x/2", "-7", "-3"}, // towards zero
		{"x-1", "0", "-1"},
		{"x*x", "-12", "144"},
		{"-x", "5", "-5"},
		{"-x", "-2147483648", "-2147483648"},
		{"x+x*10", "3", "33"}, // * binds more than +
		{"x-1-1", "5", "3"},   // from the left
		{"(x+1)*2", "3", "8"},
		{"_1", `{"t":["a",1]}`, `"a"`},
		{"_2", `{"t":["a",1]}`, "1"},
		{"_2%3", `{"t":["a",7]}`, "1"},
		{"swap", `{"t":["a",1]}`, `{"t":[1,"a"]}`},
		{"len", `"été"`, "3"},
		{"len", `"𝄞"`, "2"}, // UTF-16 units
		{"len", `[1,2,3]`, "3"},
		{"upper", `"été"`, `"ÉTÉ"`},
		{"x[0]", `["a","b"]`, `"a"`},
		{"x[1]", `"chat"`, `"h"`},
		{"long", "5", `{"l":5}`},
		{"long", `"42"`, `{"l":42}`},
		{"int", `{"l":4294967297}`, "1"},
		{"int", `{"d":-2.9}`, "-2"},
		{"double", "5", `{"d":5}`},
		{"str", `{"t":[1,{"d":2.0}]}`, `"(1,2.0)"`},
		{"str", `[1,"a",null]`, `"List(1, a, null)"`},
		{"str", `{"d":12345678}`, `"1.2345678E7"`},
		{"str", `{"some":{"none":true}}`, `"Some(None)"`},
		{"str", `{"map":[["b",1],["a",2]]}`, `"Map(a -> 2, b -> 1)"`},
		{"list", "5", "[5]"},
		{"sum", "[1,2,3]", "6"},
		{"sum", "[]", "0"},
		{"sorted", `["b","a","B"]`, `["B","a","b"]`},
		{"17", `"whatever"`, "17"},
		{"(x%3,x)", "7", `{"t":[1,7]}`},
		{"(x,-x)", "7", `{"t":[7,-7]}`},
		{"(len,(x,1))", `"ab"`, `{"t":[2,{"t":["ab",1]}]}`},
		{"[x,x*10]", "2", "[2,20]"},
		{"x+1", `"a"`, `"a1"`}, // + joins a String to anything
	} {
		f, err := Unary(c.f)
		if assert.NoError(t, err, c.f) {
			assert.Equal(t, v(t, c.want), f(v(t, c.x)), "%s of %s", c.f, c.x)
		}
	}
}

func TestUnaryThrowsAsScala(t *testing.T) {
	for _, c := range []struct{ f, x, class string }{
		{"x/0", "1", "java.lang.ArithmeticException"},
		{"x*2", `"a"`, "java.lang.ClassCastException"},
		{"x-1", "null", "java.lang.ClassCastException"},
		{"_1", "5", "java.lang.ClassCastException"},
		{"swap", `{"t":[1,2,3]}`, "java.lang.ClassCastException"},
		{"x[2]", "[1,2]", "java.lang.IndexOutOfBoundsException"},
		{"int", `"douze"`, "java.lang.NumberFormatException"},
		{"upper", "1", "java.lang.ClassCastException"},
	} {
		f, err := Unary(c.f)
		require.NoError(t, err, c.f)
		assert.Equal(t, c.class, class(func() { f(v(t, c.x)) }), "%s of %s", c.f, c.x)
	}
}

func TestUnknownFunctionsAreRefused(t *testing.T) {
	for _, text := range []string{"", "y", "x+", "x++1", "(x", "(x,", "x)", "[x", "x[", "x[a]", "x y", "lenx", "x+1 ", "x&1"} {
		_, err := Unary(text)
		assert.ErrorContains(t, err, "was expected", text)
	}
	for _, text := range []string{"x", "x=1", "x<>1", ""} {
		_, err := Predicate(text)
		assert.Error(t, err, text)
	}
	for _, text := range []string{"/", "a+x", "a-1", "plus"} {
		_, err := Binary(text)
		assert.Error(t, err, text)
	}
	for _, text := range []string{"x", "words", "(x,x)"} {
		_, err := Many(text)
		assert.Error(t, err, text)
	}
	_, err := Whole("last")
	assert.Error(t, err)
	_, err = Placement("hash")
	assert.Error(t, err)
}

func TestPredicate(t *testing.T) {
	for _, c := range []struct {
		f, x string
		want bool
	}{
		{"true", "1", true}, {"false", "1", false},
		{"nonempty", `""`, false}, {"nonempty", `"a"`, true}, {"nonempty", "[]", false},
		{"x%2==0", "4", true}, {"x%2==0", "-3", false}, {"x%2==1", "-3", false},
		{"x!=2", "2", false}, {"x<=3", "3", true}, {"x>=4", "3", false}, {"x<3", "3", false}, {"x>-1", "0", true},
		{"_1>2", `{"t":[3,0]}`, true}, {"_2>3", `{"t":[9,3]}`, false}, {"len>3", `"chat"`, true},
	} {
		f, err := Predicate(c.f)
		if assert.NoError(t, err, c.f) {
			assert.Equal(t, c.want, f(v(t, c.x)), "%s of %s", c.f, c.x)
		}
	}
}

func TestBinary(t *testing.T) {
	for _, c := range []struct{ f, a, b, want string }{
		{"+", "2147483647", "1", "-2147483648"},
		{"+", "1", `{"l":2}`, `{"l":3}`},
		{"+", "1", `{"d":0.5}`, `{"d":1.5}`},
		{"+", `"a"`, `"b"`, `"ab"`},
		{"+", "[1]", "[2,3]", "[1,2,3]"},
		{"-", "1", "2", "-1"}, {"*", "3", "4", "12"},
		{"max", "3", "4", "4"}, {"min", "3", "4", "3"}, {"max", `"b"`, `"a"`, `"b"`},
		{"first", "1", "2", "1"}, {"last", "1", "2", "2"},
		{"append", "[1]", "2", "[1,2]"},
		{"a+1", "41", `"x"`, "42"},
		{"a+len(b)", "1", `"chat"`, "5"},
		{"a+str(b)", `"n="`, "7", `"n=7"`},
		{"(a+b)", `"x"`, "1", `"(x+1)"`},
		{"(a,b)", "1", `"x"`, `{"t":[1,"x"]}`},
		{"sumcount", `{"t":[10,2]}`, "5", `{"t":[15,3]}`},
		{"addpairs", `{"t":[1,2]}`, `{"t":[10,20]}`, `{"t":[11,22]}`},
	} {
		f, err := Binary(c.f)
		if assert.NoError(t, err, c.f) {
			assert.Equal(t, v(t, c.want), f(v(t, c.a), v(t, c.b)), "%s of %s and %s", c.f, c.a, c.b)
		}
	}
}

func TestMany(t *testing.T) {
	for _, c := range []struct{ f, x, want string }{
		{"split", `"le chat dort"`, `["le","chat","dort"]`},
		{"split", `""`, `[""]`},                  // one empty word
		{"split", `" a  b "`, `["","a","","b"]`}, // those at the end are dropped
		{"split", `"  "`, `[]`},
		{"chars", `"été"`, `["é","t","é"]`},
		{"range", "3", "[0,1,2]"}, {"range", "-1", "[]"},
		{"dup", `"a"`, `["a","a"]`},
		{"each", `[1,[2]]`, `[1,[2]]`},
		{"none", "1", "[]"},
		{"[x,x*10]", "2", "[2,20]"},
	} {
		f, err := Many(c.f)
		if assert.NoError(t, err, c.f) {
			assert.Equal(t, v(t, c.want), List(f(v(t, c.x))...), "%s of %s", c.f, c.x)
		}
	}
}

func TestWhole(t *testing.T) {
	for f, want := range map[string]string{
		"sum": "[6]", "count": "[3]", "list": "[[3,1,2]]", "sorted": "[1,2,3]", "first": "[3]", "x": "[3,1,2]",
	} {
		whole, err := Whole(f)
		require.NoError(t, err, f)
		assert.Equal(t, v(t, want), List(whole([]Value{Int(3), Int(1), Int(2)})...), f)
	}
	for f, want := range map[string]string{"sum": "[0]", "count": "[0]", "list": "[[]]", "sorted": "[]", "first": "[]"} {
		whole, err := Whole(f)
		require.NoError(t, err, f)
		assert.Equal(t, v(t, want), List(whole(nil)...), "%s of an empty partition", f)
	}
}

func TestPlacement(t *testing.T) {
	for _, c := range []struct {
		f, key string
		want   int
	}{{"len", `"ddd"`, 3}, {"k", "5", 5}, {"k/10", "47", 4}, {"first-letter", `"chat"`, 2}} {
		place, err := Placement(c.f)
		if assert.NoError(t, err, c.f) {
			assert.Equal(t, c.want, place(v(t, c.key)), c.f)
		}
	}
}
