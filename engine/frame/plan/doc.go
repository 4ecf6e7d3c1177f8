// Package plan is what a query asks for: a tree of logical operators, and the
// rules that make a better tree of it. Nothing here runs; package physical
// chooses how.
//
//	Node        one operator: its inputs, the attributes it gives, its expressions
//	Rule        a small named function from tree to tree
//	Optimizer   the rules in their order; each can be listed, watched and turned off
//
// # How to add an operator
//
// Write a type with the methods of Node in a file of its own, a method of Frame
// that makes it, and a case in a strategy of package physical that runs it.
// Embed Leaf, Unary or Binary for the children, and NoExprs when it has no
// expressions. Operators of other packages (those of streams) are made the same way,
// and bring a strategy of their own.
//
// # How to add a rule
//
// Write a Rule in a file of its own, and put it in its place in Rules. A rule
// that finds nothing to do returns the tree that it was given.
package plan
