// Package report says how a case of the oracle went, whatever its kind, so that
// a person sees at once which step fell short and where.
package report

import (
	"fmt"
	"io"
	"strings"
)

// Verdict is how one case went: passed, skipped or failed.
type Verdict struct {
	Case    string // its name
	About   string // what it shows
	Skipped string // the operation that is not built yet, "" when all are
	Broken  string // why the case cannot be run at all, "" when it can
	Faults  []Fault
}

// Fault is one thing of a case that is not as it should be.
type Fault struct {
	Step  string // "step 2: b.partitions()"
	Field string // "result", "jobs", …
	Difference
}

// Failed reports whether the case fell short.
func (v Verdict) Failed() bool { return v.Broken != "" || v.Skipped == "" && len(v.Faults) > 0 }

// Write prints a case that fell short, or was skipped.
func (v Verdict) Write(w io.Writer) {
	if v.Skipped != "" {
		fmt.Fprintf(w, "SKIP %s: %s is not built yet\n", v.Case, v.Skipped)
		return
	}
	if !v.Failed() {
		fmt.Fprintf(w, "pass %s\n", v.Case)
		return
	}
	if v.Broken != "" {
		fmt.Fprintf(w, "FAIL %s cannot be run: %s\n", v.Case, v.Broken)
		return
	}
	fmt.Fprintf(w, "FAIL %s: %s\n", v.Case, v.About)
	step := ""
	for _, f := range v.Faults {
		if f.Step != step {
			step = f.Step
			fmt.Fprintf(w, "  %s\n", step)
		}
		fmt.Fprintf(w, "    %s%s\n", f.Field, f.Path)
		for _, line := range f.Lines() {
			fmt.Fprintf(w, "      %s\n", strings.TrimRight(line, " "))
		}
	}
}

// Count is the last line of a run.
type Count struct{ Passed, Failed, Skipped int }

// Add counts v.
func (c *Count) Add(v Verdict) {
	switch {
	case v.Skipped != "":
		c.Skipped++
	case v.Failed():
		c.Failed++
	default:
		c.Passed++
	}
}

// String is "182 passed, 0 failed, 0 skipped".
func (c Count) String() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", c.Passed, c.Failed, c.Skipped)
}
