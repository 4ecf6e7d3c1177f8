package class

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/lab"
	"etincelle/grader/policy"
)

// Predictions count as made or not; whatever lies where they should be costs nothing.
func TestPredictionsCountAsMade(t *testing.T) {
	l, err := lab.Find(tree, "tp02")
	require.NoError(t, err)
	asked, err := questions(l)
	require.NoError(t, err)
	require.NotEmpty(t, asked)
	made := fmt.Sprintf(`{"labs": {%q: {"predictions": {%q: {"text": "8"}, %q: {"text": " "}, "nowhere": {"text": "3"}}}}}`, l.Name, asked[0], asked[1])
	kit := ".etincelle/notebooks.json"
	for name, c := range map[string]struct {
		file, holds string
		want        Predicted
	}{
		"in the kit's folder":  {kit, made, Predicted{"s/" + kit, 1, len(asked)}},
		"alone":                {"notebooks.json", made, Predicted{"s/notebooks.json", 1, len(asked)}},
		"of another lab":       {kit, strings.Replace(made, l.Name, "tp99", 1), Predicted{"s/" + kit, 0, len(asked)}},
		"no JSON":              {kit, "}", Predicted{"s/" + kit, 0, len(asked)}},
		"too large to be read": {kit, made + strings.Repeat(" ", policy.MaxSize), Predicted{"", 0, len(asked)}},
		"not handed in":        {"other.json", made, Predicted{"", 0, len(asked)}},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			file := filepath.Join(folder, "s", filepath.FromSlash(c.file))
			require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
			require.NoError(t, os.WriteFile(file, []byte(c.holds), 0o644))
			dir, err := os.OpenRoot(folder)
			require.NoError(t, err)
			defer dir.Close()
			got, err := predicted(dir, "s", l)
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
		})
	}
}
