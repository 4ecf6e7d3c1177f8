// Package physical is how a plan runs: operators that make datasets of batches,
// and the planner that chooses them.
//
//	Operator       one step: it takes its children's batches, and gives its own
//	Strategy       what the planner asks for an operator, node by node
//	Prepare        puts exchanges and sorts where operators need them
//	Context        a run: the session, its settings, what operators counted
//
// Batches are elements of ordinary datasets: an operator's Run defines one, by
// Narrow when it works a partition at a time. Stages, tasks, skipped stages and
// shuffle records are then the scheduler's, as for any job; rows are counted by
// operators, in the task's metrics (what was read from files) and in the
// context's counters (what Explain shows).
//
// # How to add an operator
//
// Write a type with the methods of Operator in a file of its own. Needs says how
// its input must be placed and sorted: the planner adds what is missing. Then
// give the planner a strategy that answers with it:
//
//	func sampleStrategy(p *Planner, n plan.Node) (Operator, error) {
//		s, ok := n.(*plan.Sample)
//		if !ok {
//			return nil, nil // not mine: the next strategy is asked
//		}
//		child, err := p.Plan(s.Child)
//		if err != nil {
//			return nil, err
//		}
//		return &Sample{Unary{child}, s.Fraction}, nil
//	}
//
// Packages beside frame bring strategies of their own: Planner.Strategies is
// asked in order, and what stands first wins.
package physical
