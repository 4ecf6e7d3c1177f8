package neutral

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// A unary function of the vocabulary is an expression of its argument x:
//
//	expression = term { ("+" | "-") term }
//	term       = factor { ("*" | "/" | "%") factor }
//	factor     = "-" factor | number | name | "x[" number "]"
//	           | "(" expression { "," expression } ")"       a tuple, when there is a comma
//	           | "[" expression { "," expression } "]"       a List
//
// A name is x, _1 or _2 (the parts of a tuple), or a function of x: see unaryNames.

// Unary reads a function of one argument: "x+1", "(_2%3,_2)", "swap".
func Unary(text string) (func(Value) Value, error) {
	p := &parser{text: text, left: text}
	e, err := p.expression()
	if err == nil && p.left != "" {
		err = p.unexpected("the end")
	}
	return e, err
}

type expression = func(x Value) Value

// unaryNames are the functions of x that have a name.
var unaryNames = map[string]expression{
	"x":      func(x Value) Value { return x },
	"_1":     func(x Value) Value { return x.part(0) },
	"_2":     func(x Value) Value { return x.part(1) },
	"swap":   func(x Value) Value { k, v := x.Pair(); return Tuple(v, k) },
	"len":    length,
	"upper":  func(x Value) Value { return Text(strings.ToUpper(x.text())) },
	"long":   func(x Value) Value { return Long(x.ToLong()) },
	"int":    func(x Value) Value { return Value{int32(x.ToLong())} },
	"double": func(x Value) Value { return Double(x.ToDouble()) },
	"str":    func(x Value) Value { return Text(x.String()) },
	"list":   func(x Value) Value { return List(x) },
	"sum":    func(x Value) Value { return sum(x.items()) },
	"sorted": func(x Value) Value { return List(sorted(x.items())...) },
}

func length(x Value) Value {
	if s, ok := x.of.(string); ok {
		return Int(len(utf16.Encode([]rune(s))))
	}
	return Int(len(x.items()))
}

// sum is an Int 0 for nothing, as mapPartitions("sum") of an empty partition is.
func sum(values []Value) Value {
	if len(values) == 0 {
		return Int(0)
	}
	total := values[0]
	for _, v := range values[1:] {
		total = arithmetic('+', total, v)
	}
	return total
}

func sorted(values []Value) []Value {
	sortValues(values)
	return values
}

// part is part i of a tuple.
func (v Value) part(i int) Value {
	if t, ok := v.of.(tuple); ok {
		if parts := unchain(t.parts); i < len(parts) {
			return parts[i]
		}
	}
	panic(cannotCast(v, "scala.Product"))
}

// at is element i of a List, a tuple or a String.
func (v Value) at(i int) Value {
	items := v.items()
	if i < 0 || i >= len(items) {
		panic(failure("java.lang.IndexOutOfBoundsException", "%d", i))
	}
	return items[i]
}

func (v Value) text() string {
	s, ok := v.of.(string)
	if !ok {
		panic(cannotCast(v, "java.lang.String"))
	}
	return s
}

// ToLong is a number, or a String that reads as one, as a Long.
func (v Value) ToLong() int64 {
	if n, ok := v.whole(); ok {
		return n
	}
	if d, ok := v.number(); ok {
		return int64(d)
	}
	n, err := strconv.ParseInt(v.text(), 10, 64)
	if err != nil {
		panic(failure("java.lang.NumberFormatException", "For input string: %q", v.text()))
	}
	return n
}

// ToDouble is a number, or a String that reads as one, as a Double.
func (v Value) ToDouble() float64 {
	if d, ok := v.number(); ok {
		return d
	}
	d, err := strconv.ParseFloat(v.text(), 64)
	if err != nil {
		panic(failure("java.lang.NumberFormatException", "For input string: %q", v.text()))
	}
	return d
}

// parser reads an expression; left is what is not read yet.
type parser struct{ text, left string }

func (p *parser) unexpected(wanted string) error {
	found := "the end"
	if p.left != "" {
		found = strconv.Quote(p.left)
	}
	return fmt.Errorf("function %q: found %s where %s was expected", p.text, found, wanted)
}

// accept reads one of the characters, if it is next.
func (p *parser) accept(characters string) (byte, bool) {
	if p.left == "" || !strings.Contains(characters, p.left[:1]) {
		return 0, false
	}
	c := p.left[0]
	p.left = p.left[1:]
	return c, true
}

func (p *parser) expression() (expression, error) { return p.chained("+-", p.term) }
func (p *parser) term() (expression, error)       { return p.chained("*/%", p.factor) }

// chained reads operands joined by operators of one precedence, left to right.
func (p *parser) chained(operators string, operand func() (expression, error)) (expression, error) {
	e, err := operand()
	for err == nil {
		op, ok := p.accept(operators)
		if !ok {
			return e, nil
		}
		var right expression
		if right, err = operand(); err == nil {
			left := e
			e = func(x Value) Value { return arithmetic(op, left(x), right(x)) }
		}
	}
	return nil, err
}

func (p *parser) factor() (expression, error) {
	if _, ok := p.accept("-"); ok {
		e, err := p.factor()
		return func(x Value) Value { return arithmetic('-', Int(0), e(x)) }, err
	}
	if open, ok := p.accept("(["); ok {
		return p.several(open)
	}
	return p.word()
}

// several reads what follows an open bracket.
func (p *parser) several(open byte) (expression, error) {
	closing, isList := ")", open == '['
	if isList {
		closing = "]"
	}
	var parts []expression
	for {
		e, err := p.expression()
		if err != nil {
			return nil, err
		}
		parts = append(parts, e)
		if _, ok := p.accept(","); ok {
			continue
		}
		if _, ok := p.accept(closing); !ok {
			return nil, p.unexpected(strconv.Quote(closing))
		}
		break
	}
	if !isList && len(parts) == 1 {
		return parts[0], nil
	}
	return func(x Value) Value {
		var values []Value
		for _, part := range parts {
			values = append(values, part(x))
		}
		if isList {
			return List(values...)
		}
		return Tuple(values...)
	}, nil
}

// word reads a number, a name, or x[number].
func (p *parser) word() (expression, error) {
	end := 0
	for end < len(p.left) && isWord(p.left[end]) {
		end++
	}
	word := p.left[:end]
	e, known := unaryNames[word]
	if n, err := strconv.ParseInt(word, 10, 32); err == nil {
		e, known = func(Value) Value { return Int(int(n)) }, true
	}
	if !known {
		return nil, p.unexpected("a number, x, _1, _2 or a function's name")
	}
	p.left = p.left[end:]
	if word == "x" && strings.HasPrefix(p.left, "[") {
		return p.index()
	}
	return e, nil
}

func isWord(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// index reads the [number] of x[number].
func (p *parser) index() (expression, error) {
	inner, after, closed := strings.Cut(p.left[1:], "]")
	i, err := strconv.Atoi(inner)
	if err != nil || !closed {
		return nil, p.unexpected("[number]")
	}
	p.left = after
	return func(x Value) Value { return x.at(i) }, nil
}
