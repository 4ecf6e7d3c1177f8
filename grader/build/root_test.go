package build

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRootLooksUpwards(t *testing.T) {
	root := module(t, nil)
	deep := filepath.Join(root, "labs", "tp")
	require.NoError(t, os.MkdirAll(deep, 0o755))
	for _, from := range []string{root, deep} {
		found, err := Root(from)
		require.NoError(t, err)
		assert.Equal(t, root, found)
	}
	// A module of another name on the way is passed by.
	write(t, deep, "go.mod", "module other\n")
	found, err := Root(deep)
	require.NoError(t, err)
	assert.Equal(t, root, found)
}

func TestRootSaysWhereItLooked(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "go.mod", "module other\n")
	_, err := Root(folder)
	require.ErrorContains(t, err, `no go.mod with `+"`module etincelle`"+` in `+folder+` or above it`)
	assert.ErrorContains(t, err, `of module "other"`)
	assert.ErrorContains(t, err, "run the command inside the course's folder")
}

func TestModuleName(t *testing.T) {
	for text, want := range map[string]string{
		"module etincelle\n":                          "etincelle",
		"// a comment\n\nmodule \"etincelle\" // why": "etincelle",
		"go 1.26\n": "",
		"":          "",
	} {
		assert.Equal(t, want, moduleName([]byte(text)), text)
	}
}
