package watch

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"go.uber.org/goleak"

	"etincelle/grader/build"
	"etincelle/grader/check"
	"etincelle/grader/class"
	"etincelle/grader/lab"
	"etincelle/grader/message"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var course = &lab.Lab{
	Short: "tp02", Name: "tp02-partitionnement", Title: message.Both("Partitionnement et brassage", "Partitioning and shuffling"),
	Exercises: []lab.Exercise{
		{Number: 1, Title: message.Both("Réunir ou redistribuer", "Merge or deal out"), Functions: []string{"Shrink", "Balance"}, Section: "coalesce"},
		{Number: 2, Title: message.Both("Combiner avant de brasser", "Combine before shuffling"), Functions: []string{"DelayByCarrier"}, Section: "combineur"},
		{Number: 3, Title: message.Both("Garder le partitionneur", "Keep the partitioner"), Functions: []string{"DistancesWithNames"}, Section: "partitionneur"},
	},
}

// judged are verdicts of exercises: r(ight), w(rong), u(nfinished).
func judged(kinds map[int]rune) class.Checked {
	c := class.Checked{Lab: course}
	for _, e := range course.Exercises {
		var groups []check.GroupResult
		for _, name := range e.Functions {
			g := check.GroupResult{Function: name, Property: check.Property{Title: message.Both("La propriété", "The property")}}
			switch kinds[e.Number] {
			case 'r':
				g.Right = true
			case 'w':
				g.Findings = []check.Finding{{Key: check.WrongPartitions, Facts: message.Facts{"got": 3, "wanted": 2}}}
				g.Case = &check.Case{}
			case 'u':
				g.Findings = []check.Finding{{Key: check.NotDone, Facts: message.Facts{"function": name}}}
			default:
				continue
			}
			groups = append(groups, g)
		}
		if len(groups) > 0 {
			c.Verdicts = append(c.Verdicts, check.Conclude(e.Number, groups))
		}
	}
	return c
}

func numbers(exercises []lab.Exercise) []int {
	var all []int
	for _, e := range exercises {
		all = append(all, e.Number)
	}
	return all
}

var start = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

func TestFirstAllThenTheOneThatIsShown(t *testing.T) {
	s := begin(course, lab.Progress{}, Options{})
	assert.Equal(t, 0, s.at)
	assert.Equal(t, []int{1, 2, 3}, numbers(s.saved([]byte("one"), start)), "to know where the student is")
	s.told(judged(map[int]rune{1: 'r', 2: 'w', 3: 'u'}), start.Add(400*time.Millisecond))
	assert.Equal(t, 1, s.at, "the first that is not right")
	assert.Equal(t, 400*time.Millisecond, s.took)
	assert.Empty(t, s.judged(judged(map[int]rune{1: 'r', 2: 'w', 3: 'u'})))
	assert.Equal(t, 1, s.done())

	assert.Equal(t, []int{2}, numbers(s.saved([]byte("two"), start)))
	s.told(judged(map[int]rune{2: 'r'}), start)
	assert.Equal(t, 1, s.at, "what has just become right stays in sight")
	assert.Equal(t, []int{1, 3}, numbers(s.judged(judged(map[int]rune{2: 'r'}))), "the same save may have changed the others")
	assert.Empty(t, s.judged(judged(map[int]rune{1: 'w', 3: 'u'})))
	assert.Equal(t, 1, s.done())
	assert.Equal(t, 2, s.next(2))
	assert.Equal(t, 0, s.next(3), "around the end")
}

func TestTheChosenExerciseStays(t *testing.T) {
	s := begin(course, lab.Progress{}, Options{Exercise: 3})
	assert.Equal(t, 2, s.at)
	s.saved([]byte("x"), start)
	s.told(judged(map[int]rune{1: 'w', 2: 'w', 3: 'r'}), start)
	assert.Equal(t, 2, s.at)
	assert.True(t, s.show(0), "another one has to be judged")
	assert.False(t, s.show(0), "the same one has not")
	s.show(9)
	assert.Equal(t, 2, s.at)
}

func TestProgressIsWhereItBegins(t *testing.T) {
	p := lab.Progress{Labs: map[string]map[int]lab.State{course.Name: {1: {Kind: check.Right}, 2: {Kind: check.Wrong}}}}
	s := begin(course, p, Options{})
	assert.Equal(t, 1, s.at)
	assert.Equal(t, 1, s.done())
}

func TestPhases(t *testing.T) {
	s := begin(course, lab.Progress{}, Options{})
	assert.Equal(t, warming, s.phase)
	s.warm(build.Progress{Done: 3, Total: 9})
	assert.Equal(t, warming, s.phase)
	s.begun()
	assert.Equal(t, checking, s.phase)
	s.told(judged(map[int]rune{1: 'w'}), start)
	assert.Equal(t, looking, s.phase)
	s.judged(judged(map[int]rune{1: 'w'}))
	assert.Equal(t, waiting, s.phase)
}
