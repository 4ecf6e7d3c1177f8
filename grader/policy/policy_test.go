package policy

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/message"
)

func TestAccepted(t *testing.T) {
	for name, source := range map[string]string{
		"an empty file":                  "package tp\n",
		"the engine and the library":     "package tp\nimport (\"etincelle/engine/rdd\"; \"strings\"; \"sync/atomic\")\n",
		"an import renamed":              "package tp\nimport r \"etincelle/engine/rdd\"\nvar f = r.Add[int]\n",
		"constants and tables":           "package tp\nvar names = map[string]string{\"UA\": \"United\"}\nvar n = len(\"abc\") + int(2.0)\n",
		"an error made once":             "package tp\nimport \"errors\"\nvar errNone = errors.New(\"none\")\n",
		"a conversion":                   "package tp\nvar b = []byte(\"x\")\nvar m = make(map[string]int, 4)\n",
		"a function kept in a variable":  "package tp\nimport \"strings\"\nvar split = func(s string) []string { return strings.Fields(s) }\n",
		"calls inside functions":         "package tp\nimport \"strings\"\nfunc F() []string { return strings.Fields(\"a b\") }\n",
		"a method called init":           "package tp\ntype T int\nfunc (T) init() {}\n",
		"prose that looks alike":         "package tp\n// go: run it\n// line 3\nfunc F() {}\n",
		"a name of the inside elsewhere": "package tp\ntype box struct{ Inside int }\nfunc F(b box) int { return b.Inside }\n",
		"engine.Must":                    "package tp\nimport \"etincelle/engine\"\nfunc F() { engine.Check(nil) }\n",
	} {
		t.Run(name, func(t *testing.T) {
			found, err := Judge("exercises.go", []byte(source))
			require.NoError(t, err)
			assert.Empty(t, found)
		})
	}
}

func TestRefused(t *testing.T) {
	tests := map[string]struct {
		source string
		line   int
		found  string // in the text
	}{
		"os":                            {"package tp\n\nimport \"os\"\n", 3, `"os"`},
		"unsafe":                        {"package tp\nimport \"unsafe\"\n", 2, `"unsafe"`},
		"reflect":                       {"package tp\nimport \"reflect\"\n", 2, `"reflect"`},
		"runtime":                       {"package tp\nimport \"runtime/debug\"\n", 2, `"runtime/debug"`},
		"syscall":                       {"package tp\nimport \"syscall\"\n", 2, `"syscall"`},
		"net":                           {"package tp\nimport \"net/http\"\n", 2, `"net/http"`},
		"plugin":                        {"package tp\nimport \"plugin\"\n", 2, `"plugin"`},
		"embed":                         {"package tp\nimport \"embed\"\n", 2, `"embed"`},
		"cgo":                           {"package tp\n// #include <stdlib.h>\nimport \"C\"\n", 3, `"C"`},
		"the engine's inside":           {"package tp\nimport \"etincelle/engine/lineage\"\n", 2, "etincelle/engine/lineage"},
		"the harness":                   {"package tp\nimport \"etincelle/grader/harness/stdio\"\n", 2, "stdio"},
		"the solutions":                 {"package tp\nimport \"etincelle/solutions/tp02-partitionnement\"\n", 2, "solutions"},
		"a dot import":                  {"package tp\nimport . \"fmt\"\n", 2, `. "fmt"`},
		"a blank import":                {"package tp\nimport _ \"fmt\"\n", 2, `_ "fmt"`},
		"linkname":                      {"package tp\n\n//go:linkname exit os.Exit\nfunc exit(int)\n", 3, "//go:linkname"},
		"a build constraint":            {"//go:build ignore\n\npackage tp\n", 1, "//go:build"},
		"an old constraint":             {"// +build ignore\n\npackage tp\n", 1, "// +build"},
		"go:embed":                      {"package tp\n//go:embed x\nvar x string\n", 2, "//go:embed"},
		"a directive inside a function": {"package tp\nfunc F() {\n//go:noinline\n}\n", 3, "//go:noinline"},
		"a line directive":              {"package tp\n//line other.go:1\nfunc F() {}\n", 2, "//line"},
		"a block line directive":        {"package tp\n/*line other.go:1:1*/ func F() {}\n", 2, "/*line"},
		"a directive moves no line":     {"package tp\n//line other.go:99\nimport \"os\"\n", 2, "//line"},
		"a function without body":       {"package tp\nfunc F()\n", 2, "F"},
		"init":                          {"package tp\nfunc init() {}\n", 2, "init"},
		"a call at package level":       {"package tp\nimport \"fmt\"\nvar n, _ = fmt.Println(1)\n", 3, "fmt.Println(…)"},
		"a call of one's own":           {"package tp\nfunc f() int { return 1 }\nvar n = f()\n", 3, "f(…)"},
		"a call inside a table":         {"package tp\nimport \"strings\"\nvar t = []any{strings.Fields(\"a\")}\n", 3, "strings.Fields(…)"},
		"a literal called":              {"package tp\nvar n = func() int { return 1 }()\n", 2, "func() {…}()"},
		"a literal in brackets called":  {"package tp\nvar n = (func() int { return 1 })()\n", 2, "func() {…}()"},
		"a channel read":                {"package tp\nvar n = <-make(chan int)\n", 2, "<-"},
		"engine.Inside":                 {"package tp\nimport \"etincelle/engine\"\nvar f = engine.Inside\n", 3, "engine.Inside"},
		"engine.Inside renamed":         {"package tp\nimport e \"etincelle/engine\"\nfunc F() { _ = e.Inside }\n", 3, "e.Inside"},
		"engine.Start":                  {"package tp\nimport \"etincelle/engine\"\nfunc F() { engine.Start() }\n", 3, "engine.Start"},
		"datasets.ReadRun":              {"package tp\nimport \"etincelle/datasets\"\nfunc F() { datasets.ReadRun(\"x\") }\n", 3, "datasets.ReadRun"},
		"rdd.View":                      {"package tp\nimport \"etincelle/engine/rdd\"\nfunc F() { _ = rdd.View[int, int] }\n", 3, "rdd.View"},
		"rdd.FromPartitions":            {"package tp\nimport \"etincelle/engine/rdd\"\nfunc F() { _ = rdd.FromPartitions[int] }\n", 3, "rdd.FromPartitions"},
		"a huge file":                   {"package tp\n//" + strings.Repeat("x", MaxSize), 1, "KiB"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			found, err := Judge("exercises.go", []byte(test.source))
			require.NoError(t, err)
			require.NotEmpty(t, found)
			assert.Equal(t, test.line, found[0].Line)
			for _, l := range []message.Language{message.French, message.English} {
				said := found[0].In(l)
				assert.Contains(t, said, "exercises.go")
				assert.NotContains(t, said, "?", "a fact is missing")
				if test.found != "KiB" {
					assert.Contains(t, said, test.found)
				}
			}
		})
	}
}

func TestRefusalsComeByLine(t *testing.T) {
	found, err := Judge("exercises.go", []byte("package tp\nimport \"os\"\n//go:noinline\nfunc init() { os.Exit(0) }\n"))
	require.NoError(t, err)
	var lines []int
	for _, r := range found {
		lines = append(lines, r.Line)
	}
	assert.Equal(t, []int{2, 3, 4}, lines)
}

func TestNotGo(t *testing.T) {
	found, err := Judge("exercises.go", []byte("package tp\nimport \"os\"\n//go:noinline\nfunc {\n"))
	assert.ErrorContains(t, err, "exercises.go:4")
	assert.Len(t, found, 2, "what could be read is judged")
}

// What the engine exports for developers must be withheld, today and when it grows.
func TestDeveloperFunctionsAreWithheld(t *testing.T) {
	source, err := os.ReadFile(filepath.Join("..", "..", "engine", "rdd", "developer.go"))
	require.NoError(t, err)
	tree, err := parser.ParseFile(token.NewFileSet(), "developer.go", source, 0)
	require.NoError(t, err)
	count := 0
	for _, d := range tree.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.IsExported() {
			assert.Contains(t, withheld["etincelle/engine/rdd"], f.Name.Name)
			count++
		}
	}
	assert.Positive(t, count)
}
