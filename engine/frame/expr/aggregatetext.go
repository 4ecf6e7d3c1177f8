package expr

// aggregateTexts are the aggregates that plans do not write as their name and their
// arguments: Spark shows there what its own objects hold besides.
var aggregateTexts = map[string]func(args []Expr) string{
	"avg":                func(a []Expr) string { return "avg(" + asWritten(a[0]).String() + ")" },
	"first":              func(a []Expr) string { return "first(" + a[0].String() + ", false)" },
	"first_ignore_nulls": func(a []Expr) string { return "first(" + a[0].String() + ", true)" },
	"last":               func(a []Expr) string { return "last(" + a[0].String() + ", false)" },
	"last_ignore_nulls":  func(a []Expr) string { return "last(" + a[0].String() + ", true)" },
	"collect_list":       func(a []Expr) string { return "collect_list(" + a[0].String() + ", 0, 0, true)" },
	"collect_set":        func(a []Expr) string { return "collect_set(" + a[0].String() + ", 0, 0, true)" },
}

// asWritten is e without a cast that nobody wrote.
func asWritten(e Expr) Expr {
	if c, ok := e.(*Cast); ok && c.Implicit {
		return c.Child
	}
	return e
}
