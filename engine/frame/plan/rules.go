package plan

// Rules are the optimiser's rules, in the order in which they are applied.
func Rules() []Batch {
	return []Batch{}
}
