package class

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"etincelle/grader/check"
	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/grader/runner"
)

// Selftest is the authors' own check of the course: what is handed out earns
// nothing, what solves it earns everything, known mistakes are explained, other
// styles are accepted, hints are there, and files that must agree do.

// Trial is one thing that was tried.
type Trial struct {
	Lab  string
	Name string
	Err  error // nil when it held
}

// Selftest makes every trial of every lab and tells of each as it ends. It
// reports whether all held; its error is that nothing could be tried at all.
func Selftest(ctx context.Context, root string, seed uint64, tell func(Trial)) (bool, error) {
	names, err := lab.List(root)
	if err != nil {
		return false, err
	}
	if len(names) == 0 {
		return false, fmt.Errorf("no lab was found in %s", filepath.Join(root, "labs"))
	}
	if seed == 0 {
		seed = newSeed()
	}
	held := true
	var telling sync.Mutex
	for _, name := range names {
		report := func(trial string, err error) {
			telling.Lock()
			defer telling.Unlock()
			held = held && err == nil
			tell(Trial{Lab: name, Name: trial, Err: err})
		}
		l, err := lab.Find(root, name)
		if err != nil {
			report("the lab's files", err)
			continue
		}
		for _, t := range fileTrials(ctx, l) {
			report(t.Name, t.Err)
		}
		if err := answerTrials(ctx, l, seed, report); err != nil {
			report(fmt.Sprintf("the exam (seed %d)", seed), err)
		}
	}
	return held, ctx.Err()
}

// answerTrials tries every answer that stands beside the hidden cases, and what
// is handed out, and the solution, on all cases.
func answerTrials(ctx context.Context, l *lab.Lab, seed uint64, report func(string, error)) error {
	e, err := wholeExam(ctx, l, seed)
	if err != nil {
		return err
	}
	solution, err := os.ReadFile(solutionPath(l, "exercises.go"))
	if err != nil {
		return err
	}
	type trial struct {
		name   string
		source []byte
		judge  func(source []byte, verdicts []check.Verdict) error
	}
	trials := []trial{{"starter", l.Starter, earnsNothing}, {"solution", solution, earnsAll}}
	for kind, judge := range map[string]func([]byte, []check.Verdict) error{"stub": earnsNothing, "right": earnsAll, "wrong": isExplained} {
		files, err := filepath.Glob(filepath.Join(l.Root, "grader", "hidden", l.Harness, kind, "*.go.txt"))
		if err != nil {
			return err
		}
		if len(files) == 0 {
			report(kind, fmt.Errorf("no answer stands in grader/hidden/%s/%s", l.Harness, kind))
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			trials = append(trials, trial{kind + "/" + strings.TrimSuffix(filepath.Base(file), ".go.txt"), source, judge})
		}
	}
	slices.SortFunc(trials, func(a, b trial) int { return strings.Compare(a.name, b.name) })
	work := make(chan trial)
	var workers sync.WaitGroup
	for range jobs(0) {
		workers.Go(func() {
			for t := range work {
				verdicts, _, err := judge(ctx, l, t.source, e, runner.DefaultLimits())
				if err == nil {
					err = t.judge(t.source, verdicts)
				}
				report(t.name, err)
			}
		})
	}
	for _, t := range trials {
		work <- t
	}
	close(work)
	workers.Wait()
	return nil
}

// wholeExam is the public groups and the hidden ones.
func wholeExam(ctx context.Context, l *lab.Lab, seed uint64) (exam, error) {
	e, err := hiddenExam(ctx, l, seed)
	if err != nil {
		return e, err
	}
	public, err := l.Public()
	if err != nil {
		return e, err
	}
	wants, err := stated(l, public)
	if err != nil {
		return e, err
	}
	return exam{append(public, e.groups...), append(wants, e.wants...)}, nil
}

func earnsNothing(_ []byte, verdicts []check.Verdict) error {
	for _, v := range verdicts {
		for _, g := range v.Groups {
			if g.Right {
				return fmt.Errorf("%s, which does nothing, has the group right: %s %s", g.Function, g.Property.Title.English, g.About.English)
			}
		}
	}
	return nil
}

func earnsAll(_ []byte, verdicts []check.Verdict) error {
	var faults []error
	for _, v := range verdicts {
		if v.Kind != check.Right || v.Earned != v.Points || v.Points == 0 {
			faults = append(faults, fmt.Errorf("exercise %d: %s, %d of %d points: %s", v.Exercise, v.Kind, v.Earned, v.Points, found(v)))
		}
	}
	return errors.Join(faults...)
}

// found is what was found in an exercise, for authors.
func found(v check.Verdict) string {
	var parts []string
	for _, g := range v.Groups {
		for _, f := range g.Findings {
			parts = append(parts, fmt.Sprintf("%s: %s: %s", g.Function, f.Key, f.Text(message.English)))
		}
	}
	return strings.Join(parts, "; ")
}

// wanted line of a wrong answer: the exercise and the explanation it must get.
var wantLine = regexp.MustCompile(`^// want: (\d+) (\w+)\n`)

// isExplained holds when the answer falls short in its exercise, in a public
// group and in a hidden one, with its own explanation in both. The other
// exercises of such a file are as they were handed out.
func isExplained(source []byte, verdicts []check.Verdict) error {
	m := wantLine.FindSubmatch(source)
	if m == nil {
		return errors.New("the first line says not what is wanted: expected `// want: EXERCISE KEY`")
	}
	number, _ := strconv.Atoi(string(m[1]))
	for _, v := range verdicts {
		if v.Exercise != number {
			if v.Kind != check.Unfinished || v.Earned != 0 {
				return fmt.Errorf("exercise %d is not done and was judged %s, %d points", v.Exercise, v.Kind, v.Earned)
			}
			continue
		}
		public, hidden := false, false
		for _, g := range v.Groups {
			for _, f := range g.Findings {
				public = public || g.Points == 0 && f.Key == check.Key(m[2])
				hidden = hidden || g.Points > 0 && f.Key == check.Key(m[2])
			}
		}
		if !public || !hidden || v.Earned >= v.Points {
			return fmt.Errorf("exercise %d: wanted %s, in a public case (%t) and in a hidden one (%t); found %d of %d points: %s",
				number, m[2], public, hidden, v.Earned, v.Points, found(v))
		}
	}
	return nil
}

func solutionPath(l *lab.Lab, file string) string {
	return filepath.Join(l.Root, "solutions", l.Name, file)
}

// fileTrials hold the lab's files against each other.
func fileTrials(ctx context.Context, l *lab.Lab) []Trial {
	trial := func(name string, err error) Trial { return Trial{l.Name, name, err} }
	var trials []Trial
	for _, lang := range []message.Language{message.French, message.English} {
		var errs []error
		for _, e := range l.Exercises {
			_, err := l.Hints(e.Number, lang)
			errs = append(errs, err)
		}
		trials = append(trials, trial("hints in "+string(lang), errors.Join(errs...)), trial("notebook in "+string(lang), sections(l, lang)))
	}
	return append(trials,
		trial("exercises.go is the starter", alike(l.Path("exercises.go"), l.Path("starter.go.txt"))),
		trial("labs and solutions have the same tests", alike(l.Path("exercises_test.go"), solutionPath(l, "exercises_test.go"))),
		trial("labs and solutions have the same signatures", signatures(l)),
		trial("cases.json is what the solutions answer", upToDate(ctx, l)),
	)
}

func alike(a, b string) error {
	first, err := os.ReadFile(a)
	if err != nil {
		return err
	}
	second, err := os.ReadFile(b)
	if err == nil && !bytes.Equal(first, second) {
		err = fmt.Errorf("%s and %s differ: copy the one that is right over the other", a, b)
	}
	return err
}

func signatures(l *lab.Lab) error {
	solution, err := os.ReadFile(solutionPath(l, "exercises.go"))
	if err != nil {
		return err
	}
	return lab.SameSignatures(l.Starter, solution)
}

func upToDate(ctx context.Context, l *lab.Lab) error {
	fresh, err := Rewritten(ctx, l)
	if err != nil {
		return err
	}
	file, err := os.ReadFile(l.Path("cases.json"))
	if err == nil && !bytes.Equal(file, fresh) {
		err = fmt.Errorf("%s does not say what the solutions answer: run `go run . selftest --rewrite` and read the difference", l.Path("cases.json"))
	}
	return err
}

// sections looks for the headings that the exercises point at.
func sections(l *lab.Lab, lang message.Language) error {
	file := l.Path("notebook." + string(lang) + ".md")
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range l.Exercises {
		if !strings.Contains(string(text), "{#"+e.Section+"}") {
			errs = append(errs, fmt.Errorf("%s: found no heading {#%s}, which exercise %d points at", file, e.Section, e.Number))
		}
	}
	return errors.Join(errs...)
}
