package notebook

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/build"
)

// run runs a text as the notebook labs/n.md of this module.
func run(t *testing.T, text string, o Options) ([]CellResult, error) {
	t.Helper()
	root, err := build.Root(".")
	require.NoError(t, err)
	o.Root = root
	return Run(t.Context(), read(t, "labs/n.md", text), o)
}

func TestTheSamplesOutputsAreTrue(t *testing.T) {
	for _, language := range []string{"fr", "en"} {
		n, src := sample(t, language)
		root, err := build.Root(".")
		require.NoError(t, err)
		results, err := Run(t.Context(), n, Options{Root: root})
		require.NoError(t, err)
		assert.Empty(t, Check(n, results))
		rewritten, err := Rewrite(src, results)
		require.NoError(t, err)
		assert.Equal(t, string(src), string(rewritten))
	}
}

// Each cell's way to end, in one program: what follows a panic is run.
func TestRunTellsCellsApart(t *testing.T) {
	text := title + `
` + "```go shared" + `
var ran []string

func deep(list []int) int { return list[3] }
` + "```" + `

` + "```go cell=quiet" + `
ran = append(ran, "quiet")
` + "```" + `

` + "```go cell=unended" + `
ran = append(ran, "unended")
fmt.Print("a\r\nb")
` + "```" + `

` + "```go cell=index" + `
fmt.Println("before")

fmt.Println(deep(nil))
` + "```" + `

` + "```go cell=failure" + `
panic(fmt.Errorf("two\nlines"))
` + "```" + `

` + "```go cell=after" + `
fmt.Println(len(ran), "cells")
` + "```" + `
`
	results, err := run(t, text, Options{})
	require.NoError(t, err)
	require.Len(t, results, 5)
	outputs := []string{"", "a\nb\n", "before\n", "", "2 cells\n"}
	failures := map[int]string{
		// The innermost line of the notebook: in the shared function.
		2: "labs/n.md:7: panic: runtime error: index out of range [3] with length 0",
		3: "labs/n.md:26: panic: two\nlines",
	}
	for i, result := range results {
		assert.Equal(t, outputs[i], result.Output, result.Cell.Name)
		if said, fails := failures[i]; fails {
			assert.EqualError(t, result.Err, said)
		} else {
			assert.NoError(t, result.Err)
		}
	}
}

func TestRunExplainsAProgramThatStops(t *testing.T) {
	tests := map[string]struct {
		code    string
		options Options
		want    string
	}{
		"an endless cell":        {"for {\n}", Options{Time: time.Second}, "labs/n.md:8: the run had not ended after 1s, its limit"},
		"a flood":                {"for {\n\tfmt.Println(`flood`)\n}", Options{}, "labs/n.md:8: the run printed more than 1 MiB, its limit"},
		"a limit of one's own":   {"fmt.Println(strings.Repeat(`x`, 2000))", Options{Output: 1000}, "labs/n.md:8: the run printed more than 1000 bytes, its limit"},
		"a panic elsewhere":      {"go func() {\n\tpanic(`far`)\n}()\nselect {}", Options{}, "labs/n.md:10: panic: far"},
		"a deadlock":             {"select {}", Options{}, "labs/n.md:9: fatal error: all goroutines are asleep - deadlock!"},
		"an exit":                {"quit(3)", Options{}, "labs/n.md:8: the cell ended the program (exit status 3)"},
		"a good exit is none":    {"quit(0)", Options{}, "labs/n.md:8: the cell ended the program (exit status 0)"},
		"a goroutine that stops": {"leave()", Options{}, "labs/n.md:8: the cell ended its goroutine and did not return"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text := title + "```go cell=first\nfmt.Println(1)\n```\n\n\n```go cell=second\n" + test.code + "\n```\n\n```go cell=third\n```\n\n" +
				"```go shared\nvar quit, leave = os.Exit, runtime.Goexit\n```\n"
			test.options.Imports = map[string]string{"os": "os", "runtime": "runtime"}
			results, err := run(t, text, test.options)
			require.NoError(t, err)
			require.Len(t, results, 3)
			assert.NoError(t, results[0].Err)
			assert.Equal(t, "1\n", results[0].Output)
			assert.EqualError(t, results[1].Err, test.want)
			if results[2].Err != nil {
				assert.EqualError(t, results[2].Err, fmt.Sprintf("labs/n.md:%d: the cell was not run: cell second (line 8) stopped the program", results[2].Cell.Line))
			} else {
				assert.Contains(t, test.want, "its goroutine")
			}
		})
	}
}

func TestRunReportsCompileErrorsAtTheNotebooksLines(t *testing.T) {
	text := title + "```go cell=a\nx := 1\nfmt.Println(undefined)\n```\n\n```go cell=b\nos.Exit(1)\n```\n\n```go illustration\nfunc F() int { return \"\" }\n```\n"
	_, err := run(t, text, Options{})
	var compile *build.CompileError
	require.ErrorAs(t, err, &compile)
	var said []string
	for _, d := range compile.Diagnostics {
		said = append(said, d.String())
	}
	assert.Equal(t, []string{
		"labs/n.md:4:1: declared and not used: x",
		"labs/n.md:5:13: undefined: undefined",
		"labs/n.md:9:1: undefined: os",
		"labs/n.md:13:23: cannot use \"\" (untyped string constant) as int value in return statement",
	}, said)
}

// A definition that is only shown needs no use, and a wrong version may stand
// beside the right one.
func TestIllustrationsCompile(t *testing.T) {
	text := title + "```go illustration\nx, y := 1, 2\nvar z = strings.ToUpper(\"\")\n```\n\n" +
		"```go illustration\nfunc F() int { return one }\n```\n\n```go illustration\nfunc F() string { return fmt.Sprint(one) }\n```\n\n" +
		"```go shared\nconst one = 1\n```\n\n```go cell=a\nfmt.Println(one)\n```\n\n```output cell=a\n1\n```\n"
	results, err := run(t, text, Options{})
	require.NoError(t, err)
	require.Len(t, results, 1)
	assert.Equal(t, "1\n", results[0].Output)
}

func TestRunTakesCellsByName(t *testing.T) {
	text := title + "```go cell=a\nfmt.Println(`a`)\n```\n\n```go cell=b\nfmt.Println(`b`)\n```\n\n```go cell=c\nfmt.Println(`c`)\n```\n"
	results, err := run(t, text, Options{Cells: []string{"c", "a"}})
	require.NoError(t, err)
	require.Len(t, results, 2)
	assert.Equal(t, []string{"a\n", "c\n"}, []string{results[0].Output, results[1].Output})
	_, err = run(t, text, Options{Cells: []string{"d"}})
	assert.EqualError(t, err, `labs/n.md: no cell "d"; its cells are a, b, c`)
}

func TestRunStandsInTheModule(t *testing.T) {
	text := title + "```go cell=a\nentries, err := os.ReadDir(\".\")\nfmt.Println(err)\nfor _, e := range entries {\n\tfmt.Println(e.Name())\n}\n```\n"
	results, err := run(t, text, Options{Imports: map[string]string{"os": "os"}})
	require.NoError(t, err)
	require.NoError(t, results[0].Err)
	assert.Contains(t, results[0].Output, "\ngo.mod\n")
}

func TestRunStopsWithItsContext(t *testing.T) {
	root, err := build.Root(".")
	require.NoError(t, err)
	why := errors.New("the user has left")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	_, err = Run(ctx, read(t, "n.md", title+"```go cell=a\n```\n"), Options{Root: root})
	assert.ErrorIs(t, err, why)
}

func TestRunLeavesNothingBehind(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder)
	_, err := run(t, title+"```go cell=a\n```\n", Options{})
	require.NoError(t, err)
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestANotebookWithoutCellsRunsNothing(t *testing.T) {
	results, err := run(t, title, Options{})
	require.NoError(t, err)
	assert.Empty(t, results)
	_, err = run(t, title+"```go illustration\nx := undefined\n```\n", Options{})
	assert.ErrorContains(t, err, "labs/n.md:4:6: undefined: undefined", "what it shows must compile all the same")
}

func TestFileNameIsTheModulesOwn(t *testing.T) {
	root := filepath.Join(t.TempDir(), "module")
	for name, want := range map[string]string{
		"labs/n.md":                               "labs/n.md",
		"./labs/../n.md":                          "n.md",
		filepath.Join(root, "labs", "n.md"):       "labs/n.md",
		filepath.Join(filepath.Dir(root), "n.md"): filepath.ToSlash(filepath.Join(filepath.Dir(root), "n.md")),
	} {
		got, err := fileName(root, name)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	_, err := fileName(root, "a\nb.md")
	assert.ErrorContains(t, err, "rename the file")
}

func TestImportsFollowTheNamesThatAreUsed(t *testing.T) {
	known := allowed(map[string]string{"tp02": "etincelle/labs/tp02-partitionnement"})
	for text, want := range map[string]string{
		"func f() { fmt.Println(tp02.Answer()) }":                           "import fmt \"fmt\"\nimport tp02 \"etincelle/labs/tp02-partitionnement\"\n",
		"func f() { sort := []string{}; _ = sort.Len }":                     "",
		"func f(time int) { _ = func() any { return time.x } }":             "",
		"type maps struct{ x int }\n\nfunc f(m maps) { _ = m.x; maps.y() }": "",
		"var _ = rdd.Map[int](strings.NewReader, engine.Session{})":         "import engine \"etincelle/engine\"\nimport rdd \"etincelle/engine/rdd\"\nimport strings \"strings\"\n",
		"var _ slices.Sorted\n\nfunc f() { os.Exit(1) }":                    "import slices \"slices\"\n",
	} {
		got, err := imports(text, known)
		require.NoError(t, err)
		assert.Equal(t, want, got, text)
	}
}
