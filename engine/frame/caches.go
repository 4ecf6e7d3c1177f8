package frame

import (
	"sync"

	"etincelle/engine"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/rdd"
)

// caches is what frames of a session are kept: by plan, so that another frame with
// the same plan reads them too.
type caches struct {
	mu   sync.Mutex
	kept []*keptPlan
}

// keptPlan is a plan whose rows are kept.
type keptPlan struct {
	node  plan.Node
	same  string // plan.Canonical of node
	cache *physical.Cache
}

type cachesKey struct{}

func cachesOf(s *engine.Session) *caches {
	return engine.Inside(s).Beside(cachesKey{}, func() any { return &caches{} }).(*caches)
}

// Cache asks to keep f's rows once an action has computed them: in memory, and on
// disk what does not fit. It is a mark: nothing runs. Every frame with this plan in
// it reads them from then on.
func (f *Frame) Cache() *Frame { return f.Persist(rdd.MemoryAndDisk) }

// Persist is Cache at another level.
func (f *Frame) Persist(level rdd.StorageLevel) *Frame {
	if f.err != nil {
		return f
	}
	c := cachesOf(f.session)
	same := plan.Canonical(f.node)
	c.mu.Lock()
	known := c.find(same) != nil
	c.mu.Unlock()
	if known {
		return f
	}
	conf, off := Conf(f.session), excluded(f.session)
	optimized := Optimize(f)
	op, err := (&physical.Planner{Conf: conf}).Plan(optimized)
	if err != nil {
		return f.failed(err)
	}
	op = physical.Prepare(op, conf, off)
	if a, ok := op.(*physical.AdaptiveSparkPlan); ok {
		a.KeepLast = true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept = append(c.kept, &keptPlan{f.node, same, &physical.Cache{Plan: op, Conf: conf, Level: level, Bytes: plan.Size(optimized)}})
	return f
}

// Unpersist lets the kept rows of f go.
func (f *Frame) Unpersist() error {
	c := cachesOf(f.session)
	same := plan.Canonical(f.node)
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, k := range c.kept {
		if k.same == same {
			c.kept = append(c.kept[:i:i], c.kept[i+1:]...)
			return k.cache.Drop()
		}
	}
	return nil
}

// StorageLevel is the level that f is marked with; its zero value means none.
func (f *Frame) StorageLevel() rdd.StorageLevel {
	c := cachesOf(f.session)
	c.mu.Lock()
	defer c.mu.Unlock()
	if k := c.find(plan.Canonical(f.node)); k != nil {
		return k.cache.Level
	}
	return rdd.StorageLevel{}
}

func (c *caches) find(same string) *keptPlan {
	for _, k := range c.kept {
		if k.same == same {
			return k
		}
	}
	return nil
}

// use is a plan that reads what is kept in the place of what would compute it.
func (c *caches) use(n plan.Node) plan.Node {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.kept) == 0 {
		return n
	}
	return plan.Down(n, func(n plan.Node) plan.Node {
		if _, leaf := n.(*physical.Kept); leaf {
			return n
		}
		k := c.find(plan.Canonical(n))
		if k == nil {
			return n
		}
		columns := make([]*expr.Attribute, len(n.Output()))
		copy(columns, n.Output())
		return &physical.Kept{Cache: k.cache, Columns: columns}
	})
}
