package class

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"etincelle/grader/check"
	"etincelle/grader/lab"
)

// Beside the hidden cases lie the answers that they are tried on. Such a file
// holds what it is about and no more: a wrong answer is judged in the exercise
// that its first line names, the others in those that they have functions of.

// answer is a source that is tried, and how it must be judged.
type answer struct {
	name      string
	source    []byte
	exercises []lab.Exercise
	judge     func(source []byte, verdicts []check.Verdict) error
}

// kinds of answers: the folder, and how many of them each exercise has at least.
var kinds = []struct {
	name  string
	least int
	judge func([]byte, []check.Verdict) error
}{{"stub", 1, earnsNothing}, {"right", 2, earnsAll}, {"wrong", 3, isExplained}}

// beside are the answers of a TP. The error says what an exercise lacks.
func beside(l *lab.Lab) (all []answer, lacking, err error) {
	have := map[string]int{}
	for _, kind := range kinds {
		files, err := filepath.Glob(filepath.Join(l.Root, "grader", "hidden", l.Harness, kind.name, "*.go.txt"))
		if err != nil {
			return nil, nil, err
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				return nil, nil, err
			}
			a := answer{kind.name + "/" + strings.TrimSuffix(filepath.Base(file), ".go.txt"), source, about(l, source), kind.judge}
			for _, e := range a.exercises {
				have[fmt.Sprintf("%d %s", e.Number, kind.name)]++
			}
			all = append(all, a)
		}
	}
	for _, e := range l.Exercises {
		for _, kind := range kinds {
			if n := have[fmt.Sprintf("%d %s", e.Number, kind.name)]; n < kind.least && lacking == nil {
				lacking = fmt.Errorf("exercise %d: found %d answers in grader/hidden/%s/%s, expected %d at least", e.Number, n, l.Harness, kind.name, kind.least)
			}
		}
	}
	return all, lacking, nil
}

var topFunction = regexp.MustCompile(`(?m)^func (\w+)\(`)

// about are the exercises that an answer is judged in.
func about(l *lab.Lab, source []byte) []lab.Exercise {
	named := wantLine.FindSubmatch(source)
	declared := map[string]bool{}
	for _, m := range topFunction.FindAllSubmatch(source, -1) {
		declared[string(m[1])] = true
	}
	return slices.DeleteFunc(slices.Clone(l.Exercises), func(e lab.Exercise) bool {
		if named != nil {
			return strconv.Itoa(e.Number) != string(named[1])
		}
		return !slices.ContainsFunc(e.Functions, func(name string) bool { return declared[name] })
	})
}

// sampled leaves some wrong answers and some stubs out when the scope says so.
func sampled(all []answer, scope Scope) []answer {
	if scope.Wrong == 0 {
		return all
	}
	random := rand.New(rand.NewPCG(scope.Seed, 0))
	all = slices.Clone(all)
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	tried := map[string]int{}
	return slices.DeleteFunc(all, func(a answer) bool {
		kind, _, _ := strings.Cut(a.name, "/")
		if kind != "wrong" && kind != "stub" || len(a.exercises) == 0 {
			return false
		}
		of := fmt.Sprintf("%s of exercise %d", kind, a.exercises[0].Number) // a stub's first exercise is its TP's
		tried[of]++
		return tried[of] > scope.Wrong
	})
}
