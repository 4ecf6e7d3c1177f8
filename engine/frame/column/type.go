package column

import (
	"fmt"
	"strings"
)

// Kind is a type without its parameters.
type Kind uint8

// The kinds. Void is the type of NULL.
const (
	Void Kind = iota
	Boolean
	Int
	BigInt
	Double
	Decimal128
	String
	Date32
	TimestampMicros
	CalendarInterval
	Array
	Struct
)

var kindNames = [...]string{"void", "boolean", "int", "bigint", "double", "decimal", "string", "date", "timestamp", "interval", "array", "struct"}

// String is Spark's short name: "bigint".
func (k Kind) String() string { return kindNames[k] }

// Type is what a column may hold. Compare with Equal.
type Type struct {
	Kind             Kind
	Precision, Scale int     // of a decimal
	From, To         Unit    // of an interval: its largest and smallest unit; of any length when NoUnit
	Elem             *Type   // of an array; its elements may be null
	Fields           []Field // of a struct
}

// The types without parameters.
var (
	VoidType      = Type{Kind: Void}
	BooleanType   = Type{Kind: Boolean}
	IntType       = Type{Kind: Int}
	BigIntType    = Type{Kind: BigInt}
	DoubleType    = Type{Kind: Double}
	StringType    = Type{Kind: String}
	DateType      = Type{Kind: Date32}
	TimestampType = Type{Kind: TimestampMicros}
	IntervalType  = Type{Kind: CalendarInterval}
)

// Unit is a part of an interval. Intervals of years and months do not mix with
// those of days and smaller units.
type Unit uint8

// The units, the largest first.
const (
	NoUnit Unit = iota
	Year
	Month
	Day
	Hour
	Minute
	Second
)

var unitNames = [...]string{"", "year", "month", "day", "hour", "minute", "second"}

// String is "year".
func (u Unit) String() string { return unitNames[u] }

// IntervalOf is an interval from one unit to another, "interval day to second".
func IntervalOf(from, to Unit) Type { return Type{Kind: CalendarInterval, From: from, To: to} }

// DecimalType is decimal(precision,scale).
func DecimalType(precision, scale int) Type {
	return Type{Kind: Decimal128, Precision: precision, Scale: scale}
}

// ArrayOf is array<elem>.
func ArrayOf(elem Type) Type { return Type{Kind: Array, Elem: &elem} }

// StructOf is struct<fields>.
func StructOf(fields ...Field) Type { return Type{Kind: Struct, Fields: fields} }

// String is the type as Spark's simpleString writes it: "array<struct<a:int>>".
func (t Type) String() string {
	switch t.Kind {
	case Decimal128:
		return fmt.Sprintf("decimal(%d,%d)", t.Precision, t.Scale)
	case Array:
		return "array<" + t.Elem.String() + ">"
	case Struct:
		return Schema(t.Fields).String()
	case CalendarInterval:
		switch t.From {
		case NoUnit:
		case t.To:
			return "interval " + t.From.String()
		default:
			return "interval " + t.From.String() + " to " + t.To.String()
		}
	}
	return t.Kind.String()
}

// SQL is the type as SQL text and error messages write it: "DECIMAL(10,2)".
func (t Type) SQL() string {
	switch t.Kind {
	case Array:
		return "ARRAY<" + t.Elem.SQL() + ">"
	case Struct:
		parts := make([]string, len(t.Fields))
		for i, f := range t.Fields {
			parts[i] = f.Name + ": " + f.Type.SQL()
		}
		return "STRUCT<" + strings.Join(parts, ", ") + ">"
	}
	return strings.ToUpper(t.String())
}

// Equal reports whether two types hold the same values under the same names.
func (t Type) Equal(u Type) bool {
	if t.Kind != u.Kind || t.Precision != u.Precision || t.Scale != u.Scale ||
		t.From != u.From || t.To != u.To || len(t.Fields) != len(u.Fields) {
		return false
	}
	if t.Kind == Array {
		return t.Elem.Equal(*u.Elem)
	}
	for i, f := range t.Fields {
		if f.Name != u.Fields[i].Name || !f.Type.Equal(u.Fields[i].Type) {
			return false
		}
	}
	return true
}

// Numeric reports whether t is int, bigint, double or a decimal.
func (t Type) Numeric() bool { return t.Integral() || t.Kind == Double || t.Kind == Decimal128 }

// Integral reports whether t is int or bigint.
func (t Type) Integral() bool { return t.Kind == Int || t.Kind == BigInt }

// Field is one column of a table, or one field of a struct.
type Field struct {
	Name     string
	Type     Type
	Nullable bool // whether a null can be there
}

// Schema is the columns of a table, in order.
type Schema []Field

// String is Spark's catalog string: "struct<carrier:string,n:bigint>".
func (s Schema) String() string {
	parts := make([]string, len(s))
	for i, f := range s {
		parts[i] = f.Name + ":" + f.Type.String()
	}
	return "struct<" + strings.Join(parts, ",") + ">"
}

// Names are the columns' names.
func (s Schema) Names() []string {
	names := make([]string, len(s))
	for i, f := range s {
		names[i] = f.Name
	}
	return names
}

// Types are the columns' types.
func (s Schema) Types() []Type {
	types := make([]Type, len(s))
	for i, f := range s {
		types[i] = f.Type
	}
	return types
}

// Tree is the schema as printSchema draws it.
func (s Schema) Tree() string {
	var out strings.Builder
	out.WriteString("root\n")
	drawFields(&out, s, " |-- ")
	return out.String()
}

func drawFields(out *strings.Builder, fields []Field, margin string) {
	for _, f := range fields {
		fmt.Fprintf(out, "%s%s: %s (nullable = %t)\n", margin, f.Name, treeName(f.Type), f.Nullable)
		drawInside(out, f.Type, " |   "+margin)
	}
}

func drawInside(out *strings.Builder, t Type, margin string) {
	switch t.Kind {
	case Struct:
		drawFields(out, t.Fields, margin)
	case Array:
		fmt.Fprintf(out, "%selement: %s (containsNull = true)\n", margin, treeName(*t.Elem))
		drawInside(out, *t.Elem, " |   "+margin)
	}
}

func treeName(t Type) string {
	switch t.Kind {
	case Int:
		return "integer"
	case BigInt:
		return "long"
	case Array, Struct:
		return t.Kind.String()
	}
	return t.String()
}
