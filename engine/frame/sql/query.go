package sql

import (
	"strings"

	"etincelle/engine/frame/expr"
)

// query is WITH … and SELECTs joined by UNION, then ORDER BY and LIMIT.
func (p *parser) query() *Query {
	defer p.deeper()()
	q := &Query{}
	if p.keywords("with") {
		q.With = commas(p, p.common)
	}
	q.Body = p.union()
	if p.keywords("order", "by") || p.keywords("sort", "by") {
		q.Order = commas(p, p.sort)
	}
	if p.keywords("limit") && !p.keywords("all") {
		q.Limit = p.expression()
	}
	if p.keywords("offset") {
		q.Offset = p.expression()
	}
	return q
}

func (p *parser) common() Common {
	c := Common{Name: p.name()}
	if p.now().sign("(") {
		c.Columns = parens(p, p.names)
	}
	p.keywords("as")
	c.Query = parens(p, p.query)
	return c
}

func (p *parser) names() []string { return commas(p, p.name) }

// union is UNION and EXCEPT from the left; INTERSECT binds tighter.
func (p *parser) union() Body {
	left := p.intersect()
	for {
		kind := p.keyword("union", "except", "minus")
		if kind == "" {
			return left
		}
		if kind == "minus" {
			kind = "except"
		}
		all := p.setQuantifier()
		left = &SetOperation{kind, all, left, p.intersect()}
	}
}

func (p *parser) intersect() Body {
	left := p.term()
	for p.keywords("intersect") {
		all := p.setQuantifier()
		left = &SetOperation{"intersect", all, left, p.term()}
	}
	return left
}

func (p *parser) setQuantifier() (all bool) {
	all = p.keywords("all")
	if !all {
		p.keywords("distinct")
	}
	return all
}

// term is one SELECT, VALUES, TABLE name, or a query in brackets.
func (p *parser) term() Body {
	switch {
	case p.now().sign("("):
		return parens(p, p.query)
	case p.keywords("select"):
		return p.selects()
	case p.keywords("values"):
		return p.values()
	case p.keywords("table"):
		return &Select{Items: []expr.Node{expr.Star{}}, From: p.table()}
	case p.keywords("from"): // FROM t SELECT …
		from := p.relations()
		p.mustKeyword("select")
		s := p.selects()
		if s.From != nil {
			p.fail("")
		}
		s.From = from
		return s
	}
	p.fail("'SELECT'")
	return nil
}

func (p *parser) values() *Values {
	return &Values{commas(p, func() []expr.Node {
		if p.now().sign("(") {
			return parens(p, p.list)
		}
		return []expr.Node{p.expression()}
	})}
}

func (p *parser) selects() *Select {
	s := &Select{}
	for p.now().kind == hint {
		s.Hints = append(s.Hints, p.hints(p.next())...)
	}
	if p.keywords("distinct") {
		s.Distinct = true
	} else {
		p.keywords("all")
	}
	s.Items = p.namedList()
	if p.keywords("from") {
		s.From = p.relations()
	}
	if p.keywords("where") {
		s.Where = p.expression()
	}
	if p.keywords("group", "by") {
		s.Group = p.list()
	}
	if p.keywords("having") {
		s.Having = p.expression()
	}
	if p.keywords("window") {
		p.windows()
	}
	return s
}

// hints reads the inside of /*+ … */: names, with tables in brackets.
func (p *parser) hints(t token) []Hint {
	inside, err := tokenize(t.text)
	if err != nil {
		panic(newFault("PARSE_SYNTAX_ERROR", p.src, t.from, t.to, "Syntax error at or near '%s'", p.src[t.from:t.to]))
	}
	q := &parser{src: t.text, tokens: inside}
	var hints []Hint
	for q.now().kind == word {
		h := Hint{Name: strings.ToLower(q.next().text)}
		if q.symbol("(") != "" {
			for q.now().kind != end && q.symbol(")") == "" {
				if arg := q.next(); arg.kind != symbol {
					h.Args = append(h.Args, arg.text)
				}
			}
		}
		hints = append(hints, h)
		q.symbol(",")
	}
	return hints
}
