package class

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/build"
)

func TestNotebooksAreTrue(t *testing.T) {
	root, err := build.Root(".")
	require.NoError(t, err)
	held, err := Notebooks(context.Background(), root, Scope{}, false, func(trial Trial) {
		assert.NoError(t, trial.Err, "%s: %s", trial.Lab, trial.Name)
	})
	require.NoError(t, err)
	assert.True(t, held)
}

// A notebook that says what its cells do not print is found out.
func TestNotebooksThatLie(t *testing.T) {
	root, err := build.Root(".")
	require.NoError(t, err)
	copied := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum", "engine", "datasets", "solutions", "grader"} {
		require.NoError(t, os.Symlink(filepath.Join(root, name), filepath.Join(copied, name)))
	}
	require.NoError(t, os.CopyFS(filepath.Join(copied, "labs"), os.DirFS(filepath.Join(root, "labs"))))
	path := filepath.Join(copied, "labs", "tp02-partitionnement", "notebook.fr.md")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Contains(t, string(text), "étapes: 1 tâches: 7")
	require.Contains(t, string(text), " 61<!-- combiner:2 -->")
	lie := strings.NewReplacer("étapes: 1 tâches: 7", "étapes: 2 tâches: 7", " 61<!-- combiner:2 -->", " 62<!-- combiner:2 -->").Replace(string(text))
	require.NoError(t, os.WriteFile(path, []byte(lie), 0o644))

	var found []string
	held, err := Notebooks(context.Background(), copied, Scope{TPs: []string{"tp02"}}, false, func(trial Trial) {
		if trial.Err != nil {
			found = append(found, trial.Name+": "+trial.Err.Error())
		}
	})
	require.NoError(t, err)
	assert.False(t, held)
	require.NotEmpty(t, found)
	assert.Contains(t, found[0], "notebook.fr.md")
	assert.Contains(t, found[0], "étapes: 1")
	assert.Contains(t, found[0], "expected 61, which the cell prints there")

	held, err = Notebooks(context.Background(), copied, Scope{TPs: []string{"tp02"}}, true, func(Trial) {})
	require.NoError(t, err)
	assert.True(t, held, "rewritten, it is true again")
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(text), string(after))
}
