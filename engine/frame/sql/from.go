package sql

import (
	"strings"

	"etincelle/engine/frame/expr"
)

// relations is what stands behind FROM: tables set apart by commas are crossed.
func (p *parser) relations() Relation {
	left := p.joined()
	for p.symbol(",") != "" {
		left = &Join{Kind: "cross", Left: left, Right: p.joined()}
	}
	for p.keywords("lateral", "view") {
		left = p.view(left)
	}
	return left
}

// joinWords are the ways to write a join, the longest first.
var joinWords = []struct{ words, kind string }{
	{"left outer join", "left"}, {"left semi join", "semi"}, {"left anti join", "anti"},
	{"right outer join", "right"}, {"full outer join", "full"}, {"inner join", "inner"}, {"cross join", "cross"},
	{"left join", "left"}, {"right join", "right"}, {"full join", "full"}, {"semi join", "semi"}, {"anti join", "anti"},
	{"join", "inner"},
}

func (p *parser) joinKind() string {
	for _, j := range joinWords {
		if p.keywords(strings.Fields(j.words)...) {
			return j.kind
		}
	}
	return ""
}

func (p *parser) joined() Relation {
	defer p.deeper()()
	left := p.single()
	for {
		natural := p.now().is("natural") && p.keywords("natural")
		kind := p.joinKind()
		if kind == "" && !natural {
			return left
		}
		if kind == "" {
			p.fail("'JOIN'")
		}
		join := &Join{Kind: kind, Left: left, Right: p.single(), Natural: natural}
		switch {
		case p.keywords("on"):
			join.On = p.expression()
		case p.keywords("using"):
			join.Using = parens(p, p.names)
		}
		left = join
	}
}

func (p *parser) single() Relation {
	switch {
	case p.now().sign("("):
		return p.bracketedRelation()
	case p.keywords("values"):
		s := &Subquery{Query: &Query{Body: p.values()}}
		s.Alias, s.Columns = p.alias()
		return s
	}
	return p.table()
}

func (p *parser) bracketedRelation() Relation {
	start := p.at
	p.next()
	if p.now().among("select", "with", "values", "table", "from") || p.now().sign("(") && p.startsQuery() {
		s := &Subquery{Query: p.query()}
		p.mustSymbol(")")
		s.Alias, s.Columns = p.alias()
		return s
	}
	p.at = start
	return parens(p, p.relations) // (a JOIN b ON …)
}

// startsQuery looks behind several brackets for a SELECT.
func (p *parser) startsQuery() bool {
	n := 0
	for p.ahead(n).sign("(") {
		n++
	}
	return p.ahead(n).among("select", "with", "values")
}

func (p *parser) table() Relation {
	from := p.now().from
	parts := []string{p.name()}
	for p.symbol(".") != "" {
		parts = append(parts, p.name())
	}
	if len(parts) == 1 && p.now().sign("(") {
		c := &Call{Func: expr.Apply{Name: strings.ToLower(parts[0])}}
		p.mustSymbol("(")
		if !p.now().sign(")") {
			c.Func.Args = p.list()
		}
		p.mustSymbol(")")
		c.Alias, c.Columns = p.alias()
		return c
	}
	t := &Table{Name: strings.Join(parts, "."), From: from}
	t.Alias, t.Columns = p.alias()
	return t
}

// alias is [AS] name [(columns)].
func (p *parser) alias() (name string, columns []string) {
	t := p.now()
	if !p.keywords("as") && t.kind != quoted && (t.kind != word || t.among(notNames...)) {
		return "", nil
	}
	name = p.name()
	if p.now().sign("(") {
		columns = parens(p, p.names)
	}
	return name, columns
}

// view is LATERAL VIEW [OUTER] explode(x) [alias] [AS columns].
func (p *parser) view(input Relation) Relation {
	v := &View{Input: input, Outer: p.keywords("outer")}
	from := p.now().from
	call, ok := p.primary().(expr.Apply)
	if !ok {
		p.refuse("PARSE_SYNTAX_ERROR", from, "Syntax error: LATERAL VIEW calls a function that gives rows, such as explode")
	}
	v.Func = call
	if t := p.now(); t.kind == quoted || t.kind == word && !t.among(notNames...) {
		v.Alias = p.name()
	}
	if p.keywords("as") {
		v.Columns = p.names()
	}
	return v
}
