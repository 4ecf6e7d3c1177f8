package datasets_test

// The files are what README.md says: the same bytes, rows, columns, kinds of
// values and nulls; and the folder holds those files and no other.

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFolderHoldsTheListedFiles(t *testing.T) {
	var listed []string
	for _, e := range readme(t).files {
		listed = append(listed, e.name)
	}
	var found []string
	require.NoError(t, filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".raw": // get_inputs.sh's downloads
			return filepath.SkipDir
		case d.IsDir(), isScaffold(path):
			return nil
		}
		found = append(found, filepath.ToSlash(path))
		return nil
	}))
	assert.ElementsMatch(t, found, listed, "the folder's files and README.md's table")
}

// isScaffold tells what explains, makes or reads the data from the data.
func isScaffold(path string) bool {
	switch filepath.Ext(path) {
	case ".go", ".py", ".sh":
		return true
	}
	return path == "README.md" || path == "NOTICE"
}

func TestFilesAreAsListed(t *testing.T) {
	for _, want := range readme(t).files {
		t.Run(want.name, func(t *testing.T) {
			raw, data := load(t, want.name)
			got := file{name: want.name, bytes: len(raw), sum: sum(raw), content: sum(data)}
			got.rows = nonEmptyLines(data)
			if isTable(want.name) {
				got.rows-- // the header is no record, and no field here holds a line end
			}
			assert.Equal(t, want, got)
		})
	}
}

func TestColumnsAreAsListed(t *testing.T) {
	page := readme(t)
	for _, f := range page.files {
		if !isTable(f.name) {
			continue
		}
		t.Run(f.name, func(t *testing.T) {
			want := page.columns[f.name]
			require.NotEmpty(t, want, "README.md has no table of columns under a heading that names %s", f.name)
			_, data := load(t, f.name)
			got, err := nulls(bytes.NewReader(data), want)
			require.NoError(t, err)
			for i, c := range want {
				assert.Equal(t, c.nulls, got[i], "nulls of %s", c.name)
			}
		})
	}
}

func TestNullsRefusesWhatIsNotListed(t *testing.T) {
	columns := []column{{name: "n", kind: "int"}, {name: "x", kind: "double"}, {name: "at", kind: "timestamp"}}
	for _, c := range []struct{ name, data, want string }{
		{"another column", "n,y,at\n", `column 2 is "y", README.md says "x"`},
		{"a column more", "n,x,at,z\n", "4 columns, README.md says 3"},
		{"not an int", "n,x,at\n1.5,1,NA\n", `row 1: n is "1.5", not int`},
		{"not a double", "n,x,at\n1,one,NA\n", `row 1: x is "one", not double`},
		{"not UTC", "n,x,at\n,2,2024-01-01T00:00:00Z\n1,2,2024-01-01T00:00:00+01:00\n",
			`row 2: at is "2024-01-01T00:00:00+01:00", not timestamp`},
		{"a torn row", "n,x,at\n1,2\n", "wrong number of fields"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := nulls(strings.NewReader(c.data), columns)
			assert.ErrorContains(t, err, c.want)
		})
	}
	got, err := nulls(strings.NewReader("n,x,at\n,NA,\n1,NA,2024-01-01T00:00:00Z\n"), columns)
	require.NoError(t, err)
	assert.Equal(t, []int{1, 2, 1}, got)
}

// nulls counts each column's nulls, and refuses a table whose header or
// values are not those of columns.
func nulls(table io.Reader, columns []column) ([]int, error) {
	r := csv.NewReader(table)
	r.ReuseRecord = true
	head, err := r.Read()
	if err != nil {
		return nil, err
	}
	if len(head) != len(columns) {
		return nil, fmt.Errorf("%d columns, README.md says %d", len(head), len(columns))
	}
	for i, c := range columns {
		if head[i] != c.name {
			return nil, fmt.Errorf("column %d is %q, README.md says %q", i+1, head[i], c.name)
		}
	}
	counts := make([]int, len(columns))
	for row := 1; ; row++ {
		record, err := r.Read()
		if err == io.EOF {
			return counts, nil
		}
		if err != nil {
			return nil, err
		}
		for i, v := range record {
			if v == "" || v == "NA" {
				counts[i]++
			} else if !isOfKind(v, columns[i].kind) {
				return nil, fmt.Errorf("row %d: %s is %q, not %s", row, columns[i].name, v, columns[i].kind)
			}
		}
	}
}

func isOfKind(v, kind string) bool {
	var err error
	switch kind {
	case "string":
	case "int":
		_, err = strconv.Atoi(v)
	case "double":
		_, err = strconv.ParseFloat(v, 64)
	case "timestamp":
		_, err = time.Parse(time.RFC3339, v)
		return err == nil && strings.HasSuffix(v, "Z")
	default:
		return false
	}
	return err == nil
}

// load returns a file's bytes and what they hold: unzipped when a .gz.
func load(t *testing.T, name string) (raw, content []byte) {
	t.Helper()
	raw, err := os.ReadFile(filepath.FromSlash(name))
	require.NoError(t, err)
	if !strings.HasSuffix(name, ".gz") {
		return raw, raw
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	require.NoError(t, err)
	content, err = io.ReadAll(z)
	require.NoError(t, err)
	return raw, content
}

func isTable(name string) bool { return strings.HasSuffix(strings.TrimSuffix(name, ".gz"), ".csv") }

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

func nonEmptyLines(data []byte) int {
	n := 0
	for line := range bytes.Lines(data) {
		if len(bytes.TrimSuffix(line, []byte("\n"))) > 0 {
			n++
		}
	}
	return n
}
