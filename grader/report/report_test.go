package report

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/check"
	"etincelle/grader/class"
	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

var rewrite = flag.Bool("rewrite", false, "write what the reports say now into testdata")

// golden holds text against a file of testdata.
func golden(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *rewrite {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "run `go test ./grader/report -rewrite` and read the difference")
	assert.Equal(t, string(want), text)
}

var course = &lab.Lab{
	Short: "tp", Name: "tp-essai", Title: message.Both("Essai", "Trial"),
	Exercises: []lab.Exercise{
		{Number: 1, Title: message.Both("Réunir", "Join"), Functions: []string{"Shrink", "Balance"}, Section: "coalesce"},
		{Number: 2, Title: message.Both("Combiner", "Combine"), Functions: []string{"Delay"}, Section: "combineur"},
		{Number: 3, Title: message.Both("Garder", "Keep"), Functions: []string{"Join"}, Section: "partitionneur"},
	},
}

func group(function string, points int, findings ...check.Finding) check.GroupResult {
	g := check.GroupResult{
		Function: function, Points: points, Findings: findings,
		Property: check.Property{Name: "p", Title: message.Both("La propriété", "The property")},
	}
	if len(findings) == 0 {
		g.Right, g.Earned = true, points
		return g
	}
	g.Case = &check.Case{
		Session: protocol.Session{Executors: 2, Cores: 1}, Params: map[string]int{"n": 2},
		Sources: []check.Source{{Name: "flights", Partitions: [][]json.RawMessage{{json.RawMessage(`{"Key":"UA","Value":1}`)}, {}}}},
	}
	return g
}

// verdicts has one of everything: a right function beside one that is not done, a
// wrong one with a table, one that does not compile and printed hostile text.
func verdicts(points int) []check.Verdict {
	undone := check.Finding{Key: check.NotDone, Facts: message.Facts{"function": "Balance"}}
	rows := check.Finding{Key: check.WrongRows, Facts: message.Facts{"wanted": 3, "missing": 2, "extra": 1},
		Rows: &check.Table{Wanted: []string{"UA → 12", "B6 → 27"}, Got: []string{"UA → 72", ""}, More: 2}}
	compile := check.Finding{Key: check.DoesNotCompile, Facts: message.Facts{"function": "Join"}, More: []check.Detail{
		{Line: 12, Column: 9, Code: "\treturn \x1b[31mx // tabs and all", Text: message.Both("{said}", "{said}"), Facts: message.Facts{"said": "undefined: \x1b[31m`x`"}}}}
	first := check.Conclude(1, []check.GroupResult{group("Shrink", points), group("Balance", points, undone), group("Balance", points, undone)})
	second := check.Conclude(2, []check.GroupResult{group("Delay", points, rows)})
	third := check.Conclude(3, []check.GroupResult{group("Join", points, compile)})
	third.Printed = "printed\n\x1b]0;owned\a# <b>not</b> a title\n```\n"
	return []check.Verdict{first, second, third}
}

func TestCheckInBothLanguages(t *testing.T) {
	c := class.Checked{Lab: course, Verdicts: verdicts(0), Passed: 1, Total: 5,
		Said: []check.Detail{{Text: message.Both("exercises.go:4: \"fmt\" imported and not used", "exercises.go:4: \"fmt\" imported and not used")}}}
	for _, l := range []message.Language{message.French, message.English} {
		var b strings.Builder
		require.NoError(t, Check(&b, Style{}, c, l))
		assert.NotContains(t, b.String(), "\x1b")
		golden(t, "check."+string(l)+".txt", b.String())
	}
	var narrow strings.Builder
	require.NoError(t, Check(&narrow, Style{Width: 60}, c, message.French))
	golden(t, "check.narrow.txt", narrow.String())
}

func TestCheckOfTheUntouchedKitFrightensNobody(t *testing.T) {
	var all []check.Verdict
	for _, e := range course.Exercises {
		var groups []check.GroupResult
		for _, f := range e.Functions {
			groups = append(groups, group(f, 0, check.Finding{Key: check.NotDone, Facts: message.Facts{"function": f}}))
		}
		all = append(all, check.Conclude(e.Number, groups))
	}
	var b strings.Builder
	require.NoError(t, Check(&b, Style{}, class.Checked{Lab: course, Verdicts: all, Total: 4}, message.French))
	assert.NotContains(t, b.String(), "✗")
	assert.NotContains(t, b.String(), "faux")
	golden(t, "check.untouched.txt", b.String())
}

func TestCheckNeverSaysThatHiddenCasesPassed(t *testing.T) {
	c := class.Checked{Lab: course, Verdicts: []check.Verdict{check.Conclude(1, []check.GroupResult{group("Shrink", 0)})}, Passed: 1, Total: 1}
	var b strings.Builder
	require.NoError(t, Check(&b, Style{}, c, message.French))
	assert.Contains(t, b.String(), "contrôles publics : 1 sur 1 ; les cas cachés sont lancés à la correction")
}

// sample is a class of three: one of everything, a grader error, a hostile name.
func sample() class.Grading {
	sub := class.Submission{Lab: course, File: "a/exercises.go", SHA256: "00ff", Verdicts: verdicts(2), Points: 10, Earned: 2, Predicted: class.Predicted{Made: 3, Asked: 5}}
	failed := class.Submission{Lab: course, File: "b/exercises.go", Points: 10, Failure: "no space left\x1b[2J"}
	none := class.Submission{Lab: course, Points: 10, Verdicts: []check.Verdict{
		check.Conclude(1, []check.GroupResult{group("Shrink", 2, check.Finding{Key: check.NotHandedIn})})}}
	return class.Grading{Seed: 1<<63 + 7, Labs: []*lab.Lab{course}, Students: []class.Student{
		{Name: "ada", Submissions: []class.Submission{sub}},
		{Name: "broken", Submissions: []class.Submission{failed}},
		{Name: "=cmd|'\u202e# x", Submissions: []class.Submission{none}},
	}}
}

func TestTable(t *testing.T) {
	var b strings.Builder
	require.NoError(t, Table(&b, sample(), message.French))
	golden(t, "table.fr.txt", b.String())
}

func TestStudentsReport(t *testing.T) {
	g := sample()
	for _, l := range []message.Language{message.French, message.English} {
		golden(t, "ada."+string(l)+".md", Markdown(g.Students[0], l))
	}
	for _, s := range g.Students {
		for _, text := range []string{Markdown(s, message.French), asJSON(t, s)} {
			assert.NotContains(t, text, "9223372036854775815", "the seed is the instructor's")
			assert.NotContains(t, text, "\x1b")
			assert.NotContains(t, text, "\u202e")
		}
	}
	assert.Contains(t, Markdown(g.Students[1], message.French), "Aucune note n'est donnée")
	assert.NotContains(t, Markdown(g.Students[1], message.French), "0 sur 10")
}

func asJSON(t *testing.T, s class.Student) string {
	t.Helper()
	data, err := JSON(s, message.French)
	require.NoError(t, err)
	return string(data)
}

func TestJSONSaysWhatHasNoMark(t *testing.T) {
	var read struct {
		Submissions []struct {
			Earned  *int
			Failure string
		}
	}
	g := sample()
	require.NoError(t, json.Unmarshal([]byte(asJSON(t, g.Students[1])), &read))
	assert.Nil(t, read.Submissions[0].Earned)
	assert.Equal(t, "no space left", read.Submissions[0].Failure)
	require.NoError(t, json.Unmarshal([]byte(asJSON(t, g.Students[0])), &read))
	assert.Equal(t, 2, *read.Submissions[0].Earned)
}

func TestSave(t *testing.T) {
	out := filepath.Join(t.TempDir(), "reports")
	g := sample()
	g.Students[2].Name = "plain" // a folder's name can be any file's name, but for the system's sake
	require.NoError(t, Save(out, g, message.French))
	require.NoError(t, Save(out, g, message.French), "a second time, over the first")
	var names []string
	require.NoError(t, filepath.WalkDir(out, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, strings.TrimPrefix(filepath.ToSlash(path), filepath.ToSlash(out)+"/"))
		}
		return err
	}))
	assert.Equal(t, []string{"class.csv", "class.json", "students/ada.json", "students/ada.md", "students/broken.json", "students/broken.md",
		"students/plain.json", "students/plain.md"}, names)
	table, err := os.ReadFile(filepath.Join(out, "class.csv"))
	require.NoError(t, err)
	golden(t, "class.csv", string(table))
	whole, err := os.ReadFile(filepath.Join(out, "class.json"))
	require.NoError(t, err)
	assert.Contains(t, string(whole), `"seed": "9223372036854775815"`)
}

func TestFormulasInNames(t *testing.T) {
	table, err := CSV(sample(), message.French)
	require.NoError(t, err)
	assert.Contains(t, string(table), "'=cmd|'# x")
}
