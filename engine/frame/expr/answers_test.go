package expr_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/sql"
)

// recorded is what Spark answered to a selection over the table of table.json;
// values are as CAST(… AS STRING) shows them.
type recorded struct {
	SQL      string
	Columns  []string
	Types    []string
	Nullable []bool
	Rows     [][]*string
	Error    *struct{ Class, Message string }
}

// answersTable is the table that the questions are about.
func answersTable(t *testing.T) (column.Schema, column.Batch) {
	t.Helper()
	var table struct {
		Columns [][2]string
		Rows    [][]string
	}
	read(t, "testdata/table.json", &table)
	var schema column.Schema
	for _, c := range table.Columns {
		of, err := sql.Type(c[1])
		require.NoError(t, err)
		schema = append(schema, column.Field{Name: c[0], Type: of, Nullable: true})
	}
	var rows []column.Row
	for _, texts := range table.Rows {
		row := make(column.Row, len(schema))
		for i, text := range texts {
			a, err := ask("CAST("+text+" AS "+schema[i].Type.SQL()+")", nil, column.Batch{Rows: 1})
			require.NoError(t, err, text)
			row[i] = a.batch.Columns[0].Value(0)
		}
		rows = append(rows, row)
	}
	b, err := column.FromRows(schema, rows...)
	require.NoError(t, err)
	return schema, b
}

func read(t *testing.T, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, into), path)
}

// TestAnswers asks what Spark was asked.
func TestAnswers(t *testing.T) {
	schema, table := answersTable(t)
	files, err := filepath.Glob("testdata/answers/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		var questions []recorded
		read(t, file, &questions)
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			for _, q := range questions {
				t.Run(q.SQL, func(t *testing.T) { q.check(t, schema, table) })
			}
		})
	}
}

func (q recorded) check(t *testing.T, schema column.Schema, table column.Batch) {
	a, err := ask(q.SQL, schema, table)
	if q.Error != nil {
		require.Error(t, err)
		class := expr.ClassOf(err)
		if fault, ok := err.(*sql.Fault); ok {
			class = fault.Class
		}
		require.Equal(t, q.Error.Class, class, "%v", err)
		return
	}
	require.NoError(t, err)
	require.Equal(t, q.Columns, a.schema.Names())
	for i, of := range q.Types {
		require.Equal(t, of, a.schema[i].Type.String())
	}
	require.Equal(t, len(q.Rows), a.batch.Rows)
	for i, row := range q.Rows {
		for k, want := range row {
			got := shown(a.batch.Columns[k], i)
			if want == nil {
				assert.Equal(t, "NULL", got, "row %d", i)
			} else if !close(*want, got) {
				assert.Equal(t, *want, got, "row %d", i)
			}
		}
	}
	for i, nullable := range q.Nullable {
		if nullable {
			assert.True(t, a.schema[i].Nullable, "can be null")
		}
	}
}

// close lets doubles differ in their last digit: Java's library is not Go's.
func close(want, got string) bool {
	a, errA := strconv.ParseFloat(want, 64)
	b, errB := strconv.ParseFloat(got, 64)
	isDouble := strings.ContainsAny(want, ".E")
	return want == got || errA == nil && errB == nil && isDouble && math.Abs(a-b) <= 1e-12*math.Abs(a)
}
