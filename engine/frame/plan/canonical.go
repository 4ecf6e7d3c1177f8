package plan

import (
	"fmt"
	"strings"

	"etincelle/engine/frame/expr"
)

// Canonical is a text that is the same for two plans that give the same rows: the
// same operators over the same sources, whatever attributes are called inside.
func Canonical(n Node) string {
	var out strings.Builder
	c := canonical{&out, map[expr.ID]string{}}
	c.write(n)
	return out.String()
}

// canonical names attributes by where they come from.
type canonical struct {
	out   *strings.Builder
	names map[expr.ID]string
}

func (c canonical) write(n Node) {
	switch n.(type) {
	case *Named, *Hinted:
		c.write(n.Children()[0])
		return
	}
	c.out.WriteString("(")
	for _, child := range n.Children() {
		c.write(child)
	}
	c.out.WriteString(n.Name() + " ")
	switch n := n.(type) {
	case *Scan:
		fmt.Fprintf(c.out, "%s %s %s", n.Table.Format(), n.Table.Name(), expr.Texts(n.Columns))
	case *Range:
		c.out.WriteString(n.Text())
	case *Join:
		c.out.WriteString(string(n.How) + " " + c.exprs(n.Exprs()))
	case *Limit:
		fmt.Fprint(c.out, n.N, n.Local)
	case *Repartition:
		c.out.WriteString(n.Text())
	case *RepartitionBy:
		fmt.Fprint(c.out, c.exprs(n.By), n.N)
	case *Sort:
		fmt.Fprint(c.out, c.exprs(n.Exprs()), n.Global)
	case *Aggregate:
		c.out.WriteString(c.exprs(n.Keys) + " | " + c.exprs(n.List))
	case *Project, *Filter, *Window, *Deduplicate, *Generate, *Expand:
		c.out.WriteString(c.exprs(n.Exprs()))
	case *Distinct, *Union:
	default:
		fmt.Fprintf(c.out, "%p", n) // not known to be like another
	}
	for i, a := range n.Output() {
		if _, known := c.names[a.ID]; !known {
			c.names[a.ID] = fmt.Sprintf("#%d.%d", len(c.names), i)
		}
	}
	c.out.WriteString(")")
}

// exprs is expressions over those names; what they are called does not matter,
// what type their literals have does.
func (c canonical) exprs(es []expr.Expr) string {
	with := make([]expr.Expr, len(es))
	for i, e := range es {
		with[i] = expr.Rewrite(e, func(e expr.Expr) expr.Expr {
			switch e := e.(type) {
			case *expr.Attribute:
				if name, known := c.names[e.ID]; known {
					return &expr.Attribute{ID: e.ID, Name: name, Of: e.Of}
				}
			case *expr.Alias:
				return e.Child
			case *expr.Literal:
				return &expr.Attribute{Name: fmt.Sprintf("%s:%q", e.Of, e.String()), Of: e.Of}
			}
			return e
		})
	}
	return expr.Texts(with)
}
