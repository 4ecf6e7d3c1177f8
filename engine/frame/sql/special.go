package sql

import (
	"strings"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// special reads the forms that begin with a word and are not just its call; false
// when the word is a name, or a function like others.
func (p *parser) special() (expr.Node, bool) {
	if typed, ok := p.typed(); ok {
		return typed, true
	}
	t, called := p.now(), p.ahead(1).sign("(")
	word := strings.ToLower(t.text)
	switch word {
	case "null":
		p.next()
		return expr.Lit{Type: column.VoidType}, true
	case "true", "false":
		p.next()
		return expr.Lit{Value: word == "true", Type: column.BooleanType}, true
	case "current_date", "current_timestamp", "current_user", "localtimestamp":
		if !called {
			p.next()
			return apply(word), true
		}
	case "case":
		p.next()
		return p.caseWhen(), true
	}
	if !called {
		return nil, false
	}
	return p.specialCall(word)
}

func (p *parser) specialCall(word string) (expr.Node, bool) {
	parse, known := specialCalls[word]
	if !known {
		return nil, false
	}
	start := p.at
	p.at += 2 // the word and its bracket
	n := parse(p)
	if n == nil { // the ordinary form of the same name
		p.at = start
		return nil, false
	}
	p.mustSymbol(")")
	return n, true
}

// specialCalls are the functions whose arguments are set apart by words. Each
// gives nil when the arguments are the ordinary ones.
var specialCalls map[string]func(p *parser) expr.Node

func init() { // they call what calls them
	specialCalls = map[string]func(p *parser) expr.Node{
		"cast":          func(p *parser) expr.Node { return p.cast(false) },
		"try_cast":      func(p *parser) expr.Node { return p.cast(true) },
		"extract":       (*parser).extract,
		"substring":     (*parser).substring,
		"substr":        (*parser).substring,
		"position":      (*parser).positionIn,
		"overlay":       (*parser).overlay,
		"trim":          (*parser).trim,
		"timestampadd":  func(p *parser) expr.Node { return p.withUnit("timestampadd") },
		"dateadd":       func(p *parser) expr.Node { return p.withUnit("timestampadd") },
		"date_add":      func(p *parser) expr.Node { return p.withUnit("timestampadd") },
		"timestampdiff": func(p *parser) expr.Node { return p.withUnit("timestampdiff") },
		"datediff":      func(p *parser) expr.Node { return p.withUnit("timestampdiff") },
		"date_diff":     func(p *parser) expr.Node { return p.withUnit("timestampdiff") },
		"exists":        (*parser).subquery,
	}
}

func (p *parser) cast(try bool) expr.Node {
	from := p.ahead(-2).from
	child := p.expression()
	p.mustKeyword("as")
	n := expr.CastTo{Child: child, Type: p.dataType(), Try: try, At: p.since(from)}
	n.At.To = p.now().to // the bracket that closes it
	return n
}

func (p *parser) caseWhen() expr.Node {
	var n expr.CaseWhen
	if !p.now().is("when") {
		n.Operand = p.expression()
	}
	for p.keywords("when") {
		when := p.expression()
		p.mustKeyword("then")
		n.Branches = append(n.Branches, expr.Branch{When: when, Then: p.expression()})
	}
	if n.Branches == nil {
		p.fail("'WHEN'")
	}
	if p.keywords("else") {
		n.Else = p.expression()
	}
	p.mustKeyword("end")
	return n
}

// extract is EXTRACT(YEAR FROM x).
func (p *parser) extract() expr.Node {
	unit := p.next().text
	p.mustKeyword("from")
	return apply("extract", textNode(unit), p.expression())
}

// substring is SUBSTRING(x FROM 2 FOR 3).
func (p *parser) substring() expr.Node {
	args := []expr.Node{p.expression()}
	if !p.keywords("from") {
		return nil
	}
	args = append(args, p.expression())
	if p.keywords("for") {
		args = append(args, p.expression())
	}
	return apply("substring", args...)
}

// positionIn is POSITION(x IN y).
func (p *parser) positionIn() expr.Node {
	part := p.comparison()
	if !p.keywords("in") {
		return nil
	}
	return apply("locate", part, p.comparison(), intNode(1))
}

// overlay is OVERLAY(x PLACING y FROM 2 FOR 3).
func (p *parser) overlay() expr.Node {
	args := []expr.Node{p.expression()}
	if !p.keywords("placing") {
		return nil
	}
	args = append(args, p.expression())
	p.mustKeyword("from")
	args = append(args, p.expression())
	if p.keywords("for") {
		args = append(args, p.expression())
	}
	return apply("overlay", args...)
}

// trim is TRIM([BOTH|LEADING|TRAILING] [letters] FROM x).
func (p *parser) trim() expr.Node {
	name := map[string]string{"": "btrim", "both": "btrim", "leading": "ltrim", "trailing": "rtrim"}
	side := p.keyword("both", "leading", "trailing")
	if p.keywords("from") {
		if side == "" || side == "both" {
			return apply("trim", p.expression())
		}
		return apply(name[side], p.expression())
	}
	first := p.expression()
	if !p.keywords("from") {
		return nil
	}
	if side == "" || side == "both" {
		return apply("trim", p.expression(), first) // not a form that can be written: it names its column TRIM(BOTH …)
	}
	return apply(name[side], first, p.expression())
}

// withUnit is TIMESTAMPADD(HOUR, n, x).
func (p *parser) withUnit(name string) expr.Node {
	unit := p.now()
	if !isUnit(unit) && !unit.among("quarter", "dayofyear") || !p.ahead(1).sign(",") {
		return nil
	}
	p.at += 2
	args := []expr.Node{textNode(unit.text), p.expression()}
	p.mustSymbol(",")
	return apply(name, append(args, p.expression())...)
}

// subquery refuses EXISTS (SELECT …).
func (p *parser) subquery() expr.Node {
	if p.now().among("select", "with") {
		p.subqueryRefused()
	}
	return nil
}

// lambda is x -> body, or (x, y) -> body.
func (p *parser) lambda(names ...string) expr.Node {
	p.mustSymbol("->")
	return expr.Lambda{Params: names, Body: p.expression()}
}
