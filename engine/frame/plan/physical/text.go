package physical

import (
	"strconv"
	"strings"

	"etincelle/engine/frame/expr"
)

func itoa(n int) string { return strconv.Itoa(n) }

// listed joins texts with "," alone, as Spark does for some operators.
func listed[E expr.Expr](es []E) string {
	parts := make([]string, len(es))
	for i, e := range es {
		parts[i] = e.String()
	}
	return strings.Join(parts, ",")
}
