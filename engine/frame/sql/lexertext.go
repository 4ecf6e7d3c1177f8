package sql

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// string reads a string whose quote stands after prefix bytes: r'…' is raw, so
// its backslashes are just that.
func (l *lexer) string(prefix int) (token, error) {
	quote := l.src[l.at+prefix]
	var out strings.Builder
	for i := l.at + prefix + 1; i < len(l.src); {
		c := l.src[i]
		switch {
		case c == quote && prefix == 0 && i+1 < len(l.src) && l.src[i+1] == quote: // '' stands for one quote
			out.WriteByte(quote)
			i += 2
		case c == quote:
			t := l.take(text, i+1-l.at)
			t.text = out.String()
			return t, nil
		case c == '\\' && prefix == 0 && i+1 < len(l.src):
			n, s := unescape(l.src[i:])
			out.WriteString(s)
			i += n
		default:
			out.WriteByte(c)
			i++
		}
	}
	return token{}, l.fault(l.at, len(l.src), "Syntax error at or near '%c': the string has no closing quote", quote)
}

var escapes = map[byte]string{
	'0': "\x00", 'b': "\b", 'n': "\n", 'r': "\r", 't': "\t", 'Z': "\x1a",
	'%': `\%`, '_': `\_`, // LIKE reads these itself
}

// unescape is what the escape at the start of s stands for, and how long it is.
func unescape(s string) (length int, stands string) {
	for _, form := range []struct {
		letter       byte
		digits, base int
	}{{'u', 4, 16}, {'U', 8, 16}, {0, 3, 8}} {
		from := 1
		if form.letter != 0 {
			if s[1] != form.letter {
				continue
			}
			from = 2
		}
		if len(s) < from+form.digits {
			continue
		}
		limit := 32
		if form.base == 8 {
			limit = 8
		}
		if n, err := strconv.ParseUint(s[from:from+form.digits], form.base, limit); err == nil {
			return from + form.digits, string(rune(n))
		}
	}
	if stands, known := escapes[s[1]]; known {
		return 2, stands
	}
	_, size := utf8.DecodeRuneInString(s[1:]) // the backslash before any other letter goes
	return 1 + size, s[1 : 1+size]
}

// numberLength is how long the number at the start of s is, with its suffix
// (L, S, Y, D, F, BD): 0 when there is none, or when it goes on as a name.
func numberLength(s string) int {
	digits := func(from int) int {
		for from < len(s) && s[from] >= '0' && s[from] <= '9' {
			from++
		}
		return from
	}
	n := digits(0)
	dot := n < len(s) && s[n] == '.'
	if dot {
		after := digits(n + 1)
		if n == 0 && after == 1 {
			return 0
		}
		n = after
	}
	if n == 0 {
		return 0
	}
	if n < len(s) && (s[n] == 'e' || s[n] == 'E') {
		from := n + 1
		if from < len(s) && (s[from] == '+' || s[from] == '-') {
			from++
		}
		if after := digits(from); after > from {
			n = after
		}
	}
	suffix := n
	for _, mark := range []string{"BD", "L", "S", "Y", "D", "F"} {
		if len(s) >= n+len(mark) && strings.EqualFold(s[n:n+len(mark)], mark) {
			suffix = n + len(mark)
			break
		}
	}
	for _, stop := range []int{suffix, n} {
		if next, _ := utf8.DecodeRuneInString(s[stop:]); stop == len(s) || !inName(next) {
			return stop
		}
	}
	return 0 // 1a is a name
}
