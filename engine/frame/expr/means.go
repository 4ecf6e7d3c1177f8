package expr

import "etincelle/engine/frame/column"

// Calls that stand for others: what Spark's analyzer and its RuntimeReplaceable
// expressions do.

// Stands is an expression under the text that was written for it, by which its
// column is named; plans show the expression itself, and Resolve leaves it alone.
type Stands struct {
	Child Expr
	Text  func(args []string) string
	Args  []Expr
}

// Type implements Expr.
func (s *Stands) Type() column.Type { return s.Child.Type() }

// Nullable implements Expr.
func (s *Stands) Nullable() bool { return s.Child.Nullable() }

// Children implements Expr.
func (s *Stands) Children() []Expr { return []Expr{s.Child} }

// With implements Expr.
func (s *Stands) With(c []Expr) Expr { d := *s; d.Child = c[0]; return &d }

// String implements Expr.
func (s *Stands) String() string { return s.Child.String() }

func invokeNot(e Expr, err error) (Expr, error) {
	if err != nil {
		return nil, err
	}
	return NewInvoke(notFunction, e)
}

func meansUnequal(args []Expr) (Expr, error) {
	return invokeNot(NewInvoke(equalFunction, args...))
}

func meansBetween(args []Expr) (Expr, error) {
	low, err := NewInvoke(atLeast, args[0], args[1])
	if err != nil {
		return nil, err
	}
	high, err := NewInvoke(atMost, args[0], args[2])
	if err != nil {
		return nil, err
	}
	both, err := NewInvoke(andFunction, low, high)
	return &Stands{both, written("between"), args}, err
}

// meansCoalesce is nvl and ifnull.
func meansCoalesce(name string) func([]Expr) (Expr, error) {
	return func(args []Expr) (Expr, error) {
		e, err := NewInvoke(coalesceFunction, args...)
		return &Stands{e, written(name), args}, err
	}
}

// meansNullIf is CASE WHEN a = b THEN NULL ELSE a END.
func meansNullIf(args []Expr) (Expr, error) {
	same, err := NewInvoke(equalFunction, args...)
	if err != nil {
		return nil, err
	}
	null := NewCast(LiteralOf(nil), args[0].Type())
	return &Stands{&Case{Branches: []CaseBranch{{same, null}}, Else: args[0]}, written("nullif"), args}, nil
}

// meansNvl2 is CASE WHEN a IS NOT NULL THEN b ELSE c END.
func meansNvl2(args []Expr) (Expr, error) {
	known, err := NewInvoke(isNotNullFunction, args[0])
	if err != nil {
		return nil, err
	}
	results, err := castToCommon("nvl2", args[1:])
	if err != nil {
		return nil, err
	}
	return &Stands{&Case{Branches: []CaseBranch{{known, results[0]}}, Else: results[1]}, written("nvl2"), args}, nil
}

// meansDecode is CASE WHEN a <=> b THEN c … ELSE d END.
func meansDecode(args []Expr) (Expr, error) {
	var results []Expr
	c := &Case{Else: LiteralOf(nil)}
	rest := args[1:]
	for ; len(rest) > 1; rest = rest[2:] {
		same, err := NewInvoke(nullSafeFunction, args[0], rest[0])
		if err != nil {
			return nil, err
		}
		c.Branches = append(c.Branches, CaseBranch{When: same})
		results = append(results, rest[1])
	}
	if len(rest) == 1 {
		c.Else = rest[0]
	}
	results, err := castToCommon("decode", append(results, c.Else))
	if err != nil {
		return nil, err
	}
	for i := range c.Branches {
		c.Branches[i].Then = results[i]
	}
	c.Else = results[len(results)-1]
	return &Stands{c, written("decode"), args}, nil
}

// meansIf is CASE WHEN a THEN b ELSE c END.
func meansIf(args []Expr) (Expr, error) {
	condition := NewCast(args[0], column.BooleanType)
	if args[0].Type().Kind != column.Boolean && args[0].Type().Kind != column.Void {
		return nil, &unexpected{0, `"BOOLEAN" type`}
	}
	results, err := castToCommon("if", args[1:])
	if err != nil {
		return nil, err
	}
	text := func(a []string) string { return "(IF(" + a[0] + ", " + a[1] + ", " + a[2] + "))" }
	return &Stands{&Case{Branches: []CaseBranch{{condition, results[0]}}, Else: results[1]}, text, args}, nil
}

// meansConcat is concat of arrays, when the arguments are some.
func meansConcat(args []Expr) (Expr, error) {
	for _, a := range args {
		if a.Type().Kind == column.Array {
			return NewInvoke(concatArrays, args...)
		}
	}
	return nil, nil
}

// meansReverse is reverse of an array, when the argument is one.
func meansReverse(args []Expr) (Expr, error) {
	if args[0].Type().Kind == column.Array {
		return NewInvoke(reverseArray, args...)
	}
	return nil, nil
}
