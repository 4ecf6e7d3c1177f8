package parquet

import (
	"encoding/binary"
	"math"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// dictionary is the different values of a column of a row group, where the file
// holds them all in a dictionary; ok is false when it does not.
func (f *parquetFile) dictionary(group int, e expr.Expr) (values column.Column, ok bool) {
	a, isColumn := e.(*expr.Attribute)
	if !isColumn {
		return nil, false
	}
	at := f.reader.MetaData().Schema.ColumnIndexByName(a.Name)
	if at < 0 {
		return nil, false
	}
	chunk, err := f.reader.MetaData().RowGroup(group).ColumnChunk(at)
	if err != nil || !allInDictionary(chunk) {
		return nil, false
	}
	pages, err := f.reader.RowGroup(group).GetColumnPageReader(at)
	if err != nil || !pages.Next() {
		return nil, false
	}
	page, isDictionary := pages.Page().(*file.DictionaryPage)
	if !isDictionary {
		return nil, false
	}
	defer page.Release()
	return plainValues(page.Data(), int(page.NumValues()), a.Of)
}

// allInDictionary reports whether no page of a column holds values themselves.
func allInDictionary(chunk *metadata.ColumnChunkMetaData) bool {
	if !chunk.HasDictionaryPage() {
		return false
	}
	told := false
	for _, s := range chunk.EncodingStats() {
		if s.PageType == dictionaryPage {
			continue
		}
		told = true
		if s.Encoding != parquet.Encodings.PlainDict && s.Encoding != parquet.Encodings.RLEDict {
			return false
		}
	}
	return told // a file that does not say may hold both
}

// dictionaryPage is the format's number for a page that holds a dictionary.
const dictionaryPage = 2

// plainValues reads values that stand one behind the other.
func plainValues(data []byte, n int, t column.Type) (column.Column, bool) {
	b := column.NewBuilder(t, n)
	for range n {
		switch b := b.(type) {
		case *column.VectorBuilder[int64]:
			if len(data) < 8 || t.Kind != column.BigInt {
				return nil, false
			}
			b.Add(int64(binary.LittleEndian.Uint64(data)))
			data = data[8:]
		case *column.VectorBuilder[int32]:
			if len(data) < 4 || t.Kind != column.Int {
				return nil, false
			}
			b.Add(int32(binary.LittleEndian.Uint32(data)))
			data = data[4:]
		case *column.VectorBuilder[float64]:
			if len(data) < 8 {
				return nil, false
			}
			b.Add(math.Float64frombits(binary.LittleEndian.Uint64(data)))
			data = data[8:]
		case *column.VectorBuilder[string]:
			if len(data) < 4 {
				return nil, false
			}
			size := binary.LittleEndian.Uint32(data)
			if uint64(size) > uint64(len(data)-4) {
				return nil, false
			}
			b.Add(string(data[4 : 4+size]))
			data = data[4+size:]
		default:
			return nil, false
		}
	}
	return b.Build(), true
}

// anyFulfils reports whether one of the values of a column fulfils a condition over
// that column alone.
func anyFulfils(condition expr.Expr, of *expr.Attribute, values column.Column) bool {
	bound, err := expr.Bind(condition, []*expr.Attribute{of})
	if err != nil {
		return true
	}
	truth, err := bound.Eval(column.NewBatch(values))
	if err != nil {
		return true
	}
	for i, yes := range column.Data[bool](truth) {
		if yes && !truth.Null(i) {
			return true
		}
	}
	return false
}
