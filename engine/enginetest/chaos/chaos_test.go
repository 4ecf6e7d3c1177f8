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
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
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
	if total.programs >= 20 { // and not one of them alone
		assert.GreaterOrEqual(t, total.faults(), *programs, "so few faults try nothing")
		assert.LessOrEqual(t, 10*total.refused, total.jobs, "of so many refused jobs nothing was seen")
	}
}

// catalogue is all the verbs. The compiler makes each again for each kind of row, so
// the heavier ones are for some kinds only.
func catalogue() []*verb {
	return slices.Concat(
		sources(), rowwise(), layout(), grouping(), sorts(), joins(), ofNumbers(), []*verb{sampleByKey()},
		every[int](), every[int64](), every[string](), every[[]int](), every[pair](), every[word](),
		every[group](), every[side](), every[half](), every[tally](),
		dealt[int](), dealt[string](), dealt[pair](), dealt[group](), dealt[tally](),
		merging[int](), merging[word](), merging[group](), trees[int](), trees[tally](),
		equals[int](), equals[string](), equals[pair](),
		samples[int](), samples[word](), ofPairs[int](), ofPairs[string](),
		[]*verb{
			saved(func(n int) string { return fmt.Sprint(n) }), saved(func(s string) string { return s }),
			saved(func(p pair) string { return fmt.Sprintf("(%d,%d)", p.Key, p.Value) }),
		},
	)
}

// every is what datasets of any kind can do.
func every[T any]() []*verb {
	return slices.Concat(generic[T](), joined[T](), marks[T](), actions[T]())
}

// equals is what datasets can do whose rows can be compared.
func equals[T comparable]() []*verb { return append(sets[T](), distinctCounts[T]()) }
