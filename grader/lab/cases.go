package lab

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/protocol"
)

// cases.json holds the public cases as fixed data. What is wanted was computed
// by the solutions; `selftest --rewrite` computes it again, and selftest says
// when the file and the solutions disagree.

const casesVersion = 1

type casesFile struct {
	Version int         `json:"version"`
	Groups  []groupSpec `json:"groups"`
}

type groupSpec struct {
	Exercise int        `json:"exercise"`
	Function string     `json:"function"`
	Property string     `json:"property"`
	Cases    []caseSpec `json:"cases"`
}

type caseSpec struct {
	Name    string           `json:"name"`
	Session protocol.Session `json:"session"`
	Params  map[string]int   `json:"params,omitempty"`
	Sources []source         `json:"sources"`
	Want    *check.Want      `json:"want,omitempty"`
}

func (l *Lab) cases() (casesFile, error) {
	var file casesFile
	data, err := os.ReadFile(l.Path("cases.json"))
	if err != nil {
		return file, fmt.Errorf("read the public cases of %s: %w", l.Short, err)
	}
	if err := strictly(data, &file); err != nil {
		return file, fmt.Errorf("%s: %w", l.Path("cases.json"), err)
	}
	if file.Version != casesVersion {
		return file, fmt.Errorf("%s: found version %d, expected %d: take cases.json and the tool from the same release", l.Path("cases.json"), file.Version, casesVersion)
	}
	return file, nil
}

// Public is the groups of public cases, with their inputs and what is wanted.
func (l *Lab) Public() ([]check.Group, error) {
	file, err := l.cases()
	if err != nil {
		return nil, err
	}
	from := l.reader()
	var groups []check.Group
	for _, spec := range file.Groups {
		g := check.Group{Exercise: spec.Exercise, Function: spec.Function, Property: spec.Property}
		for _, c := range spec.Cases {
			read, err := Run{Function: c.Name, Session: c.Session, Params: c.Params, Sources: c.Sources}.read(from)
			if err != nil {
				return nil, fmt.Errorf("%s, case %q of %s: %w", l.Path("cases.json"), c.Name, spec.Function, err)
			}
			if c.Want != nil {
				want := *c.Want
				if want.RowsOf != "" {
					want.Rows = check.Flat(read.Source(want.RowsOf).Partitions)
				}
				read.Want = &want
			}
			g.Cases = append(g.Cases, read)
		}
		groups = append(groups, g)
	}
	return groups, nil
}

// Rewritten is cases.json with what the reference did as what is wanted.
// outcomes are those of the groups' cases, in order.
func (l *Lab) Rewritten(outcomes [][]evidence.Outcome) ([]byte, error) {
	file, err := l.cases()
	if err != nil {
		return nil, err
	}
	groups, err := l.Public()
	if err != nil {
		return nil, err
	}
	for i := range file.Groups {
		for k := range file.Groups[i].Cases {
			want := check.WantFrom(outcomes[i][k])
			for _, s := range groups[i].Cases[k].Sources {
				if missing, extra := check.Difference(check.Flat(s.Partitions), want.Rows); len(missing)+len(extra) == 0 {
					want.RowsOf, want.Rows = s.Name, nil // the rows of an input, as they are: said in one word
					break
				}
			}
			file.Groups[i].Cases[k].Want = &want
		}
	}
	return file.text()
}

// text writes the file for people too: a line for each field of a case.
func (f casesFile) text() ([]byte, error) {
	var b bytes.Buffer
	var failed error
	put := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			failed = err
		}
		return string(text)
	}
	fmt.Fprintf(&b, "{\n  \"version\": %d,\n  \"groups\": [\n", f.Version)
	for i, g := range f.Groups {
		fmt.Fprintf(&b, "    {\n      \"exercise\": %d, \"function\": %s, \"property\": %s,\n      \"cases\": [\n", g.Exercise, put(g.Function), put(g.Property))
		for k, c := range g.Cases {
			fmt.Fprintf(&b, "        {\n          \"name\": %s,\n          \"session\": %s,\n", put(c.Name), put(c.Session))
			if len(c.Params) > 0 {
				fmt.Fprintf(&b, "          \"params\": %s,\n", put(c.Params))
			}
			b.WriteString("          \"sources\": [\n")
			for s := range c.Sources {
				fmt.Fprintf(&b, "            %s%s\n", put(c.Sources[s]), comma(s, len(c.Sources)))
			}
			fmt.Fprintf(&b, "          ],\n          \"want\": %s\n        }%s\n", put(c.Want), comma(k, len(g.Cases)))
		}
		fmt.Fprintf(&b, "      ]\n    }%s\n", comma(i, len(f.Groups)))
	}
	b.WriteString("  ]\n}\n")
	return b.Bytes(), failed
}

func comma(i, n int) string {
	if i < n-1 {
		return ","
	}
	return ""
}
