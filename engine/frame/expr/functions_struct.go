package expr

import (
	"strconv"

	"etincelle/engine/frame/column"
)

// structFunctions is the family of structs and of single values made of nothing.
var structFunctions = []*Function{
	{Name: "struct", Min: 1, Max: -1, Sign: signStruct, Nulls: NullNever, Eval: evalStruct, Safe: true, Example: Example{"struct(1 AS a, 'x' AS b)", "{1, x}"}},
	{Name: "named_struct", Min: 2, Max: -1, Sign: signNamedStruct, Nulls: NullNever, Eval: evalNamedStruct, Safe: true, Example: Example{"named_struct('a', 1).a", "1"}},
	{Name: "typeof", Min: 1, Max: 1, Means: meansTypeOf, Example: Example{"typeof(1.5)", "decimal(2,1)"}},
	castNamed("boolean", column.BooleanType, "'yes'", "true"), castNamed("int", column.IntType, "'12'", "12"),
	castNamed("bigint", column.BigIntType, "'12'", "12"), castNamed("double", column.DoubleType, "'1e3'", "1000.0"),
	castNamed("string", column.StringType, "1.5", "1.5"), castNamed("timestamp", column.TimestampType, "'2024-01-01'", "2024-01-01 00:00:00"),
	castNamed("decimal", column.DecimalType(10, 0), "'1.5'", "2"),
}

// castNamed is a cast called as a function: double('NaN').
func castNamed(name string, t column.Type, example, shows string) *Function {
	return &Function{Name: name, Min: 1, Max: 1, Means: meansPlainCast(t), Example: Example{name + "(" + example + ")", shows}}
}

// signStruct names a field as its column is named, or col1, col2….
func signStruct(args []Expr) (Signature, error) {
	t := column.Type{Kind: column.Struct}
	for i, a := range args {
		name := "col" + strconv.Itoa(i+1)
		switch a := a.(type) {
		case *Attribute:
			name = a.Name
		case *Alias:
			name = a.Name
		case *Field:
			name = a.Name()
		}
		t.Fields = append(t.Fields, column.Field{Name: name, Type: a.Type(), Nullable: a.Nullable()})
	}
	return Signature{Result: t}, nil
}

func evalStruct(c *Call) (column.Column, error) {
	return &column.Records{Of: c.Type, Fields: c.Args, Count: c.Rows}, nil
}

func signNamedStruct(args []Expr) (Signature, error) {
	t := column.Type{Kind: column.Struct}
	if len(args)%2 == 1 {
		return Signature{}, Errorf("WRONG_NUM_ARGS.WITHOUT_SUGGESTION", "The `named_struct` requires 2n (n > 0) parameters but the actual number is %d.", len(args))
	}
	for i := 0; i < len(args); i += 2 {
		name, _ := constantOf(args[i])
		text, ok := name.(string)
		if !ok {
			return Signature{}, &unexpected{i, `"STRING" type, constant and not null`}
		}
		t.Fields = append(t.Fields, column.Field{Name: text, Type: args[i+1].Type(), Nullable: args[i+1].Nullable()})
	}
	return Signature{Result: t}, nil
}

func evalNamedStruct(c *Call) (column.Column, error) {
	r := &column.Records{Of: c.Type, Count: c.Rows}
	for i := 1; i < len(c.Args); i += 2 {
		r.Fields = append(r.Fields, c.Args[i])
	}
	return r, nil
}

func meansTypeOf(args []Expr) (Expr, error) {
	return &Stands{LiteralOf(args[0].Type().String()), written("typeof"), args}, nil
}
