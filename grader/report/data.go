package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"etincelle/grader/check"
	"etincelle/grader/class"
	"etincelle/grader/message"
	"etincelle/grader/runner"
)

const version = 1 // of the JSON reports

type submissionData struct {
	Lab       string         `json:"lab"`
	File      string         `json:"file,omitempty"`
	SHA256    string         `json:"sha256,omitempty"`
	Points    int            `json:"points"`
	Earned    *int           `json:"earned"` // null: no mark
	Failure   string         `json:"failure,omitempty"`
	Compiler  []string       `json:"compiler,omitempty"`
	Predicted predictedData  `json:"predictions"`
	Exercises []exerciseData `json:"exercises"`
}

// predictedData counts answers given before the cell was run; they bring no points.
type predictedData struct {
	Made  int `json:"made"`
	Asked int `json:"asked"`
}

type exerciseData struct {
	Exercise int         `json:"exercise"`
	Verdict  check.Kind  `json:"verdict"`
	Points   int         `json:"points"`
	Earned   int         `json:"earned"`
	Groups   []groupData `json:"groups"`
	Printed  string      `json:"printed,omitempty"`
}

type groupData struct {
	Function string        `json:"function"`
	Property string        `json:"property"`
	Title    string        `json:"title"`
	Points   int           `json:"points"`
	Earned   int           `json:"earned"`
	Case     string        `json:"case,omitempty"`
	Findings []findingData `json:"findings,omitempty"`
}

type findingData struct {
	Key     check.Key    `json:"key"`
	Message string       `json:"message"`
	Line    int          `json:"line,omitempty"`
	Details []string     `json:"details,omitempty"`
	Rows    *check.Table `json:"rows,omitempty"`
}

func data(sub class.Submission, l message.Language) submissionData {
	d := submissionData{Lab: sub.Lab.Name, File: Clean(sub.File), SHA256: sub.SHA256, Points: sub.Points, Failure: Clean(sub.Failure), Predicted: predictedData{sub.Predicted.Made, sub.Predicted.Asked}}
	if !sub.NoMark() {
		d.Earned = &sub.Earned
	}
	for _, s := range sub.Said {
		d.Compiler = append(d.Compiler, Clean(s.In(l)))
	}
	for _, v := range sub.Verdicts {
		e := exerciseData{Exercise: v.Exercise, Verdict: v.Kind, Points: v.Points, Earned: v.Earned, Printed: shortened(v.Printed)}
		for _, g := range v.Groups {
			group := groupData{Function: g.Function, Property: g.Property.Name, Title: g.Property.Title.In(l), Points: g.Points, Earned: g.Earned}
			if g.Case != nil && aboutCase(g.Findings[0]) {
				group.Case = Clean(strings.Join(g.Case.Describe(l), "\n"))
			}
			for _, f := range g.Findings {
				found := findingData{Key: f.Key, Message: Clean(f.Text(l)), Line: f.Line, Rows: cleanTable(f.Rows)}
				for _, more := range f.More {
					found.Details = append(found.Details, Clean(more.In(l)))
				}
				group.Findings = append(group.Findings, found)
			}
			e.Groups = append(e.Groups, group)
		}
		d.Exercises = append(d.Exercises, e)
	}
	return d
}

func cleanTable(t *check.Table) *check.Table {
	if t == nil {
		return nil
	}
	out := &check.Table{More: t.More}
	for i := range t.Wanted {
		out.Wanted, out.Got = append(out.Wanted, line(t.Wanted[i], 1000)), append(out.Got, line(t.Got[i], 1000))
	}
	return out
}

// JSON is a student's report for programs.
func JSON(s class.Student, l message.Language) ([]byte, error) {
	var subs []submissionData
	for _, sub := range s.Submissions {
		subs = append(subs, data(sub, l))
	}
	return indented(struct {
		Version     int              `json:"version"`
		Student     string           `json:"student"`
		Submissions []submissionData `json:"submissions"`
	}{version, Clean(s.Name), subs})
}

// ClassJSON is the instructor's: with the seed of the hidden cases and each
// file's sum, a mark that is contested can be given again.
func ClassJSON(g class.Grading, l message.Language) ([]byte, error) {
	type studentData struct {
		Student     string           `json:"student"`
		Submissions []submissionData `json:"submissions"`
	}
	var all []studentData
	for _, s := range g.Students {
		d := studentData{Student: Clean(s.Name)}
		for _, sub := range s.Submissions {
			d.Submissions = append(d.Submissions, data(sub, l))
		}
		all = append(all, d)
	}
	return indented(struct {
		Version  int           `json:"version"`
		Seed     string        `json:"seed"` // as text: a spreadsheet's or a browser's numbers are too short
		Sandbox  string        `json:"sandbox"`
		Limits   string        `json:"limits"`
		Students []studentData `json:"students"`
	}{version, strconv.FormatUint(g.Seed, 10), "none", runner.Enforced().In(l), all})
}

func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return b.Bytes(), err
}

// CSV is the class as a table, UTF-8, for a spreadsheet.
func CSV(g class.Grading, l message.Language) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	row := []string{studentText.In(l)}
	for _, lab := range g.Labs {
		for _, e := range lab.Exercises {
			row = append(row, fmt.Sprintf("%s.%d", lab.Short, e.Number), fmt.Sprintf("%s.%d verdict", lab.Short, e.Number))
		}
		row = append(row, lab.Short+" "+totalText.In(l), lab.Short+" "+predictionsText.In(l))
	}
	rows := [][]string{row}
	for _, s := range g.Students {
		row := []string{cell(s.Name)}
		for _, sub := range s.Submissions {
			for i := range sub.Lab.Exercises {
				if i >= len(sub.Verdicts) || sub.NoMark() {
					row = append(row, "", string(check.GraderError))
					continue
				}
				v := sub.Verdicts[i]
				row = append(row, strconv.Itoa(v.Earned), cell(strings.Join(append([]string{string(v.Kind)}, keysOf(v)...), " ")))
			}
			total := ""
			if !sub.NoMark() {
				total = strconv.Itoa(sub.Earned)
			}
			row = append(row, total, strconv.Itoa(sub.Predicted.Made))
		}
		rows = append(rows, row)
	}
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

// keysOf names what was found in an exercise, each once, the verdict's own name
// left out.
func keysOf(v check.Verdict) []string {
	var keys []string
	for _, g := range v.Groups {
		for _, f := range g.Findings {
			if string(f.Key) != string(v.Kind) && !slices.Contains(keys, string(f.Key)) {
				keys = append(keys, string(f.Key))
			}
		}
	}
	return keys
}
