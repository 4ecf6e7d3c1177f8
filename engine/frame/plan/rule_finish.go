package plan

// EliminateSubqueryAliases takes away the names that only served to look columns up.
var EliminateSubqueryAliases = Rule{
	"EliminateSubqueryAliases", "names of tables go away once every column is known",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			if named, ok := n.(*Named); ok {
				return named.Child
			}
			return n
		})
	},
}

// EliminateResolvedHint hands a hint to the join above it.
var EliminateResolvedHint = Rule{
	"EliminateResolvedHint", "a hint goes to the join above it",
	func(n Node) Node {
		n = Up(n, func(n Node) Node {
			j, ok := n.(*Join)
			if !ok {
				return n
			}
			hint := JoinHint{j.Hint.BroadcastLeft || hinted(j.Left), j.Hint.BroadcastRight || hinted(j.Right)}
			if hint == j.Hint {
				return n
			}
			k := *j
			k.Hint = hint
			return &k
		})
		return Up(n, func(n Node) Node {
			if h, ok := n.(*Hinted); ok {
				return h.Child
			}
			return n
		})
	},
}

// hinted reports whether a hint stands on the way down to the next operator that
// changes which rows there are.
func hinted(n Node) bool {
	switch n := n.(type) {
	case *Hinted:
		return n.Broadcast
	case *Project, *Filter, *Named:
		return hinted(n.Children()[0])
	}
	return false
}
