package sql

import (
	"strconv"
	"strings"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

func textNode(s string) expr.Node { return expr.Lit{Value: s, Type: column.StringType} }

func intNode(n int) expr.Node { return expr.Lit{Value: int32(n), Type: column.IntType} }

// primary is a value that no operator holds together.
func (p *parser) primary() expr.Node {
	t := p.now()
	switch {
	case t.kind == number:
		return p.number("")
	case t.kind == text:
		return textNode(p.strings())
	case t.sign("*"):
		p.next()
		return expr.Star{}
	case t.sign("("):
		return p.bracketed()
	case t.kind == quoted:
		p.next()
		if p.now().sign("(") {
			return p.call(t)
		}
		return expr.Ref{Parts: []string{t.text}, At: p.since(t.from)}
	case t.kind != word:
		p.fail("an expression")
	}
	if special, ok := p.special(); ok {
		return special
	}
	p.next()
	switch {
	case p.now().sign("("):
		return p.call(t)
	case p.now().sign("->"):
		return p.lambda(t.text)
	}
	return expr.Ref{Parts: []string{t.text}, At: p.since(t.from)}
}

// subqueryRefused refuses the SELECT that stands next.
func (p *parser) subqueryRefused() {
	from := p.now().from
	p.query()
	p.refuse("UNSUPPORTED_FEATURE.SUBQUERY", from, "A subquery can stand in FROM, not inside an expression: join with it instead")
}

// since is the place from a byte up to the last token.
func (p *parser) since(from int) expr.Place {
	return expr.Place{Text: p.src, From: from, To: p.last().to}
}

// strings is one string, or several side by side, which are one.
func (p *parser) strings() string {
	var whole strings.Builder
	for p.now().kind == text {
		whole.WriteString(p.next().text)
	}
	return whole.String()
}

// bracketed is (x), or (x, y), which is a struct, or (x, y) -> …, a lambda.
func (p *parser) bracketed() expr.Node {
	if p.ahead(1).among("select", "with") {
		p.next()
		p.subqueryRefused()
	}
	inside := parens(p, p.namedList)
	if p.now().sign("->") {
		names := make([]string, len(inside))
		for i, n := range inside {
			ref, ok := n.(expr.Ref)
			if !ok || len(ref.Parts) != 1 {
				p.fail("")
			}
			names[i] = ref.Parts[0]
		}
		return p.lambda(names...)
	}
	if _, isNamed := inside[0].(expr.Named); len(inside) == 1 && !isNamed {
		return inside[0]
	}
	return row(inside)
}

// row is (a, b): a struct whose fields are named as what they hold, or col1, col2….
func row(values []expr.Node) expr.Node {
	var args []expr.Node
	for i, n := range values {
		name := "col" + strconv.Itoa(i+1)
		switch v := n.(type) {
		case expr.Named:
			name, n = v.Name, v.Child
		case expr.Ref:
			name = v.Parts[len(v.Parts)-1]
		}
		args = append(args, textNode(name), n)
	}
	return apply("named_struct", args...)
}

// named is an expression that may carry a name.
func (p *parser) named() expr.Node {
	n := p.expression()
	switch t := p.now(); {
	case p.keywords("as"):
	case t.kind == quoted, t.kind == word && !t.among(notNames...):
	default:
		return n
	}
	return expr.Named{Child: n, Name: p.name()}
}

func (p *parser) namedList() []expr.Node { return commas(p, p.named) }

// notNames are the words that end an expression: they are no name without AS.
var notNames = strings.Fields(`from where group having order sort cluster distribute limit offset union except minus
	intersect window lateral join inner left right full cross natural semi anti on using and or not in between like
	ilike rlike regexp is div when then else end as asc desc nulls escape over filter rows range following preceding
	tablesample pivot unpivot values`)

// call is a call of a function or an aggregate, up to its OVER.
func (p *parser) call(name token) expr.Node {
	p.mustSymbol("(")
	call := expr.Apply{Name: strings.ToLower(name.text)}
	if p.keywords("distinct") {
		call.Distinct = true
	} else {
		p.keywords("all")
	}
	if !p.now().sign(")") {
		call.Args = p.namedList()
	}
	if call.Name == "count" && len(call.Args) == 1 && !call.Distinct {
		if star, ok := call.Args[0].(expr.Star); ok && star.Table == "" {
			call.Args[0] = intNode(1) // count(*) is count(1), as Spark's parser has it
		}
	}
	call.IgnoreNulls = p.nullTreatment()
	p.mustSymbol(")")
	call.At = p.since(name.from)
	return p.afterCall(call)
}

// nullTreatment is IGNORE NULLS, within the brackets or behind them.
func (p *parser) nullTreatment() bool {
	if p.keywords("respect", "nulls") {
		return false
	}
	return p.keywords("ignore", "nulls")
}

func (p *parser) afterCall(call expr.Apply) expr.Node {
	if p.now().is("filter") && p.ahead(1).sign("(") {
		p.next()
		call.Filter = parens(p, func() expr.Node {
			p.mustKeyword("where")
			return p.expression()
		})
	}
	call.IgnoreNulls = p.nullTreatment() || call.IgnoreNulls
	switch {
	case p.now().is("over") && p.ahead(1).sign("("):
		p.next()
		return expr.Over{Call: call, Spec: parens(p, p.windowSpec)}
	case p.now().is("over") && p.ahead(1).kind == word:
		p.next()
		return expr.Over{Call: call, Spec: p.windowNamed(p.next())}
	}
	return call
}
