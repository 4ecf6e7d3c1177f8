package physical

import (
	"slices"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// ensureRequirements puts exchanges and sorts where an operator needs its input
// to lie otherwise, and drops repartitions that the program asks for of rows that lie
// so already.
func ensureRequirements(op Operator, conf Conf) Operator {
	respected := conf.Adaptive && hidesRepartition(op)
	return Up(op, func(op Operator) Operator {
		if x, ok := op.(*Exchange); ok && !respected && repeats(x) {
			return x.Child
		}
		children := slices.Clone(op.Children())
		if len(children) == 0 {
			return op
		}
		needs := op.Needs()
		for i, c := range children {
			if c.Partitioning().Satisfies(needs[i].Placed) {
				continue
			}
			children[i] = moved(c, needs[i].Placed, conf.ShufflePartitions)
		}
		alike(children, needs, conf)
		for i, c := range children {
			if need := needs[i].Sorted; !sorted(c.Ordering(), need) {
				children[i] = &Sort{Unary{c}, need, false}
			}
		}
		if slices.Equal(children, op.Children()) {
			return op
		}
		return op.WithChildren(children)
	})
}

// repeats reports whether the program asks for a placement by hash that the rows have.
func repeats(x *Exchange) bool {
	to, ok := x.To.(HashPartitioning)
	if !ok || x.Origin == EnsureRequirements {
		return false
	}
	var same func(Partitioning) bool
	same = func(p Partitioning) bool {
		switch p := p.(type) {
		case HashPartitioning:
			return p.same(to)
		case PartitioningCollection:
			return slices.ContainsFunc(p, same)
		}
		return false
	}
	return same(x.Child.Partitioning())
}

// hidesRepartition reports whether the query ends with a repartition by hash whose keys
// are not selected: adaptive execution could not tell that the rows must lie so.
func hidesRepartition(op Operator) bool {
	hidden := func(e expr.Expr) bool { return false }
	for {
		switch o := op.(type) {
		case *Filter:
			op = o.Child
		case *Sort:
			if o.Global {
				return false
			}
			op = o.Child
		case *Project:
			above, list := hidden, o.List
			hidden = func(e expr.Expr) bool {
				return above(e) || !slices.ContainsFunc(list, func(x expr.Expr) bool { return expr.Equal(e, x) })
			}
			op = o.Child
		case *Exchange:
			to, ok := o.To.(HashPartitioning)
			return ok && o.Origin != EnsureRequirements && slices.ContainsFunc(to.Keys, hidden)
		default:
			return false
		}
	}
}

// moved is op's rows as d needs them to lie.
func moved(op Operator, d Distribution, n int) Operator {
	if b, ok := d.(BroadcastDistribution); ok {
		return &BroadcastExchange{Unary{op}, b.Mode}
	}
	return &Exchange{Unary{op}, d.Partitioning(n), EnsureRequirements}
}

// alike sees to it that the two sides of a join are cut alike: into as many
// partitions, by the same keys in the same places. The side that is cut already
// stays, if it is cut into enough partitions.
func alike(children []Operator, needs []Need, conf Conf) {
	if len(children) != 2 {
		return
	}
	left, ok := needs[0].Placed.(ClusteredDistribution)
	right, both := needs[1].Placed.(ClusteredDistribution)
	if !ok || !both || children[0].Partitioning().Count() == children[1].Partitioning().Count() {
		return
	}
	distributions := []ClusteredDistribution{left, right}
	best := bestSide(children, conf)
	n := conf.ShufflePartitions
	if best >= 0 {
		n = children[best].Partitioning().Count()
	}
	for i, c := range children {
		if i == best {
			continue
		}
		if exchange, ok := c.(*Exchange); ok && exchange.Origin == EnsureRequirements {
			c = exchange.Child
		}
		children[i] = &Exchange{Unary{c}, HashPartitioning{distributions[i].Keys, n}, EnsureRequirements}
	}
}

// bestSide is the side whose cut the other takes over: one that no exchange makes
// here, else the one with more partitions; -1 when neither is cut into enough.
func bestSide(children []Operator, conf Conf) int {
	best := -1
	fresh := func(op Operator) bool { _, ok := op.(*Exchange); return ok }
	enough := !fresh(children[0]) || !fresh(children[1])
	for i, c := range children {
		n := c.Partitioning().Count()
		if n < conf.ShufflePartitions && (enough && fresh(c) || !enough) {
			continue
		}
		switch {
		case best < 0, fresh(children[best]) && !fresh(c):
			best = i
		case fresh(children[best]) == fresh(c) && n > children[best].Partitioning().Count():
			best = i
		}
	}
	return best
}

// reuseExchanges makes exchanges that do the same one: the second reads what the
// first wrote.
func reuseExchanges(op Operator, _ Conf) Operator {
	seen := map[string]Operator{}
	return Up(op, func(op Operator) Operator {
		switch op.(type) {
		case *Exchange, *BroadcastExchange:
		default:
			return op
		}
		key := Canonical(op)
		if first, ok := seen[key]; ok {
			return &ReusedExchange{Of: first, Columns: op.Output()}
		}
		seen[key] = op
		return op
	})
}

// ReusedExchange reads what another exchange of the plan moved.
type ReusedExchange struct {
	Leaf
	Of      Operator
	Columns []*expr.Attribute // its columns, under the names of this place
}

// Name implements Operator.
func (r *ReusedExchange) Name() string { return "ReusedExchange" }

// Text implements Operator.
func (r *ReusedExchange) Text() string {
	return "[" + expr.Texts(r.Columns) + "], " + r.Of.Name() + " " + r.Of.Text()
}

// WithChildren implements Operator.
func (r *ReusedExchange) WithChildren([]Operator) Operator { return r }

// Output implements Operator.
func (r *ReusedExchange) Output() []*expr.Attribute { return r.Columns }

// Partitioning implements Operator: that of the exchange, over this place's columns.
func (r *ReusedExchange) Partitioning() Partitioning {
	list := make([]expr.Expr, len(r.Columns))
	for i, a := range r.Of.Output() {
		list[i] = &expr.Alias{Child: a, Name: r.Columns[i].Name, ID: r.Columns[i].ID}
	}
	return renamedPlaces(r.Of.Partitioning(), list)
}

// Run implements Operator.
func (r *ReusedExchange) Run(x *Context) (*Rows, error) { return x.Run(r.Of) }

func (r *ReusedExchange) broadcast(x *Context) (column.Batch, error) { return x.Broadcasted(r.Of) }
