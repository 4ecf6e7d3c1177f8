package expr

// Substitute is n with other nodes in place of the columns that it names.
func Substitute(n Node, f func(Ref) Node) Node {
	all := func(nodes []Node) []Node {
		with := make([]Node, len(nodes))
		for i, n := range nodes {
			with[i] = Substitute(n, f)
		}
		return with
	}
	switch n := n.(type) {
	case nil:
		return nil
	case Ref:
		return f(n)
	case Apply:
		n.Args, n.Filter = all(n.Args), Substitute(n.Filter, f)
		return n
	case CastTo:
		n.Child = Substitute(n.Child, f)
		return n
	case Named:
		n.Child = Substitute(n.Child, f)
		return n
	case GetItem:
		n.Child, n.Key = Substitute(n.Child, f), Substitute(n.Key, f)
		return n
	case Sort:
		n.Child = Substitute(n.Child, f)
		return n
	case Lambda:
		n.Body = Substitute(n.Body, f)
		return n
	case CaseWhen:
		branches := make([]Branch, len(n.Branches))
		for i, b := range n.Branches {
			branches[i] = Branch{Substitute(b.When, f), Substitute(b.Then, f)}
		}
		n.Branches, n.Operand, n.Else = branches, Substitute(n.Operand, f), Substitute(n.Else, f)
		return n
	case Over:
		n.Call = Substitute(n.Call, f)
		n.Spec.Partition = all(n.Spec.Partition)
		order := make([]Sort, len(n.Spec.Order))
		for i, o := range n.Spec.Order {
			o.Child = Substitute(o.Child, f)
			order[i] = o
		}
		n.Spec.Order = order
		return n
	}
	return n
}
