package frame

import (
	"slices"
	"strings"

	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/sql"
)

// selects is one SELECT, and the ORDER BY behind it, which may name columns that
// the SELECT leaves out.
func (q *querier) selects(s *sql.Select, order []expr.Sort) (*Frame, error) {
	f, err := q.relation(s.From, s.Hints)
	if err != nil {
		return nil, err
	}
	if s.Where != nil {
		if f = f.Where(ExprOf(s.Where)); f.err != nil {
			return nil, f.err
		}
	}
	list, err := listOf(s.Items, f.node.Output())
	if err != nil {
		return nil, err
	}
	sel := &selected{scope: f.node.Output(), list: list, visible: len(list)}
	if sel.keys, err = groupKeys(s, sel); err != nil {
		return nil, err
	}
	sel.grouped = len(s.Group) > 0 || slices.ContainsFunc(list, hasAggregate)
	var having expr.Expr
	if s.Having != nil {
		sel.grouped = true
		if having, err = sel.above(s.Having, false); err != nil {
			return nil, err
		}
	}
	keys, err := sel.order(order)
	if err != nil {
		return nil, err
	}
	return q.assemble(s, sel, f.node, having, keys)
}

// assemble puts the operators over each other: the list, HAVING, DISTINCT, ORDER
// BY, and the list again without what only these needed.
func (q *querier) assemble(s *sql.Select, sel *selected, child plan.Node, having expr.Expr, keys []*expr.SortOrder) (*Frame, error) {
	var n plan.Node
	var err error
	if sel.grouped {
		n, err = aggregation(sel.keys, sel.list, child)
	} else {
		n, err = selection(sel.list, child)
	}
	if err != nil {
		return nil, err
	}
	if having != nil {
		n = plan.NewFilter(having, n)
	}
	if s.Distinct {
		if len(keys) > 0 && len(sel.list) > sel.visible {
			return nil, expr.Errorf("UNRESOLVED_COLUMN.WITH_SUGGESTION", "ORDER BY of a SELECT DISTINCT can only name its columns.")
		}
		n = FromPlan(q.session, visibleOf(sel, n)).Distinct().node
		sel.visible = len(sel.list)
	}
	if len(keys) > 0 {
		n = &plan.Sort{Unary: plan.Unary{Child: n}, Order: keys, Global: true}
	}
	if !s.Distinct {
		n = visibleOf(sel, n)
	}
	return FromPlan(q.session, n), nil
}

// visibleOf is n without the columns that only HAVING or ORDER BY needed.
func visibleOf(sel *selected, n plan.Node) plan.Node {
	if len(sel.list) == sel.visible {
		return n
	}
	var list []expr.Expr
	for _, a := range n.Output()[:sel.visible] {
		list = append(list, a)
	}
	return plan.NewProject(list, n)
}

// listOf resolves the list of a SELECT. An item may use the name of one before it.
func listOf(items []expr.Node, scope expr.Scope) ([]expr.Expr, error) {
	var list []expr.Expr
	before := map[string]expr.Node{}
	for _, item := range items {
		made, err := expr.ResolveList([]expr.Node{item}, scope)
		if err != nil {
			replaced := expr.Substitute(item, func(r expr.Ref) expr.Node {
				if n := before[strings.ToLower(r.Parts[0])]; n != nil && len(r.Parts) == 1 {
					if _, unknown := scope.Find(r.Parts); unknown != nil {
						return n
					}
				}
				return r
			})
			if made, _ = expr.ResolveList([]expr.Node{replaced}, scope); made == nil {
				return nil, err
			}
		}
		if named, ok := item.(expr.Named); ok {
			before[strings.ToLower(named.Name)] = expr.Done{Expr: unnamed(made[0])}
		}
		list = append(list, made...)
	}
	return list, nil
}

func isWord(n expr.Node, word string) bool {
	ref, ok := n.(expr.Ref)
	return ok && len(ref.Parts) == 1 && strings.EqualFold(ref.Parts[0], word)
}

// allKeys is GROUP BY ALL: what of the list is no aggregate.
func allKeys(list []expr.Expr) []expr.Expr {
	var keys []expr.Expr
	for _, e := range list {
		if !hasAggregate(e) {
			keys = append(keys, e)
		}
	}
	return keys
}

// groupKeys are the keys of GROUP BY: expressions, numbers of columns, or the
// names that the list gives.
func groupKeys(s *sql.Select, sel *selected) ([]expr.Expr, error) {
	var keys []expr.Expr
	if len(s.Group) == 1 {
		if _, err := expr.Resolve(s.Group[0], sel.scope); err != nil && isWord(s.Group[0], "all") {
			return allKeys(sel.list), nil
		}
	}
	for _, n := range s.Group {
		if at, ok := ordinal(n); ok {
			if at < 1 || at > len(sel.list) {
				return nil, outOfRange("GROUP", at, len(sel.list))
			}
			keys = append(keys, sel.list[at-1])
			continue
		}
		e, err := expr.Resolve(n, sel.scope)
		if err != nil {
			item := sel.called(n)
			if item == nil {
				return nil, err
			}
			e = item
		}
		if hasAggregate(e) {
			return nil, expr.Errorf("GROUP_BY_AGGREGATE", "Aggregate functions are not allowed in GROUP BY, but found %s.", expr.Pretty(unnamed(e)))
		}
		keys = append(keys, expr.WithName(e))
	}
	return keys, nil
}

// selected is the list of a SELECT while it is put together: visible columns
// first, then those that only HAVING and ORDER BY need.
type selected struct {
	scope   expr.Scope
	list    []expr.Expr
	visible int
	keys    []expr.Expr
	grouped bool
}

// called is the item of the list that a name alone names; nil when there is none.
func (s *selected) called(n expr.Node) expr.Expr {
	ref, ok := n.(expr.Ref)
	if !ok || len(ref.Parts) != 1 {
		return nil
	}
	for _, item := range s.list[:s.visible] {
		if a, ok := item.(*expr.Alias); ok && strings.EqualFold(a.Name, ref.Parts[0]) {
			return a
		}
	}
	return nil
}

// outputs are the columns that the list gives.
func (s *selected) outputs() expr.Scope {
	var scope expr.Scope
	for _, item := range s.list[:s.visible] {
		switch item := item.(type) {
		case *expr.Attribute:
			scope = append(scope, item)
		case *expr.Alias:
			scope = append(scope, item.Attribute())
		}
	}
	return scope
}

// above resolves an expression that is computed over the list: in HAVING a name is
// first looked for below the list, in ORDER BY among its columns.
func (s *selected) above(n expr.Node, outputsFirst bool) (expr.Expr, error) {
	first, second := s.scope, s.outputs()
	if outputsFirst {
		first, second = second, first
	}
	e, err := expr.Resolve(n, joined(first, second))
	if err == nil {
		if lifted, ok := s.lift(e); ok {
			return lifted, nil
		}
	}
	other, otherErr := expr.Resolve(n, joined(second, first))
	if otherErr == nil {
		if lifted, ok := s.lift(other); ok {
			return lifted, nil
		}
	}
	if err != nil {
		return nil, err
	}
	return nil, checkGrouped(e, bareKeys(s.keys))
}

// joined is first, and what of second has another name.
func joined(first, second expr.Scope) expr.Scope {
	all := slices.Clone(first)
	for _, a := range second {
		if !slices.ContainsFunc(first, func(b *expr.Attribute) bool { return strings.EqualFold(a.Name, b.Name) }) {
			all = append(all, a)
		}
	}
	return all
}

func bareKeys(keys []expr.Expr) []expr.Expr {
	bare := make([]expr.Expr, len(keys))
	for i, k := range keys {
		bare[i] = unnamed(k)
	}
	return bare
}

// lift writes e over the columns of the list; what the list lacks is added to it.
// False is an expression that the groups do not have.
func (s *selected) lift(e expr.Expr) (expr.Expr, bool) {
	for _, item := range s.list {
		made := attributeOf(item)
		if a, ok := e.(*expr.Attribute); ok && a.ID == made.ID || expr.Equal(unnamed(item), e) {
			return made, true
		}
	}
	isKey := slices.ContainsFunc(s.keys, func(k expr.Expr) bool { return expr.Equal(unnamed(k), e) })
	_, isColumn := e.(*expr.Attribute)
	if isCall(e) || isKey || isColumn && !s.grouped {
		item := expr.WithName(e)
		s.list = append(s.list, item)
		return attributeOf(item), true
	}
	if isColumn {
		return nil, false
	}
	children := e.Children()
	lifted := make([]expr.Expr, len(children))
	for i, c := range children {
		var ok bool
		if lifted[i], ok = s.lift(c); !ok {
			return nil, false
		}
	}
	if len(children) == 0 {
		return e, true
	}
	return e.With(lifted), true
}

func attributeOf(e expr.Expr) *expr.Attribute {
	if a, ok := e.(*expr.Alias); ok {
		return a.Attribute()
	}
	return e.(*expr.Attribute)
}

// order resolves ORDER BY.
func (s *selected) order(keys []expr.Sort) ([]*expr.SortOrder, error) {
	var order []*expr.SortOrder
	for _, key := range keys {
		if n, ok := ordinal(key.Child); ok {
			if n < 1 || n > s.visible {
				return nil, outOfRange("ORDER", n, s.visible)
			}
			key.Child = expr.Done{Expr: attributeOf(s.list[n-1])}
		} else {
			e, err := s.above(key.Child, true)
			if err != nil {
				return nil, err
			}
			key.Child = expr.Done{Expr: e}
		}
		resolved, err := expr.ResolveSort(key, nil)
		if err != nil {
			return nil, err
		}
		order = append(order, resolved)
	}
	return order, nil
}
