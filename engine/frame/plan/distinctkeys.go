package plan

import "etincelle/engine/frame/expr"

// DistinctKeys are sets of columns, each of which no two rows of n have alike; the empty
// set when there is one row at most. It is what the operators show, not what the data do.
func DistinctKeys(n Node) [][]expr.Expr {
	switch n := n.(type) {
	case *Aggregate:
		return keysThrough(n.List, [][]expr.Expr{n.Keys})
	case *Project:
		return keysThrough(n.List, DistinctKeys(n.Child))
	case *Distinct:
		return [][]expr.Expr{exprsOf(n.Output())}
	case *Limit:
		if n.N <= 1 {
			return [][]expr.Expr{nil}
		}
		return DistinctKeys(n.Child)
	case *Filter, *Sort, *Repartition, *RepartitionBy, *Window, *Named, *Hinted:
		return DistinctKeys(n.Children()[0])
	case *Join:
		return keysOfJoin(n)
	}
	return nil
}

// keysOfJoin: a side keeps its keys when no row of it meets two of the other.
func keysOfJoin(j *Join) [][]expr.Expr {
	if j.How == LeftSemi || j.How == LeftAnti {
		return DistinctKeys(j.Left)
	}
	equal := EquiJoinOf(j)
	if len(equal.Left) == 0 {
		return nil
	}
	var keys [][]expr.Expr
	if (j.How == Inner || j.How == LeftOuter) && uniqueBy(j.Right, equal.Right) {
		keys = append(keys, DistinctKeys(j.Left)...)
	}
	if (j.How == Inner || j.How == RightOuter) && uniqueBy(j.Left, equal.Left) {
		keys = append(keys, DistinctKeys(j.Right)...)
	}
	return keys
}

// keysThrough are the keys that a selection leaves, under its names.
func keysThrough(list []expr.Expr, keys [][]expr.Expr) [][]expr.Expr {
	var out [][]expr.Expr
	for _, key := range keys {
		var named []expr.Expr
		for _, part := range key {
			for _, e := range list {
				child := e
				if alias, ok := e.(*expr.Alias); ok {
					child = alias.Child
				}
				if expr.Equal(child, part) {
					named = append(named, attributeOf(e))
					break
				}
			}
		}
		if len(named) == len(key) {
			out = append(out, named)
		}
	}
	return out
}

// uniqueBy reports whether no two rows of n have the same values of by.
func uniqueBy(n Node, by []expr.Expr) bool {
	for _, key := range DistinctKeys(n) {
		holds := true
		for _, part := range key {
			found := false
			for _, e := range by {
				found = found || expr.Equal(e, part)
			}
			holds = holds && found
		}
		if holds {
			return true
		}
	}
	return false
}
