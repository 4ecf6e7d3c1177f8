package notebook

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
)

// Cells have no imports: a package is imported because its name is used. The
// list is closed. A name outside it stays undefined, and the compiler says so at
// the notebook's line.

// importable is what every notebook's code may use: name → import path.
var importable = map[string]string{
	"engine": "etincelle/engine", "rdd": "etincelle/engine/rdd", "datasets": "etincelle/datasets",
	"frame": "etincelle/engine/frame", "stream": "etincelle/engine/stream", "dstream": "etincelle/engine/dstream",
	"clock": "etincelle/engine/clock", // a DStream is stepped through by hand
	"cmp":   "cmp", "errors": "errors", "fmt": "fmt", "iter": "iter", "maps": "maps", "math": "math",
	"slices": "slices", "sort": "sort", "strconv": "strconv", "strings": "strings", "time": "time",
}

// allowed adds a TP's own packages.
func allowed(tp map[string]string) map[string]string {
	all := maps.Clone(importable)
	maps.Copy(all, tp)
	return all
}

// imports is the import declaration of a package's text: the known names that
// stand before a dot and that nothing in the text declares.
func imports(text string, known map[string]string) (string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+text, parser.AllErrors)
	if err != nil {
		return "", err
	}
	undeclared := map[*ast.Ident]bool{}
	for _, name := range file.Unresolved {
		undeclared[name] = true
	}
	used := map[string]bool{}
	ast.Inspect(file, func(node ast.Node) bool {
		if selector, is := node.(*ast.SelectorExpr); is {
			if name, is := selector.X.(*ast.Ident); is && undeclared[name] && known[name.Name] != "" {
				used[name.Name] = true
			}
		}
		return true
	})
	var lines strings.Builder
	for _, name := range slices.Sorted(maps.Keys(used)) {
		fmt.Fprintf(&lines, "import %s %q\n", name, known[name])
	}
	return lines.String(), nil
}
