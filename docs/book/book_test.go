package book

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/build"
)

var rewrite = flag.Bool("rewrite", false, "write what the programs print into the chapters")

// maxWords keeps a chapter to what one reads at a sitting, code apart.
const maxWords = 750

func TestChaptersHaveTheirParts(t *testing.T) {
	all, err := chapters()
	require.NoError(t, err)
	require.NotEmpty(t, all)
	contents, err := os.ReadFile("README.md")
	require.NoError(t, err)
	for i, c := range all {
		assert.True(t, strings.HasPrefix(c.file, fmt.Sprintf("%02d-", i+1)), "%s: chapters are numbered from 1, without a gap", c.file)
		assert.Contains(t, string(contents), "]("+c.file+")", "README.md lists every chapter")
		assert.NotEmpty(t, c.programs, "%s has no program", c.file)
		for _, part := range []string{"\n## In Spark\n", "\n## Reading order\n"} {
			assert.Contains(t, c.text, part, "%s", c.file)
		}
		prose := fenced.ReplaceAllString(c.text, "")
		assert.LessOrEqual(t, len(strings.Fields(prose)), maxWords, "%s: cut it", c.file)
	}
}

func TestQuotationsAreInTheirFiles(t *testing.T) {
	all, err := chapters()
	require.NoError(t, err)
	root, err := build.Root(".")
	require.NoError(t, err)
	for _, c := range all {
		for _, q := range c.quotes {
			assert.NoError(t, q.holds(root), "%s:%d", c.file, q.line)
		}
	}
}

func TestProgramsPrintWhatTheChaptersSay(t *testing.T) {
	all, err := chapters()
	require.NoError(t, err)
	binary := compiled(t, all)
	for _, c := range all {
		printed := make([]string, len(c.programs))
		for i, p := range c.programs {
			t.Run(p.name, func(t *testing.T) {
				printed[i] = run(t, binary, p.name)
				if !*rewrite {
					assert.Equal(t, p.output, printed[i], "%s:%d: -rewrite takes what was printed", c.file, p.line)
				}
			})
		}
		if *rewrite && !t.Failed() {
			require.NoError(t, os.WriteFile(c.file, []byte(c.with(printed)), 0o644))
		}
	}
}

// compiled is one program of all the chapters': linking each alone would take most
// of the time.
func compiled(t *testing.T, all []chapter) (binary string) {
	root, err := build.Root(".")
	require.NoError(t, err)
	const folder = "docs/book/programs" // which exists in the build alone
	files := map[string][]byte{}
	var imports, cases strings.Builder
	for _, c := range all {
		for _, p := range c.programs {
			source, err := p.asPackage()
			require.NoError(t, err, "%s:%d", c.file, p.line)
			files[fmt.Sprintf("%s/%s/%s.go", folder, p.name, p.name)] = source
			fmt.Fprintf(&imports, "\t%q\n", build.Module+"/"+folder+"/"+p.name)
			fmt.Fprintf(&cases, "\tcase %q:\n\t\t%s.Main()\n", p.name, p.name)
		}
	}
	files[folder+"/main.go"] = fmt.Appendf(nil, "package main\n\nimport (\n\t\"os\"\n\n%s)\n\nfunc main() {\n\tswitch os.Args[1] {\n%s\tdefault:\n\t\tos.Exit(2)\n\t}\n}\n", &imports, &cases)
	binary = filepath.Join(t.TempDir(), "book.exe")
	require.NoError(t, build.Program{Root: root, Package: folder, Files: files}.Build(t.Context(), binary))
	return binary
}

// run is what a program prints, in an empty folder of its own.
func run(t *testing.T, binary, name string) string {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var out, problems bytes.Buffer
	command := exec.CommandContext(ctx, binary, name)
	command.Dir, command.Stdout, command.Stderr = t.TempDir(), &out, &problems
	require.NoError(t, command.Run(), "%s", &problems)
	assert.Empty(t, problems.String())
	return out.String()
}

// with is the chapter with other outputs.
func (c chapter) with(printed []string) string {
	text := c.text
	for i := len(printed) - 1; i >= 0; i-- {
		at := c.programs[i].place
		text = text[:at[0]] + printed[i] + text[at[1]:]
	}
	return text
}

// What a chapter may not contain is refused.
func TestReadRefuses(t *testing.T) {
	const program = "```go\npackage main\n\nfunc main() {}\n```\n"
	for name, c := range map[string]struct{ file, text, want string }{
		"name":            {"events.md", "", "expected a name like 03-stages.md"},
		"no output":       {"01-a.md", program, "the last program has no output"},
		"output alone":    {"01-a.md", "```output\n```\n", "each program is followed by its output"},
		"between":         {"01-a.md", program + "```text a\n```\n", "each program is followed by its output"},
		"text of no file": {"01-a.md", "```text\nx\n```\n", "neither a program, its output nor a quotation"},
		"not closed":      {"01-a.md", program + "```output\n", "the last program has no output"},
		"no kind":         {"01-a.md", "```\nx\n```\n", "a fence is not closed, or its first line is not known"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(c.file, c.text)
			assert.ErrorContains(t, err, c.want)
		})
	}
	c, err := read("01-a.md", program+"```output\nold\n```\n```text b.txt\nq\n```\n")
	require.NoError(t, err)
	assert.Equal(t, "old\n", c.programs[0].output)
	assert.Contains(t, c.with([]string{"new\n"}), "```output\nnew\n```\n")
	for source, want := range map[string]string{
		"package main\nfunc main() {}\n": "not as gofmt writes it",
		"package main\n\nfunc {\n":       "expected",
	} {
		_, err := program1(source).asPackage()
		assert.ErrorContains(t, err, want)
	}
	source, err := program1("package main\n\nfunc main() {}\n").asPackage()
	require.NoError(t, err)
	assert.Equal(t, "package a\n\nfunc Main() {}\n", string(source))
}

func program1(source string) program { return program{name: "a", source: source} }
