package frame

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"etincelle/engine/frame/column"
)

// columnName is the column of a struct's field.
func columnName(f reflect.StructField) string {
	if name := f.Tag.Get("frame"); name != "" {
		return name
	}
	return strings.ToLower(f.Name)
}

// CollectAs is Collect into structs: each exported field takes the column of its
// name in lower case, or of the one that its tag `frame:"name"` gives. A column
// that may be null needs a pointer, or a null is an error; so is a number that its
// field cannot hold.
func CollectAs[T any](f *Frame) ([]T, error) {
	rows, err := f.rows("collect")
	if err != nil {
		return nil, err
	}
	set, err := setters(reflect.TypeFor[T](), f.Schema())
	if err != nil {
		return nil, err
	}
	out := make([]T, rows.Rows)
	for i := range out {
		v := reflect.ValueOf(&out[i]).Elem()
		for _, s := range set {
			if err := assign(v.Field(s.field), rows.Columns[s.column].Value(i)); err != nil {
				return nil, fmt.Errorf("row %d, column %q: %w", i, s.name, err)
			}
		}
	}
	return out, nil
}

type setter struct {
	field, column int
	name          string
}

func setters(t reflect.Type, schema Schema) ([]setter, error) {
	if t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("rows cannot be collected into a %s: use a struct", t)
	}
	var set []setter
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() {
			continue
		}
		name, at := columnName(f), -1
		for c, column := range schema {
			if strings.EqualFold(column.Name, name) {
				at = c
			}
		}
		if at < 0 {
			return nil, fmt.Errorf("field %s.%s: there is no column %q among %s", t, f.Name, name, strings.Join(schema.Names(), ", "))
		}
		set = append(set, setter{i, at, name})
	}
	return set, nil
}

// assign puts a boxed value into a field.
func assign(to reflect.Value, v any) error {
	if to.Kind() == reflect.Pointer {
		if v == nil {
			to.SetZero()
			return nil
		}
		to.Set(reflect.New(to.Type().Elem()))
		return assign(to.Elem(), v)
	}
	if v == nil && to.Kind() == reflect.Interface {
		to.SetZero()
		return nil
	}
	if v == nil {
		return fmt.Errorf("the value is null: a field of type *%s can hold that", to.Type())
	}
	switch x := v.(type) {
	case column.Timestamp:
		if to.Type() == reflect.TypeFor[time.Time]() {
			v = x.Time()
		}
	case column.Date:
		if to.Type() == reflect.TypeFor[time.Time]() {
			v = x.Time()
		}
	case []any:
		if to.Kind() == reflect.Slice {
			made := reflect.MakeSlice(to.Type(), len(x), len(x))
			for i, e := range x {
				if err := assign(made.Index(i), e); err != nil {
					return err
				}
			}
			to.Set(made)
			return nil
		}
	case Row:
		return assignRow(to, x)
	}
	from := reflect.ValueOf(v)
	// Go converts a number to a string too: to the character of that code.
	text := (from.Kind() == reflect.String) != (to.Kind() == reflect.String) && to.Kind() != reflect.Interface
	if text || !from.CanConvert(to.Type()) {
		return fmt.Errorf("a %T cannot be put in a field of type %s", v, to.Type())
	}
	converted := from.Convert(to.Type())
	if from.Comparable() && !keeps(from, converted) {
		return fmt.Errorf("%v does not fit in a field of type %s: take a wider one", v, to.Type())
	}
	to.Set(converted)
	return nil
}

// keeps tells whether a number is still itself in its field's type; 300 in an int8 is
// not, nor 1.5 in an int, nor 1e300 in a float32. A fraction may be rounded to float32.
func keeps(from, converted reflect.Value) bool {
	switch {
	case from.CanFloat() && converted.CanFloat():
		return math.IsInf(from.Float(), 0) == math.IsInf(converted.Float(), 0)
	case from.CanInt() && converted.CanUint() && from.Int() < 0:
		return false // it would come back from a uint64 as it was
	case !converted.CanConvert(from.Type()): // a field of type any
		return true
	}
	return converted.Convert(from.Type()).Equal(from)
}

// assignRow fills a struct from a row by position.
func assignRow(to reflect.Value, row Row) error {
	if to.Kind() != reflect.Struct || to.NumField() != len(row) {
		return fmt.Errorf("a struct of %d fields cannot be put in a field of type %s", len(row), to.Type())
	}
	for i, v := range row {
		if err := assign(to.Field(i), v); err != nil {
			return err
		}
	}
	return nil
}
