package expr

import (
	"strings"

	"etincelle/engine/frame/column"
)

// Functions that are given a function: transform(a, x -> x + 1). What a lambda
// reads of the row around it becomes arguments of the call, so that to the plan
// such a call is like any other, and its body is bound once, to its parameters
// and what it captured.

// higher is one row of their table.
type higher struct {
	arrays int // how many of the first arguments are arrays whose elements the lambda gets
	least  int // parameters of the lambda
	most   int
	result func(array, body column.Type) column.Type
	yes    bool // the body is a condition
	eval   func(c *Call, f *closure) (column.Column, error)
}

var higherFunctions = map[string]*higher{
	"transform": {arrays: 1, least: 1, most: 2, eval: evalTransform, result: arrayOfBody},
	"filter":    {arrays: 1, least: 1, most: 2, yes: true, eval: evalFilter, result: sameArray},
	"exists":    {arrays: 1, least: 1, most: 1, yes: true, eval: evalExists(true), result: truth},
	"forall":    {arrays: 1, least: 1, most: 1, yes: true, eval: evalExists(false), result: truth},
	"zip_with":  {arrays: 2, least: 2, most: 2, eval: evalTransform, result: arrayOfBody},
}

func arrayOfBody(_, body column.Type) column.Type { return column.ArrayOf(body) }

func sameArray(array, _ column.Type) column.Type { return array }

func truth(_, _ column.Type) column.Type { return column.BooleanType }

// closure is a lambda's body over its parameters and what it captured. arrays is
// how many of the call's first arguments are not captured.
type closure struct {
	arrays, params int
	body           *Bound
}

// variable is how Spark writes a parameter in the name of a column.
const variable = "namedlambdavariable()"

// newClosure resolves a lambda whose parameters have those types. captured is
// what its body reads of the row.
func newClosure(l Lambda, types []column.Type, s Scope) (body Expr, params, captured []*Attribute, err error) {
	var scope Scope
	for i, name := range l.Params {
		p := NewAttribute(column.Field{Name: name, Type: types[i], Nullable: true})
		params, scope = append(params, p), append(scope, p)
	}
	for _, a := range s { // a parameter hides a column of its name
		if !contains(l.Params, a.Name) {
			scope = append(scope, a)
		}
	}
	if body, err = understand(l.Body, scope); err != nil {
		return nil, nil, nil, err
	}
	for _, a := range References(body) {
		if !containsAttribute(params, a) {
			captured = append(captured, a)
		}
	}
	return body, params, captured, nil
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

func containsAttribute(list []*Attribute, a *Attribute) bool {
	for _, b := range list {
		if a.ID == b.ID {
			return true
		}
	}
	return false
}

func lambdaText(body Expr, params []*Attribute) string {
	shown := Rewrite(body, func(e Expr) Expr {
		if a, ok := e.(*Attribute); ok && containsAttribute(params, a) {
			return named(a, variable)
		}
		return e
	})
	return "lambdafunction(" + Pretty(shown) + strings.Repeat(", "+variable, len(params)) + ")"
}

// resolveHigher resolves a call that has a lambda among its arguments.
func resolveHigher(n Apply, s Scope) (Expr, error) {
	name := strings.ToLower(n.Name)
	if name == "aggregate" || name == "reduce" {
		return resolveFold(n, s)
	}
	h := higherFunctions[name]
	if h == nil {
		return nil, Errorf("INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION", "Invalid lambda function call. A lambda function should only be used in a higher order function. However, its class is %s, which is not a higher order function.", n.Name)
	}
	if err := checkArity(name, h.arrays+1, h.arrays+1, len(n.Args)); err != nil {
		return nil, err
	}
	args, err := understandAll(n.Args[:h.arrays], s)
	if err != nil {
		return nil, err
	}
	lambda, is := n.Args[h.arrays].(Lambda)
	var types []column.Type
	for i, a := range args {
		if a.Type().Kind != column.Array {
			return nil, explain(&unexpected{i, `"ARRAY" type`}, name, written(name), args)
		}
		types = append(types, *a.Type().Elem)
	}
	if h.most > h.arrays {
		types = append(types, column.IntType) // the element's place
	}
	if !is || len(lambda.Params) < h.least || len(lambda.Params) > h.most {
		return nil, Errorf("INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH", "Invalid lambda function call. A higher order function expects %d arguments, but got %d.", h.least, len(lambda.Params))
	}
	body, params, captured, err := newClosure(lambda, types, s)
	if err != nil {
		return nil, err
	}
	text := lambdaText(body, params)
	body = unveil(body)
	if h.yes {
		if k := body.Type().Kind; k != column.Boolean && k != column.Void {
			return nil, explain(&unexpected{1, `"BOOLEAN" type`}, name, written(name), []Expr{args[0], body})
		}
		body = NewCast(body, column.BooleanType)
	}
	bound, err := Bind(body, append(params[:len(params):len(params)], captured...))
	if err != nil {
		return nil, err
	}
	f := &closure{h.arrays, len(params), bound}
	fn := &Function{Name: name, Nulls: NullOwn, Eval: func(c *Call) (column.Column, error) { return h.eval(c, f) },
		Text: func(a []string) string { return name + "(" + strings.Join(a[:h.arrays], ", ") + ", " + text + ")" }}
	for _, a := range captured {
		args = append(args, a)
	}
	return &Invoke{Func: fn, Args: args, Sig: Signature{Result: h.result(args[0].Type(), bound.Type())}}, nil
}

// spread is a batch of all the elements of the rows that are not null: the
// elements of one or two arrays side by side, their places, and what was
// captured; owner is the row of each, lengths how many each row has. c.Null becomes
// the rows in which an array is null.
func (f *closure) spread(c *Call) (b column.Batch, owner, lengths []int32) {
	arrays := f.arrays
	c.Null = nulled(c, arrays)
	lengths = make([]int32, c.Rows)
	at := make([][]int32, arrays)
	var places []int32
	for i := range c.Rows {
		if c.Skip(i) {
			continue
		}
		for a := range arrays {
			from, to := c.Args[a].(*column.Lists).Span(i)
			lengths[i] = max(lengths[i], int32(to-from))
		}
		for k := range lengths[i] {
			owner, places = append(owner, int32(i)), append(places, k)
			for a := range arrays {
				row := int32(-1) // the shorter array is filled with nulls
				if from, to := c.Args[a].(*column.Lists).Span(i); int(k) < to-from {
					row = int32(from) + k
				}
				at[a] = append(at[a], row)
			}
		}
	}
	b.Rows = len(owner)
	for a := range arrays {
		b.Columns = append(b.Columns, c.Args[a].(*column.Lists).Elem.Take(at[a]))
	}
	if f.params > arrays { // the element's place is asked for
		b.Columns = append(b.Columns, column.New(column.IntType, places, nil))
	}
	for _, captured := range c.Args[arrays:] {
		b.Columns = append(b.Columns, captured.Take(owner))
	}
	return b, owner, lengths
}

// ends are the ends of arrays of those lengths.
func endsOf(lengths []int32) []int32 {
	ends, end := make([]int32, len(lengths)), int32(0)
	for i, n := range lengths {
		end += n
		ends[i] = end
	}
	return ends
}

// nulled is the mask of rows in which one of the first arguments is null; not of
// what was captured, whose nulls are the body's own business.
func nulled(c *Call, arrays int) []bool {
	var mask []bool
	for _, a := range c.Args[:arrays] {
		mask = either(mask, a.Nulls())
	}
	return mask
}
