package sql

import "etincelle/engine/frame/expr"

// levels are the two-sided operators below comparisons, the loosest first.
var levels = [][]string{
	{"|"}, {"^"}, {"&"},
	{"<<", ">>", ">>>"},
	{"+", "-", "||"},
	{"*", "/", "%"}, // and DIV
}

func (p *parser) bitwise(level int) expr.Node {
	if level == len(levels) {
		return p.signed()
	}
	from := p.now().from
	left := p.bitwise(level + 1)
	for {
		op := p.symbol(levels[level]...)
		switch {
		case op == "" && level == len(levels)-1 && p.keywords("div"):
			op = "div"
		case op == "":
			return left
		case op == "||":
			op = "concat"
		}
		left = p.placed(from, op, left, p.bitwise(level+1))
	}
}

// signed is -x, +x, ~x; a minus before a number belongs to it.
func (p *parser) signed() expr.Node {
	defer p.deeper()()
	if p.now().sign("-") && p.ahead(1).kind == number {
		p.next()
		return p.postfix(p.number("-"))
	}
	switch p.symbol("-", "+", "~") {
	case "-":
		return apply("-", p.signed())
	case "+":
		return apply("positive", p.signed())
	case "~":
		return apply("~", p.signed())
	}
	return p.postfix(p.primary())
}

// postfix reads what may follow a value: [index], .field, ::type, OVER (…).
func (p *parser) postfix(n expr.Node) expr.Node {
	for {
		switch {
		case p.symbol("[") != "":
			n = expr.GetItem{Child: n, Key: p.expression()}
			p.mustSymbol("]")
		case p.symbol("::") != "":
			n = expr.CastTo{Child: n, Type: p.dataType()}
		case p.symbol(".") != "":
			n = p.field(n)
		default:
			return n
		}
	}
}

func (p *parser) field(n expr.Node) expr.Node {
	ref, isName := n.(expr.Ref)
	if isName && p.symbol("*") != "" {
		return expr.Star{Table: ref.Parts[len(ref.Parts)-1]}
	}
	name := p.name()
	if isName {
		at := ref.At
		at.To = p.last().to
		return expr.Ref{Parts: append(ref.Parts[:len(ref.Parts):len(ref.Parts)], name), At: at}
	}
	return expr.GetItem{Child: n, Key: textNode(name)}
}
