package plan

import (
	"strings"

	"etincelle/engine/frame/expr"
)

// LikeSimplification makes a LIKE whose only signs are % at its ends a comparison
// of the beginning, the end or the inside of a text.
var LikeSimplification = Rule{
	"LikeSimplification", "x LIKE 'a%' is startswith(x, 'a')",
	everywhere(func(e expr.Expr) expr.Expr {
		c := e.Children()
		if !expr.Is(e, "like") || len(c) < 2 {
			return e
		}
		l, ok := c[1].(*expr.Literal)
		if !ok {
			return e
		}
		form, ok := l.Value.(string)
		if !ok || strings.ContainsAny(form, `_\`) {
			return e
		}
		return likeOf(e, c[0], form)
	}),
}

// likeOf is e, which is x LIKE form, more simply where the form allows.
func likeOf(e, x expr.Expr, form string) expr.Expr {
	text := func(s string) expr.Expr { return &expr.Literal{Value: s, Of: x.Type()} }
	parts := strings.Split(form, "%")
	switch {
	case len(parts) == 1 && form != "":
		return expr.Must("=", x, text(form))
	case len(parts) == 2 && parts[0] != "" && parts[1] != "":
		return startsAndEnds(x, parts[0], parts[1], text)
	case len(parts) == 2 && parts[0] != "":
		return expr.Must("startswith", x, text(parts[0]))
	case len(parts) == 2 && parts[1] != "":
		return expr.Must("endswith", x, text(parts[1]))
	case len(parts) == 3 && parts[0] == "" && parts[1] != "" && parts[2] == "":
		return expr.Must("contains", x, text(parts[1]))
	}
	return e
}

// startsAndEnds is x LIKE 'a%b': long enough for both, which may not overlap.
func startsAndEnds(x expr.Expr, start, end string, text func(string) expr.Expr) expr.Expr {
	long := expr.Must(">=", expr.Must("length", x), &expr.Literal{Value: int32(len([]rune(start)) + len([]rune(end))), Of: intType})
	return expr.Must("and", long, expr.Must("and", expr.Must("startswith", x, text(start)), expr.Must("endswith", x, text(end))))
}
