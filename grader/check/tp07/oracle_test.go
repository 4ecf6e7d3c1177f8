package tp07

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What the notebooks print of the three modes is what Spark did: batches, rows read and
// written, watermark and state, each of them.
func TestNotebooksAgreeWithSpark(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	for cell, mode := range map[string]string{"ajout": "append", "majour": "update", "complet": "complete"} {
		data, err := os.ReadFile(filepath.Join(root, "engine/enginetest/testdata/oracle/structured", "guide_animals_"+mode+".json"))
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
				wanted = append(wanted, fmt.Sprintf("batch %d: read %d, watermark %s, written %d, state %d", b.ID, b.Read, at, len(b.Rows), b.State[0].Total))
			}
		}
		english := strings.NewReplacer("lot ", "batch ", "lues", "read", "filigrane", "watermark", "écrites", "written", "état", "state")
		for _, language := range []string{"fr", "en"} {
			notebook, err := os.ReadFile(filepath.Join(root, "labs", "tp07-trois-modes", "notebook."+language+".md"))
			require.NoError(t, err)
			_, after, found := strings.Cut(string(notebook), "```output cell="+cell+"\n")
			require.True(t, found)
			printed, _, _ := strings.Cut(after, "\n```")
			assert.Equal(t, wanted, strings.Split(english.Replace(printed), "\n"), "%s in %s", cell, language)
		}
	}
}
