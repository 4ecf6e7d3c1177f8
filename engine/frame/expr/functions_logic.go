package expr

import "etincelle/engine/frame/column"

// The functions of truth values and nulls that others stand for.
var (
	andFunction       = &Function{Name: "and", Min: 2, Max: 2, Sign: signTruth, Nulls: NullOwn, Lazy: lazyAnd, Safe: true, Text: infix("AND"), Example: Example{"false AND NULL", "false"}}
	orFunction        = &Function{Name: "or", Min: 2, Max: 2, Sign: signTruth, Nulls: NullOwn, Lazy: lazyOr, Safe: true, Text: infix("OR"), Example: Example{"true OR NULL", "true"}}
	notFunction       = &Function{Name: "not", Min: 1, Max: 1, Sign: always(column.BooleanType, column.BooleanType), Eval: fixed(func(a bool) bool { return !a }), Safe: true, Text: func(a []string) string { return "(NOT " + a[0] + ")" }, Plan: func(a []string) string { return "NOT " + a[0] }, Example: Example{"NOT true", "false"}}
	isNotNullFunction = &Function{Name: "isnotnull", Min: 1, Max: 1, Sign: anything(column.BooleanType), Nulls: NullNever, Eval: evalKnown(true), Safe: true, Text: func(a []string) string { return "(" + a[0] + " IS NOT NULL)" }, Plan: func(a []string) string { return "isnotnull(" + a[0] + ")" }, Example: Example{"1 IS NOT NULL", "true"}}
	coalesceFunction  = &Function{Name: "coalesce", Min: 1, Max: -1, Sign: together(itself), Nulls: NullOwn, Lazy: lazyCoalesce, Safe: true, Example: Example{"coalesce(NULL, 2, 3)", "2"}}
)

// logicFunctions is the family of truth values, nulls and choices.
var logicFunctions = []*Function{
	andFunction,
	orFunction,
	notFunction,
	{Name: "isnull", Min: 1, Max: 1, Sign: anything(column.BooleanType), Nulls: NullNever, Eval: evalKnown(false), Safe: true, Text: func(a []string) string { return "(" + a[0] + " IS NULL)" }, Plan: func(a []string) string { return "isnull(" + a[0] + ")" }, Example: Example{"NULL IS NULL", "true"}},
	isNotNullFunction,
	coalesceFunction,
	{Name: "nvl", Min: 2, Max: 2, Means: meansCoalesce("nvl"), Example: Example{"nvl(NULL, 1)", "1"}},
	{Name: "ifnull", Min: 2, Max: 2, Means: meansCoalesce("ifnull"), Example: Example{"ifnull(NULL, 1)", "1"}},
	{Name: "nullif", Min: 2, Max: 2, Means: meansNullIf, Example: Example{"nullif(2, 2)", "NULL"}},
	{Name: "nvl2", Min: 3, Max: 3, Means: meansNvl2, Example: Example{"nvl2(NULL, 1, 2)", "2"}},
	{Name: "decode", Min: 3, Max: -1, Means: meansDecode, Example: Example{"decode(2, 1, 'a', 2, 'b', 'c')", "b"}},
	{Name: "if", Min: 3, Max: 3, Means: meansIf, Example: Example{"if(1 > 2, 'a', 'b')", "b"}},
	{Name: "assert_true", Min: 1, Max: 1, Sign: always(column.VoidType, column.BooleanType), Nulls: NullOwn, Eval: evalAssert, Example: Example{"assert_true(1 < 2)", "NULL"}},
}

// anything is the signature of a function of values of any types.
func anything(result column.Type) func([]Expr) (Signature, error) {
	return func([]Expr) (Signature, error) { return Signature{Result: result}, nil }
}

// signTruth is the signature of and and or, which take truth values alone.
func signTruth(args []Expr) (Signature, error) {
	a, b := args[0].Type(), args[1].Type()
	is := func(t column.Type) bool { return t.Kind == column.Boolean || t.Kind == column.Void }
	switch {
	case is(a) && is(b):
	case !a.Equal(b):
		return Signature{}, &different{a, b, true}
	default:
		return Signature{}, &refused{`"BOOLEAN"`, a}
	}
	return Signature{Args: []column.Type{column.BooleanType, column.BooleanType}, Result: column.BooleanType}, nil
}

func lazyAnd(args []Evaluator, b column.Batch, _ column.Type) (column.Column, error) {
	return decide(args, b, false)
}

func lazyOr(args []Evaluator, b column.Batch, _ column.Type) (column.Column, error) {
	return decide(args, b, true)
}

// decide is and (decisive false) or or (decisive true): where the left side is
// decisive the right side does not count, and is not computed when it could fail.
func decide(args []Evaluator, b column.Batch, decisive bool) (column.Column, error) {
	left, err := args[0].Eval(b)
	if err != nil {
		return nil, err
	}
	a, aNull := column.Data[bool](left), left.Nulls()
	right, err := rightSide(args[1], b, a, aNull, decisive)
	if err != nil {
		return nil, err
	}
	c, cNull := column.Data[bool](right), right.Nulls()
	out := make([]bool, b.Rows)
	if aNull == nil && cNull == nil {
		for i := range out {
			out[i] = (a[i] == decisive || c[i] == decisive) == decisive
		}
		return column.New(column.BooleanType, out, nil), nil
	}
	mask := make([]bool, b.Rows)
	for i := range out {
		x, y := aNull != nil && aNull[i], cNull != nil && cNull[i]
		switch {
		case !x && a[i] == decisive, !y && c[i] == decisive:
			out[i] = decisive
		default:
			mask[i], out[i] = x || y, !decisive
		}
	}
	return column.New(column.BooleanType, out, mask), nil
}

// rightSide is the right side, as decisive as nothing where it does not count.
func rightSide(e Evaluator, b column.Batch, left, null []bool, decisive bool) (column.Column, error) {
	if safe(e) {
		return e.Eval(b)
	}
	var rows, decided []int32
	for i := range b.Rows {
		if left[i] == decisive && (null == nil || !null[i]) {
			decided = append(decided, int32(i))
		} else {
			rows = append(rows, int32(i))
		}
	}
	out := newScatter(column.BooleanType, b.Rows)
	if err := out.put(e, b, rows); err != nil {
		return nil, err
	}
	out.add(column.New(column.BooleanType, make([]bool, len(decided)), nil), decided)
	return out.column(), nil
}

func evalKnown(known bool) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) {
		out, null := make([]bool, c.Rows), c.Args[0].Nulls()
		for i := range out {
			out[i] = (null != nil && null[i]) != known
		}
		return column.New(column.BooleanType, out, nil), nil
	}
}

// lazyCoalesce computes an argument on the rows alone that had no value so far.
func lazyCoalesce(args []Evaluator, b column.Batch, t column.Type) (column.Column, error) {
	left, out := everyRow(b.Rows), newScatter(t, b.Rows)
	for k, arg := range args {
		c, err := evalAt(arg, b, left)
		if err != nil {
			return nil, err
		}
		if c.Nulls() == nil || k == len(args)-1 {
			out.add(c, left)
			break
		}
		var known, rest, at []int32
		for i, r := range left {
			if c.Null(i) {
				rest = append(rest, r)
			} else {
				known, at = append(known, r), append(at, int32(i))
			}
		}
		out.add(c.Take(at), known)
		if left = rest; len(left) == 0 {
			break
		}
	}
	return out.column(), nil
}

func evalAssert(c *Call) (column.Column, error) {
	for i, v := range column.Data[bool](c.Args[0]) {
		if c.Args[0].Null(i) || !v {
			return nil, Errorf("USER_RAISED_EXCEPTION", "'the asserted condition is not true!'")
		}
	}
	return column.Nothing(c.Rows), nil
}
