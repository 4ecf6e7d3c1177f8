package files

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/fs"
)

// JSON is one object a line. A field that an object lacks is null, as is one that
// is not of its column's type; a line that is no object is a row of nulls (Spark's
// mode PERMISSIVE).
type JSON struct{}

// Name implements Format.
func (JSON) Name() string { return "json" }

// Read implements Format.
func (JSON) Read(lines *Blocks, _ physical.FileSpan, columns []Wanted, emit func(column.Batch) bool) error {
	builders := make([]column.Builder, len(columns))
	for i, c := range columns {
		builders[i] = column.NewBuilder(c.Type, column.BatchRows)
	}
	plain := newPlainObjects(columns, builders)
	rows := 0
	flush := func() bool {
		b := column.Batch{Columns: make([]column.Column, len(columns)), Rows: rows}
		for i := range builders {
			b.Columns[i] = builders[i].Build()
		}
		rows = 0
		return emit(b)
	}
	for {
		block, err := lines.Next()
		if err != nil || block == nil {
			if err == nil && rows > 0 {
				flush()
			}
			return err
		}
		for len(block) > 0 {
			var line []byte
			if line, block = cutLine(block); len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			if !plain.line(line) {
				object := decodeObject(line)
				for i, c := range columns {
					if err := builders[i].Append(fromJSON(object[c.Name], c.Type)); err != nil {
						return err
					}
				}
			}
			if rows++; rows == column.BatchRows && !flush() {
				return nil
			}
		}
	}
}

// decodeObject is a line's object; nothing when it is none.
func decodeObject(line []byte) map[string]any {
	var object map[string]any
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if d.Decode(&object) != nil {
		return nil
	}
	return object
}

// fromJSON is a JSON value as a value of type t, boxed; nil when it is none.
func fromJSON(v any, t column.Type) any {
	switch v := v.(type) {
	case bool:
		if t.Kind == column.Boolean {
			return v
		}
		if t.Kind == column.String {
			return strconv.FormatBool(v)
		}
	case json.Number:
		return fromText(v.String(), t)
	case string:
		switch t.Kind {
		case column.String, column.Date32, column.TimestampMicros:
			return fromText(v, t)
		}
	case []any:
		if t.Kind == column.Array {
			list := make([]any, len(v))
			for i, e := range v {
				list[i] = fromJSON(e, *t.Elem)
			}
			return list
		}
		return asText(v, t)
	case map[string]any:
		if t.Kind == column.Struct {
			row := make(column.Row, len(t.Fields))
			for i, f := range t.Fields {
				row[i] = fromJSON(v[f.Name], f.Type)
			}
			return row
		}
		return asText(v, t)
	}
	return nil
}

func fromText(s string, t column.Type) any {
	v, ok := expr.ParseText(s, t, time.UTC)
	if !ok {
		return nil
	}
	return v
}

// asText is what is inside, written as JSON, for a column of strings.
func asText(v any, t column.Type) any {
	if t.Kind != column.String {
		return nil
	}
	text, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return string(text)
}

// InferJSON is the columns of the lines that begin in a span, by name.
func InferJSON(files fs.FS, span physical.FileSpan, look func()) (map[string]column.Type, error) {
	lines, err := openBlocks(files, span, look)
	if err != nil {
		return nil, err
	}
	defer lines.Close()
	types := map[string]column.Type{}
	for {
		block, err := lines.Next()
		if err != nil || block == nil {
			return types, err
		}
		for len(block) > 0 {
			var line []byte
			line, block = cutLine(block)
			for name, v := range decodeObject(line) {
				types[name] = JoinJSON(types[name], jsonType(v))
			}
		}
	}
}

// jsonType is the type of a JSON value: whole numbers are bigints.
func jsonType(v any) column.Type {
	switch v := v.(type) {
	case bool:
		return column.BooleanType
	case json.Number:
		if _, err := strconv.ParseInt(v.String(), 10, 64); err == nil {
			return column.BigIntType
		}
		return column.DoubleType
	case string:
		return column.StringType
	case []any:
		elem := column.VoidType
		for _, e := range v {
			elem = JoinJSON(elem, jsonType(e))
		}
		return column.ArrayOf(elem)
	case map[string]any:
		fields := map[string]column.Type{}
		for name, e := range v {
			fields[name] = jsonType(e)
		}
		return column.StructOf(FieldsOf(fields)...)
	}
	return column.VoidType
}
