package notebook

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing an author must mend.
type Problem struct {
	File     string
	Line     int
	Found    string
	Expected string
	Next     string // what to do about it
}

func (p Problem) String() string {
	return fmt.Sprintf("%s:%d: found %s, expected %s: %s", p.File, p.Line, p.Found, p.Expected, p.Next)
}

// Problems is the error of a notebook that cannot be read: all of them at once.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}

// sort puts problems in the order of the file.
func (p Problems) sort() {
	slices.SortStableFunc(p, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
}
