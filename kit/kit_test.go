package kit

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const tree = ".."

func selected(t *testing.T) Selection {
	t.Helper()
	s, err := Select(tree, []string{"tp02"})
	require.NoError(t, err)
	return s
}

// unpacked is a zip's files, by their path below the kit's folder.
func unpacked(t *testing.T, packed []byte) Files {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	require.NoError(t, err)
	files := Files{}
	for _, f := range r.File {
		require.True(t, f.Mode().IsRegular(), "%s is no file", f.Name)
		require.True(t, fs.ValidPath(f.Name), f.Name)
		require.True(t, f.Modified.Equal(stamp), f.Name)
		name, below := strings.CutPrefix(f.Name, Name+"/")
		require.True(t, below, f.Name)
		open, err := f.Open()
		require.NoError(t, err)
		files[name], err = io.ReadAll(open)
		require.NoError(t, err)
	}
	return files
}

func TestWhatGoesIntoAKit(t *testing.T) {
	s := selected(t)
	assert.Equal(t, []string{"tp02-partitionnement"}, s.Labs)
	assert.Empty(t, s.Left)
	for _, name := range []string{
		"go.mod", "go.sum", "main.go", "LICENSE", "README.md", "LISEZMOI.md", "cli/cli.go", "engine/engine.go", "engine/rdd/rdd.go",
		"grader/harness/tp02/tp02.go", "grader/harness/child/child.go", "grader/notebook/cells/cells.go", "grader/publictest/publictest.go",
		"labs/tp02-partitionnement/cases.json", "labs/tp02-partitionnement/exercises_test.go", "labs/tp02-partitionnement/notebook.fr.md",
		"labs/tp02-partitionnement/figures/main.go", "labs/tp02-partitionnement/figures/combineur.fr.svg",
		"datasets/README.md", "datasets/NOTICE", "datasets/flights/airlines.csv", "datasets/flights/flights_2013-01.csv",
		"grader/runner/group_linux.go", "grader/runner/group_other.go", // whichever system the kit is made on
		"kit/page.fr.md", // go:embed
		"docs/students.fr.md", "docs/export.en.md", "docs/book/01-events.md",
	} {
		assert.Contains(t, s.Files, name)
	}
	starter := s.Files["labs/tp02-partitionnement/starter.go.txt"]
	assert.Equal(t, string(starter), string(s.Files["labs/tp02-partitionnement/exercises.go"]))
	assert.Contains(t, string(s.Files["LISEZMOI.md"]), "`tp02` : Partitionnement et brassage")
	assert.NotContains(t, string(s.Files["README.md"]), "{")
	for name := range s.Files {
		test := strings.HasSuffix(name, "_test.go") && path.Dir(name) != "labs/tp02-partitionnement"
		assert.False(t, test, name)
		for _, secret := range []string{"solutions", "hidden", "testdata", "enginetest", "instructors", ".git/", ".etincelle", "arch_"} {
			assert.NotContains(t, name, secret)
		}
	}
	assert.NotContains(t, s.Files, "datasets/flights/weather.csv.gz", "no lab chosen reads it")

	_, err := Select(tree, []string{"tp99"})
	assert.ErrorContains(t, err, `no lab "tp99"`)
	twice, err := Select(tree, []string{"tp02", "tp02-partitionnement"})
	require.NoError(t, err)
	assert.Equal(t, s.Labs, twice.Labs)
}

func TestZipIsTheSameForTheSameFiles(t *testing.T) {
	files := selected(t).Files
	first, err := Zip(files)
	require.NoError(t, err)
	second, err := Zip(maps.Clone(files))
	require.NoError(t, err)
	assert.True(t, bytes.Equal(first, second))
	assert.True(t, maps.EqualFunc(files, unpacked(t, first), bytes.Equal))
	for _, bad := range []Files{{"../x": nil}, {"/x": nil}, {`a\b`: nil}, {"c:x": nil}, {"a/README.md": nil, "A/readme.md": nil}} {
		_, err := Zip(bad)
		assert.Error(t, err, "%v", bad)
	}
}

// small is a tree with one lab, to be spoilt.
func small(t *testing.T, change func(root string)) (Selection, error) {
	t.Helper()
	root := t.TempDir()
	for name, data := range selected(t).Files {
		file := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, data, 0o644))
	}
	change(root)
	return Select(root, nil)
}

func TestWhatLiesInATree(t *testing.T) {
	lab := filepath.Join("labs", "tp02-partitionnement")
	put := func(root, name, text string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(root, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(root, name), []byte(text), 0o644))
	}
	s, err := small(t, func(root string) {
		put(root, filepath.Join(lab, "exercises.go"), "package tp02\n\n// solved by the author\n")
		put(root, filepath.Join(lab, "exercises_old.go"), "package tp02\n")
		put(root, filepath.Join(lab, "notes.md"), "to do")
		put(root, filepath.Join(lab, ".DS_Store"), "x")
		put(root, filepath.Join("grader", "hidden2", "x.go"), "package hidden2\n")
		put(root, filepath.Join(".etincelle", "progress.json"), "{}")
	})
	require.NoError(t, err)
	assert.Equal(t, []string{"labs/tp02-partitionnement/exercises_old.go", "labs/tp02-partitionnement/notes.md"}, s.Left)
	assert.NotContains(t, string(s.Files["labs/tp02-partitionnement/exercises.go"]), "solved")
	for _, name := range []string{"labs/tp02-partitionnement/notes.md", "grader/hidden2/x.go", ".etincelle/progress.json"} {
		assert.NotContains(t, s.Files, name)
	}

	_, err = small(t, func(root string) {
		require.NoError(t, os.Remove(filepath.Join(root, lab, "hints.fr.md")))
		require.NoError(t, os.Symlink("/etc/hostname", filepath.Join(root, lab, "hints.fr.md")))
	})
	assert.ErrorContains(t, err, "hints.fr.md is a link")
	_, err = small(t, func(root string) { require.NoError(t, os.Remove(filepath.Join(root, lab, "cases.json"))) })
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

// The whole way, with what the machine has: built, tested, checked, put in place.
func TestMake(t *testing.T) {
	if testing.Short() {
		t.Skip("building a kit takes a while")
	}
	if said, err := exec.Command("go", "list", "-deps", "-test", "etincelle/labs/...", "etincelle").CombinedOutput(); err != nil {
		t.Skipf("the modules are not on this machine, so no kit can be built: %s", said)
	}
	out := t.TempDir()
	var steps []string
	made, err := Make(t.Context(), tree, out, Options{Labs: []string{"tp02"}, Tell: func(step string) { steps = append(steps, step) }})
	require.NoError(t, err)
	assert.Equal(t, []string{"select", "try", "zip"}, steps)
	assert.Equal(t, []string{Name, Name + ".zip"}, names(t, out), "nothing else is left there")

	folder := Files{}
	require.NoError(t, filepath.WalkDir(made.Folder, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(made.Folder, file)
		require.NoError(t, err)
		folder[filepath.ToSlash(name)], err = os.ReadFile(file)
		return err
	}))
	packed, err := os.ReadFile(made.Zip)
	require.NoError(t, err)
	assert.True(t, maps.EqualFunc(folder, unpacked(t, packed), bytes.Equal), "folder and zip hold the same: trying the one left no trace")
	assert.Len(t, made.SHA256, 64)

	_, err = Make(t.Context(), tree, out, Options{})
	assert.ErrorIs(t, err, ErrPlace)
	for _, inside := range []string{tree, filepath.Join(tree, "dist")} {
		_, err = Make(t.Context(), tree, inside, Options{})
		assert.ErrorContains(t, err, "inside the course's folder")
	}
}

func names(t *testing.T, dir string) []string {
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func TestAKitThatIsStoppedLeavesNothing(t *testing.T) {
	out := t.TempDir()
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	_, err := Make(ctx, tree, out, Options{Tell: func(step string) {
		if step == "try" {
			cancel(why)
		}
	}})
	require.ErrorIs(t, err, why)
	assert.Empty(t, names(t, out))
}

func TestBegun(t *testing.T) {
	source, err := begun([]byte("package p\n\nfunc A() int {\n\treturn 1\n}\n\nfunc B() {}\n"))
	require.NoError(t, err)
	assert.Equal(t, fmt.Sprintf("package p\n\nfunc A() int {%[1]s\n\treturn 1\n}\n\nfunc B() {%[1]s}\n", "\n\t_ = 0"), string(source))
}
