package chaos

import (
	"fmt"
	"slices"
)

// reducing makes a program that fails smaller as long as it fails. Tasks run at
// once, so a program may fail in some runs only: each try is of several runs.
type reducing struct {
	fails func(program) string // one run: what is wrong, "" when nothing is
	runs  int                  // for each try
	left  int                  // runs that may still be made
	p     program
	why   string
}

const (
	trials   = 10   // runs that find out how often a program fails
	mostRuns = 4000 // in all
)

// reduce returns a smaller program and what is wrong with it.
func reduce(p program, why string, fails func(program) string) (program, string) {
	r := &reducing{fails: fails, left: mostRuns, p: p, why: why}
	failed := 0
	for range trials {
		if fails(p) != "" {
			failed++
		}
	}
	if failed == 0 {
		return p, why + fmt.Sprintf("\n(it did not fail again in %d runs)", trials)
	}
	r.runs = min((3*trials+failed-1)/failed, 3*trials)
	if failed == trials {
		r.runs = 1
	}
	for again := true; again; {
		again = r.fewerSteps()
		again = r.fewerFaults() || again
		again = r.simplerCluster() || again
		again = r.fewerRows() || again
	}
	return r.p, r.why
}

// take makes a candidate the program if it still fails.
func (r *reducing) take(p program) bool {
	if _, err := p.answers(); err != nil {
		return false
	}
	for range r.runs {
		if r.left--; r.left < 0 {
			return false
		}
		if why := r.fails(p); why != "" {
			r.p, r.why = p, why
			return true
		}
	}
	return false
}

// fewerSteps drops steps, last ones first: half of them, then one at a time.
func (r *reducing) fewerSteps() (less bool) {
	for n := len(r.p.steps) / 2; n > 0; n /= 2 {
		less = r.take(r.p.with(r.p.steps[:len(r.p.steps)-n])) || less
	}
	for i := len(r.p.steps) - 1; i >= 0; i-- {
		if i >= len(r.p.steps) {
			continue // others went along with one
		}
		for _, p := range r.p.without(i) {
			if r.take(p) {
				less = true
				break
			}
		}
	}
	return less
}

func (p program) with(steps []step) program {
	p.steps = steps
	return p
}

// without is the program without step i: what used its dataset uses another, or
// goes with it.
func (p program) without(i int) (all []program) {
	gone := p.steps[i]
	rest := slices.Delete(slices.Clone(p.steps), i, i+1)
	if gone.verb.to == nothing {
		return []program{p.with(rest)}
	}
	for _, s := range slices.Backward(rest[:i]) {
		if s.verb.to != gone.verb.to {
			continue
		}
		instead := slices.Clone(rest)
		for j := i; j < len(instead); j++ {
			instead[j].in = slices.Clone(instead[j].in)
			for k, id := range instead[j].in {
				if id == gone.id {
					instead[j].in[k] = s.id
				}
			}
		}
		all = append(all, p.with(instead))
	}
	dropped := map[int]bool{gone.id: true}
	return append(all, p.with(slices.DeleteFunc(rest, func(s step) bool {
		if slices.ContainsFunc(s.in, func(id int) bool { return dropped[id] }) {
			dropped[s.id] = true
		}
		return dropped[s.id]
	})))
}

func (r *reducing) fewerFaults() (less bool) {
	for i := range r.p.steps {
		for f := len(r.p.steps[i].faults) - 1; f >= 0; f-- {
			steps := slices.Clone(r.p.steps)
			steps[i].faults = slices.Delete(slices.Clone(steps[i].faults), f, f+1)
			less = r.take(r.p.with(steps)) || less
		}
	}
	return less
}

// simplerCluster tries the plainest session, one thing at a time.
func (r *reducing) simplerCluster() (less bool) {
	for _, simpler := range []func(*cluster){
		func(c *cluster) { c.sequential = true },
		func(c *cluster) { c.disk = false },
		func(c *cluster) { c.memory = plenty },
		func(c *cluster) { c.parallelism = 0 },
		func(c *cluster) { c.cores = 1 },
		func(c *cluster) { c.local, c.executors = false, 1 },
		func(c *cluster) { c.local, c.executors = false, 2 },
		func(c *cluster) { c.attempts = 4 },
		func(c *cluster) { c.together = false },
		func(c *cluster) { c.speculation = false },
		func(c *cluster) { c.exclusion = 0 },
	} {
		p := r.p
		simpler(&p.cluster)
		if p.cluster != r.p.cluster && p.cluster.cost() < r.p.cluster.cost() {
			less = r.take(p) || less
		}
	}
	return less
}

// cost is how far a session is from the plainest one.
func (c cluster) cost() (n int) {
	for _, odd := range []bool{!c.sequential, c.disk, c.memory != plenty, c.parallelism != 0, c.cores > 1, c.local, c.attempts != 4, c.together, c.speculation, c.exclusion > 0} {
		if odd {
			n += 10
		}
	}
	return n + c.executors
}

// fewerRows halves the sources.
func (r *reducing) fewerRows() (less bool) {
	for i, s := range r.p.steps {
		if len(s.verb.from) > 0 || len(s.p) < 2 {
			continue
		}
		for _, param := range []int{0, 1} { // partitions, rows
			for s = r.p.steps[i]; s.p[param] > 1-param; s = r.p.steps[i] {
				steps := slices.Clone(r.p.steps)
				steps[i].p = slices.Clone(s.p)
				steps[i].p[param] = max(s.p[param]/2, 1-param)
				if !r.take(r.p.with(steps)) {
					break
				}
				less = true
			}
		}
	}
	return less
}
