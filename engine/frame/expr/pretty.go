package expr

import "reflect"

// Pretty is the name that Spark gives a column of e: its text without the casts
// that nobody wrote.
func Pretty(e Expr) string {
	return Rewrite(e, func(e Expr) Expr {
		switch e := e.(type) {
		case *Cast:
			if e.Implicit {
				return e.Child
			}
			return &Attribute{Name: "CAST(" + e.Child.String() + " AS " + e.To.SQL() + ")", Of: e.To}
		case *Alias:
			return e.Child
		}
		return e
	}).String()
}

func sameValue(a, b any) bool { return reflect.DeepEqual(a, b) }
