package notebook

import (
	"errors"
	"fmt"
	"strings"
)

// A cell must print what its output fence says, to the letter, and nothing when
// it has none. A difference is shown with a few lines around its beginning, for
// an author to tell a wrong cell from an old output.

const (
	linesBefore = 3   // lines shown before the first difference
	linesAfter  = 8   // and from it on
	longestLine = 160 // runes shown of a line
)

// Difference is a cell that does not keep what the notebook says of it.
type Difference struct {
	File string
	Line int // of the output's line where they part, or of the failure
	Cell string
	Text string // several lines
}

func (d Difference) String() string {
	return fmt.Sprintf("%s:%d: cell %s: %s", d.File, d.Line, d.Cell, d.Text)
}

// Check holds what the cells printed against their output fences.
func Check(n *Notebook, results []CellResult) []Difference {
	var found []Difference
	for _, result := range results {
		cell := result.Cell
		difference := Difference{File: n.Path, Line: cell.Line, Cell: cell.Name}
		if result.Err != nil {
			difference.Text = result.Err.Error()
			if failure := (*Failure)(nil); errors.As(result.Err, &failure) {
				difference.Line, difference.Text = failure.Line, failure.Message
			}
			difference.Text += printedBefore(result.Output)
			found = append(found, difference)
			continue
		}
		wanted := ""
		if cell.Output != nil {
			wanted = cell.Output.Text
		}
		at, text := compare(wanted, result.Output)
		if text == "" {
			continue
		}
		if cell.Output != nil {
			difference.Line = cell.Output.Line + 1 + at
		}
		difference.Text = text
		found = append(found, difference)
	}
	return found
}

// printedBefore is the end of what a failing cell printed.
func printedBefore(output string) string {
	if output == "" {
		return ""
	}
	text := "\nit had printed, at the end:"
	all := lines(output)
	for _, line := range all[max(0, len(all)-linesAfter):] {
		text += "\n    " + shown(line, false)
	}
	return text
}

// compare is the index of the first line where two texts part, and both of them
// from near there on; "" when they are equal.
func compare(wanted, got string) (at int, text string) {
	if wanted == got {
		return 0, ""
	}
	a, b := lines(wanted), lines(got)
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	head := fmt.Sprintf("the output is another from its line %d on", at+1)
	switch {
	case wanted == "":
		head = "it prints, and no output is written under it"
	case got == "":
		head = "it prints nothing"
	}
	// Lines that look alike differ in blanks, which quotes show.
	quote := at < min(len(a), len(b)) && strings.Join(strings.Fields(a[at]), " ") == strings.Join(strings.Fields(b[at]), " ")
	return at, head + "\nwanted:\n" + excerpt(a, at, quote) + "got:\n" + excerpt(b, at, quote) +
		"correct the cell, or rewrite the outputs if the new one is right"
}

// lines splits a text; the empty text has none.
func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// excerpt shows the lines around the one at the index, which it marks.
func excerpt(lines []string, at int, quote bool) string {
	var text strings.Builder
	first, last := max(0, at-linesBefore), min(len(lines), at+linesAfter)
	if first > 0 {
		fmt.Fprintf(&text, "    … %d lines\n", first)
	}
	for i := first; i < last; i++ {
		sign := "  "
		if i == at {
			sign = "> "
		}
		fmt.Fprintf(&text, "  %s%s\n", sign, shown(lines[i], quote))
	}
	switch {
	case last < len(lines):
		fmt.Fprintf(&text, "    … %d lines\n", len(lines)-last)
	case at >= len(lines):
		text.WriteString("  > (nothing)\n")
	}
	return text.String()
}

// shown is a line as a terminal may show it.
func shown(line string, quote bool) string {
	if quote {
		return fmt.Sprintf("%q", line)
	}
	line = clean(line)
	if runes := []rune(line); len(runes) > longestLine {
		return string(runes[:longestLine]) + "…"
	}
	return line
}
