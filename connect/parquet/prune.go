package parquet

import (
	"bytes"
	"cmp"
	"math"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/metadata"

	"etincelle/engine/frame/expr"
)

// mayHold reports whether a row group can have rows that fulfil all conditions, by
// the smallest and largest values of its columns, which the file's foot tells.
func (f *parquetFile) mayHold(group int, conditions []expr.Expr) bool {
	for _, e := range conditions {
		if !f.mayFulfil(group, e) {
			return false
		}
	}
	return true
}

// mayFulfil is mayHold for one condition; what it cannot judge may be fulfilled.
func (f *parquetFile) mayFulfil(group int, e expr.Expr) bool {
	v, ok := e.(*expr.Invoke)
	if !ok {
		return true
	}
	switch v.Func.Name {
	case "and":
		return f.mayFulfil(group, v.Args[0]) && f.mayFulfil(group, v.Args[1])
	case "or":
		return f.mayFulfil(group, v.Args[0]) || f.mayFulfil(group, v.Args[1])
	case "isnotnull", "isnull":
		return f.mayBeNull(group, v)
	case "in":
		if !f.dictionaryMay(group, v) {
			return false
		}
		for _, value := range v.Args[1:] {
			if f.mayCompare(group, "=", v.Args[0], value) {
				return true
			}
		}
		return false
	case "startswith":
		return f.mayStart(group, v.Args[0], v.Args[1])
	case "=", "<", "<=", ">", ">=":
		return f.mayCompare(group, v.Func.Name, v.Args[0], v.Args[1]) && f.dictionaryMay(group, v)
	}
	return true
}

// dictionaryMay judges a condition over one column by the values in its dictionary.
func (f *parquetFile) dictionaryMay(group int, v *expr.Invoke) bool {
	columns := expr.References(expr.Expr(v))
	if len(columns) != 1 {
		return true
	}
	values, ok := f.dictionary(group, columns[0])
	return !ok || anyFulfils(v, columns[0], values)
}

// mayBeNull judges x IS NULL and x IS NOT NULL by the number of nulls.
func (f *parquetFile) mayBeNull(group int, v *expr.Invoke) bool {
	stats, rows, ok := f.statistics(group, v.Args[0])
	if !ok || !stats.HasNullCount() {
		return true
	}
	if v.Func.Name == "isnull" {
		return stats.NullCount() > 0
	}
	return stats.NullCount() < rows
}

// mayCompare judges a comparison of a column with a constant.
func (f *parquetFile) mayCompare(group int, sign string, a, b expr.Expr) bool {
	constant, ok := b.(*expr.Literal)
	column := a
	if !ok {
		if constant, ok = a.(*expr.Literal); !ok {
			return true
		}
		column = b
		sign = map[string]string{"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}[sign]
	}
	stats, rows, ok := f.statistics(group, column)
	if !ok {
		return true
	}
	if stats.HasNullCount() && stats.NullCount() == rows {
		return false // every value is null
	}
	low, high, ok := bounds(stats, constant.Value)
	if !ok {
		return true
	}
	switch sign {
	case "=":
		return low <= 0 && high >= 0
	case "<":
		return low < 0
	case "<=":
		return low <= 0
	case ">":
		return high > 0
	}
	return high >= 0
}

// mayStart judges a prefix.
func (f *parquetFile) mayStart(group int, a, b expr.Expr) bool {
	constant, ok := b.(*expr.Literal)
	if !ok {
		return true
	}
	prefix, ok := constant.Value.(string)
	stats, _, known := f.statistics(group, a)
	texts, isText := stats.(*metadata.ByteArrayStatistics)
	if !ok || !known || !isText || !texts.HasMinMax() {
		return true
	}
	cut := func(v parquet.ByteArray) []byte { return v[:min(len(v), len(prefix))] }
	return bytes.Compare(cut(texts.Min()), []byte(prefix)) <= 0 && bytes.Compare(cut(texts.Max()), []byte(prefix)) >= 0
}

// statistics is what the foot says of a column of a row group, and the group's rows.
func (f *parquetFile) statistics(group int, e expr.Expr) (metadata.TypedStatistics, int64, bool) {
	a, ok := e.(*expr.Attribute)
	if !ok {
		return nil, 0, false
	}
	meta := f.reader.MetaData().RowGroup(group)
	at := f.reader.MetaData().Schema.ColumnIndexByName(a.Name)
	if at < 0 {
		return nil, 0, false
	}
	chunk, err := meta.ColumnChunk(at)
	if err != nil {
		return nil, 0, false
	}
	if set, err := chunk.StatsSet(); err != nil || !set {
		return nil, 0, false
	}
	stats, err := chunk.Statistics()
	return stats, meta.NumRows(), err == nil && stats != nil
}

// bounds compares the smallest and the largest value with a constant: each is
// negative when it is less.
func bounds(stats metadata.TypedStatistics, v any) (low, high int, ok bool) {
	if !stats.HasMinMax() {
		return 0, 0, false
	}
	switch s := stats.(type) {
	case *metadata.Int64Statistics:
		if x, ok := v.(int64); ok {
			return cmp.Compare(s.Min(), x), cmp.Compare(s.Max(), x), true
		}
	case *metadata.Int32Statistics:
		if x, ok := v.(int32); ok {
			return cmp.Compare(s.Min(), x), cmp.Compare(s.Max(), x), true
		}
	case *metadata.Float64Statistics:
		if x, ok := v.(float64); ok && !math.IsNaN(x) {
			return cmp.Compare(s.Min(), x), cmp.Compare(s.Max(), x), true
		}
	case *metadata.ByteArrayStatistics:
		if x, ok := v.(string); ok {
			return bytes.Compare(s.Min(), []byte(x)), bytes.Compare(s.Max(), []byte(x)), true
		}
	}
	return 0, 0, false
}
