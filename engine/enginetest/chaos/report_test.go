package chaos

import (
	"fmt"
	"maps"
	"slices"
)

// report is what a test's programs did.
type report struct {
	programs, steps, refused, jobs int
	fired                          [disasters]int
	used                           map[string]int
	facts                          facts
	refusals                       map[string]int
}

func newReport() *report { return &report{used: map[string]int{}, refusals: map[string]int{}} }

func (r *report) add(p program, out outcome) {
	r.programs++
	r.steps += len(p.steps)
	r.jobs += out.counters.Jobs
	for _, s := range p.steps {
		r.used[s.verb.name]++
	}
	for what, n := range out.fired {
		r.fired[what] += n
	}
	r.refused += len(out.refused)
	for _, why := range out.refused {
		r.refusals[why]++
	}
	r.facts.add(out.facts)
}

// faults is how many faults happened.
func (r *report) faults() (n int) {
	for _, times := range r.fired {
		n += times
	}
	return n
}

func (f *facts) add(more facts) {
	f.tasks += more.tasks
	f.fetchFailures += more.fetchFailures
	f.killed += more.killed
	f.failed += more.failed
	f.rerun += more.rerun
	f.spilled += more.spilled
	f.evicted += more.evicted
	f.lost += more.lost
	f.recomputed += more.recomputed
	f.hits += more.hits
	f.copies += more.copies
	f.excluded += more.excluded
}

func (r *report) String() string {
	text := fmt.Sprintf("%v\n%d programs of %d steps, %d jobs, %d of them refused as by Spark\n%+v\n", r.refusals, r.programs, r.steps, r.jobs, r.refused, r.facts)
	for what, n := range r.fired {
		text += fmt.Sprintf("%6d × %s\n", n, disaster(what))
	}
	for _, name := range slices.Sorted(maps.Keys(r.used)) {
		text += fmt.Sprintf("%6d × %s\n", r.used[name], name)
	}
	return text
}
