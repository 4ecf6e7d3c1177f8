package files

import (
	"slices"
	"strings"

	"etincelle/engine/frame/column"
)

// JoinJSON is the type that holds the values of both: numbers become doubles,
// structs get the fields of both, anything else that differs is a string.
func JoinJSON(a, b column.Type) column.Type {
	switch {
	case a.Equal(b), b.Kind == column.Void:
		return a
	case a.Kind == column.Void:
		return b
	case a.Numeric() && b.Numeric():
		return column.DoubleType
	case a.Kind == column.Array && b.Kind == column.Array:
		return column.ArrayOf(JoinJSON(*a.Elem, *b.Elem))
	case a.Kind == column.Struct && b.Kind == column.Struct:
		fields := map[string]column.Type{}
		for _, f := range slices.Concat(a.Fields, b.Fields) {
			fields[f.Name] = JoinJSON(fields[f.Name], f.Type)
		}
		return column.StructOf(FieldsOf(fields)...)
	}
	return column.StringType
}

// FieldsOf is fields in order of name, as Spark's reader gives them; what was
// never but null is a string.
func FieldsOf(types map[string]column.Type) []column.Field {
	var fields []column.Field
	for name, t := range types {
		fields = append(fields, column.Field{Name: name, Type: known(t), Nullable: true})
	}
	slices.SortFunc(fields, func(a, b column.Field) int { return strings.Compare(a.Name, b.Name) })
	return fields
}

func known(t column.Type) column.Type {
	switch {
	case t.Kind == column.Void:
		return column.StringType
	case t.Kind == column.Array:
		return column.ArrayOf(known(*t.Elem))
	}
	return t
}
