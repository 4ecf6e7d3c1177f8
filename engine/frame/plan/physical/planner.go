package physical

import (
	"fmt"

	"etincelle/engine/frame/plan"
)

// Strategy answers how a logical operator is run, or nil when that is not its
// affair.
type Strategy func(p *Planner, n plan.Node) (Operator, error)

// Planner chooses operators.
type Planner struct {
	Conf       Conf
	Strategies []Strategy // asked in order, before those of this package

	root plan.Node // the top of the plan that is being planned
}

// PlanRoot is Plan for a whole plan: what stands at its top brings rows to the driver.
func (p *Planner) PlanRoot(n plan.Node) (Operator, error) {
	p.root = n
	return p.Plan(n)
}

// Plan is the operators for a tree, before exchanges and sorts are put in.
func (p *Planner) Plan(n plan.Node) (Operator, error) {
	for _, strategies := range [][]Strategy{p.Strategies, builtin()} {
		for _, strategy := range strategies {
			if op, err := strategy(p, n); op != nil || err != nil {
				return op, err
			}
		}
	}
	return nil, fmt.Errorf("no strategy runs %s", n.Name())
}
