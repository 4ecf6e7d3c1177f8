package sqlcase

import (
	"math"
	"slices"
	"strings"
	"time"

	"etincelle/engine"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// mostRows is how many rows a case holds; of more it gives the number alone.
const mostRows = 60

// rowsOf is a result as the oracle writes it.
func rowsOf(c *Case, f *frame.Frame, rows []frame.Row) map[string]any {
	list := make([]any, len(rows))
	types := f.Schema().Types()
	for i, row := range rows {
		list[i] = report.Tree(jsonRow(row, types))
	}
	if !c.Ordered {
		slices.SortFunc(list, func(a, b any) int { return strings.Compare(report.Text(a), report.Text(b)) })
	}
	seen := map[string]any{"columns": f.Columns(), "rows": list, "num_rows": len(rows)}
	if len(rows) > mostRows {
		seen["rows"], seen["rows_left_out"] = []any{}, true
	}
	return seen
}

func jsonRow(row frame.Row, types []column.Type) []any {
	list := make([]any, len(row))
	for i, v := range row {
		list[i] = jsonValue(v, types[i])
	}
	return list
}

// jsonValue is a value as the oracle writes it.
func jsonValue(v any, t column.Type) any {
	switch v := v.(type) {
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return expr.Text(v, t, time.UTC)
		}
		return v
	case column.Decimal, column.Date, column.Timestamp, column.Interval:
		return expr.Text(v, t, time.UTC)
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = jsonValue(e, *t.Elem)
		}
		return list
	case frame.Row:
		return jsonRow(v, column.Schema(t.Fields).Types())
	}
	return v
}

// storage lists what is cached: partitions, those of them that are kept, level.
func (r *run) storage() []any {
	list := []any{}
	core := engine.Inside(r.session)
	for _, node := range core.Persisted() {
		partitions, err := node.Partitions()
		kept := 0
		for p := range partitions {
			if core.Holds(node, p) {
				kept++
			}
		}
		if err == nil && kept > 0 {
			list = append(list, []any{partitions, kept, node.Level().Description()})
		}
	}
	return list
}
