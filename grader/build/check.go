package build

import (
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
)

// Check says what is wrong with the types of a package, in a few milliseconds:
// nothing is compiled, and what it imports is read once for all. The compiler
// has the last word: where this finds something, Compile is as fast, and says it
// in the words that students will meet everywhere else.
func (r *Ready) Check(p Package) []Diagnostic {
	var found []Diagnostic
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range sortedNames(p.Files) {
		file, err := parser.ParseFile(set, name, p.Files[name], parser.SkipObjectResolution|parser.AllErrors)
		if list := (scanner.ErrorList)(nil); errors.As(err, &list) {
			for _, e := range list {
				found = append(found, Diagnostic{File: e.Pos.Filename, Line: e.Pos.Line, Column: e.Pos.Column, Message: e.Msg})
			}
		}
		files = append(files, file)
	}
	if len(found) > 0 {
		return found
	}
	r.checking.Lock() // an importer serves one at a time
	defer r.checking.Unlock()
	if r.imported == nil {
		r.imported = importer.ForCompiler(r.places, "gc", func(path string) (io.ReadCloser, error) {
			file, known := r.made.Packages[path]
			if !known {
				return nil, fmt.Errorf("package %s is not one that was prepared", path)
			}
			return os.Open(file)
		})
	}
	config := types.Config{
		Importer: r.imported, GoVersion: r.made.Language, Sizes: types.SizesFor("gc", runtime.GOARCH),
		Error: func(err error) {
			var e types.Error
			if !errors.As(err, &e) {
				found = append(found, Diagnostic{Message: err.Error()})
				return
			}
			if strings.HasPrefix(e.Msg, "\t") {
				return // goes on with the one before: the other place of two
			}
			at := set.PositionFor(e.Pos, false)
			found = append(found, Diagnostic{File: at.Filename, Line: at.Line, Column: at.Column, Message: e.Msg})
		},
	}
	// Every error has gone through Error already.
	_, _ = config.Check(p.Path, set, files, nil)
	return found
}

func sortedNames(files map[string][]byte) []string { return slices.Sorted(maps.Keys(files)) }
