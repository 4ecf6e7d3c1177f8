package plan

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// CollapseProject makes one selection of two.
var CollapseProject = Rule{
	"CollapseProject", "a selection over a selection or an aggregation becomes one with it",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			p, ok := n.(*Project)
			if !ok {
				return n
			}
			switch below := p.Child.(type) {
			case *Project:
				if cheap(p.List, below.List) {
					return NewProject(substituted(p.List, below.List), below.Child)
				}
			case *Aggregate:
				if cheap(p.List, below.List) {
					return &Aggregate{below.Unary, below.Keys, substituted(p.List, below.List)}
				}
			}
			return n
		})
	},
}

// cheap reports whether no work would be done twice: what the lower list computes
// is used once at most, or is only a name.
func cheap(upper, lower []expr.Expr) bool {
	uses := map[expr.ID]int{}
	for _, e := range upper {
		expr.Walk(e, func(e expr.Expr) bool {
			if a, ok := e.(*expr.Attribute); ok {
				uses[a.ID]++
			}
			return true
		})
	}
	return !slices.ContainsFunc(lower, func(e expr.Expr) bool {
		alias, ok := e.(*expr.Alias)
		if !ok {
			return false
		}
		if uses[alias.ID] > 0 && isVolatile(alias) {
			return true
		}
		return uses[alias.ID] > 1 && !isCheap(alias.Child)
	})
}

func isCheap(e expr.Expr) bool {
	switch e := e.(type) {
	case *expr.Attribute, *expr.Literal:
		return true
	case *expr.Alias:
		return isCheap(e.Child)
	case *expr.Field:
		return isCheap(e.Child)
	}
	return expr.Foldable(e)
}

func isVolatile(e expr.Expr) bool {
	return expr.Any(e, func(e expr.Expr) bool {
		v, ok := e.(*expr.Invoke)
		return ok && v.Func.Volatile
	})
}

// substituted is upper with what lower computes in place of its attributes. An
// output keeps the name and the ID that it had.
func substituted(upper, lower []expr.Expr) []expr.Expr {
	made := aliasesOf(lower)
	list := make([]expr.Expr, len(upper))
	for i, e := range upper {
		if a, ok := e.(*expr.Attribute); ok {
			if alias, known := made[a.ID]; known {
				list[i] = &expr.Alias{Child: alias.Child, Name: a.Name, ID: a.ID, Delay: alias.Delay}
				continue
			}
		}
		list[i] = replaceAliases(e, made)
	}
	return list
}

// aliasesOf is what a list computes, by the attribute that it makes.
func aliasesOf(list []expr.Expr) map[expr.ID]*expr.Alias {
	made := map[expr.ID]*expr.Alias{}
	for _, e := range list {
		if alias, ok := e.(*expr.Alias); ok {
			made[alias.ID] = alias
		}
	}
	return made
}

func replaceAliases(e expr.Expr, made map[expr.ID]*expr.Alias) expr.Expr {
	return expr.Rewrite(e, func(e expr.Expr) expr.Expr {
		if a, ok := e.(*expr.Attribute); ok {
			if alias, known := made[a.ID]; known {
				return alias.Child
			}
		}
		return e
	})
}
