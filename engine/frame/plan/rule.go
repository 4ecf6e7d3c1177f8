package plan

// Rule makes a better tree of a tree, and the same rows of it.
type Rule struct {
	Name  string // Spark's: "PushDownPredicates"
	About string // what it does, in a sentence
	Apply func(Node) Node
}

// Batch is rules that are applied together: once, or until nothing changes.
type Batch struct {
	Name  string
	Once  bool
	Rules []Rule
}

// Step is what one rule made of a tree.
type Step struct {
	Rule          Rule
	Before, After Node
}

// Optimizer applies rules.
type Optimizer struct {
	Batches []Batch
	Off     map[string]bool // names of rules that are left out
	Watch   func(Step)      // called when a rule has changed the tree; may be nil
}

// rounds is how often a batch is applied at most (spark.sql.optimizer.maxIterations).
const rounds = 100

// Optimize applies the rules to a tree.
func (o *Optimizer) Optimize(n Node) Node {
	for _, b := range o.Batches {
		n = o.run(b, n)
	}
	return n
}

func (o *Optimizer) run(b Batch, n Node) Node {
	for range rounds {
		before := Tree(n)
		for _, rule := range b.Rules {
			if !o.Off[rule.Name] {
				n = o.apply(rule, n)
			}
		}
		if b.Once || Tree(n) == before {
			break
		}
	}
	return n
}

func (o *Optimizer) apply(r Rule, n Node) Node {
	after := r.Apply(n)
	if o.Watch != nil && Tree(after) != Tree(n) {
		o.Watch(Step{r, n, after})
	}
	return after
}
