package expr

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"etincelle/engine/frame/column"
)

var (
	stringT = column.StringType
	intT    = column.IntType
)

// stringFunctions is the family of functions from strings to strings. Positions
// count characters, from 1; negative ones from the end.
var stringFunctions = []*Function{
	text1("upper", strings.ToUpper, "upper('été')", "ÉTÉ", "ucase"),
	text1("lower", strings.ToLower, "lower('ABC')", "abc", "lcase"),
	text1("initcap", initcap, "initcap('hello wORLD')", "Hello World"),
	text1("reverse", reverseText, "reverse('abc')", "cba"),
	{Name: "concat", Aliases: []string{"||"}, Min: 0, Max: -1, Means: meansConcat, Sign: each(stringT, stringT), Eval: evalConcat, Text: written("concat"), Example: Example{"concat('a', 1, 'b')", "a1b"}},
	{Name: "concat_ws", Min: 1, Max: -1, Sign: signConcatWs, Nulls: NullOwn, Eval: evalConcatWs, Example: Example{"concat_ws('-', 'a', NULL, array('b', 'c'))", "a-b-c"}},
	{Name: "substring", Aliases: []string{"substr"}, Min: 2, Max: 3, Defaults: []any{int32(math.MaxInt32)}, Sign: always(stringT, stringT, intT, intT), Eval: evalSubstring, Example: Example{"substring('abc', 2)", "bc"}},
	{Name: "left", Min: 2, Max: 2, Sign: always(stringT, stringT, intT), Eval: fixed2(func(s string, n int32) string { return cut(s, 1, n) }), Example: Example{"left('abc', 2)", "ab"}},
	{Name: "right", Min: 2, Max: 2, Nulls: NullOrOther, Sign: always(stringT, stringT, intT), Eval: fixed2(rightText), Example: Example{"right('abc', 2)", "bc"}},
	{Name: "repeat", Min: 2, Max: 2, Sign: always(stringT, stringT, intT), Eval: evalRepeat, Example: Example{"repeat('ab', 2)", "abab"}},
	{Name: "space", Min: 1, Max: 1, Sign: always(stringT, intT), Eval: try_(func(n int32) (string, error) { return repeated(" ", n) }), Example: Example{"concat('a', space(1), 'b')", "a b"}},
	{Name: "lpad", Min: 2, Max: 3, Defaults: []any{" "}, Sign: always(stringT, stringT, intT, stringT), Eval: evalPad(true), Example: Example{"lpad('7', 3, '0')", "007"}},
	{Name: "rpad", Min: 2, Max: 3, Defaults: []any{" "}, Sign: always(stringT, stringT, intT, stringT), Eval: evalPad(false), Example: Example{"rpad('a', 3, 'xy')", "axy"}},
	{Name: "trim", Min: 1, Max: 2, Sign: each(stringT, stringT), Eval: evalTrim(true, true, false), Text: textTrim("trim", "BOTH", 1, 0), Example: Example{"trim('  a ')", "a"}},
	{Name: "btrim", Min: 1, Max: 2, Sign: each(stringT, stringT), Eval: evalTrim(true, true, false), Example: Example{"btrim('xax', 'x')", "a"}},
	{Name: "ltrim", Min: 1, Max: 2, Sign: each(stringT, stringT), Eval: evalTrim(true, false, true), Text: textTrim("ltrim", "LEADING", 0, 1), Example: Example{"ltrim('x', 'xax')", "ax"}},
	{Name: "rtrim", Min: 1, Max: 2, Sign: each(stringT, stringT), Eval: evalTrim(false, true, true), Text: textTrim("rtrim", "TRAILING", 0, 1), Example: Example{"rtrim(' a ')", " a"}},
	{Name: "replace", Min: 2, Max: 3, Defaults: []any{""}, Sign: always(stringT, stringT, stringT, stringT), Eval: evalReplace, Example: Example{"replace('abca', 'a', 'x')", "xbcx"}},
	{Name: "translate", Min: 3, Max: 3, Sign: always(stringT, stringT, stringT, stringT), Eval: evalTranslate, Example: Example{"translate('abc', 'ab', 'x')", "xc"}},
	{Name: "overlay", Min: 3, Max: 4, Defaults: []any{int32(-1)}, Sign: always(stringT, stringT, stringT, intT, intT), Eval: evalOverlay, Example: Example{"overlay('abcd', 'X', 2)", "aXcd"}},
	{Name: "substring_index", Min: 3, Max: 3, Sign: always(stringT, stringT, stringT, intT), Eval: evalSubstringIndex, Example: Example{"substring_index('a.b.c', '.', 2)", "a.b"}},
	{Name: "split_part", Min: 3, Max: 3, Nulls: NullOrOther, Sign: always(stringT, stringT, stringT, intT), Eval: evalSplitPart, Example: Example{"split_part('a.b.c', '.', -1)", "c"}},
	{Name: "chr", Aliases: []string{"char"}, Min: 1, Max: 1, Sign: always(stringT, column.BigIntType), Eval: fixed(character), Example: Example{"chr(65)", "A"}},
}

func text1(name string, f func(string) string, sql, shows string, aliases ...string) *Function {
	fn := &Function{Name: name, Aliases: aliases, Min: 1, Max: 1, Sign: always(stringT, stringT), Eval: fixed(f), Safe: true, Example: Example{sql, shows}}
	if name == "reverse" {
		fn.Means = meansReverse
	}
	return fn
}

// try_ makes an Eval of a function of one argument that can fail.
func try_[A, R column.Element](f func(A) (R, error)) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) { return try1(c, f) }
}

func initcap(s string) string {
	start := true
	return strings.Map(func(r rune) rune {
		was := start
		start = r == ' '
		if was {
			return unicode.ToTitle(r)
		}
		return unicode.ToLower(r)
	}, s)
}

func reverseText(s string) string {
	runes := []rune(s)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}

func evalConcat(c *Call) (column.Column, error) {
	return tryRow(c, func(i int) (string, error) {
		if len(c.Args) == 2 {
			return texts(c, 0)[i] + texts(c, 1)[i], nil
		}
		var out strings.Builder
		for k := range c.Args {
			out.WriteString(texts(c, k)[i])
		}
		return out.String(), nil
	})
}

func signConcatWs(args []Expr) (Signature, error) {
	sig := Signature{Result: stringT}
	for i, a := range args {
		t := stringT
		if i > 0 && a.Type().Kind == column.Array {
			t = column.ArrayOf(stringT)
		}
		if !accepts(a.Type(), t) && a.Type().Kind != column.Array {
			return sig, &unexpected{i, `"STRING" or "ARRAY<STRING>" type`}
		}
		sig.Args = append(sig.Args, t)
	}
	return sig, nil
}

// evalConcatWs leaves nulls out; the result is null only where the separator is.
func evalConcatWs(c *Call) (column.Column, error) {
	return build(c, func(b column.Builder, i int) error {
		if c.Args[0].Null(i) {
			b.AppendNull()
			return nil
		}
		var parts []string
		for _, a := range c.Args[1:] {
			switch v := a.Value(i).(type) {
			case string:
				parts = append(parts, v)
			case []any:
				for _, e := range v {
					if s, ok := e.(string); ok {
						parts = append(parts, s)
					}
				}
			}
		}
		return b.Append(strings.Join(parts, texts(c, 0)[i]))
	})
}

func evalSubstring(c *Call) (column.Column, error) {
	return try3(c, func(s string, from, length int32) (string, error) { return cut(s, from, length), nil })
}

// cut is length characters of s from a position on. One before the start counts
// too: cut("abc", -5, 4) is "ab".
func cut(s string, from, length int32) string {
	start := int64(from)
	switch n := int64(utf8.RuneCountInString(s)); {
	case start > 0:
		start--
	case start < 0:
		start += n
	}
	end := start + int64(length)
	if length == math.MaxInt32 {
		end = math.MaxInt32
	}
	i, out := int64(0), [2]int{len(s), len(s)}
	for at := range s {
		if i == max(start, 0) {
			out[0] = at
		}
		if i == end {
			out[1] = at
			break
		}
		i++
	}
	if end <= max(start, 0) || out[0] > out[1] {
		return ""
	}
	return s[out[0]:out[1]]
}

func rightText(s string, n int32) string {
	if n <= 0 {
		return ""
	}
	return cut(s, max(-n, -int32(utf8.RuneCountInString(s))), n)
}

// longest is how many bytes a string made by repeating may have.
const longest = 1 << 28

func repeated(s string, n int32) (string, error) {
	if n <= 0 {
		return "", nil
	}
	if int64(len(s))*int64(n) > longest {
		return "", Errorf("COLLECTION_SIZE_LIMIT_EXCEEDED.FUNCTION", "Can't create a string of %d bytes: more than %d.", int64(len(s))*int64(n), longest)
	}
	return strings.Repeat(s, int(n)), nil
}

func evalRepeat(c *Call) (column.Column, error) { return try2(c, repeated) }

func evalPad(left bool) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) {
		return try3(c, func(s string, to int32, with string) (string, error) {
			missing := to - int32(utf8.RuneCountInString(s))
			if missing <= 0 || with == "" {
				return cut(s, 1, max(to, 0)), nil
			}
			pad, err := repeated(with, missing/int32(utf8.RuneCountInString(with))+1)
			pad = cut(pad, 1, missing)
			if left {
				return pad + s, err
			}
			return s + pad, err
		})
	}
}

// evalTrim takes blanks, or the given letters, off one side or both; swapped is
// Spark's order of ltrim and rtrim, the letters first.
func evalTrim(left, right, swapped bool) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) {
		value, letters := 0, 1
		if swapped && len(c.Args) == 2 {
			value, letters = 1, 0
		}
		return tryRow(c, func(i int) (string, error) {
			set := " "
			if len(c.Args) == 2 {
				set = texts(c, letters)[i]
			}
			s := texts(c, value)[i]
			if left {
				s = strings.TrimLeft(s, set)
			}
			if right {
				s = strings.TrimRight(s, set)
			}
			return s, nil
		})
	}
}

// textTrim writes TRIM(BOTH x FROM s), when letters are given.
func textTrim(name, side string, letters, value int) func([]string) string {
	return func(a []string) string {
		if len(a) == 2 {
			return "TRIM(" + side + " " + a[letters] + " FROM " + a[value] + ")"
		}
		return name + "(" + strings.Join(a, ", ") + ")"
	}
}

func evalReplace(c *Call) (column.Column, error) {
	return try3(c, func(s, old, with string) (string, error) {
		if old == "" {
			return s, nil
		}
		return strings.ReplaceAll(s, old, with), nil
	})
}

func evalTranslate(c *Call) (column.Column, error) {
	return try3(c, func(s, from, to string) (string, error) {
		targets, table := []rune(to), map[rune]rune{}
		for i, r := range []rune(from) {
			if _, known := table[r]; known {
				continue
			}
			table[r] = -1 // strings.Map drops it
			if i < len(targets) {
				table[r] = targets[i]
			}
		}
		return strings.Map(func(r rune) rune {
			if with, known := table[r]; known {
				return with
			}
			return r
		}, s), nil
	})
}

func evalOverlay(c *Call) (column.Column, error) {
	return tryRow(c, func(i int) (string, error) {
		s, with, at, length := texts(c, 0)[i], texts(c, 1)[i], ints(c, 2)[i], ints(c, 3)[i]
		if length < 0 {
			length = int32(utf8.RuneCountInString(with))
		}
		return cut(s, 1, at-1) + with + cut(s, at+length, math.MaxInt32), nil
	})
}

func evalSubstringIndex(c *Call) (column.Column, error) {
	return try3(c, func(s, mark string, count int32) (string, error) {
		if count == 0 || mark == "" {
			return "", nil
		}
		parts := strings.Split(s, mark)
		if n := int(count); n > 0 {
			parts = parts[:min(n, len(parts))]
		} else {
			parts = parts[max(len(parts)+n, 0):]
		}
		return strings.Join(parts, mark), nil
	})
}

func evalSplitPart(c *Call) (column.Column, error) {
	return try3(c, func(s, mark string, index int32) (string, error) {
		if index == 0 {
			return "", Errorf("INVALID_INDEX_OF_ZERO", "The index 0 is invalid. An index shall be either < 0 or > 0 (the first element has index 1).")
		}
		parts := []string{s}
		if mark != "" {
			parts = strings.Split(s, mark)
		}
		at := int(index) - 1
		if index < 0 {
			at = len(parts) + int(index)
		}
		if at < 0 || at >= len(parts) {
			return "", nil
		}
		return parts[at], nil
	})
}

func character(n int64) string {
	switch {
	case n < 0:
		return ""
	case n&0xff == 0:
		return "\x00"
	}
	return string(rune(n & 0xff))
}
