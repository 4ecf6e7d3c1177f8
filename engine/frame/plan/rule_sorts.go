package plan

// EliminateSorts drops sorts whose order nobody sees: below another sort, below an
// aggregation that does not depend on it, below a join.
var EliminateSorts = Rule{
	"EliminateSorts", "a sort whose order is lost again goes away",
	func(n Node) Node {
		return Down(n, func(n Node) Node {
			switch n := n.(type) {
			case *Sort:
				if len(n.Order) == 0 {
					return n.Child
				}
				if n.Global {
					return n.WithChildren([]Node{unsorted(n.Child)})
				}
			case *Aggregate:
				if anyOrder(n) {
					return n.WithChildren([]Node{unsorted(n.Child)})
				}
			case *Join:
				return n.WithChildren([]Node{unsorted(n.Left), unsorted(n.Right)})
			case *RepartitionBy:
				return n.WithChildren([]Node{unsorted(n.Child)})
			case *Repartition:
				if n.Shuffle {
					return n.WithChildren([]Node{unsorted(n.Child)})
				}
			}
			return n
		})
	},
}

// unsorted is n without the sorts that stand at its top.
func unsorted(n Node) Node {
	switch n := n.(type) {
	case *Sort:
		return unsorted(n.Child)
	case *Project, *Filter:
		if child := unsorted(n.Children()[0]); child != n.Children()[0] {
			return n.WithChildren([]Node{child})
		}
	}
	return n
}

// anyOrder reports whether an aggregation gives the same whatever the order of its
// rows.
func anyOrder(a *Aggregate) bool {
	for _, e := range a.List {
		for _, call := range callsIn(e) {
			switch call.Func.Name {
			case "count", "min", "max", "bool_and", "bool_or", "count_if", "approx_count_distinct":
			case "sum", "avg":
				if !call.Args[0].Type().Integral() {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}
