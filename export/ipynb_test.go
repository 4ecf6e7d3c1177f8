package export

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/message"
)

// readCell is a cell as any reader of the format sees it.
type readCell struct {
	Kind        string                       `json:"cell_type"`
	ID          string                       `json:"id"`
	Metadata    map[string]any               `json:"metadata"`
	Source      []string                     `json:"source"`
	Count       *int                         `json:"execution_count"`
	Outputs     []stream                     `json:"outputs"`
	Attachments map[string]map[string]string `json:"attachments"`
}

func (c readCell) text() string { return strings.Join(c.Source, "") }

type readBook struct {
	Cells    []readCell     `json:"cells"`
	Metadata map[string]any `json:"metadata"`
	Format   int            `json:"nbformat"`
	Minor    int            `json:"nbformat_minor"`
}

// requireValid holds the format's rules that a schema would.
func requireValid(t require.TestingT, data []byte) readBook {
	var book readBook
	require.NoError(t, json.Unmarshal(data, &book))
	require.Equal(t, [2]int{4, 5}, [2]int{book.Format, book.Minor})
	ids := map[string]bool{}
	for _, c := range book.Cells {
		require.Regexp(t, cellID, c.ID)
		require.False(t, ids[c.ID], c.ID)
		ids[c.ID] = true
		require.NotNil(t, c.Metadata)
		require.NotNil(t, c.Source)
		require.Contains(t, []string{"markdown", "code"}, c.Kind)
		require.Equal(t, c.Kind == "code", c.Outputs != nil)
		for i, line := range c.Source {
			require.Equal(t, i < len(c.Source)-1, strings.HasSuffix(line, "\n"), "each line but the last keeps its end")
		}
		for name := range c.Attachments {
			require.Contains(t, c.text(), "(attachment:"+name)
		}
	}
	return book
}

func TestJupyterNotebookOfTheCourse(t *testing.T) {
	for _, language := range []message.Language{message.French, message.English} {
		s := real(t, language)
		data, err := s.IPYNB()
		require.NoError(t, err)
		book := requireValid(t, data)
		kernel, _ := book.Metadata["kernelspec"].(map[string]any)
		assert.Equal(t, "go", kernel["language"])

		var code, outputs []string
		pictures := 0
		for _, c := range book.Cells {
			pictures += len(c.Attachments)
			if c.Kind == "code" {
				code = append(code, c.text())
				for _, o := range c.Outputs {
					outputs = append(outputs, strings.Join(o.Text, ""))
				}
				continue
			}
			assert.NotContains(t, c.text(), "{#", "headings' ids are this course's own")
			assert.NotContains(t, c.text(), "<!-- ")
		}
		assert.Equal(t, 5, pictures)
		for _, path := range []string{`"etincelle/engine/rdd"`, `"etincelle/datasets"`, `"fmt"`} {
			assert.Contains(t, code[0], path)
		}
		var wantCode, wantOutputs []string
		for _, cell := range s.notebook.Cells() {
			wantCode = append(wantCode, "%%\n"+strings.TrimSuffix(cell.Text, "\n"))
			if cell.Output != nil {
				wantOutputs = append(wantOutputs, cell.Output.Text)
			}
		}
		assert.Subset(t, code, wantCode)
		assert.Equal(t, wantOutputs, outputs)
		all := ""
		for _, c := range book.Cells {
			all += c.text() + "\n"
		}
		assert.Contains(t, all, "> **"+strings.SplitN(predictText.In(language), " ", 2)[0])
		assert.Contains(t, all, "```python\n")
		assert.Contains(t, all, "<details>\n<summary>")
	}
}

// The format's own judge, where it is installed.
func TestNbformatAgrees(t *testing.T) {
	if err := exec.Command("python3", "-c", "import nbformat").Run(); err != nil {
		t.Skip("python3 has no package nbformat here: pip install nbformat, to have the notebook judged by its format's own library")
	}
	data, err := real(t, message.French).IPYNB()
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "tp02.ipynb")
	require.NoError(t, os.WriteFile(file, data, 0o644))
	said, err := exec.Command("python3", "-c", "import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT))", file).CombinedOutput()
	require.NoError(t, err, "%s", said)
}
