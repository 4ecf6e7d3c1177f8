package sql

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a token is.
type kind uint8

const (
	end    kind = iota
	word        // a bare name or keyword: its text as written
	quoted      // a name in backquotes: its text without them
	text        // a string: what it stands for
	number      // a number as written, suffix included
	symbol      // an operator or a bracket
	hint        // the inside of /*+ … */
)

// token is one word of the text, and where it stands (bytes).
type token struct {
	kind     kind
	text     string
	from, to int
}

// symbols, the longest first.
var symbols = []string{
	"<=>", ">>>", "<>", "!=", "<=", ">=", "==", "||", "<<", ">>", "->", "=>", "::",
	"=", "<", ">", "+", "-", "*", "/", "%", "~", "&", "|", "^", "!", "(", ")", "[", "]", ",", ".", ":", ";",
}

// tokenize cuts src into tokens, the last one being end. Comments and blanks are gone.
func tokenize(src string) ([]token, error) {
	lexer := lexer{src: src}
	var tokens []token
	for {
		t, err := lexer.next()
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, t)
		if t.kind == end {
			return tokens, nil
		}
	}
}

type lexer struct {
	src string
	at  int
}

func (l *lexer) rest() string { return l.src[l.at:] }

func (l *lexer) take(k kind, n int) token {
	t := token{k, l.src[l.at : l.at+n], l.at, l.at + n}
	l.at += n
	return t
}

func (l *lexer) next() (token, error) {
	if found, err := l.skip(); err != nil || found != nil {
		return value(found), err
	}
	rest := l.rest()
	if rest == "" {
		return l.take(end, 0), nil
	}
	if n := numberLength(rest); n > 0 {
		return l.take(number, n), nil
	}
	first, _ := utf8.DecodeRuneInString(rest)
	switch {
	case first == '`':
		return l.backquoted()
	case first == '\'' || first == '"':
		return l.string(0)
	case (first == 'r' || first == 'R') && len(rest) > 1 && (rest[1] == '\'' || rest[1] == '"'):
		return l.string(1)
	case inName(first):
		n := strings.IndexFunc(rest, func(r rune) bool { return !inName(r) })
		if n < 0 {
			n = len(rest)
		}
		return l.take(word, n), nil
	}
	for _, s := range symbols {
		if strings.HasPrefix(rest, s) {
			return l.take(symbol, len(s)), nil
		}
	}
	return token{}, l.fault(l.at, l.at+utf8.RuneLen(first), "Syntax error at or near '%c'", first)
}

func value(t *token) token {
	if t == nil {
		return token{}
	}
	return *t
}

// skip leaves blanks and comments behind; a hint is a comment with a plus.
func (l *lexer) skip() (*token, error) {
	for {
		l.at += len(l.rest()) - len(strings.TrimLeftFunc(l.rest(), unicode.IsSpace))
		switch rest := l.rest(); {
		case strings.HasPrefix(rest, "--"):
			n := strings.IndexByte(rest, '\n')
			if n < 0 {
				n = len(rest)
			}
			l.at += n
		case strings.HasPrefix(rest, "/*"):
			n := commentLength(rest)
			if n == 0 {
				return nil, l.fault(l.at, len(l.src), "Found an unclosed bracketed comment. Please, append */ at the end of the comment")
			}
			if strings.HasPrefix(rest, "/*+") {
				t := l.take(hint, n)
				t.text = t.text[3 : n-2]
				return &t, nil
			}
			l.at += n
		default:
			return nil, nil
		}
	}
}

// commentLength is how long the comment at the start of s is: comments nest. 0 when it does not end.
func commentLength(s string) int {
	depth := 0
	for i := 0; i+1 < len(s); i++ {
		switch s[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			depth--
			i++
			if depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

func inName(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

func (l *lexer) backquoted() (token, error) {
	var name strings.Builder
	for i := l.at + 1; i < len(l.src); i++ {
		if l.src[i] != '`' {
			name.WriteByte(l.src[i])
			continue
		}
		if i+1 < len(l.src) && l.src[i+1] == '`' { // two of them stand for one
			name.WriteByte('`')
			i++
			continue
		}
		t := l.take(quoted, i+1-l.at)
		t.text = name.String()
		return t, nil
	}
	return token{}, l.fault(l.at, len(l.src), "Syntax error at or near '`': the name has no closing backquote")
}
