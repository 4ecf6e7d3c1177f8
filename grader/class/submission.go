package class

import (
	"bytes"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path"
	"sort"
	"strings"

	"etincelle/grader/lab"
	"etincelle/grader/policy"
)

// A class is a folder with one folder a student. What lies in it is a stranger's:
// it is opened below the class's folder and nowhere else, links are not followed,
// and nothing larger than a source file is read.

// handedIn is one student's file for one TP.
type handedIn struct {
	path   string // below the class's folder, "" when there is none
	source []byte
	link   bool // it, or its folder, is a link or no file at all
}

// students names the students' folders, in order. Hidden ones are not students.
func students(dir *os.Root) ([]string, error) {
	entries, err := fs.ReadDir(dir.FS(), ".")
	if err != nil {
		return nil, fmt.Errorf("read the class's folder: %w", err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(e.Name(), "_") {
			names = append(names, e.Name())
		}
	}
	sort.Strings(names)
	return names, nil
}

// find looks for a student's file for a TP: in a folder of the TP's name, or
// alone in the student's folder when its package is the TP's.
func find(dir *os.Root, student string, l *lab.Lab) (handedIn, error) {
	for _, file := range []string{
		path.Join(student, l.Name, "exercises.go"),
		path.Join(student, "labs", l.Name, "exercises.go"),
		path.Join(student, "exercises.go"),
	} {
		found, err := read(dir, file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return handedIn{}, err
		}
		if file == path.Join(student, "exercises.go") && !found.link && packageOf(found.source) != packageOf(l.Starter) {
			continue // it is another TP's
		}
		return found, nil
	}
	return handedIn{}, nil
}

// read reads one file, whose folders must be folders and itself a file.
func read(dir *os.Root, file string) (handedIn, error) {
	at := ""
	for _, part := range strings.Split(file, "/") {
		at = path.Join(at, part)
		info, err := dir.Lstat(at)
		if err != nil {
			return handedIn{}, err
		}
		if last := at == file; last && !info.Mode().IsRegular() || !last && !info.IsDir() {
			return handedIn{path: file, link: true}, nil
		}
	}
	f, err := dir.Open(file)
	if err != nil {
		return handedIn{}, err
	}
	defer f.Close()
	source, err := io.ReadAll(io.LimitReader(f, policy.MaxSize+1))
	if err != nil {
		return handedIn{}, fmt.Errorf("read %s: %w", file, err)
	}
	return handedIn{path: file, source: source}, nil
}

// packageOf is the name in a source's package clause.
func packageOf(source []byte) string {
	tree, err := parser.ParseFile(token.NewFileSet(), "", bytes.TrimSpace(source), parser.PackageClauseOnly)
	if err != nil || tree.Name == nil {
		return ""
	}
	return tree.Name.Name
}
