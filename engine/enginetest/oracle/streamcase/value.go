package streamcase

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/frame/column"
)

// A value in a case:
//
//	1 (int, bigint)  1.5 "NaN" "Infinity" (double)  "1.50" or 1.5 (decimal)  "text"  true  null
//	"2024-01-01T00:01:00.5Z" (timestamp)  "2024-01-01" (date)  [1,2] (array)

// typeOf reads a Spark type.
func typeOf(name string) (column.Type, error) {
	if inner, ok := strings.CutPrefix(name, "array<"); ok {
		elem, err := typeOf(strings.TrimSuffix(inner, ">"))
		return column.ArrayOf(elem), err
	}
	var precision, scale int
	if n, _ := fmt.Sscanf(name, "decimal(%d,%d)", &precision, &scale); n == 2 {
		return column.DecimalType(precision, scale), nil
	}
	for _, t := range []column.Type{column.BooleanType, column.IntType, column.BigIntType, column.DoubleType, column.StringType, column.DateType, column.TimestampType} {
		if t.String() == name {
			return t, nil
		}
	}
	return column.Type{}, report.NotBuilt{What: "type " + name}
}

// schemaOf reads a table's columns.
func schemaOf(t Table) (column.Schema, error) {
	var schema column.Schema
	for _, c := range t.Schema {
		of, err := typeOf(c[1])
		if err != nil {
			return nil, err
		}
		schema = append(schema, column.Field{Name: c[0], Type: of, Nullable: true})
	}
	return schema, nil
}

// rowsOf reads rows of a table.
func rowsOf(schema column.Schema, rows [][]json.RawMessage) ([]column.Row, error) {
	var read []column.Row
	for _, row := range rows {
		if len(row) != len(schema) {
			return nil, fmt.Errorf("row %s has %d values, expected %d", row, len(row), len(schema))
		}
		boxed := make(column.Row, len(row))
		for i, v := range row {
			var err error
			if boxed[i], err = boxedValue(schema[i].Type, v); err != nil {
				return nil, fmt.Errorf("column %s: %w", schema[i].Name, err)
			}
		}
		read = append(read, boxed)
	}
	return read, nil
}

func boxedValue(t column.Type, text json.RawMessage) (any, error) {
	if string(text) == "null" {
		return nil, nil
	}
	plain := strings.Trim(string(text), `"`)
	switch t.Kind {
	case column.Boolean:
		return strconv.ParseBool(plain)
	case column.Int:
		n, err := strconv.ParseInt(plain, 10, 32)
		return int32(n), err
	case column.BigInt:
		return strconv.ParseInt(plain, 10, 64)
	case column.Double:
		return strconv.ParseFloat(plain, 64)
	case column.String:
		var s string
		err := json.Unmarshal(text, &s)
		return s, err
	case column.TimestampMicros:
		at, err := time.Parse(time.RFC3339Nano, plain)
		return column.TimestampOf(at), err
	case column.Date32:
		at, err := time.Parse(time.DateOnly, plain)
		return column.Date(at.Unix() / 86400), err
	case column.Decimal128:
		return decimalOf(t, plain)
	case column.Array:
		var parts []json.RawMessage
		if err := json.Unmarshal(text, &parts); err != nil {
			return nil, err
		}
		list := make([]any, len(parts))
		for i, part := range parts {
			var err error
			if list[i], err = boxedValue(*t.Elem, part); err != nil {
				return nil, err
			}
		}
		return list, nil
	}
	return nil, report.NotBuilt{What: "a value of type " + t.String()}
}

// decimalOf reads a decimal of a type's scale.
func decimalOf(t column.Type, text string) (column.Decimal, error) {
	whole, fraction, _ := strings.Cut(text, ".")
	if len(fraction) > t.Scale {
		return column.Decimal{}, fmt.Errorf("%s has more than %d digits behind the point", text, t.Scale)
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", t.Scale-len(fraction)), 10, 64)
	return column.Decimal{Unscaled: column.Int128Of(n), Scale: t.Scale}, err
}

// tree is a boxed value as a case writes it.
func tree(v any) any {
	switch v := v.(type) {
	case nil, bool, string:
		return v
	case int32:
		return json.Number(strconv.FormatInt(int64(v), 10))
	case int64:
		return json.Number(strconv.FormatInt(v, 10))
	case float64:
		return doubleTree(v)
	case column.Timestamp:
		return v.Time().Format("2006-01-02T15:04:05.999999Z07:00")
	case column.Date:
		return v.String()
	case column.Decimal:
		return decimalText(v)
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = tree(e)
		}
		return list
	}
	return fmt.Sprint(v)
}

// decimalText is a decimal with all digits of its scale.
func decimalText(v column.Decimal) string {
	n := new(big.Int).Lsh(big.NewInt(v.Unscaled.Hi), 64)
	n.Add(n, new(big.Int).SetUint64(v.Unscaled.Lo))
	text := new(big.Int).Abs(n).String()
	if v.Scale > 0 {
		text = strings.Repeat("0", max(v.Scale+1-len(text), 0)) + text
		text = text[:len(text)-v.Scale] + "." + text[len(text)-v.Scale:]
	}
	if n.Sign() < 0 {
		text = "-" + text
	}
	return text
}

func doubleTree(v float64) any {
	switch {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 1):
		return "Infinity"
	case math.IsInf(v, -1):
		return "-Infinity"
	case v == math.Trunc(v) && math.Abs(v) < 1e16:
		return json.Number(strconv.FormatFloat(v, 'f', 1, 64))
	}
	return json.Number(strconv.FormatFloat(v, 'g', -1, 64))
}

// flat is a row with its windows as start and end.
func flat(schema column.Schema, row column.Row) []any {
	list := []any{}
	for i, v := range row {
		if schema[i].Type.Kind != column.Struct {
			list = append(list, tree(v))
			continue
		}
		inside, ok := v.(column.Row)
		for j := range schema[i].Type.Fields {
			if ok {
				list = append(list, tree(inside[j]))
			} else {
				list = append(list, nil)
			}
		}
	}
	return list
}

// flatSchema is the columns as a case lists them.
func flatSchema(schema column.Schema) []any {
	list := []any{}
	for _, f := range schema {
		if f.Type.Kind != column.Struct {
			list = append(list, []any{f.Name, f.Type.String()})
			continue
		}
		for _, inside := range f.Type.Fields {
			list = append(list, []any{inside.Name, inside.Type.String()})
		}
	}
	return list
}
