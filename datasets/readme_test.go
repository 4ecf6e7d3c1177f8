package datasets_test

// README.md read as data: its table of files, and the table of columns under
// each heading that names files.

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// file is a row of the table of files.
type file struct {
	name         string
	rows, bytes  int
	sum, content string // sha256, in hexadecimal: of the file, of what it holds
}

// column is a row of a table of columns, for one file.
type column struct {
	name, kind string // kind: int, double, string or timestamp
	nulls      int
}

type page struct {
	files   []file
	columns map[string][]column // by file
}

// readme parses README.md. A row of a table opens with a name in backquotes:
// under "## The files" it is a file, under "### `file`…" a column of those files.
func readme(t *testing.T) page {
	t.Helper()
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)

	p := page{columns: map[string][]column{}}
	var named []string // the files that the heading above names; none in the table of files
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			named = quoted(line)
			continue
		}
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.Trim(cells[i], " `")
		}
		if len(named) == 0 {
			p.files = append(p.files, fileOf(t, cells))
			continue
		}
		// The last cells count nulls: one for all the files named, or one each.
		counts := cells[3:]
		require.Contains(t, []int{1, len(named)}, len(counts), "counts of nulls in README.md: %s", line)
		for i, name := range named {
			count := counts[min(i, len(counts)-1)]
			p.columns[name] = append(p.columns[name], column{cells[0], cells[1], number(t, count)})
		}
	}
	return p
}

func fileOf(t *testing.T, cells []string) file {
	t.Helper()
	require.Len(t, cells, 5, "README.md's table of files")
	f := file{cells[0], number(t, cells[1]), number(t, cells[2]), cells[3], cells[4]}
	if f.content == "same" {
		f.content = f.sum
	}
	return f
}

func quoted(heading string) []string {
	var names []string
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(heading, -1) {
		names = append(names, m[1])
	}
	return names
}

// number reads a count written with commas: 336,776.
func number(t *testing.T, cell string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.ReplaceAll(cell, ",", ""))
	require.NoError(t, err, "a number of README.md")
	return n
}
