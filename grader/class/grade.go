package class

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"runtime"
	"sync"

	"etincelle/grader/check"
	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/grader/runner"
)

// Options of a grading.
type Options struct {
	Labs   []string       // what to grade; all labs when empty
	Seed   uint64         // of the hidden cases; 0: a new one
	Jobs   int            // submissions at once; 0: one a core
	Limits *runner.Limits // nil: those of check
	// Done is called after each student, from one goroutine at a time; it may be nil.
	Done func(student string, done, of int)
}

// Grading is a graded class.
type Grading struct {
	Seed     uint64
	Labs     []*lab.Lab
	Students []Student // in order of name
}

// Student is one student of a class.
type Student struct {
	Name        string
	Submissions []Submission // one for each of the grading's labs
}

// Submission is the judgement of one student's file for one lab.
type Submission struct {
	Lab       *lab.Lab
	File      string // below the class's folder; "" when nothing was handed in
	SHA256    string // of the file
	Verdicts  []check.Verdict
	Said      []check.Detail // the compiler's words about what costs nothing
	Points    int
	Earned    int
	Failure   string // the grader's own: no mark
	Predicted Predicted
}

// Failed reports whether some submission has no mark because the grader failed.
func (g Grading) Failed() bool {
	for _, student := range g.Students {
		for _, s := range student.Submissions {
			if s.NoMark() {
				return true
			}
		}
	}
	return false
}

// NoMark reports whether the grader failed on the submission.
func (s Submission) NoMark() bool {
	for _, v := range s.Verdicts {
		if v.Kind == check.GraderError {
			return true
		}
	}
	return s.Failure != ""
}

// Grade judges every submission of a class on the hidden cases. Whatever one
// submission does, the others are judged; the error is about the grading as a
// whole: no such folder, no instructor's tree, a reference that does not run.
func Grade(ctx context.Context, root, dir string, o Options) (Grading, error) {
	class, err := os.OpenRoot(dir)
	if err != nil {
		return Grading{}, fmt.Errorf("open the class's folder: %w", err)
	}
	defer class.Close()
	names, err := students(class)
	if err != nil {
		return Grading{}, err
	}
	if len(names) == 0 {
		return Grading{}, fmt.Errorf("%s holds no submission: expected a folder a student, each with TP/exercises.go", dir)
	}
	g := Grading{Seed: o.Seed}
	if g.Seed == 0 {
		g.Seed = newSeed()
	}
	if len(o.Labs) == 0 {
		if o.Labs, err = lab.List(root); err != nil {
			return g, err
		}
	}
	var exams []exam
	for _, name := range o.Labs {
		l, err := lab.Find(root, name)
		if err != nil {
			return g, err
		}
		e, err := hiddenExam(ctx, l, g.Seed)
		if err != nil {
			return g, err
		}
		g.Labs, exams = append(g.Labs, l), append(exams, e)
	}
	limits := runner.DefaultLimits()
	if o.Limits != nil {
		limits = *o.Limits
	}
	g.Students = make([]Student, len(names))
	work := make(chan int)
	var workers sync.WaitGroup
	var telling sync.Mutex
	done := 0
	for range min(jobs(o.Jobs), len(names)) {
		workers.Go(func() {
			for i := range work {
				g.Students[i] = Student{Name: names[i]}
				for k, l := range g.Labs {
					g.Students[i].Submissions = append(g.Students[i].Submissions, submission(ctx, class, names[i], l, exams[k], limits))
				}
				telling.Lock()
				done++
				if o.Done != nil {
					o.Done(names[i], done, len(names))
				}
				telling.Unlock()
			}
		})
	}
	for i := range names {
		work <- i
	}
	close(work)
	workers.Wait()
	if ctx.Err() != nil {
		return g, fmt.Errorf("the grading was stopped: %w", context.Cause(ctx))
	}
	return g, nil
}

func jobs(asked int) int {
	if asked > 0 {
		return asked
	}
	return runtime.NumCPU()
}

func newSeed() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails, says its documentation
	return binary.LittleEndian.Uint64(b[:])
}

// submission judges one student's file for one lab.
func submission(ctx context.Context, class *os.Root, student string, l *lab.Lab, e exam, limits runner.Limits) (s Submission) {
	s.Lab = l
	defer func() {
		// A mistake of the grader's must not cost the other students their marks, nor
		// this one: a submission without a verdict says so.
		if r := recover(); r != nil {
			s.Verdicts, s.Earned, s.Failure = nil, 0, fmt.Sprint(r)
		}
	}()
	file, err := find(class, student, l)
	if err != nil {
		s.Failure = err.Error()
		return s
	}
	if s.Predicted, err = predicted(class, student, l); err != nil {
		s.Failure = err.Error()
		return s
	}
	s.File = file.path
	switch {
	case file.path == "":
		s.Verdicts, err = judgeNothing(l, e, &check.Finding{Key: check.NotHandedIn})
	case file.link:
		s.Verdicts, err = judgeNothing(l, e, &check.Finding{Key: check.Refused, More: []check.Detail{{Text: linkText}}})
	default:
		sum := sha256.Sum256(file.source)
		s.SHA256 = hex.EncodeToString(sum[:])
		s.Verdicts, s.Said, err = judge(ctx, l, file.source, e, limits)
	}
	if err != nil {
		s.Verdicts, s.Failure = nil, err.Error()
	}
	for _, g := range e.groups {
		s.Points += g.Points
	}
	for _, v := range s.Verdicts {
		s.Earned += v.Earned
	}
	return s
}

var linkText = message.Both(
	"exercises.go est un lien, ou n'est pas un fichier : rendez le fichier lui-même.",
	"exercises.go is a link, or no file: hand in the file itself.")
