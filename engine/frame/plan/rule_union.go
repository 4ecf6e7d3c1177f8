package plan

// CombineUnions makes one union of several.
var CombineUnions = Rule{
	"CombineUnions", "a union of unions is one union",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			u, ok := n.(*Union)
			if !ok {
				return n
			}
			var inputs []Node
			for _, input := range u.Inputs {
				if inner, ok := input.(*Union); ok {
					inputs = append(inputs, inner.Inputs...)
				} else {
					inputs = append(inputs, input)
				}
			}
			if len(inputs) == len(u.Inputs) {
				return n
			}
			return u.WithChildren(inputs)
		})
	},
}

// CollapseRepartition drops a repartitioning below another one.
var CollapseRepartition = Rule{
	"CollapseRepartition", "of two repartitionings the last one holds",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			switch upper := n.(type) {
			case *Repartition:
				lower, ok := upper.Child.(*Repartition)
				switch {
				case ok && (upper.Shuffle || !lower.Shuffle):
					n := upper.N
					if !upper.Shuffle {
						n = min(n, lower.N)
					}
					return &Repartition{Unary: lower.Unary, N: n, Shuffle: upper.Shuffle}
				case ok && upper.N >= lower.N:
					return lower
				}
				if by, ok := upper.Child.(*RepartitionBy); ok && upper.Shuffle {
					return upper.WithChildren([]Node{by.Child})
				}
			case *RepartitionBy:
				switch lower := upper.Child.(type) {
				case *Repartition:
					return upper.WithChildren([]Node{lower.Child})
				case *RepartitionBy:
					return upper.WithChildren([]Node{lower.Child})
				}
			}
			return n
		})
	},
}
