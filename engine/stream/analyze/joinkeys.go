package analyze

import (
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// TimeKey is the first key of a join, of either side, that is an event time; -1
// when none is. Both sides can then forget rows by that key.
func TimeKey(keys plan.EquiJoin, left, right []*expr.Attribute) int {
	for _, side := range []struct {
		keys    []expr.Expr
		columns []*expr.Attribute
	}{{keys.Left, left}, {keys.Right, right}} {
		for i, key := range side.keys {
			if a, ok := key.(*expr.Attribute); ok && delayed(side.columns, a.ID) {
				return i
			}
		}
	}
	return -1
}
