// Package sql reads SQL text: an expression, or a whole SELECT, as Spark's
// grammar has them. It only parses; what names mean is found out later, in
// package expr for expressions and in package frame for statements.
//
//	lexer.go, lexertext.go       text to tokens
//	parser.go                    the entry points, and how to walk over tokens
//	boolean.go … primary.go      expressions, from the loosest operator to the tightest
//	special.go, literal.go       CASE, CAST, EXTRACT …; numbers, dates, intervals
//	types.go, window.go          types; ORDER BY and OVER
//	statement.go                 what a parsed SELECT is
//	query.go, from.go            SELECT … and what stands behind FROM
//	fault.go                     a text that cannot be read: the place, with a caret
package sql
