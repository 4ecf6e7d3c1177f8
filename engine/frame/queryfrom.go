package frame

import (
	"strings"

	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/sql"
)

// relation is the frame of what stands in FROM; hints are those of its SELECT.
func (q *querier) relation(r sql.Relation, hints []sql.Hint) (*Frame, error) {
	switch r := r.(type) {
	case nil:
		return &Frame{session: q.session, node: nothing()}, nil
	case *sql.Table:
		return q.table(r, hints)
	case *sql.Subquery:
		f, err := q.query(r.Query)
		if err != nil {
			return nil, err
		}
		return called(f, r.Alias, r.Columns, hints)
	case *sql.Call:
		return q.call(r, hints)
	case *sql.Join:
		return q.join(r, hints)
	}
	return q.view(r.(*sql.View), hints)
}

func (q *querier) table(t *sql.Table, hints []sql.Hint) (*Frame, error) {
	f := q.within[strings.ToLower(t.Name)]
	if f == nil {
		f = viewsOf(q.session).find(t.Name)
	}
	if f == nil {
		return nil, q.place(viewsOf(q.session).unknown(t.Name), t.From, t.Name)
	}
	name := t.Alias
	if name == "" {
		name = t.Name
	}
	return called(f, name, t.Columns, hints)
}

// called is f under a name, with its columns under others.
func called(f *Frame, name string, columns []string, hints []sql.Hint) (*Frame, error) {
	f, err := renamed(f, columns)
	if err != nil {
		return nil, err
	}
	if name != "" {
		f = f.As(name)
	}
	if hinted(hints, name) {
		f = Broadcast(f)
	}
	return f, f.err
}

// call is range(end), range(start, end), range(start, end, step).
func (q *querier) call(c *sql.Call, hints []sql.Hint) (*Frame, error) {
	if c.Func.Name != "range" || len(c.Func.Args) < 1 || len(c.Func.Args) > 4 {
		return nil, expr.Errorf("UNRESOLVABLE_TABLE_VALUED_FUNCTION", "Could not resolve `%s` to a table-valued function: there is range(start, end, step, partitions).", c.Func.Name)
	}
	numbers := make([]int64, len(c.Func.Args))
	for i, n := range c.Func.Args {
		e, err := expr.Resolve(n, nil)
		if err != nil {
			return nil, err
		}
		v, _ := expr.Constant(e)
		switch v := v.(type) {
		case int32:
			numbers[i] = int64(v)
		case int64:
			numbers[i] = v
		default:
			return nil, expr.Errorf("UNEXPECTED_INPUT_TYPE", "The parameter %d of function range requires the \"BIGINT\" type, however %q has the type %q.", i+1, expr.Pretty(e), e.Type().SQL())
		}
	}
	if len(numbers) == 1 {
		numbers = []int64{0, numbers[0]}
	}
	numbers = append(numbers, 1, int64(q.session.DefaultParallelism()))
	step, partitions := numbers[2], numbers[3]
	if len(c.Func.Args) == 3 {
		partitions = int64(q.session.DefaultParallelism())
	}
	return called(Range(q.session, numbers[0], numbers[1], step, int(partitions)), c.Alias, c.Columns, hints)
}

var joinTypes = map[string]JoinType{"inner": Inner, "left": Left, "right": Right, "full": Full, "semi": Semi, "anti": Anti}

func (q *querier) join(j *sql.Join, hints []sql.Hint) (*Frame, error) {
	left, err := q.relation(j.Left, hints)
	if err != nil {
		return nil, err
	}
	right, err := q.relation(j.Right, hints)
	if err != nil {
		return nil, err
	}
	var f *Frame
	switch {
	case j.Using != nil:
		f = left.Join(right, Using(j.Using...), joinTypes[j.Kind])
	case j.Natural:
		f = left.Join(right, Using(shared(left, right)...), joinTypes[j.Kind])
	case j.On != nil && j.Kind == "cross":
		f = left.Join(right, Matching(ExprOf(j.On)), Inner)
	case j.On != nil:
		f = left.Join(right, Matching(ExprOf(j.On)), joinTypes[j.Kind])
	case j.Kind == "cross" || j.Kind == "inner":
		f = left.CrossJoin(right)
	default:
		f = left.Join(right, On{}, joinTypes[j.Kind])
	}
	return f, f.err
}

// shared are the columns that both frames have.
func shared(left, right *Frame) []string {
	names := []string{}
	for _, a := range left.Columns() {
		for _, b := range right.Columns() {
			if strings.EqualFold(a, b) {
				names = append(names, a)
			}
		}
	}
	return names
}

// view is LATERAL VIEW: each row beside the elements of an array in it.
func (q *querier) view(v *sql.View, hints []sql.Hint) (*Frame, error) {
	f, err := q.relation(v.Input, hints)
	if err != nil {
		return nil, err
	}
	call := v.Func
	if v.Outer && !strings.HasSuffix(call.Name, "_outer") {
		call.Name += "_outer"
	}
	if len(v.Columns) > 1 {
		return nil, expr.Errorf("UNSUPPORTED_GENERATOR.MULTI_COLUMNS", "LATERAL VIEW names one column here: use explode.")
	}
	made := expr.Node(call)
	if len(v.Columns) == 1 {
		made = expr.Named{Child: call, Name: v.Columns[0]}
	}
	f = f.Select(ExprOf(expr.Star{}), ExprOf(made))
	return f, f.err
}
