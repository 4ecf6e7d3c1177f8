package rdd_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEveryFunctionHasAnExample: godoc is a course only if nothing that a program
// meets is left without a line to try. developer.go, exchange.go and streaming.go
// are for other packages.
func TestEveryFunctionHasAnExample(t *testing.T) {
	files := token.NewFileSet()
	var code, tests []*ast.File
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || slices.Contains([]string{"developer.go", "exchange.go", "streaming.go"}, e.Name()) {
			continue
		}
		f, err := parser.ParseFile(files, e.Name(), nil, parser.ParseComments)
		require.NoError(t, err)
		if strings.HasSuffix(e.Name(), "_test.go") {
			tests = append(tests, f)
		} else {
			code = append(code, f)
		}
	}
	examples := map[string]*doc.Example{}
	for _, e := range doc.Examples(tests...) {
		examples[e.Name] = e
	}
	for _, name := range exported(code) {
		e := examples[name]
		if e == nil && strings.HasPrefix(name, "Summary_") {
			e = examples["Summary"] // one example shows the summary whole
		}
		if assert.NotNil(t, e, "rdd.%s has no example", strings.ReplaceAll(name, "_", ".")) {
			assert.NotEmpty(t, e.Output, "the example of rdd.%s shows no output", strings.ReplaceAll(name, "_", "."))
		}
	}
}

// exported lists functions ("Map") and methods of exported types ("RDD_Count").
func exported(code []*ast.File) []string {
	var names []string
	for _, f := range code {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() {
				continue
			}
			if fn.Recv == nil {
				names = append(names, fn.Name.Name)
			} else if receiver := receiverOf(fn); ast.IsExported(receiver) {
				names = append(names, receiver+"_"+fn.Name.Name)
			}
		}
	}
	return names
}

// receiverOf is the type that a method is of, without its star and parameters.
func receiverOf(fn *ast.FuncDecl) string {
	of := fn.Recv.List[0].Type
	for {
		switch x := of.(type) {
		case *ast.StarExpr:
			of = x.X
		case *ast.IndexExpr:
			of = x.X
		case *ast.IndexListExpr:
			of = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}
