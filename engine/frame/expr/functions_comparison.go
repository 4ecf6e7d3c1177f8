package expr

import (
	"strings"

	"etincelle/engine/frame/column"
)

// comparisonFunctions is the family of = < and their like. Two NaNs are equal,
// and larger than any other number; -0.0 equals 0.0.
var comparisonFunctions = []*Function{
	equalFunction,
	{Name: "!=", Aliases: []string{"<>"}, Min: 2, Max: 2, Means: meansUnequal, Example: Example{"1 != 2", "true"}},
	{Name: "<", Min: 2, Max: 2, Sign: signComparison, Eval: comparing(ifLess), Safe: true, Text: infix("<"), Example: Example{"'a' < 'b'", "true"}},
	atMost,
	{Name: ">", Min: 2, Max: 2, Sign: signComparison, Eval: comparing(ifMore), Safe: true, Text: infix(">"), Example: Example{"double('NaN') > 1", "true"}},
	atLeast,
	nullSafeFunction,
	{Name: "between", Min: 3, Max: 3, Means: meansBetween, Example: Example{"2 BETWEEN 1 AND 3", "true"}},
	{Name: "in", Min: 2, Max: -1, Sign: together(yesNo), Nulls: NullOwn, Eval: evalIn, Safe: true, Text: textIn, Plan: planIn, Example: Example{"1 IN (2, NULL)", "NULL"}},
	{Name: "greatest", Min: 2, Max: -1, Sign: alike, Nulls: NullOwn, Eval: extreme(1), Safe: true, Example: Example{"greatest(1, 3, NULL)", "3"}},
	{Name: "least", Min: 2, Max: -1, Sign: alike, Nulls: NullOwn, Eval: extreme(-1), Safe: true, Example: Example{"least(1, 3, NULL)", "1"}},
	{Name: "isnan", Min: 1, Max: 1, Sign: always(column.BooleanType, column.DoubleType), Nulls: NullNever, Eval: evalIsNaN, Safe: true, Example: Example{"isnan(double('NaN'))", "true"}},
	{Name: "nanvl", Min: 2, Max: 2, Sign: always(column.DoubleType, column.DoubleType, column.DoubleType), Eval: fixed2(notNaN), Safe: true, Example: Example{"nanvl(double('NaN'), 1)", "1.0"}},
}

// The comparisons that other functions stand for.
var (
	equalFunction    = &Function{Name: "=", Aliases: []string{"=="}, Min: 2, Max: 2, Sign: signComparison, Eval: comparing(ifEqual), Safe: true, Text: infix("="), Example: Example{"1 = '1'", "true"}}
	nullSafeFunction = &Function{Name: "<=>", Min: 2, Max: 2, Sign: signComparison, Nulls: NullNever, Eval: evalNullSafe, Safe: true, Text: infix("<=>"), Example: Example{"NULL <=> 1", "false"}}
	atMost           = &Function{Name: "<=", Min: 2, Max: 2, Sign: signComparison, Eval: comparing(ifLess | ifEqual), Safe: true, Text: infix("<="), Example: Example{"2 <= 1.5", "false"}}
	atLeast          = &Function{Name: ">=", Min: 2, Max: 2, Sign: signComparison, Eval: comparing(ifMore | ifEqual), Safe: true, Text: infix(">="), Example: Example{"1 >= NULL", "NULL"}}
)

// signComparison is the signature of a comparison.
func signComparison(args []Expr) (Signature, error) {
	sig, err := together(yesNo)(args)
	if err != nil {
		return sig, &different{args[0].Type(), args[1].Type(), true}
	}
	return sig, nil
}

// alike is the signature of greatest and least, which let no string change its type.
func alike(args []Expr) (Signature, error) {
	for _, e := range args {
		for _, other := range args {
			a, b := e.Type(), other.Type()
			if a.Kind == column.String && b.Kind != column.String && b.Kind != column.Void {
				return Signature{}, &different{a: a, b: b}
			}
		}
	}
	return together(itself)(args)
}

// The outcomes for which a comparison holds.
const (
	ifLess = 1 << iota
	ifEqual
	ifMore
)

func comparing(holds int) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) {
		return column.New(column.BooleanType, compareColumns(c, holds), c.Null), nil
	}
}

func compareColumns(c *Call, holds int) []bool {
	switch x := c.Args[0].(type) {
	case *column.Vector[int32]:
		return ordered(x.Data, column.Data[int32](c.Args[1]), holds)
	case *column.Vector[int64]:
		return ordered(x.Data, column.Data[int64](c.Args[1]), holds)
	case *column.Vector[string]:
		return compareTexts(x.Data, texts(c, 1), holds)
	case column.Nothing:
		return make([]bool, c.Rows)
	}
	out := make([]bool, c.Rows)
	for i := range out {
		if !c.Skip(i) {
			out[i] = holds>>(1+column.Compare(c.Args[0], i, c.Args[1], i))&1 == 1
		}
	}
	return out
}

// ordered compares without a branch that depends on the rows.
func ordered[T int32 | int64](a, b []T, holds int) []bool {
	out := make([]bool, len(a))
	b = b[:len(a)]
	switch holds {
	case ifEqual:
		for i, v := range a {
			out[i] = v == b[i]
		}
	case ifLess:
		for i, v := range a {
			out[i] = v < b[i]
		}
	case ifLess | ifEqual:
		for i, v := range a {
			out[i] = v <= b[i]
		}
	case ifMore:
		for i, v := range a {
			out[i] = v > b[i]
		}
	default:
		for i, v := range a {
			out[i] = v >= b[i]
		}
	}
	return out
}

func compareTexts(a, b []string, holds int) []bool {
	out := make([]bool, len(a))
	for i, v := range a {
		if holds == ifEqual {
			out[i] = v == b[i]
		} else {
			out[i] = holds>>(1+strings.Compare(v, b[i]))&1 == 1
		}
	}
	return out
}

func evalNullSafe(c *Call) (column.Column, error) {
	out := make([]bool, c.Rows)
	for i := range out {
		out[i] = column.Compare(c.Args[0], i, c.Args[1], i) == 0
	}
	return column.New(column.BooleanType, out, nil), nil
}

// evalIn is null when nothing was found and a null was looked at.
func evalIn(c *Call) (column.Column, error) {
	out, mask := make([]bool, c.Rows), append(make([]bool, 0, c.Rows), c.Args[0].Nulls()...)
	mask = mask[:c.Rows]
	for _, candidate := range c.Args[1:] {
		found := &Call{Args: []column.Column{c.Args[0], candidate}, Rows: c.Rows, Null: either(c.Args[0].Nulls(), candidate.Nulls())}
		for i, same := range compareColumns(found, ifEqual) {
			if found.Skip(i) {
				mask[i] = true
			} else if same {
				out[i] = true
			}
		}
	}
	for i, found := range out {
		mask[i] = mask[i] && !found
	}
	return column.New(column.BooleanType, out, mask), nil
}

func textIn(args []string) string {
	return "(" + args[0] + " IN (" + strings.Join(args[1:], ", ") + "))"
}

// extreme takes the largest (1) or smallest (-1) argument that is not null.
func extreme(direction int) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) {
		return build(c, func(b column.Builder, i int) error {
			best := -1
			for k, a := range c.Args {
				if !a.Null(i) && (best < 0 || column.Compare(a, i, c.Args[best], i)*direction > 0) {
					best = k
				}
			}
			if best < 0 {
				b.AppendNull()
			} else {
				b.AppendFrom(c.Args[best], i)
			}
			return nil
		})
	}
}

func evalIsNaN(c *Call) (column.Column, error) {
	out := make([]bool, c.Rows)
	for i, v := range column.Data[float64](c.Args[0]) {
		out[i] = v != v && !c.Args[0].Null(i)
	}
	return column.New(column.BooleanType, out, nil), nil
}

func notNaN(a, b float64) float64 {
	if a != a {
		return b
	}
	return a
}

func planIn(a []string) string { return a[0] + " IN (" + strings.Join(a[1:], ",") + ")" }
