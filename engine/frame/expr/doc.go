// Package expr is expressions: what a program writes, what it means over the
// columns at hand, and how it is computed over a batch.
//
//	Node       as written: names and calls, nothing looked up     package sql, frame.Col…
//	Expr       as understood: attributes, types, functions found  Resolve
//	Bound      as run: attributes are positions in a batch        Bind
//
// Values are Spark's in ANSI mode: what does not fit is an Error of Spark's class,
// whose message shows the place in the SQL text. Implicit casts are in coerce.go,
// CAST in cast*.go, names of columns in pretty.go. testdata/answers holds what Spark
// said to some 1500 expressions, most of them over the table of table.json.
//
// # How to add a function
//
// Put a Function in the table of the file of its family (functions_*.go): its
// name and number of arguments; a rule that gives the types that its arguments
// are cast to and the type of its result; a rule for nulls; a loop over columns;
// and an example, which a test runs:
//
//	{
//		Name: "sqrt", Min: 1, Max: 1,
//		Sign: always(column.DoubleType, column.DoubleType),
//		Eval: func(c *Call) (column.Column, error) { return map1(c, math.Sqrt) },
//		Example: Example{"sqrt(4)", "2.0"},
//	},
//
// A call that is just another one in disguise (nvl, between, if, date + interval)
// has Means in place of Eval: it gives the expression that it stands for, under the
// name that was written (Stands, means.go). Functions of functions (transform, filter) are
// in lambda.go.
//
// Nulls are taken away before Eval by the usual rule, NullIfAny: Eval skips the
// rows of c.Null, or computes there what it likes as long as it raises no error.
//
// # How to add an aggregate
//
// Put an Aggregate in a table of aggregates_*.go, with an Accumulator: typed
// buffers of many groups at once, which can be updated with rows, merged with
// other buffers, read out as columns and finished. The same buffers serve a
// partial and a final aggregation, windows, and the state of a stream.
package expr
