package main

// How one Go file is judged against the tables of arch_test.go, and the proof
// that each rule can refuse.

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

const (
	module   = "etincelle"
	maxLines = 500 // of a file that people read
)

// judge returns what is wrong with the file: its folder, length, imports, or,
// in a test, a sleep.
func judge(file, text string) []string {
	folder, isTest := path.Dir(file), strings.HasSuffix(file, "_test.go")
	mode := parser.ParseComments | parser.SkipObjectResolution
	if !isTest {
		mode |= parser.ImportsOnly
	}
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file, text, mode)
	if err != nil {
		return []string{err.Error()}
	}

	var faults []string
	fault := func(at ast.Node, format string, args ...any) {
		p := set.Position(at.Pos())
		faults = append(faults, fmt.Sprintf("%s:%d: ", file, p.Line)+fmt.Sprintf(format, args...))
	}
	if _, known := lookup(mayImport, folder); !known {
		fault(tree.Name, "folder %s is not in the architecture: add it to mayImport in arch_test.go and to the design documents", folder)
		return faults
	}
	if n := strings.Count(text, "\n"); n > maxLines && !ast.IsGenerated(tree) {
		fault(tree.Name, "%d lines, at most %d: split the file", n, maxLines)
	}
	clock := ""     // the name under which the file knows package time
	bubble := false // the file's sleeps may be a bubble's, which take no time
	for _, spec := range tree.Imports {
		name, _ := strconv.Unquote(spec.Path.Value) // the parser accepted it
		if name == "time" {
			clock = "time"
			if spec.Name != nil {
				clock = spec.Name.Name
			}
		}
		bubble = bubble || name == "testing/synctest"
		if why := refuses(folder, name, isTest); why != "" {
			fault(spec, "imports %s: %s", name, why)
		}
	}
	if isTest && !bubble {
		ast.Inspect(tree, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Sleep" {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == clock {
					fault(s, "a test sleeps: use the manual clock, a channel, or testing/synctest")
				}
			}
			return true
		})
	}
	return faults
}

// refuses says why a file of folder may not import name, or nothing.
func refuses(folder, name string, isTest bool) string {
	if name == "C" {
		return "the kit builds without a C compiler"
	}
	dep, ours := strings.CutPrefix(name, module+"/")
	row, _ := lookup(mayImport, folder)
	more, bounded := lookup(testsMayImport, folder)
	switch {
	case ours && isTest && !bounded, ours && isTest && dep == folder: // an external test imports its own folder
		return ""
	case ours && isTest && !allows(row, dep) && !allows(more, dep):
		return fmt.Sprintf("tests of %s may import only: %s %s", folder, row, more)
	case ours && !isTest && !allows(row, dep):
		return fmt.Sprintf("%s may import only: %s", folder, orNothing(row))
	}
	modules, limited := lookup(modulesOf, folder)
	if ours || isTest || !limited || isStandard(name) {
		return ""
	}
	for _, m := range strings.Fields(modules) {
		if covers(m+"/...", name) {
			return ""
		}
	}
	return fmt.Sprintf("%s may use only the standard library and: %s", folder, orNothing(modules))
}

func orNothing(list string) string {
	if list == "" {
		return "nothing"
	}
	return list
}

// isStandard holds because the path of a module opens with a domain.
func isStandard(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return !strings.Contains(first, ".")
}

// lookup finds the row of folder; of several that cover it, the longest.
func lookup(table map[string]string, folder string) (row string, ok bool) {
	longest := -1
	for pattern := range table {
		if covers(pattern, folder) && len(pattern) > longest {
			longest, row, ok = len(pattern), table[pattern], true
		}
	}
	return row, ok
}

// allows reports whether a row's patterns let folder in: one covers it and no "!" one does.
func allows(row, folder string) bool {
	in := false
	for _, pattern := range strings.Fields(row) {
		if not, ok := strings.CutPrefix(pattern, "!"); ok && covers(not, folder) {
			return false
		}
		in = in || covers(pattern, folder)
	}
	return in
}

// covers: "a/..." is a and all below it, anything else is itself.
func covers(pattern, folder string) bool {
	root, below := strings.CutSuffix(pattern, "/...")
	return folder == root || below && strings.HasPrefix(folder, root+"/")
}

func TestArchJudge(t *testing.T) {
	imports := func(names ...string) string {
		text := "package p\n"
		for _, n := range names {
			text += "import _ \"" + n + "\"\n"
		}
		return text
	}
	long := "package p\n" + strings.Repeat("\n", maxLines)
	sleeps := "package p\nimport \"time\"\nfunc f() { time.Sleep(1) }\n"

	for _, c := range []struct{ name, file, text, want string }{
		// Arrows that exist.
		{"main calls cli", "main.go", imports("etincelle/cli"), ""},
		{"a leaf", "engine/event/event.go", imports("fmt", "encoding/json"), ""},
		{"rdd on the session", "engine/rdd/map.go", imports("etincelle/engine", "etincelle/engine/shuffle"), ""},
		{"the longest row holds", "engine/enginetest/oracle/main.go", imports("etincelle/connect/parquet"), ""},
		{"an allowed module", "engine/codec/codec.go", imports("github.com/fxamacker/cbor/v2"), ""},
		{"a test reaches down", "engine/rdd/map_test.go", imports("etincelle/engine/enginetest", "github.com/stretchr/testify/require"), ""},
		{"a lab's test on the harness", "labs/tp02/exercises_test.go", imports("etincelle/labs/tp02", "etincelle/grader/harness/public"), ""},
		{"the harness on the engine", "grader/harness/child.go", imports("etincelle/engine/rdd", "etincelle/grader/protocol"), ""},

		// Arrows that must not.
		{"main past cli", "main.go", imports("etincelle/grader/runner"), "main.go:2: imports etincelle/grader/runner: . may import only: cli"},
		{"a leaf on the session", "engine/clock/clock.go", imports("etincelle/engine"), "engine/clock may import only: nothing"},
		{"rdd on the scheduler", "engine/rdd/map.go", imports("fmt", "etincelle/engine/sched"), "engine/rdd/map.go:3: imports etincelle/engine/sched"},
		{"storage on events", "engine/storage/lru.go", imports("etincelle/engine/event"), "engine/storage may import only"},
		{"the engine on its test kit", "engine/rdd/map.go", imports("etincelle/engine/enginetest"), "engine/rdd may import only"},
		{"the engine on connect", "engine/rdd/read.go", imports("etincelle/connect/parquet"), "engine/rdd may import only"},
		{"the test kit on connect", "engine/enginetest/kill.go", imports("etincelle/connect/parquet"), "engine/enginetest may import only"},
		{"the grader on the engine", "grader/runner/run.go", imports("etincelle/engine/rdd"), "grader/runner may import only"},
		{"the parent on the child's side", "grader/runner/run.go", imports("etincelle/grader/harness/child"), "grader/runner may import only"},
		{"the command on the child's side", "cli/check.go", imports("etincelle/grader/harness"), "cli may import only"},
		{"the grader on a lab", "grader/check/check.go", imports("etincelle/labs/tp02"), "grader/check may import only"},
		{"the child on the parent's side", "grader/harness/child.go", imports("etincelle/grader/check"), "grader/harness may import only"},
		{"a screen on the engine", "tui/view/rdd.go", imports("etincelle/engine"), "tui/view may import only"},
		{"a model on its view", "tui/model/state.go", imports("etincelle/tui/view"), "tui/model may import only"},
		{"a lab on lineage", "labs/tp02/exercises.go", imports("etincelle/engine/lineage"), "labs/tp02 may import only"},
		{"a lab on the harness", "labs/tp02/exercises.go", imports("etincelle/grader/harness"), "labs/tp02 may import only"},
		{"a lab's test on its solution", "labs/tp02/exercises_test.go", imports("etincelle/solutions/tp02"), "tests of labs/tp02 may import only"},
		{"a solution on its lab", "solutions/tp02/exercises.go", imports("etincelle/labs/tp02"), "solutions/tp02 may import only"},

		// Modules.
		{"testify in the engine", "engine/rdd/map.go", imports("github.com/stretchr/testify/require"), "engine/rdd may use only the standard library and: github.com/petermattis/goid"},
		{"go-cmp in the test kit", "engine/enginetest/kit.go", imports("github.com/google/go-cmp/cmp"), "engine/enginetest may use only"},
		{"a module of like name", "engine/codec/codec.go", imports("github.com/fxamacker/cbor/v21"), "engine/codec may use only"},
		{"a module in a lab", "labs/tp02/exercises.go", imports("github.com/petermattis/goid"), "labs/tp02 may use only the standard library and: nothing"},
		{"cgo", "cli/cli.go", imports("C"), "without a C compiler"},
		{"cgo in a test", "cli/cli_test.go", imports("C"), "without a C compiler"},

		// Files.
		{"an unknown folder", "engine/graph/graph.go", imports(), "folder engine/graph is not in the architecture"},
		{"an unknown folder of tests", "tools/tool_test.go", imports(), "folder tools is not in the architecture"},
		{"a grader package without a row", "grader/misc/misc.go", imports(), "folder grader/misc is not in the architecture"},
		{"as long as may be", "cli/cli.go", strings.TrimSuffix(long, "\n"), ""},
		{"a line too long", "cli/cli.go", long, "cli/cli.go:1: 501 lines, at most 500"},
		{"a long test", "cli/cli_test.go", long, "501 lines, at most 500"},
		{"long but generated", "cli/table.go", "// Code generated by a program; DO NOT EDIT.\n\n" + long, ""},
		{"not Go", "cli/cli.go", "package", "expected 'IDENT'"},

		// Sleeps.
		{"a sleep in a test", "cli/cli_test.go", sleeps, "cli/cli_test.go:3: a test sleeps"},
		{"a sleep under another name", "cli/cli_test.go", strings.NewReplacer("\"time\"", "clock \"time\"", "time.Sleep", "clock.Sleep").Replace(sleeps), "a test sleeps"},
		{"a sleep in a bubble", "cli/cli_test.go", strings.Replace(sleeps, "\"time\"", "(\n\"testing/synctest\"\n\"time\"\n)", 1), ""},
		{"a sleep in code", "cli/cli.go", sleeps, ""},
		{"a Sleep that is not time's", "cli/cli_test.go", "package p\nfunc f() { manual.Sleep(1) }\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			faults := strings.Join(judge(c.file, c.text), "\n")
			if c.want == "" {
				assert.Empty(t, faults)
			} else {
				assert.Contains(t, faults, c.want)
			}
		})
	}
}

func TestArchHeavyModulesAreKnown(t *testing.T) {
	for _, dep := range []string{
		"github.com/apache/arrow-go/v18/arrow", "github.com/apache/arrow/go/v17/arrow", "google.golang.org/grpc/codes",
		"github.com/aws/aws-sdk-go-v2/service/kinesis", "github.com/twmb/franz-go/pkg/kgo",
	} {
		assert.True(t, allows(tooHeavy, dep), dep)
	}
	assert.False(t, allows(tooHeavy, "google.golang.org/protobuf/proto"))
}
