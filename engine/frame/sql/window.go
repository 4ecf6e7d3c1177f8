package sql

import (
	"strconv"

	"etincelle/engine/frame/expr"
)

// sort is one key of an order.
func (p *parser) sort() expr.Sort {
	key := expr.Sort{Child: p.expression()}
	key.Desc = p.keyword("asc", "desc") == "desc"
	if p.keywords("nulls") {
		switch p.keyword("first", "last") {
		case "first":
			key.Nulls = expr.NullsFirst
		case "last":
			key.Nulls = expr.NullsLast
		default:
			p.fail("'FIRST'")
		}
	}
	return key
}

// windowSpec is the inside of OVER (…).
func (p *parser) windowSpec() (spec expr.WindowSpec) {
	if p.keywords("partition", "by") || p.keywords("distribute", "by") {
		spec.Partition = p.list()
	}
	if p.keywords("order", "by") || p.keywords("sort", "by") {
		spec.Order = commas(p, p.sort)
	}
	unit := p.keyword("rows", "range")
	if unit == "" {
		return spec
	}
	spec.Frame = &expr.WindowFrame{Rows: unit == "rows"}
	if p.keywords("between") {
		spec.Frame.Start = p.bound()
		p.mustKeyword("and")
		spec.Frame.End = p.bound()
	} else {
		spec.Frame.Start = p.bound() // up to the current row
	}
	return spec
}

// windowNamed is the specification that a WINDOW clause, which stands further on,
// gives to a name.
func (p *parser) windowNamed(name token) expr.WindowSpec {
	back := p.at
	defer func() { p.at = back }()
	inClause := false
	for ; p.now().kind != end; p.next() {
		inClause = inClause || p.now().is("window")
		if inClause && p.now().is(name.text) && p.ahead(1).is("as") && p.ahead(2).sign("(") {
			p.at += 2
			return parens(p, p.windowSpec)
		}
	}
	panic(newFault("MISSING_WINDOW_SPECIFICATION", p.src, name.from, name.to, "Window specification is not defined in the WINDOW clause for %s.", name.text))
}

// windows reads a WINDOW clause, of which windowNamed took what was asked for.
func (p *parser) windows() {
	commas(p, func() string {
		name := p.name()
		p.mustKeyword("as")
		parens(p, p.windowSpec)
		return name
	})
}

// bound is UNBOUNDED PRECEDING, n PRECEDING, CURRENT ROW, n FOLLOWING, UNBOUNDED FOLLOWING.
func (p *parser) bound() int64 {
	if p.keywords("current", "row") {
		return 0
	}
	if p.keywords("unbounded") {
		switch p.keyword("preceding", "following") {
		case "preceding":
			return expr.UnboundedPreceding
		case "following":
			return expr.UnboundedFollowing
		}
		p.fail("'PRECEDING'")
	}
	sign := int64(1)
	if p.symbol("-") != "" {
		sign = -1
	}
	n, err := strconv.ParseInt(p.now().text, 10, 64)
	if p.now().kind != number || err != nil {
		p.fail("a whole number of rows")
	}
	p.next()
	switch p.keyword("preceding", "following") {
	case "preceding":
		return -sign * n
	case "following":
		return sign * n
	}
	p.fail("'PRECEDING'")
	return 0
}
