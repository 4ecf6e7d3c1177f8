package neutral

import (
	"fmt"
	"strconv"
	"strings"
)

// Predicate reads a function that says yes or no: "x%2==0", "_2>3", "nonempty".
func Predicate(text string) (func(Value) bool, error) {
	switch text {
	case "true":
		return func(Value) bool { return true }, nil
	case "false":
		return func(Value) bool { return false }, nil
	case "nonempty":
		return func(x Value) bool { return length(x) != Int(0) }, nil
	}
	for _, c := range comparisons {
		left, right, found := strings.Cut(text, c.sign)
		if !found {
			continue
		}
		l, err := Unary(left)
		if err != nil {
			return nil, err
		}
		r, err := Unary(right)
		if err != nil {
			return nil, err
		}
		return func(x Value) bool { return c.holds(Compare(l(x), r(x))) }, nil
	}
	return nil, fmt.Errorf("predicate %q: none of true, false, nonempty, and no comparison in it", text)
}

// comparisons are tried in turn: a sign comes before one that it begins with.
var comparisons = []struct {
	sign  string
	holds func(compared int) bool
}{
	{"==", func(c int) bool { return c == 0 }},
	{"!=", func(c int) bool { return c != 0 }},
	{"<=", func(c int) bool { return c <= 0 }},
	{">=", func(c int) bool { return c >= 0 }},
	{"<", func(c int) bool { return c < 0 }},
	{">", func(c int) bool { return c > 0 }},
}

// Binary reads a function of two arguments, the first of which is what was
// gathered so far: "+", "max", "append", "sumcount".
func Binary(text string) (func(a, b Value) Value, error) {
	switch text {
	case "+", "-", "*":
		return func(a, b Value) Value { return arithmetic(text[0], a, b) }, nil
	case "max":
		return func(a, b Value) Value { return chosen(Compare(a, b) >= 0, a, b) }, nil
	case "min":
		return func(a, b Value) Value { return chosen(Compare(a, b) <= 0, a, b) }, nil
	case "first":
		return func(a, _ Value) Value { return a }, nil
	case "last":
		return func(_, b Value) Value { return b }, nil
	case "append":
		return func(a, b Value) Value { return List(append(a.items(), b)...) }, nil
	case "a+len(b)":
		return func(a, b Value) Value { return arithmetic('+', a, length(b)) }, nil
	case "a+str(b)":
		return func(a, b Value) Value { return arithmetic('+', a, Text(b.String())) }, nil
	case "(a+b)": // shows in which order things were merged
		return func(a, b Value) Value { return Text("(" + a.String() + "+" + b.String() + ")") }, nil
	case "(a,b)":
		return func(a, b Value) Value { return Tuple(a, b) }, nil
	case "sumcount":
		return func(a, x Value) Value {
			s, n := a.Pair()
			return Tuple(arithmetic('+', s, x), arithmetic('+', n, Int(1)))
		}, nil
	case "addpairs":
		return func(a, b Value) Value {
			s, m := a.Pair()
			t, n := b.Pair()
			return Tuple(arithmetic('+', s, t), arithmetic('+', m, n))
		}, nil
	}
	if constant, ok := strings.CutPrefix(text, "a+"); ok { // "a+1" counts
		if n, err := strconv.ParseInt(constant, 10, 32); err == nil {
			return func(a, _ Value) Value { return arithmetic('+', a, Int(int(n))) }, nil
		}
	}
	return nil, fmt.Errorf("function %q: no such function of two arguments", text)
}

func chosen(first bool, a, b Value) Value {
	if first {
		return a
	}
	return b
}

// Many reads a function that makes any number of rows of one: "split", "[x,x*10]".
func Many(text string) (func(Value) []Value, error) {
	switch text {
	case "split":
		return func(x Value) []Value { return split(x.text()) }, nil
	case "chars":
		return func(x Value) []Value { return Text(x.text()).items() }, nil
	case "range":
		return func(x Value) []Value {
			var numbers []Value
			for i := range max(x.ToLong(), 0) {
				numbers = append(numbers, Int(int(i)))
			}
			return numbers
		}, nil
	case "dup":
		return func(x Value) []Value { return []Value{x, x} }, nil
	case "each":
		return Value.items, nil
	case "none":
		return func(Value) []Value { return nil }, nil
	}
	list, err := Unary(text)
	if err != nil || !strings.HasPrefix(text, "[") {
		return nil, fmt.Errorf("function %q: no such function to many rows", text)
	}
	return func(x Value) []Value { return list(x).items() }, nil
}

// split is Java's "…".split(" "): empty words at the end are dropped, and an
// empty text is one empty word.
func split(text string) []Value {
	words := strings.Split(text, " ")
	for len(words) > 0 && words[len(words)-1] == "" && text != "" {
		words = words[:len(words)-1]
	}
	var values []Value
	for _, word := range words {
		values = append(values, Text(word))
	}
	return values
}

// Whole reads a function of all the rows of a partition: "sum", "count",
// "list" make one row; "sorted", "first" and "x" hand the rows on in order, the
// first one only, or as they are.
func Whole(text string) (func([]Value) []Value, error) {
	one := func(v Value) []Value { return []Value{v} }
	switch text {
	case "sum":
		return func(rows []Value) []Value { return one(sum(rows)) }, nil
	case "count":
		return func(rows []Value) []Value { return one(Int(len(rows))) }, nil
	case "list":
		return func(rows []Value) []Value { return one(List(rows...)) }, nil
	case "sorted":
		return sorted, nil
	case "first":
		return func(rows []Value) []Value { return rows[:min(len(rows), 1)] }, nil
	case "x":
		return func(rows []Value) []Value { return rows }, nil
	}
	return nil, fmt.Errorf("function %q: no such function of a partition", text)
}

// Placement reads the function of a custom partitioner, from a key to the
// number of a partition: "len", "k", "k/10", "first-letter".
func Placement(text string) (func(key Value) int, error) {
	switch text {
	case "len":
		return func(k Value) int { return int(length(k).ToLong()) }, nil
	case "first-letter": // a is 0
		return func(k Value) int { return int([]rune(k.at(0).text())[0] - 'a') }, nil
	}
	if !strings.HasPrefix(text, "k") {
		return nil, fmt.Errorf("function %q: no such function of a partitioner", text)
	}
	place, err := Unary("x" + text[1:])
	if err != nil {
		return nil, err
	}
	return func(k Value) int { return int(place(k).ToLong()) }, nil
}
