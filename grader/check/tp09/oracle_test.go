package tp09

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var numbered = regexp.MustCompile(`\p{L}+`)

// What the notebooks print of the running example is what Spark did: batches, rows read
// and written, watermark and state, each of them.
func TestNotebooksAgreeWithSpark(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	data, err := os.ReadFile(filepath.Join(root, "engine/enginetest/testdata/oracle/structured/guide_animals_append.json"))
	require.NoError(t, err)
	var spark struct {
		Steps []struct {
			Batches []struct {
				ID        int
				Watermark time.Time
				Read      int `json:"num_input_rows"`
				Rows      []json.RawMessage
				State     []struct {
					Total int `json:"rows_total"`
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal(data, &spark))
	var wanted []string
	for _, step := range spark.Steps {
		for _, b := range step.Batches {
			at := "—"
			if b.Watermark.Unix() != 0 {
				at = b.Watermark.Format("15:04")
			}
			wanted = append(wanted, fmt.Sprintf(" %d:  %d,  %s,  %d,  %d", b.ID, b.Read, at, len(b.Rows), b.State[0].Total))
		}
	}
	for _, language := range []string{"fr", "en"} {
		notebook, err := os.ReadFile(filepath.Join(root, "labs", "tp09-fenetrage-ajout", "notebook."+language+".md"))
		require.NoError(t, err)
		_, after, found := strings.Cut(string(notebook), "```output cell=quand\n")
		require.True(t, found)
		printed, _, _ := strings.Cut(after, "\n```")
		var batches []string
		for line := range strings.SplitSeq(printed, "\n") {
			if !strings.HasPrefix(line, " ") { // a window of the batch above
				batches = append(batches, numbered.ReplaceAllString(line, ""))
			}
		}
		assert.Equal(t, wanted, batches, language)
	}
}
