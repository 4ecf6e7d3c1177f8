package plan

import "etincelle/engine/frame/expr"

// ReplaceDistinctWithAggregate makes a Distinct an aggregation without calls.
var ReplaceDistinctWithAggregate = Rule{
	"ReplaceDistinctWithAggregate", "DISTINCT is a grouping by all columns",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			d, ok := n.(*Distinct)
			if !ok || Streaming(d) { // a stream remembers the rows themselves
				return n
			}
			keys := exprsOf(d.Output())
			return &Aggregate{Unary{d.Child}, keys, keys}
		})
	},
}

// ReplaceDeduplicateWithAggregate makes a Deduplicate an aggregation that keeps the
// first value of each other column.
var ReplaceDeduplicateWithAggregate = Rule{
	"ReplaceDeduplicateWithAggregate", "dropDuplicates is a grouping that keeps first values",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			d, ok := n.(*Deduplicate)
			if !ok || Streaming(d) {
				return n
			}
			keys := idsOf(d.Keys...)
			var list []expr.Expr
			for _, a := range d.Child.Output() {
				if keys[a.ID] {
					list = append(list, a)
					continue
				}
				list = append(list, &expr.Alias{Child: expr.MustAggregate("first", a), Name: a.Name, ID: a.ID})
			}
			if len(d.Keys) == 0 {
				return &Aggregate{Unary{d.Child}, []expr.Expr{&expr.Literal{Value: int32(1), Of: intType}}, list}
			}
			return &Aggregate{Unary{d.Child}, exprsOf(d.Keys), list}
		})
	},
}
