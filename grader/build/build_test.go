package build

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// module makes a module of the given files in a temporary folder.
func module(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	write(t, root, "go.mod", "module etincelle\n\ngo 1.26\n")
	for name, text := range files {
		write(t, root, name, text)
	}
	return root
}

func write(t *testing.T, root, name, text string) {
	t.Helper()
	path := filepath.Join(root, name)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}

// listing is every path below root.
func listing(t *testing.T, root string) []string {
	t.Helper()
	var found []string
	require.NoError(t, filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
		found = append(found, path)
		return err
	}))
	return found
}

const (
	labPath  = "labs/tp/exercises.go"
	mainPath = "grader/generated/tp/main.go"
	labCode  = "package tp\n\nfunc Answer() string { return \"from the disk\" }\n"
	mainCode = "package main\n\nimport (\n\t\"fmt\"\n\t\"etincelle/labs/tp\"\n)\n\nfunc main() { fmt.Println(tp.Answer()) }\n"
)

func TestBuildAddsAndReplacesFilesWithoutWritingIntoTheTree(t *testing.T) {
	root := module(t, map[string]string{labPath: labCode})
	before := listing(t, root)
	out := filepath.Join(t.TempDir(), "program")
	program := Program{Root: root, Package: "grader/generated/tp", Files: map[string][]byte{mainPath: []byte(mainCode)}}

	require.NoError(t, program.Build(t.Context(), out))
	said, err := exec.Command(out).Output()
	require.NoError(t, err)
	assert.Equal(t, "from the disk\n", string(said))

	program.Files[labPath] = []byte(strings.Replace(labCode, "the disk", "the overlay", 1))
	require.NoError(t, program.Build(t.Context(), out))
	said, err = exec.Command(out).Output()
	require.NoError(t, err)
	assert.Equal(t, "from the overlay\n", string(said))

	assert.Equal(t, before, listing(t, root), "the module's tree must not change")
	assert.Equal(t, []string{filepath.Dir(out), out}, listing(t, filepath.Dir(out)), "nothing temporary may stay")
}

func TestBuildSaysWhatTheCompilerSaid(t *testing.T) {
	tests := map[string]struct {
		lab, main string
		want      []Diagnostic
	}{
		"an error in a replaced file carries that file's name": {
			lab: "package tp\n\nfunc Answer() string { return 1 }\n",
			want: []Diagnostic{{labPath, 3, 31,
				"cannot use 1 (untyped int constant) as string value in return statement"}},
		},
		"a //line directive names the logical file": {
			main: "package main\n\nfunc main() {\n//line labs/tp/notebook.fr.md:41:1\n\tx := 1\n}\n",
			want: []Diagnostic{{"labs/tp/notebook.fr.md", 41, 2, "declared and not used: x"}},
		},
		"lines set in belong to the message": {
			lab: "package tp\n\nfunc Answer() string { return \"a\", 2 }\n",
			want: []Diagnostic{{labPath, 3, 36,
				"too many return values\n\thave (string, number)\n\twant (string)"}},
		},
		"a position inside a message is mapped too": {
			lab: labCode + "func Answer() {}\n",
			want: []Diagnostic{{labPath, 4, 6,
				"Answer redeclared in this block\n\tlabs/tp/exercises.go:3:6: other declaration of Answer"}},
		},
		"a syntax error": {
			lab:  "package tp\n\nfunc Answer() string { retur \"x\" }\n",
			want: []Diagnostic{{labPath, 3, 30, "syntax error: unexpected literal \"x\" at end of statement"}},
		},
		"an import that does not exist": {
			lab:  "package tp\n\nimport \"example.org/nothing\"\n",
			want: []Diagnostic{{labPath, 3, 8, "package example.org/nothing"}},
		},
		"an import that is refused": {
			lab:  "package tp\n\nimport _ \"cmd/internal/obj\"\n",
			want: []Diagnostic{{labPath, 3, 8, "use of internal package cmd/internal/obj not allowed"}},
		},
		"two packages in a folder": {
			lab:  labCode,
			main: "package main\n\nimport _ \"etincelle/labs/other\"\n\nfunc main() {}\n",
			want: []Diagnostic{{mainPath, 3, 8, "found packages a (a.go) and b (b.go) in"}},
		},
		"no function main": {
			main: "package main\n",
			want: []Diagnostic{{"", 0, 0, "function main is undeclared in the main package"}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			root := module(t, map[string]string{
				labPath: labCode, "labs/other/a.go": "package a\n", "labs/other/b.go": "package b\n"})
			files := map[string][]byte{mainPath: []byte(mainCode)}
			if test.main != "" {
				files[mainPath] = []byte(test.main)
			}
			if test.lab != "" {
				files[labPath] = []byte(test.lab)
			}
			program := Program{Root: root, Package: "grader/generated/tp", Files: files}
			err := program.Build(t.Context(), filepath.Join(t.TempDir(), "program"))
			var compile *CompileError
			require.ErrorAs(t, err, &compile)
			require.Len(t, compile.Diagnostics, len(test.want), "%s", compile.Output)
			for i, want := range test.want {
				got := compile.Diagnostics[i]
				assert.Contains(t, got.Message, want.Message)
				want.Message, got.Message = "", ""
				assert.Equal(t, want, got)
			}
		})
	}
}

func TestBuildGivesEveryError(t *testing.T) {
	var lab strings.Builder
	lab.WriteString("package tp\n\nfunc Answer() string {\n")
	for range 30 {
		lab.WriteString("\tundefined()\n")
	}
	lab.WriteString("\treturn \"\"\n}\n")
	program := Program{Root: module(t, nil), Package: "grader/generated/tp",
		Files: map[string][]byte{labPath: []byte(lab.String()), mainPath: []byte(mainCode)}}
	var compile *CompileError
	require.ErrorAs(t, program.Build(t.Context(), filepath.Join(t.TempDir(), "program")), &compile)
	assert.Len(t, compile.Diagnostics, 30)
}

func TestBuildCompilesPackagesBesideIt(t *testing.T) {
	const beside = "grader/generated/tp/beside/beside.go"
	program := Program{
		Root: module(t, map[string]string{labPath: labCode}), Package: "grader/generated/tp", Also: []string{"grader/generated/tp/beside"},
		Files: map[string][]byte{mainPath: []byte(mainCode), beside: []byte("package beside\n\nvar _ = 1\n")},
	}
	out := filepath.Join(t.TempDir(), "program")
	require.NoError(t, program.Build(t.Context(), out))
	program.Files[beside] = []byte("package beside\n\nvar _ int = \"\"\n")
	var compile *CompileError
	require.ErrorAs(t, program.Build(t.Context(), out), &compile)
	assert.Equal(t, beside, compile.Diagnostics[0].File)
}

func TestBuildRefusesAHugeProgram(t *testing.T) {
	program := Program{Root: module(t, nil), Package: "grader/generated/tp", Files: map[string][]byte{
		mainPath: []byte("package main\n\nvar table = [80 << 20]byte{1}\n\nfunc main() { println(table[len(table)-1]) }\n")}}
	var compile *CompileError
	require.ErrorAs(t, program.Build(t.Context(), filepath.Join(t.TempDir(), "program")), &compile)
	assert.Contains(t, compile.Diagnostics[0].Message, "the limit is 64 MiB")
}

func TestBuildStopsWithItsContext(t *testing.T) {
	program := Program{Root: module(t, map[string]string{labPath: labCode}), Package: "grader/generated/tp",
		Files: map[string][]byte{mainPath: []byte(mainCode)}}
	late := errors.New("more than 10 s")
	ctx, cancel := context.WithTimeoutCause(t.Context(), -time.Second, late)
	defer cancel()
	out := filepath.Join(t.TempDir(), "program")
	assert.ErrorIs(t, program.Build(ctx, out), late)
	assert.NoFileExists(t, out)
}

func TestBuildRefusesPathsOutsideTheModule(t *testing.T) {
	for _, program := range []Program{
		{Package: "../elsewhere"},
		{Package: "p", Files: map[string][]byte{"../x.go": nil}},
		{Package: "p", Also: []string{"/etc"}},
	} {
		program.Root = module(t, nil)
		assert.ErrorContains(t, program.Build(t.Context(), filepath.Join(t.TempDir(), "program")), "expected a path below the module")
	}
}

func TestBuildNamesTheModulesToDownload(t *testing.T) {
	root := module(t, nil)
	write(t, root, "go.mod", "module etincelle\n\ngo 1.26\n\nrequire example.org/absent v1.0.0\n")
	write(t, root, "go.sum", "example.org/absent v1.0.0 h1:"+strings.Repeat("A", 43)+"=\nexample.org/absent v1.0.0/go.mod h1:"+strings.Repeat("A", 43)+"=\n")
	program := Program{Root: root, Package: "p", Files: map[string][]byte{"p/main.go": []byte("package main\n\nimport _ \"example.org/absent\"\n\nfunc main() {}\n")}}
	err := program.Build(t.Context(), filepath.Join(t.TempDir(), "program"))
	var compile *CompileError
	assert.False(t, errors.As(err, &compile), "the source is not at fault: %v", err)
	assert.ErrorContains(t, err, "go mod download")
}
