package files

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// Encoder writes rows as lines.
type Encoder interface {
	// Suffix is the end of the files' names: ".csv".
	Suffix() string
	// Check refuses columns that the format cannot hold.
	Check(schema column.Schema) error
	// Head is what each file begins with.
	Head(schema column.Schema) []byte
	// Append writes the rows of a batch behind data.
	Append(data []byte, schema column.Schema, b column.Batch, zone *time.Location) []byte
}

// Suffix implements Encoder.
func (c CSV) Suffix() string { return ".csv" }

// Check implements Encoder: CSV holds no arrays and structs.
func (c CSV) Check(schema column.Schema) error {
	for _, f := range schema {
		if f.Type.Kind == column.Array || f.Type.Kind == column.Struct {
			return expr.Errorf("UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE", "The CSV datasource doesn't support the column `%s` of the type %q: write JSON, or make a string of it.", f.Name, f.Type.SQL())
		}
	}
	return nil
}

// Head implements Encoder.
func (c CSV) Head(schema column.Schema) []byte {
	if !c.Header {
		return nil
	}
	var line []byte
	for i, f := range schema {
		if i > 0 {
			line = append(line, c.Separator)
		}
		line = c.field(line, f.Name)
	}
	return append(line, '\n')
}

// Append implements Encoder. A null is nothing, an empty string "".
func (c CSV) Append(data []byte, schema column.Schema, b column.Batch, zone *time.Location) []byte {
	for i := range b.Rows {
		for k, col := range b.Columns {
			if k > 0 {
				data = append(data, c.Separator)
			}
			switch v := col.Value(i).(type) {
			case nil:
				data = append(data, c.Null...)
			case column.Timestamp:
				data = c.field(data, isoTime(v, zone))
			default:
				data = c.field(data, expr.Text(v, schema[k].Type, zone))
			}
		}
		data = append(data, '\n')
	}
	return data
}

// field writes a text, in quotes where it could be read as something else.
func (c CSV) field(data []byte, text string) []byte {
	quote := string(c.Quote)
	if text != "" && !strings.ContainsAny(text, string(c.Separator)+quote+"\n\r") && strings.TrimSpace(text) == text && text != c.Null {
		return append(data, text...)
	}
	text = strings.NewReplacer(`\`, `\\`, quote, `\`+quote).Replace(text)
	return append(append(append(data, c.Quote), text...), c.Quote)
}

func isoTime(t column.Timestamp, zone *time.Location) string {
	return time.UnixMicro(int64(t)).In(zone).Format("2006-01-02T15:04:05.000Z07:00")
}

// Suffix implements Encoder.
func (JSON) Suffix() string { return ".json" }

// Check implements Encoder.
func (JSON) Check(column.Schema) error { return nil }

// Head implements Encoder.
func (JSON) Head(column.Schema) []byte { return nil }

// Append implements Encoder. Fields that are null are left out, as by Spark.
func (JSON) Append(data []byte, schema column.Schema, b column.Batch, zone *time.Location) []byte {
	for i := range b.Rows {
		row := make(column.Row, len(b.Columns))
		for k, col := range b.Columns {
			row[k] = col.Value(i)
		}
		data = append(appendObject(data, schema, row, zone), '\n')
	}
	return data
}

func appendObject(data []byte, fields []column.Field, row column.Row, zone *time.Location) []byte {
	data = append(data, '{')
	first := true
	for k, v := range row {
		if v == nil {
			continue
		}
		if !first {
			data = append(data, ',')
		}
		first = false
		data = append(appendString(data, fields[k].Name), ':')
		data = appendJSON(data, fields[k].Type, v, zone)
	}
	return append(data, '}')
}

func appendJSON(data []byte, t column.Type, v any, zone *time.Location) []byte {
	switch v := v.(type) {
	case nil:
		return append(data, "null"...)
	case bool, int32, int64, column.Decimal:
		return append(data, expr.Text(v, t, zone)...)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return appendString(data, expr.Text(v, t, zone))
		}
		return append(data, expr.Text(v, t, zone)...)
	case column.Timestamp:
		return appendString(data, isoTime(v, zone))
	case []any:
		data = append(data, '[')
		for i, e := range v {
			if i > 0 {
				data = append(data, ',')
			}
			data = appendJSON(data, *t.Elem, e, zone)
		}
		return append(data, ']')
	case column.Row:
		return appendObject(data, t.Fields, v, zone)
	}
	return appendString(data, expr.Text(v, t, zone))
}

func appendString(data []byte, s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil { // a string always can be
		return append(data, strconv.Quote(s)...)
	}
	return append(data, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}

// Suffix implements Encoder.
func (Text) Suffix() string { return ".txt" }

// Check implements Encoder: text is one column of strings.
func (Text) Check(schema column.Schema) error {
	if len(schema) != 1 || schema[0].Type.Kind != column.String {
		return expr.Errorf("_LEGACY_ERROR_TEMP_1290", "Text data source supports only a single column of strings, and you have %d columns: %s.", len(schema), schema)
	}
	return nil
}

// Head implements Encoder.
func (Text) Head(column.Schema) []byte { return nil }

// Append implements Encoder. A null is an empty line.
func (Text) Append(data []byte, _ column.Schema, b column.Batch, _ *time.Location) []byte {
	values := column.Data[string](b.Columns[0])
	for i := range b.Rows {
		if !b.Columns[0].Null(i) {
			data = append(data, values[i]...)
		}
		data = append(data, '\n')
	}
	return data
}
