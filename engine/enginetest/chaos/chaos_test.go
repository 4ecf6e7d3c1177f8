// Package chaos is the property that the engine's faults change no answer: random
// programs, in random sessions, while executors die, blocks and files are lost and
// tasks fail, bring what the same programs give on plain slices.
//
//	go test ./engine/enginetest/chaos                              20 programs
//	go test ./engine/enginetest/chaos -programs 1000 -seed 7 -v    many, and what they did
//	go test ./engine/enginetest/chaos -programs 1000 -run /^417$   one of them
//
// A program that fails is made smaller as long as it fails, and printed as a text
// that looks like Go, with the faults of each line in a comment.
package chaos

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

var (
	programs = flag.Int("programs", 20, "how many random programs to run")
	seed     = flag.Uint64("seed", 1, "where the programs come from")
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestFaultsChangeNoAnswer(t *testing.T) {
	verbs := catalogue()
	total := newReport()
	for i := range *programs {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			p := draw(verbs, *seed, uint64(i))
			out := run(p)
			total.add(p, out)
			if out.defect != "" {
				smaller, why := reduce(p, out.defect, func(p program) string { return run(p).defect })
				t.Fatalf("program %d of seed %d: %s\n\n%s\n%s", i, *seed, out.defect, smaller, why)
			}
			if t.Failed() { // a race, which the detector has told of
				t.Logf("program %d of seed %d:\n%s", i, *seed, p)
			}
		})
	}
	t.Log(total)
}

// catalogue is all the verbs.
func catalogue() []*verb {
	return slices.Concat(
		sources(), rowwise(), layout(), grouping(), sorts(), joins(), ofNumbers(), []*verb{sampleByKey()},
		every[int](), every[int64](), every[string](), every[[]int](), every[pair](), every[word](),
		every[group](), every[side](), every[half](), every[tally](),
		equals[int](), equals[int64](), equals[string](), equals[pair](), equals[word](),
		samples[int](), samples[string](), samples[word](),
		ofPairs[int](), ofPairs[string](),
		[]*verb{
			saved(func(n int) string { return fmt.Sprint(n) }), saved(func(s string) string { return s }),
			saved(func(p pair) string { return fmt.Sprintf("(%d,%d)", p.Key, p.Value) }),
		},
	)
}

// every is what datasets of any kind can do.
func every[T any]() []*verb {
	return slices.Concat(generic[T](), spread[T](), marks[T](), actions[T]())
}

// equals is what datasets can do whose rows can be compared.
func equals[T comparable]() []*verb { return append(sets[T](), distinctCounts[T]()) }

// The tests of the test: what a program is made of is drawn, and its model is sound.
func TestProgramsAreTheSameEachTime(t *testing.T) {
	for i := range uint64(50) {
		p := draw(catalogue(), 7, i)
		require.Equal(t, p.String(), draw(catalogue(), 7, i).String())
		_, err := p.answers()
		require.NoError(t, err, "%s", p)
	}
}

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
