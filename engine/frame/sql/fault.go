package sql

import (
	"fmt"

	"etincelle/engine/frame/expr"
)

// Fault is a text that cannot be read: what is wrong, and where.
type Fault struct {
	Class   string // Spark's: PARSE_SYNTAX_ERROR
	Message string
	At      expr.Place
}

// Error is the class, the sentence, the line at fault and carets under what is wrong:
//
//	[PARSE_SYNTAX_ERROR] Syntax error at or near 'b' (line 1, column 3)
//	  a b c
//	    ^
func (f *Fault) Error() string { return "[" + f.Class + "] " + f.Message + " " + f.At.String() }

func newFault(class, src string, from, to int, format string, args ...any) *Fault {
	from = min(max(from, 0), len(src))
	return &Fault{class, fmt.Sprintf(format, args...), expr.Place{Text: src, From: from, To: min(max(to, from), len(src))}}
}

func (l *lexer) fault(from, to int, format string, args ...any) *Fault {
	return newFault("PARSE_SYNTAX_ERROR", l.src, from, to, format, args...)
}
