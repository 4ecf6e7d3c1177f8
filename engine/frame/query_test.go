package frame_test

import (
	"encoding/json"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/sql"
)

// question is what Spark answered to a SELECT; values are as CAST(… AS STRING).
type question struct {
	SQL     string
	Columns []string
	Types   []string
	Rows    [][]*string
	Error   *struct{ Class, Message string }
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, into), path)
}

// questionsTable makes the view t that the questions are about.
func questionsTable(t *testing.T, s *engine.Session) {
	t.Helper()
	var table struct {
		Columns [][2]string
		Rows    [][]string
	}
	readJSON(t, "expr/testdata/table.json", &table)
	var all *frame.Frame
	for _, cells := range table.Rows {
		var list []frame.Expr
		for i, cell := range cells {
			list = append(list, frame.SQL(cell).Cast(table.Columns[i][1]).As(table.Columns[i][0]))
		}
		row := frame.Query(s, "SELECT 1 AS one").Select(list...)
		if all == nil {
			all = row
		} else {
			all = all.Union(row)
		}
	}
	require.NoError(t, all.Err())
	rows, err := all.Collect()
	require.NoError(t, err)
	schema := all.Schema()
	for i := range schema {
		schema[i].Nullable = true
	}
	frame.Of(s, schema, rows...).CreateView("t")
}

func classOf(err error) string {
	var fault *sql.Fault
	if errors.As(err, &fault) {
		return fault.Class
	}
	return expr.ClassOf(err)
}

// TestQueries asks what Spark was asked. Rows without an order may come in another.
func TestQueries(t *testing.T) {
	s := engine.Start(engine.Conf("spark.sql.shuffle.partitions", "1"))
	defer s.Stop()
	questionsTable(t, s)
	var questions []question
	readJSON(t, "testdata/queries.json", &questions)
	for _, q := range questions {
		t.Run(q.SQL, func(t *testing.T) {
			f := frame.Query(s, q.SQL)
			rows, err := f.Collect()
			if q.Error != nil {
				require.Error(t, err)
				assert.Equal(t, q.Error.Class, classOf(err), "%v", err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, q.Columns, f.Columns())
			schema := f.Schema()
			for i, want := range q.Types {
				assert.Equal(t, want, schema[i].Type.String())
			}
			var want, got [][]string
			for _, row := range q.Rows {
				want = append(want, texts(row))
			}
			for _, row := range rows {
				var shown []string
				for i, v := range row {
					text := "NULL"
					if v != nil {
						text = expr.Text(v, schema[i].Type, time.UTC)
					}
					shown = append(shown, text)
				}
				got = append(got, shown)
			}
			if q.ordered() {
				assert.Equal(t, want, got)
			} else {
				assert.ElementsMatch(t, want, got)
			}
		})
	}
}

func (q question) ordered() bool {
	parsed, err := sql.Statement(q.SQL)
	return err == nil && len(parsed.Order) > 0
}

func texts(row []*string) []string {
	shown := make([]string, len(row))
	for i, v := range row {
		shown[i] = "NULL"
		if v != nil {
			shown[i] = *v
		}
	}
	return shown
}
