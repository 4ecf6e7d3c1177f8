package chaos

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"time"
)

// drawing is a program under way.
type drawing struct {
	*rand.Rand
	verbs []*verb
	scale int // of the sources
	p     program
	model *model
	all   map[int]known
	kinds map[kind][]int // datasets
}

// draw is program number i of a seed.
func draw(verbs []*verb, seed, i uint64) program {
	d := &drawing{
		Rand: rand.New(rand.NewPCG(seed, i)), verbs: verbs, scale: 1,
		all: map[int]known{}, kinds: map[kind][]int{},
	}
	d.p.cluster = d.cluster()
	d.model = newModel(d.p.cluster)
	if d.IntN(8) == 0 {
		d.deal()
	}
	for range 1 + d.IntN(3) {
		d.add(func(v *verb) bool { return len(v.from) == 0 })
	}
	for len(d.all) == 0 { // the model allows none of those tried
		d.add(func(v *verb) bool { return len(v.from) == 0 })
	}
	for range 3 + d.IntN(13) {
		d.add(func(v *verb) bool { return len(v.from) > 0 && v.to != nothing })
		for range d.IntN(3) {
			d.add(func(v *verb) bool { return v.isMark() })
		}
		if d.IntN(3) == 0 {
			d.add(func(v *verb) bool { return v.isAction() })
		}
	}
	for range 1 + d.IntN(4) {
		d.add(func(v *verb) bool { return v.isAction() })
	}
	d.faults()
	return d.p
}

// deal begins a program with rows that are merged, dealt out in turn and kept, while
// others fill the memory. Where each row is dealt hangs on an order that nobody
// promises, and yet none may be lost or come twice when some are computed again.
func (d *drawing) deal() {
	n, parts := 2000+d.IntN(6000), 1+d.IntN(2)
	table := int64(30 * n / 2 / parts) // bytes, about, for n/2 keys
	c := &d.p.cluster
	c.local, c.executors, c.cores, c.memory, c.most = false, 2+d.IntN(2), 1, table*int64(20+d.IntN(40))/10, 60000
	d.model.most = c.most
	rows := d.use("FromSlice", pairs, []int{1 + d.IntN(3), n, d.IntN(100)})
	merged := d.use([]string{"ReduceByKey", "FoldByKey"}[d.IntN(2)], pairs, []int{parts}, rows)
	dealt := d.use("Repartition", pairs, nil, merged)
	d.use("RDD.Persist", nothing, []int{2 + 2*d.IntN(2)}, dealt)
	d.use("RDD.Count", nothing, nil, dealt)
	more := d.use("Range", longs, []int{16, min(int(c.memory)/8*c.executors, c.most), 0})
	d.use("RDD.Cache", nothing, nil, more)
	d.use("RDD.Count", nothing, nil, more)
	d.use("RDD.Collect", nothing, nil, dealt)
}

// use adds a step with the verb of that name and kind, on some datasets.
func (d *drawing) use(name string, to kind, p []int, on ...int) (id int) {
	for _, v := range d.verbs {
		fits := v.name == name && v.to == to && len(v.from) == len(on)
		for i := range on {
			fits = fits && slices.Contains(d.kinds[v.from[i]], on[i])
		}
		if !fits {
			continue
		}
		if p == nil && v.draw != nil {
			p = v.draw(d.Rand, nil)
		}
		if d.take(step{id: len(d.p.steps), verb: v, in: on, p: p}) {
			return len(d.p.steps) - 1
		}
	}
	panic("no program can use " + name + " there")
}

func (v *verb) isMark() bool   { return v.to == nothing && v.mark }
func (v *verb) isAction() bool { return v.to == nothing && !v.mark }

// runs reports whether the verb runs jobs.
func (v *verb) runs() bool { return v.eager || v.isAction() }

func (d *drawing) cluster() cluster {
	c := cluster{
		local: d.IntN(8) == 0, executors: 1 + d.IntN(4), cores: []int{1, 2, 4}[d.IntN(3)], sequential: d.IntN(4) == 0,
		memory: []int64{0, 1 << 10, 32 << 10, 64 << 10, 128 << 10, 512 << 10, plenty, plenty}[d.IntN(8)], attempts: 1 + d.IntN(4),
		disk: d.IntN(12) == 0, most: 600, together: d.IntN(5) == 0, speculation: d.IntN(5) == 0,
	}
	if d.IntN(8) == 0 {
		c.exclusion = []time.Duration{time.Microsecond, time.Hour}[d.IntN(2)]
	}
	if d.IntN(6) == 0 {
		c.parallelism = 1 + d.IntN(5)
	}
	if d.IntN(4) == 0 {
		d.scale, c.most = 50+d.IntN(150), 15000
	}
	return c
}

// add adds a step with a verb of the kind wanted, if one is found that is allowed.
func (d *drawing) add(wanted func(*verb) bool) {
	var some []*verb
	for _, v := range d.verbs {
		if wanted(v) && !slices.ContainsFunc(v.from, func(k kind) bool { return len(d.kinds[k]) == 0 }) {
			some = append(some, v)
		}
	}
	const tries = 30
	for range tries {
		v := some[d.IntN(len(some))]
		if d.IntN(common) < cmp.Or(v.weight, usual) && d.try(v) {
			return
		}
	}
}

func (d *drawing) try(v *verb) bool {
	s := step{id: len(d.p.steps), verb: v}
	var in []known
	for _, k := range v.from {
		s.in = append(s.in, d.pick(d.kinds[k]))
		in = append(in, d.all[s.in[len(s.in)-1]])
	}
	if v.draw != nil {
		s.p = v.draw(d.Rand, in)
		if len(v.from) == 0 {
			s.p[1] *= d.scale // the rows of a source
		}
	}
	return d.take(s)
}

// take adds a step if the model allows it.
func (d *drawing) take(s step) bool {
	if err := d.model.take(s, d.all); err != nil {
		return false
	}
	if s.verb.to != nothing {
		d.kinds[s.verb.to] = append(d.kinds[s.verb.to], s.id)
	}
	d.p.steps = append(d.p.steps, s)
	return true
}

// pick prefers what was made last.
func (d *drawing) pick(ids []int) int {
	if d.IntN(2) == 0 {
		return ids[len(ids)-1]
	}
	return ids[d.IntN(len(ids))]
}

// faults strikes most of the steps that run jobs.
func (d *drawing) faults() {
	spared := d.p.cuts() && d.IntN(4) > 0 // what is lost behind a cut is lost for good
	for i, s := range d.p.steps {
		if !s.verb.runs() || d.IntN(3) == 0 {
			continue
		}
		for range 1 + d.IntN(3) {
			what := disaster(d.IntN(int(disasters)))
			if what == cancel && d.IntN(4) > 0 {
				what = fail
			}
			f := fault{what: what, moment: moment(d.IntN(3)), who: d.IntN(12), part: d.IntN(6)}
			switch f.moment {
			case atTask:
				f.at = 1 + d.IntN(1+d.IntN(14))
			case atRow:
				f.at = 1 + d.IntN(1+d.IntN(60))*d.scale
			}
			if f.moment == before && (f.what == fail || f.what == straggle || f.what == killOwn || f.what == cancel) {
				f.moment, f.at = atTask, 1
			}
			if spared && f.what <= loseBlock && f.what != revive {
				f.what = loseShuffle
			}
			d.p.steps[i].faults = append(d.p.steps[i].faults, f)
		}
	}
}
