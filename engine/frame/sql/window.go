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
