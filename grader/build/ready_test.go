package build

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readied is what all tests of this file build on: a few packages of the
// standard library and one of ours.
var readied = sync.OnceValues(func() (*Ready, error) {
	root, err := Root(".")
	if err != nil {
		return nil, err
	}
	return Prepare(context.Background(), root, "", []string{"fmt", "strings", Module + "/grader/message"}, nil)
})

func ready(t *testing.T) *Ready {
	t.Helper()
	r, err := readied()
	require.NoError(t, err)
	return r
}

func program(path, source string) Package {
	return Package{Path: path, Name: "some/folder", Files: map[string][]byte{"file.go": []byte(source)}}
}

func TestCompileAndLink(t *testing.T) {
	r, folder := ready(t), t.TempDir()
	part := filepath.Join(folder, "part.a")
	require.NoError(t, r.Compile(t.Context(), program("etincelle/part", "package part\n\nimport \"strings\"\n\nfunc Loud(s string) string { return strings.ToUpper(s) }\n"), nil, part))
	also := map[string]string{"etincelle/part": part}
	main := filepath.Join(folder, "main.a")
	require.NoError(t, r.Compile(t.Context(), program("main", "package main\n\nimport (\n\t\"fmt\"\n\n\t\"etincelle/part\"\n)\n\nfunc main() { fmt.Println(part.Loud(\"hello\")) }\n"), also, main))
	out := filepath.Join(folder, "program.exe")
	require.NoError(t, r.Link(t.Context(), main, also, out))
	said, err := exec.Command(out).Output()
	require.NoError(t, err)
	assert.Equal(t, "HELLO\n", strings.ReplaceAll(string(said), "\r", ""))
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Len(t, left, 3, "nothing temporary stays")
}

// A place in a program is not this machine's.
func TestPlacesAreNamedAfterThePackage(t *testing.T) {
	r, folder := ready(t), t.TempDir()
	main, out := filepath.Join(folder, "main.a"), filepath.Join(folder, "program.exe")
	require.NoError(t, r.Compile(t.Context(), program("main", "package main\n\nfunc main() { panic(\"here\") }\n"), nil, main))
	require.NoError(t, r.Link(t.Context(), main, nil, out))
	said, err := exec.Command(out).CombinedOutput()
	require.Error(t, err)
	assert.Contains(t, string(said), "some/folder/file.go:3")
	assert.NotContains(t, string(said), folder)
}

// Check finds something where, and only where, the compiler does, at the same line.
func TestCheckAgreesWithTheCompiler(t *testing.T) {
	r := ready(t)
	for name, source := range map[string]string{
		"right":             "package p\n\nimport \"fmt\"\n\nfunc F() { fmt.Println(1) }\n",
		"a wrong type":      "package p\n\nfunc F() int { return \"x\" }\n",
		"undefined":         "package p\n\nfunc F() int { return x }\n",
		"not used":          "package p\n\nfunc F() { x := 1 }\n",
		"import not used":   "package p\n\nimport \"fmt\"\n",
		"missing return":    "package p\n\nfunc F() int {\n}\n",
		"declared twice":    "package p\n\nfunc F() {}\nfunc F() {}\n",
		"generic":           "package p\n\nfunc Map[T, U any](x T, f func(T) U) U { return f(x) }\n\nvar Y string = Map(1, func(n int) int { return n })\n",
		"a missing brace":   "package p\n\nfunc F() {\n",
		"no Go":             "bonjour\n",
		"ours":              "package p\n\nimport \"etincelle/grader/message\"\n\nvar T = message.Both(\"un\", \"one\").In(3)\n",
		"a name of ours":    "package p\n\nimport \"etincelle/grader/message\"\n\nvar T = message.Nothing\n",
		"twelve at once":    "package p\n\nvar (\n\ta = x1\n\tb = x2\n\tc = x3\n\td = x4\n\te = x5\n\tf = x6\n\tg = x7\n\th = x8\n\ti = x9\n\tj = x10\n\tk = x11\n\tl = x12\n)\n",
		"not what prepared": "package p\n\nimport _ \"net/http\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := program("etincelle/p", source)
			found := r.Check(p)
			err := r.Compile(t.Context(), p, nil, filepath.Join(t.TempDir(), "p.a"))
			if len(found) == 0 {
				require.NoError(t, err)
				return
			}
			var compile *CompileError
			require.ErrorAs(t, err, &compile)
			assert.Equal(t, "file.go", compile.Diagnostics[0].File)
			if name != "a missing brace" && name != "no Go" { // where they see that is their own affair
				assert.Equal(t, found[0].Line, compile.Diagnostics[0].Line)
				assert.Len(t, compile.Diagnostics, len(found))
			}
		})
	}
}

func TestCompileStops(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("enough"))
	err := ready(t).Compile(ctx, program("etincelle/p", "package p\n"), nil, filepath.Join(t.TempDir(), "p.a"))
	assert.ErrorContains(t, err, "enough")
}

// A second process need not ask the go command, until something has changed.
func TestPrepareIsNoted(t *testing.T) {
	root, err := Root(".")
	require.NoError(t, err)
	folder := filepath.Join(t.TempDir(), "kept")
	packages := []string{"errors"}
	first, err := Prepare(t.Context(), root, folder, packages, nil)
	require.NoError(t, err)
	n := note{folder: folder, key: []string{runtime.GOOS, runtime.GOARCH, root, "errors", strings.Join(flags(os.LookupEnv), " ")}}
	n.goCommand, err = exec.LookPath("go")
	require.NoError(t, err)
	made, found := n.read()
	require.True(t, found)
	assert.Equal(t, first.made, made)
	_, found = note{folder: folder, key: []string{"other"}}.read()
	assert.False(t, found)

	second, err := Prepare(t.Context(), root, folder, packages, func(Progress) { t.Error("nothing was to compile") })
	require.NoError(t, err)
	assert.Equal(t, first.Fingerprint(), second.Fingerprint())

	old := time.Now().Add(-2 * noteAge)
	require.NoError(t, os.Chtimes(n.path(), old, old))
	_, found = n.read()
	assert.False(t, found, "the go command throws away what nobody asks for")
}

func TestANoteIsNotBelievedWhenAFileHasChanged(t *testing.T) {
	folder := t.TempDir()
	file := func(name string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(name), 0o644))
		return path
	}
	goCommand, source, compiled := file("go"), file("source.go"), file("package.a")
	n := note{folder: folder, key: []string{"key"}, goCommand: goCommand}
	made := prepared{Tools: "tools", Language: "go1.26", Packages: map[string]string{"p": compiled}, Sources: []string{source, filepath.Join(folder, "no go.sum")}}
	for name, spoil := range map[string]func() error{
		"a source":      func() error { return os.WriteFile(source, []byte("changed"), 0o644) },
		"the toolchain": func() error { return os.WriteFile(goCommand, []byte("newer"), 0o644) },
		"the cache":     func() error { return os.Remove(compiled) },
		"the note":      func() error { return os.WriteFile(n.path(), []byte("{"), 0o644) },
	} {
		file("go")
		file("source.go")
		file("package.a")
		require.NoError(t, n.write(made))
		again, found := n.read()
		require.True(t, found)
		require.Equal(t, made, again)
		require.NoError(t, spoil())
		_, found = n.read()
		assert.False(t, found, name)
	}
	assert.NoError(t, note{}.write(made), "without a folder nothing is noted")
}

func TestProgressIsWhatTheGoCommandSays(t *testing.T) {
	var told []Progress
	c := &counter{waiting: []string{"a", "b/c", "d"}, total: 3, tell: func(p Progress) { told = append(told, p) }}
	for _, text := range []string{"go: something\na\n", "b/", "c\nunasked\n", "d"} {
		n, err := c.Write([]byte(text))
		require.NoError(t, err)
		require.Equal(t, len(text), n)
	}
	assert.Equal(t, []Progress{{1, 3, "a"}, {2, 3, "b/c"}}, told, "a line that has not ended says nothing yet")
	(&counter{}).say("") // nobody listens, nothing is to be done
}

func TestPrepareNamesWhatIsWrong(t *testing.T) {
	root, err := Root(".")
	require.NoError(t, err)
	// A folder and not an import path: the go command would look for that in modules
	// that a fresh machine has not fetched.
	_, err = Prepare(t.Context(), root, "", []string{"./nothing/here"}, nil)
	assert.ErrorContains(t, err, "nothing/here")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = Prepare(ctx, root, "", []string{"fmt"}, nil)
	assert.ErrorIs(t, err, context.Canceled)
}
