package tp08

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	root    = filepath.Join("..", "..", "..")
	counted = regexp.MustCompile(`(\d\d:\d\d) (\S+) (\d+)\*?`)
)

// spark is what Spark did with the animals in update mode.
type spark struct {
	Steps []struct {
		Batches []struct {
			ID        int
			Watermark time.Time
			Rows      [][]any // start, end, word, count
			State     []struct {
				Total int `json:"rows_total"`
			}
		}
	}
}

func asked(t *testing.T) (s spark) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "engine/enginetest/testdata/oracle/structured", "guide_animals_update.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &s))
	return s
}

// What the notebooks print of update mode is what Spark did: the batches, the
// watermark, the state and each row.
func TestNotebooksAgreeWithSpark(t *testing.T) {
	var wanted []string
	for _, step := range asked(t).Steps {
		for _, b := range step.Batches {
			at := "—"
			if b.Watermark.Unix() != 0 {
				at = b.Watermark.Format("15:04")
			}
			wanted = append(wanted, fmt.Sprintf("batch %d, watermark %s, rows %d, state %d", b.ID, at, len(b.Rows), b.State[0].Total))
			var rows []string
			for _, row := range b.Rows {
				start, err := time.Parse(time.RFC3339, row[0].(string))
				require.NoError(t, err)
				rows = append(rows, fmt.Sprintf("%s %v %v", start.Format("15:04"), row[2], row[3]))
			}
			slices.Sort(rows)
			wanted = append(wanted, rows...)
		}
	}
	english := strings.NewReplacer("lot ", "batch ", "lignes ", "rows ", "filigrane", "watermark", "état", "state")
	for _, language := range []string{"fr", "en"} {
		notebook, err := os.ReadFile(filepath.Join(root, "labs", "tp08-fenetrage-mise-a-jour", "notebook."+language+".md"))
		require.NoError(t, err)
		_, after, found := strings.Cut(string(notebook), "```output cell=majour\n")
		require.True(t, found)
		printed, _, _ := strings.Cut(after, "\n```")
		var got, rows []string
		for _, line := range strings.Split(english.Replace(printed), "\n") {
			if !strings.HasPrefix(line, " ") {
				slices.Sort(rows)
				got, rows = append(append(got, rows...), line), nil
				continue
			}
			for _, row := range counted.FindAllStringSubmatch(line, -1) {
				rows = append(rows, fmt.Sprintf("%s %s %s", row[1], row[2], row[3]))
			}
		}
		require.Greater(t, len(got), 2)
		assert.Equal(t, wanted, got[:len(got)-2], language) // two lines of totals
	}
}

// The public case of the thirteen animals wants of Forecast what Spark did.
func TestTheForecastIsSparks(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root, "labs", "tp08-fenetrage-mise-a-jour", "cases.json"))
	require.NoError(t, err)
	var public struct {
		Groups []struct {
			Function string
			Cases    []struct {
				Name   string
				Params map[string]int
				Want   struct{ Rows []json.RawMessage }
			}
		}
	}
	require.NoError(t, json.Unmarshal(data, &public))
	found := false
	for _, g := range public.Groups {
		for _, c := range g.Cases {
			if g.Function != "Forecast" || c.Name != "the thirteen animals" {
				continue
			}
			found = true
			var foreseen []outlook
			require.NoError(t, json.Unmarshal(c.Want.Rows[0], &foreseen))
			for i, step := range asked(t).Steps {
				rows := 0
				for _, b := range step.Batches {
					rows += len(b.Rows)
				}
				last := step.Batches[len(step.Batches)-1]
				assert.Equal(t, rows, foreseen[i].Rows, "step %d", i+1)
				assert.Equal(t, last.State[0].Total, foreseen[i].State, "step %d", i+1)
			}
		}
	}
	assert.True(t, found)
}
