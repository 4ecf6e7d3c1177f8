package plan

import (
	"slices"

	"etincelle/engine/frame/expr"
)

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

// PushProjectionThroughUnion makes the inputs of a union give what is selected above it.
var PushProjectionThroughUnion = Rule{
	"PushProjectionThroughUnion", "what is computed of a union's rows is computed of each input's",
	func(n Node) Node {
		return Down(n, func(n Node) Node {
			p, ok := n.(*Project)
			if !ok || slices.ContainsFunc(p.List, isVolatile) {
				return n
			}
			u, ok := p.Child.(*Union)
			if !ok {
				return n
			}
			inputs := make([]Node, len(u.Inputs))
			for i, input := range u.Inputs {
				list := make([]expr.Expr, len(p.List))
				for c, e := range p.List {
					list[c] = overInput(e, u, input)
					if alias, ok := e.(*expr.Alias); ok { // each input's column is its own
						list[c] = &expr.Alias{Child: overInput(alias.Child, u, input), Name: alias.Name, ID: expr.NewID()}
					}
				}
				inputs[i] = NewProject(list, input)
			}
			return NewUnion(inputs...).WithColumns(attributesOf(p.List))
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
