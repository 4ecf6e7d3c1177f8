package kit

import (
	"errors"
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	grader "etincelle/grader/build"
	"etincelle/grader/lab"
)

// Selection is the files of a kit before it is put together.
type Selection struct {
	Labs  []string // folders below labs/
	Files Files
	Left  []string // what lies in a lab and no kit knows
}

// labFiles are what a lab's folder gives, exercises.go apart.
var labFiles = []string{
	"lab.json", "starter.go.txt", "exercises_test.go", "cases.json",
	"hints.fr.md", "hints.en.md", "notebook.fr.md", "notebook.en.md",
}

// pages go along as they are; those that are not there are not missed, save the
// module's own file.
var pages = []string{
	"go.mod", "go.sum", "LICENSE", ".gitignore", ".gitattributes", "datasets/README.md", "datasets/NOTICE",
	"docs/students.fr.md", "docs/students.en.md", "docs/export.fr.md", "docs/export.en.md",
}

// book is the folder of the chapters on the engine.
const book = "docs/book"

// selector collects files of the tree.
type selector struct {
	root  string
	tree  *os.Root // a link that leaves the tree cannot be read
	files Files
	seen  map[string]bool // folders of packages
}

// Select chooses the files of a kit with the labs that are named, all when none is.
func Select(root string, names []string) (Selection, error) {
	var chosen Selection
	labs, err := find(root, names)
	if err != nil {
		return chosen, err
	}
	tree, err := os.OpenRoot(root)
	if err != nil {
		return chosen, fmt.Errorf("open the course's folder: %w", err)
	}
	defer tree.Close()
	s := &selector{root: root, tree: tree, files: Files{}, seen: map[string]bool{}}
	if err := s.packages("."); err != nil {
		return chosen, err
	}
	if err := s.engine(); err != nil {
		return chosen, err
	}
	for _, l := range labs {
		left, err := s.lab(l)
		if err != nil {
			return chosen, err
		}
		chosen.Labs, chosen.Left = append(chosen.Labs, l.Name), append(chosen.Left, left...)
	}
	// What the grader and the notebooks build generated programs with, and what the
	// stepping screens start.
	for _, folder := range []string{"grader/harness/child", "grader/harness/stdio", "grader/notebook/cells", "grader/publictest", "replay/cmd"} {
		if err := s.packages(folder); err != nil {
			return chosen, err
		}
	}
	if err := s.datasets(chosen.Labs); err != nil {
		return chosen, err
	}
	for _, page := range pages {
		if err := s.take(page); err != nil && (page == "go.mod" || !errors.Is(err, fs.ErrNotExist)) {
			return chosen, err
		}
	}
	err = s.folder(book, func(name string) bool { return path.Ext(name) == ".md" })
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return chosen, err
	}
	s.readme(labs)
	chosen.Files = s.files
	return chosen, nil
}

// find opens the labs that are named.
func find(root string, names []string) ([]*lab.Lab, error) {
	if len(names) == 0 {
		var err error
		if names, err = lab.List(root); err != nil {
			return nil, err
		}
	}
	var labs []*lab.Lab
	for _, name := range names {
		l, err := lab.Find(root, name)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(labs, func(other *lab.Lab) bool { return other.Name == l.Name }) {
			labs = append(labs, l)
		}
	}
	if len(labs) == 0 {
		return nil, fmt.Errorf("found no lab in %s", filepath.Join(root, "labs"))
	}
	return labs, nil
}

// packages takes a package of the module with all that it imports, for whichever
// system, and without tests.
func (s *selector) packages(folder string) error {
	if s.seen[folder] {
		return nil
	}
	s.seen[folder] = true
	context := build.Default
	context.UseAllFiles = true // a kit made on one system is used on others
	p, err := context.ImportDir(filepath.Join(s.root, filepath.FromSlash(folder)), 0)
	if err != nil {
		return fmt.Errorf("the package in %s: %w", folder, err)
	}
	for _, name := range p.GoFiles {
		if err := s.take(path.Join(folder, name)); err != nil {
			return err
		}
	}
	for _, pattern := range p.EmbedPatterns {
		if err := s.embedded(folder, pattern); err != nil {
			return err
		}
	}
	return s.imports(p.Imports)
}

// imports takes those packages that are the module's own.
func (s *selector) imports(paths []string) error {
	for _, name := range paths {
		if folder, own := strings.CutPrefix(name, grader.Module+"/"); own {
			if err := s.packages(folder); err != nil {
				return err
			}
		}
	}
	return nil
}

// embedded takes the files of a go:embed pattern.
func (s *selector) embedded(folder, pattern string) error {
	matches, err := fs.Glob(s.tree.FS(), path.Join(folder, strings.TrimPrefix(pattern, "all:")))
	if err != nil {
		return fmt.Errorf("the files %s that %s embeds: %w", pattern, folder, err)
	}
	for _, match := range matches {
		if err := s.folder(match, func(string) bool { return true }); err != nil {
			return err
		}
	}
	return nil
}

// engine takes the whole engine, which students read. Its tests and examples
// stay behind: they would make the first `go test ./...` wait for a minute.
func (s *selector) engine() error {
	return s.walk("engine", func(file string, d fs.DirEntry) error {
		switch name := d.Name(); {
		case d.IsDir() && (name == "enginetest" || name == "testdata"):
			return fs.SkipDir
		case d.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		return s.packages(path.Dir(file))
	})
}

// lab takes one lab as it was handed out, and says what it leaves behind.
func (s *selector) lab(l *lab.Lab) (left []string, err error) {
	folder := path.Join("labs", l.Name)
	for _, name := range labFiles {
		if err := s.take(path.Join(folder, name)); err != nil {
			return nil, err
		}
	}
	// An author may have solved the exercises in this tree: the starter is what students get.
	s.files[path.Join(folder, "exercises.go")] = l.Starter
	if err := s.figures(path.Join(folder, "figures")); err != nil {
		return nil, err
	}
	p, err := build.ImportDir(filepath.Join(s.root, filepath.FromSlash(folder)), 0)
	if err != nil {
		return nil, fmt.Errorf("the package in %s: %w", folder, err)
	}
	if err := s.imports(append(p.Imports, p.TestImports...)); err != nil {
		return nil, err
	}
	err = s.walk(folder, func(file string, d fs.DirEntry) error {
		if _, taken := s.files[file]; !taken && !d.IsDir() {
			left = append(left, file)
		}
		return nil
	})
	return left, err
}

// figures takes a lab's pictures and the program they are made with.
func (s *selector) figures(folder string) error {
	err := s.folder(folder, func(name string) bool {
		return slices.Contains([]string{".svg", ".txt", ".json", ".jsonl"}, path.Ext(name))
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		if _, none := s.tree.Stat(path.Join(folder, "main.go")); none == nil {
			err = s.packages(folder)
		}
	}
	return err
}

// folder takes the files of a folder that are wanted, or the one file.
func (s *selector) folder(folder string, wanted func(name string) bool) error {
	return s.walk(folder, func(file string, d fs.DirEntry) error {
		if d.IsDir() || !wanted(d.Name()) {
			return nil
		}
		return s.take(file)
	})
}

// walk visits what lies in a folder, hidden files and folders apart.
func (s *selector) walk(folder string, visit func(file string, d fs.DirEntry) error) error {
	return fs.WalkDir(s.tree.FS(), folder, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if hidden := strings.HasPrefix(d.Name(), "."); hidden && d.IsDir() {
			return fs.SkipDir
		} else if hidden {
			return nil
		}
		return visit(file, d)
	})
}

// take takes one file. A link is refused: what it leads to is not the tree's to give.
func (s *selector) take(file string) error {
	info, err := s.tree.Lstat(file)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is a link, or no file: a kit holds files alone", file)
	}
	data, err := s.tree.ReadFile(file)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	s.files[file] = data
	return nil
}
