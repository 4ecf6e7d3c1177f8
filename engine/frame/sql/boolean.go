package sql

import (
	"strings"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// From the loosest to the tightest: OR, AND, NOT, predicates and comparisons,
// then |, ^, &, shifts, + - ||, * / % DIV, and signs (arithmetic.go).

func apply(name string, args ...expr.Node) expr.Node { return expr.Apply{Name: name, Args: args} }

// placed is apply of what stands from a byte on up to the current token.
func (p *parser) placed(from int, name string, args ...expr.Node) expr.Node {
	return expr.Apply{Name: name, Args: args, At: p.since(from)}
}

func not(n expr.Node) expr.Node { return apply("not", n) }

func (p *parser) expression() expr.Node {
	defer p.deeper()()
	from := p.now().from
	left := p.conjunction()
	for p.keywords("or") {
		left = p.placed(from, "or", left, p.conjunction())
	}
	return left
}

func (p *parser) conjunction() expr.Node {
	from := p.now().from
	left := p.negation()
	for p.keywords("and") {
		left = p.placed(from, "and", left, p.negation())
	}
	return left
}

func (p *parser) negation() expr.Node {
	if p.now().is("not") || p.now().sign("!") {
		defer p.deeper()()
		p.next()
		return not(p.negation())
	}
	return p.predicate()
}

// predicate is a comparison, and what may follow it: IS NULL, IN (…), LIKE ….
func (p *parser) predicate() expr.Node {
	left := p.comparison()
	for {
		start := p.at
		negated := p.keywords("not") || p.symbol("!") != ""
		found, ok := p.test(left, negated)
		switch {
		case ok && negated && !isLikes(found):
			left = not(found)
		case ok:
			left = found
		case !negated && p.keywords("is"):
			left = p.is(left)
		default:
			p.at = start
			return left
		}
	}
}

func (p *parser) test(left expr.Node, negated bool) (expr.Node, bool) {
	switch word := p.keyword("between", "in", "like", "ilike", "rlike", "regexp"); word {
	case "between":
		low := p.comparison()
		p.mustKeyword("and")
		return apply("between", left, low, p.comparison()), true
	case "in":
		if p.now().sign("(") && p.ahead(1).among("select", "with") {
			p.next()
			p.subqueryRefused()
		}
		return apply("in", append([]expr.Node{left}, parens(p, p.list)...)...), true
	case "like", "ilike":
		return p.like(word, left, negated), true
	case "rlike", "regexp":
		return apply("rlike", left, p.comparison()), true
	}
	return nil, false
}

func (p *parser) list() []expr.Node { return commas(p, p.expression) }

// isLikes reports whether n is LIKE ANY or LIKE ALL, which takes a NOT before it in.
func isLikes(n expr.Node) bool {
	call, ok := n.(expr.Apply)
	return ok && strings.Contains(call.Name, "likea")
}

func (p *parser) like(word string, left expr.Node, negated bool) expr.Node {
	if some := p.keyword("any", "some", "all"); some != "" && word == "like" {
		name := "likeany"
		if some == "all" {
			name = "likeall"
		}
		if negated {
			name = "not" + name
		}
		return apply(name, append([]expr.Node{left}, parens(p, p.list)...)...)
	}
	pattern := p.comparison()
	if !p.keywords("escape") {
		return apply(word, left, pattern)
	}
	if t := p.now(); t.kind != text || len([]rune(t.text)) != 1 {
		p.fail("a string of one character")
	}
	return apply(word, left, pattern, textNode(p.next().text))
}

// is reads what stands behind IS.
func (p *parser) is(left expr.Node) expr.Node {
	negated := p.keywords("not")
	word := p.keyword("null", "true", "false", "unknown", "distinct")
	var found expr.Node
	switch word {
	case "null", "unknown":
		if negated {
			return apply("isnotnull", left)
		}
		return apply("isnull", left)
	case "true", "false":
		found = apply("<=>", left, expr.Lit{Value: word == "true", Type: column.BooleanType})
	case "distinct":
		p.mustKeyword("from")
		found = apply("<=>", left, p.comparison())
		negated = !negated // IS DISTINCT FROM is the opposite of <=>
	default:
		p.fail("'NULL'")
	}
	if negated {
		return not(found)
	}
	return found
}

// comparison reads a = b = c from the left, as Spark.
func (p *parser) comparison() expr.Node {
	from := p.now().from
	left := p.bitwise(0)
	for {
		sign := p.symbol("=", "==", "<=>", "<>", "!=", "<=", ">=", "<", ">")
		if sign == "" {
			return left
		}
		left = p.placed(from, comparisonName(sign), left, p.bitwise(0))
	}
}

func comparisonName(sign string) string {
	switch sign {
	case "==":
		return "="
	case "<>":
		return "!="
	}
	return sign
}
