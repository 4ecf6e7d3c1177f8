package class

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"etincelle/grader/check"
	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/grader/notebook"
)

// How each kind of answer must be judged, and the files that must agree.

// earnsNothing holds when no group is right.
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

// earnsAll holds when every exercise is right and has all its points.
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
// group and in a hidden one, with its own explanation in both.
func isExplained(source []byte, verdicts []check.Verdict) error {
	m := wantLine.FindSubmatch(source)
	if m == nil {
		return errors.New("the first line says not what is wanted: expected `// want: EXERCISE KEY`")
	}
	number, _ := strconv.Atoi(string(m[1]))
	judged := false
	for _, v := range verdicts {
		if v.Exercise != number {
			continue
		}
		judged = true
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
	if !judged {
		return fmt.Errorf("there is no exercise %d", number)
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
			hints, err := l.Hints(e.Number, lang)
			errs = append(errs, err)
			for i, hint := range hints {
				_, err := notebook.Fragment(fmt.Sprintf("hint %d of exercise %d", i+1, e.Number), hint)
				errs = append(errs, err)
			}
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

// wantedAgrees holds when what the properties want of a case, told from its inputs
// alone, is what the reference did.
func wantedAgrees(l *lab.Lab, e exam) error {
	properties, err := l.Properties()
	if err != nil {
		return err
	}
	var errs []error
	for i, g := range e.groups {
		told := properties[g.Property].Wanted
		if told == nil {
			continue
		}
		for k, c := range g.Cases {
			did := e.wants[i][k]
			want, asked := told(c)
			missing, extra := check.Difference(did.Rows, want.Rows)
			if !asked || len(missing)+len(extra) > 0 || want.Shuffles != did.Shuffles || want.Shuffled != did.Shuffled ||
				want.Partitions > 0 && want.Partitions != did.Partitions {
				want.Rows, did.Rows = nil, nil
				errs = append(errs, fmt.Errorf("%s, %s, case %q: the property wants %+v (asked: %t), the reference did %+v; %d rows are missing, %d too many",
					g.Function, g.Property, c.Name, want, asked, did, len(missing), len(extra)))
			}
		}
	}
	return errors.Join(errs...)
}

// alike holds when two files are the same, byte for byte.
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

// signatures holds when starter and solution declare the same functions.
func signatures(l *lab.Lab) error {
	solution, err := os.ReadFile(solutionPath(l, "exercises.go"))
	if err != nil {
		return err
	}
	return lab.SameSignatures(l.Starter, solution)
}

// upToDate holds when the public cases want what the solutions answer.
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
