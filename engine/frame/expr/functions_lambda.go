package expr

import (
	"strings"

	"etincelle/engine/frame/column"
)

func evalTransform(c *Call, f *closure) (column.Column, error) {
	b, _, lengths := f.spread(c)
	elem, err := f.body.Eval(b)
	if err != nil {
		return nil, err
	}
	return &column.Lists{Ends: endsOf(lengths), Elem: elem, Mask: c.Null}, nil
}

func evalFilter(c *Call, f *closure) (column.Column, error) {
	b, owner, lengths := f.spread(c)
	keep, err := f.body.Eval(b)
	if err != nil {
		return nil, err
	}
	var rows []int32
	truth := column.Data[bool](keep)
	for i, r := range owner {
		if truth[i] && !keep.Null(i) {
			rows = append(rows, int32(i))
		} else {
			lengths[r]--
		}
	}
	return &column.Lists{Ends: endsOf(lengths), Elem: b.Columns[0].Take(rows), Mask: c.Null}, nil
}

// evalExists is exists (decisive true) or forall (decisive false): null when no
// element decides and the condition was null for one.
func evalExists(decisive bool) func(*Call, *closure) (column.Column, error) {
	return func(c *Call, f *closure) (column.Column, error) {
		b, owner, _ := f.spread(c)
		holds, err := f.body.Eval(b)
		if err != nil {
			return nil, err
		}
		out, unsure := make([]bool, c.Rows), make([]bool, c.Rows)
		for i := range out {
			out[i] = !decisive
		}
		for i, r := range owner {
			switch {
			case holds.Null(i):
				unsure[r] = true
			case column.Data[bool](holds)[i] == decisive:
				out[r] = decisive
			}
		}
		for i := range unsure {
			unsure[i] = unsure[i] && out[i] != decisive || c.Skip(i)
		}
		return column.New(column.BooleanType, out, unsure), nil
	}
}

// resolveFold resolves aggregate(array, start, (so, x) -> …[, so -> …]).
func resolveFold(n Apply, s Scope) (Expr, error) {
	name := strings.ToLower(n.Name)
	if err := checkArity(name, 3, 4, len(n.Args)); err != nil {
		return nil, err
	}
	args, err := understandAll(n.Args[:2], s)
	if err != nil {
		return nil, err
	}
	if args[0].Type().Kind != column.Array {
		return nil, explain(&unexpected{0, `"ARRAY" type`}, name, written(name), args)
	}
	so := args[1].Type()
	step, stepText, captured, err := foldLambda(n.Args[2], []column.Type{so, *args[0].Type().Elem}, s, nil)
	if err != nil {
		return nil, err
	}
	if !accepts(step.Type(), so) {
		return nil, explain(&unexpected{2, `"` + so.SQL() + `" type`}, name, written(name), []Expr{args[0], args[1], step.Expr})
	}
	result, finishText := so, "lambdafunction("+variable+", "+variable+")"
	var finish *Bound
	if len(n.Args) == 4 {
		if finish, finishText, captured, err = foldLambda(n.Args[3], []column.Type{so}, s, captured); err != nil {
			return nil, err
		}
		result = finish.Type()
		if step, stepText, captured, err = foldLambda(n.Args[2], []column.Type{so, *args[0].Type().Elem}, s, captured); err != nil {
			return nil, err // bound again: it now stands beside all that was captured
		}
	}
	fn := &Function{Name: name, Nulls: NullOwn, Eval: func(c *Call) (column.Column, error) { return evalFold(c, step, finish) },
		Text: func(a []string) string {
			return name + "(" + strings.Join(a[:2], ", ") + ", " + stepText + ", " + finishText + ")"
		}}
	for _, a := range captured {
		args = append(args, a)
	}
	return &Invoke{Func: fn, Args: args, Sig: Signature{Result: result}}, nil
}

// foldLambda binds one lambda of a fold to its parameters and captured attributes,
// those given and its own.
func foldLambda(n Node, types []column.Type, s Scope, before []*Attribute) (*Bound, string, []*Attribute, error) {
	l, is := n.(Lambda)
	if !is || len(l.Params) != len(types) {
		return nil, "", nil, Errorf("INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH", "Invalid lambda function call. A higher order function expects %d arguments, but got %d.", len(types), len(l.Params))
	}
	body, params, own, err := newClosure(l, types, s)
	if err != nil {
		return nil, "", nil, err
	}
	captured := before
	for _, a := range own {
		if !containsAttribute(captured, a) {
			captured = append(captured, a)
		}
	}
	bound, err := Bind(NewCast(unveil(body), body.Type()), append(params, captured...))
	return bound, lambdaText(body, params), captured, err
}

// evalFold goes over the arrays of all rows at once, an element at a time.
func evalFold(c *Call, step, finish *Bound) (column.Column, error) {
	l, so := c.Args[0].(*column.Lists), c.Args[1]
	captured := column.Batch{Columns: c.Args[2:], Rows: c.Rows}
	for k := 0; ; k++ {
		var rows, at, rest []int32
		for i := range c.Rows {
			from, to := 0, 0
			if !l.Null(i) {
				from, to = l.Span(i)
			}
			if k < to-from {
				rows, at = append(rows, int32(i)), append(at, int32(from+k))
			} else {
				rest = append(rest, int32(i))
			}
		}
		if len(rows) == 0 {
			break
		}
		b := column.Batch{Columns: append([]column.Column{so.Take(rows), l.Elem.Take(at)}, captured.Take(rows).Columns...), Rows: len(rows)}
		next, err := step.Eval(b)
		if err == nil {
			next, err = castColumn(next, so.Type(), false, c.Zone)
		}
		if err != nil {
			return nil, err
		}
		out := newScatter(so.Type(), c.Rows)
		out.add(next, rows)
		out.add(so.Take(rest), rest)
		so = out.column()
	}
	if finish != nil {
		var err error
		if so, err = finish.Eval(column.Batch{Columns: append([]column.Column{so}, c.Args[2:]...), Rows: c.Rows}); err != nil {
			return nil, err
		}
	}
	if l.Mask != nil {
		so = hide(so, l.Mask)
	}
	return so, nil
}
