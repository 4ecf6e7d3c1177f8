package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"sort"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/message"
)

// Every key has its message, in both languages, about the same facts.
func TestMessagesAreComplete(t *testing.T) {
	files, err := filepath.Glob("words_*.go")
	require.NoError(t, err)
	declared := map[Key]bool{}
	declare := func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "Key" {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			assert.False(t, declared[Key(text)], "the key %q is declared twice", text)
			declared[Key(text)] = true
		}
		return true
	}
	for _, file := range append(files, "keys.go") {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(tree, declare)
	}
	require.NotEmpty(t, declared)
	for key := range declared {
		text, said := messages[key]
		require.True(t, said, "the key %q has no message", key)
		french, english := text.Holes(message.French), text.Holes(message.English)
		sort.Strings(french)
		sort.Strings(english)
		assert.NotEmpty(t, text.French, key)
		assert.NotEmpty(t, text.English, key)
		assert.NotEqual(t, text.French, text.English, key)
		assert.Equal(t, french, english, "the key %q says other facts in the other language", key)
	}
	for key := range messages {
		assert.True(t, declared[key], "the message %q is nobody's", key)
	}
	for key, text := range reasons {
		assert.True(t, declared[key], "the reason %q is nobody's", key)
		assert.NotEqual(t, text.French, text.English, key)
		assert.ElementsMatch(t, text.Holes(message.French), text.Holes(message.English), key)
	}
}
