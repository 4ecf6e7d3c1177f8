package plan

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// shelf is a table whose partitions have so many rows.
type shelf struct{ partitions []int }

func (shelf) Format() string          { return "shelf" }
func (shelf) Name() string            { return "shelf" }
func (shelf) Schema() column.Schema   { return column.Schema{{Name: "a", Type: column.IntType}} }
func (shelf) Bytes() int64            { return 1 }
func (shelf) Pushes(expr.Expr) string { return "" }

// counts is how many rows each partition of a tree of limits and unions gives: what a
// rule must not change.
func counts(n Node) (rows []int) {
	switch n := n.(type) {
	case *Scan:
		return n.Table.(shelf).partitions
	case *Limit:
		all := counts(n.Child)
		if !n.Local { // a global one brings all rows together
			return []int{min(total(n.Child), n.N)}
		}
		for _, k := range all {
			rows = append(rows, min(k, n.N))
		}
		return rows
	}
	for _, child := range n.Children() {
		rows = append(rows, counts(child)...)
	}
	return rows
}

func total(n Node) (rows int) {
	for _, k := range counts(n) {
		rows += k
	}
	return rows
}

func stack(t *rapid.T, depth int) Node {
	n := Node(NewScan(shelf{rapid.SliceOfN(rapid.IntRange(0, 5), 1, 4).Draw(t, "partitions")}))
	if depth > 0 && rapid.IntRange(0, 3).Draw(t, "forks") == 0 {
		n = NewUnion(stack(t, depth-1), stack(t, depth-1))
	}
	for range rapid.IntRange(0, 4).Draw(t, "limits") {
		n = &Limit{Unary: Unary{n}, N: rapid.IntRange(0, 8).Draw(t, "limit"), Local: rapid.Bool().Draw(t, "local")}
	}
	return n
}

// Law: no rule about limits changes how many rows come out under a global limit, where
// Spark's plans have one, and two limits of a kind never stay one above the other.
func TestLimitRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := Node(&Limit{Unary: Unary{stack(t, 2)}, N: rapid.IntRange(0, 9).Draw(t, "limit")})
		for _, rule := range []Rule{CombineLimits, EliminateLimits, LimitPushDown, CombineLimits} {
			after := rule.Apply(n)
			require.Equal(t, total(n), total(after), "%s makes\n%s of\n%s", rule.Name, Tree(after), Tree(n))
			n = after
		}
		Up(n, func(n Node) Node {
			if upper, is := n.(*Limit); is {
				lower, above := upper.Child.(*Limit)
				require.False(t, above && lower.Local == upper.Local, Tree(n))
			}
			return n
		})
	})
}
