package dstream_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// elsewhere are the functions that another one's example shows.
var elsewhere = map[string]string{
	"RestartDelay": "BlockInterval", "ReceiverClock": "BlockInterval", "MaxRate": "BlockInterval",
	"StatePartitioner": "StateTimeout", "NewSocketReceiver": "SocketTextStream",
}

// TestEveryFunctionHasAnExample: nothing that a program calls is without a line to try.
// developer.go and received.go are for other packages.
func TestEveryFunctionHasAnExample(t *testing.T) {
	files := token.NewFileSet()
	var code, tests []*ast.File
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || e.Name() == "developer.go" || e.Name() == "received.go" {
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
	for _, f := range code {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() || fn.Recv != nil {
				continue
			}
			name := fn.Name.Name
			if by, shown := elsewhere[name]; shown {
				name = by
			}
			if assert.NotNil(t, examples[name], "dstream.%s has no example", fn.Name.Name) {
				assert.NotEmpty(t, examples[name].Output, "the example of dstream.%s shows no output", name)
			}
		}
	}
}
