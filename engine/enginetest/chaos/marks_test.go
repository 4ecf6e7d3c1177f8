package chaos

import (
	"math/rand/v2"

	"etincelle/engine/rdd"
)

// What a program asks the engine to keep. No mark changes an answer.

var levels = []struct {
	name  string
	level rdd.StorageLevel
}{
	{"MemoryOnly", rdd.MemoryOnly}, {"MemoryOnlySer", rdd.MemoryOnlySer}, {"MemoryAndDisk", rdd.MemoryAndDisk},
	{"MemoryAndDiskSer", rdd.MemoryAndDiskSer}, {"DiskOnly", rdd.DiskOnly}, {"MemoryOnly2", rdd.MemoryOnly2},
	{"MemoryOnlySer2", rdd.MemoryOnlySer2}, {"MemoryAndDisk2", rdd.MemoryAndDisk2}, {"MemoryAndDiskSer2", rdd.MemoryAndDiskSer2},
	{"DiskOnly2", rdd.DiskOnly2},
}

func marks[T any]() []*verb {
	k := kindOf[T]()
	return []*verb{
		{
			name: "RDD.Persist", from: []kind{k}, mark: true, form: "%s.Persist(rdd.%v)",
			draw: func(r *rand.Rand, _ []known) []int { return []int{r.IntN(len(levels))} },
			show: func(p []int) []any { return []any{levels[p[0]].name} },
			model: func(c call) (known, bool) {
				return c.changes(func(m mark) (mark, bool) { return mark{true, false, m.saved}, !m.kept && !m.local })
			},
			run: func(c call) (any, error) { return nil, c.in[0].(*rdd.RDD[T]).Persist(levels[c.p[0]].level).Err() },
		},
		{
			name: "RDD.Cache", from: []kind{k}, mark: true, form: "%s.Cache()",
			model: func(c call) (known, bool) {
				return c.changes(func(m mark) (mark, bool) { return mark{true, false, m.saved}, !m.kept && !m.local })
			},
			run: func(c call) (any, error) { return nil, c.in[0].(*rdd.RDD[T]).Cache().Err() },
		},
		{
			name: "RDD.Unpersist", from: []kind{k}, mark: true, form: "%s.Unpersist()",
			model: func(c call) (known, bool) {
				return c.changes(func(m mark) (mark, bool) { return mark{false, false, m.saved}, m.kept && !m.local })
			},
			run: func(c call) (any, error) { return nil, c.in[0].(*rdd.RDD[T]).Unpersist() },
		},
		{
			name: "RDD.Checkpoint", from: []kind{k}, mark: true, form: "%s.Checkpoint()",
			model: func(c call) (known, bool) {
				return c.changes(func(m mark) (mark, bool) { return mark{m.kept, false, true}, !m.local && !m.saved })
			},
			run: func(c call) (any, error) { return nil, c.in[0].(*rdd.RDD[T]).Checkpoint().Err() },
		},
		{
			name: "RDD.LocalCheckpoint", from: []kind{k}, mark: true, form: "%s.LocalCheckpoint()", weight: rarest,
			model: func(c call) (known, bool) {
				return c.changes(func(m mark) (mark, bool) { return mark{true, true, m.saved}, !m.local && !m.saved && !m.kept })
			},
			run: func(c call) (any, error) { return nil, c.in[0].(*rdd.RDD[T]).LocalCheckpoint().Err() },
		},
		{ // a copy that another application could read
			name: "FromCheckpoint", from: []kind{k}, to: k, form: "rdd.FromCheckpoint(s, %s.CheckpointFile())", weight: rare,
			model: func(c call) (known, bool) {
				out := c.known[0]
				if !out.by.plain() && out.by.how != nowhere || out.by.how == mirrors {
					out.by = placement{how: unsure} // only Hash is written down beside the rows
				}
				c.model.marks[c.id] = mark{kept: true, local: true} // it may be the other one itself: it takes no mark
				return out, c.model.marks[c.root()].saved
			},
			run: func(c call) (any, error) {
				r := c.in[0].(*rdd.RDD[T])
				if path, ok := r.CheckpointFile(); ok && r.NumPartitions() > 0 {
					return rdd.FromCheckpoint[T](c.world.s, path), nil
				}
				return r, nil // marked too late, or no job has run since
			},
		},
	}
}

// changes makes a mark if it is allowed.
func (c call) changes(f func(mark) (mark, bool)) (known, bool) {
	m, ok := f(c.model.marks[c.root()])
	if ok {
		c.model.marks[c.root()] = m
	}
	return known{}, ok
}

// root is the dataset that the call's first one is a name of.
func (c call) root() int {
	if root, named := c.model.alias[c.ids[0]]; named {
		return root
	}
	return c.ids[0]
}
