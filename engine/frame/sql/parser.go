package sql

import (
	"strings"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// deepest is how far expressions and queries may nest: a text without end must
// not eat the stack.
const deepest = 400

// parser walks over the tokens of a text. A method parses what its name says
// from the current token on, and leaves the token behind it current. The first
// fault unwinds to the entry point as a panic with a *Fault, and is its error.
type parser struct {
	src    string
	tokens []token
	at     int
	depth  int
}

// Expression parses one expression, which may carry a name: "sum(x) AS total".
func Expression(src string) (expr.Node, error) { return parse(src, (*parser).named) }

// Expressions parses several, separated by commas.
func Expressions(src string) ([]expr.Node, error) { return parse(src, (*parser).namedList) }

// Order parses one key of an order: "delay DESC NULLS LAST".
func Order(src string) (expr.Sort, error) { return parse(src, (*parser).sort) }

// Type parses a type: "decimal(10,2)", "array<struct<a:int>>".
func Type(src string) (column.Type, error) { return parse(src, (*parser).dataType) }

// Statement parses a SELECT.
func Statement(src string) (*Query, error) {
	return parse(src, func(p *parser) *Query {
		q := p.query()
		p.symbol(";")
		return q
	})
}

func parse[T any](src string, what func(*parser) T) (parsed T, err error) {
	tokens, err := tokenize(src)
	if err != nil {
		return parsed, err
	}
	p := &parser{src: src, tokens: tokens}
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *Fault:
			err = r
		default:
			panic(r) // our own mistake
		}
	}()
	parsed = what(p)
	if p.now().kind != end {
		p.fail("")
	}
	return parsed, nil
}

func (p *parser) now() token  { return p.tokens[p.at] }
func (p *parser) last() token { return p.tokens[max(0, p.at-1)] }

// ahead is the token n behind the current one; past the end, the end.
func (p *parser) ahead(n int) token { return p.tokens[min(p.at+n, len(p.tokens)-1)] }

func (p *parser) next() token {
	t := p.now()
	if t.kind != end {
		p.at++
	}
	return t
}

// fail says what was found where something else, perhaps wanted, should stand.
func (p *parser) fail(wanted string) {
	t := p.now()
	found := "end of input"
	if t.kind != end {
		found = "'" + p.src[t.from:t.to] + "'"
	}
	if wanted != "" {
		wanted = ": missing " + wanted
	}
	panic(newFault("PARSE_SYNTAX_ERROR", p.src, t.from, t.to, "Syntax error at or near %s%s", found, wanted))
}

// refuse is a fault in what stands between from and the current token.
func (p *parser) refuse(class string, from int, format string, args ...any) {
	panic(newFault(class, p.src, from, p.last().to, format, args...))
}

// deeper counts nesting; the caller defers what it returns.
func (p *parser) deeper() func() {
	if p.depth++; p.depth > deepest {
		panic(newFault("FAILED_TO_PARSE_TOO_COMPLEX", p.src, p.now().from, p.now().to, "The text nests more than %d levels deep", deepest))
	}
	return func() { p.depth-- }
}

func (t token) is(word_ string) bool { return t.kind == word && strings.EqualFold(t.text, word_) }

func (t token) among(words ...string) bool {
	for _, w := range words {
		if t.is(w) {
			return true
		}
	}
	return false
}

// keywords accepts those words in that order, or nothing.
func (p *parser) keywords(words ...string) bool {
	for i, w := range words {
		if !p.ahead(i).is(w) {
			return false
		}
	}
	p.at += len(words)
	return true
}

// keyword accepts one of words and says which, in lower case.
func (p *parser) keyword(words ...string) string {
	if p.now().among(words...) {
		return strings.ToLower(p.next().text)
	}
	return ""
}

func (p *parser) mustKeyword(words ...string) {
	for _, w := range words {
		if !p.keywords(w) {
			p.fail("'" + strings.ToUpper(w) + "'")
		}
	}
}

func (t token) sign(s string) bool { return t.kind == symbol && t.text == s }

// symbol accepts one of the symbols and says which.
func (p *parser) symbol(symbols ...string) string {
	for _, s := range symbols {
		if p.now().sign(s) {
			p.at++
			return s
		}
	}
	return ""
}

func (p *parser) mustSymbol(s string) {
	if p.symbol(s) == "" {
		p.fail("'" + s + "'")
	}
}

// name accepts any name.
func (p *parser) name() string {
	if k := p.now().kind; k != word && k != quoted {
		p.fail("a name")
	}
	return p.next().text
}

// commas parses one and more, separated by commas.
func commas[T any](p *parser, one func() T) []T {
	list := []T{one()}
	for p.symbol(",") != "" {
		list = append(list, one())
	}
	return list
}

// parens parses what one parses, in brackets.
func parens[T any](p *parser, one func() T) T {
	p.mustSymbol("(")
	v := one()
	p.mustSymbol(")")
	return v
}
