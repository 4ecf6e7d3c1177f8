package frame

import (
	"errors"
	"slices"
	"strings"

	"etincelle/engine"
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/sql"
)

// Query is the frame of a SELECT over the session's views:
//
//	flights.CreateView("flights")
//	frame.Query(s, "SELECT carrier, count(*) AS n FROM flights GROUP BY carrier ORDER BY n DESC")
//
// Like any frame it runs when an action asks for rows; a mistake in the text is
// the error of the frame.
func Query(s *engine.Session, text string) *Frame {
	none := &Frame{session: s, node: nothing()}
	parsed, err := sql.Statement(text)
	if err != nil {
		return none.failed(err)
	}
	f, err := (&querier{session: s, text: text}).query(parsed)
	if err != nil {
		return none.failed(err)
	}
	return f
}

// nothing is a plan of no column and one row: SELECT without FROM.
func nothing() plan.Node {
	return &plan.Local{Rows: column.Batch{Rows: 1}}
}

// querier makes frames of parsed text. within are the names that WITH gave.
type querier struct {
	session *engine.Session
	text    string
	within  map[string]*Frame
}

// query is a query with its WITH, ORDER BY and LIMIT.
func (q *querier) query(parsed *sql.Query) (*Frame, error) {
	inner := &querier{q.session, q.text, map[string]*Frame{}}
	for name, f := range q.within {
		inner.within[name] = f
	}
	for _, c := range parsed.With {
		f, err := inner.query(c.Query)
		if err != nil {
			return nil, err
		}
		if f, err = renamed(f, c.Columns); err != nil {
			return nil, err
		}
		inner.within[strings.ToLower(c.Name)] = f
	}
	f, err := inner.body(parsed.Body, parsed.Order)
	if err != nil {
		return nil, err
	}
	if parsed.Offset != nil {
		return nil, expr.Errorf("UNSUPPORTED_FEATURE.OFFSET", "OFFSET is not supported: use LIMIT, or row_number() and a condition on it.")
	}
	if parsed.Limit != nil {
		n, err := wholeConstant(parsed.Limit, "INVALID_LIMIT_LIKE_EXPRESSION", "limit")
		if err != nil {
			return nil, err
		}
		f = f.Limit(n)
	}
	return f, f.err
}

// wholeConstant is the value of LIMIT.
func wholeConstant(n expr.Node, class, name string) (int, error) {
	e, err := expr.Resolve(n, nil)
	if err != nil {
		return 0, err
	}
	v, ok := expr.Constant(e)
	whole, is := v.(int32)
	if !ok || !is {
		return 0, expr.Errorf(class+".DATA_TYPE", "The %s expression must be integer type, but got %s.", name, expr.Pretty(e))
	}
	return int(whole), nil
}

// body is one SELECT, or several put together, ordered.
func (q *querier) body(b sql.Body, order []expr.Sort) (*Frame, error) {
	if s, ok := b.(*sql.Select); ok {
		return q.selects(s, order)
	}
	f, err := q.unordered(b)
	if err != nil || len(order) == 0 {
		return f, err
	}
	return q.ordered(f, order)
}

func (q *querier) unordered(b sql.Body) (*Frame, error) {
	switch b := b.(type) {
	case *sql.Query:
		return q.query(b)
	case *sql.Values:
		return q.values(b)
	}
	set := b.(*sql.SetOperation)
	left, err := q.body(set.Left, nil)
	if err != nil {
		return nil, err
	}
	right, err := q.body(set.Right, nil)
	if err != nil {
		return nil, err
	}
	f, err := combined(set, left, right)
	if err != nil {
		return nil, err
	}
	return f, f.err
}

// combined is UNION, EXCEPT or INTERSECT.
func combined(set *sql.SetOperation, left, right *Frame) (*Frame, error) {
	switch {
	case set.Kind == "union" && set.All:
		return left.Union(right), nil
	case set.Kind == "union":
		return left.Union(right).Distinct(), nil
	case set.All:
		return nil, expr.Errorf("UNSUPPORTED_FEATURE.SET_OPERATION", "%s ALL is not supported: leave ALL out.", strings.ToUpper(set.Kind))
	}
	if set.Kind == "except" {
		return left.Except(right), nil
	}
	return left.Intersect(right), nil
}

// ordered orders a frame by its own columns, or by their numbers.
func (q *querier) ordered(f *Frame, order []expr.Sort) (*Frame, error) {
	keys := make([]Expr, len(order))
	for i, o := range order {
		if n, ok := ordinal(o.Child); ok {
			columns := f.node.Output()
			if n < 1 || n > len(columns) {
				return nil, outOfRange("ORDER", n, len(columns))
			}
			o.Child = expr.Done{Expr: columns[n-1]}
		}
		keys[i] = ExprOf(o)
	}
	f = f.OrderBy(keys...)
	return f, f.err
}

// ordinal is the number of a column, as in GROUP BY 1.
func ordinal(n expr.Node) (int, bool) {
	l, ok := n.(expr.Lit)
	if !ok {
		return 0, false
	}
	v, ok := l.Value.(int32)
	return int(v), ok
}

func outOfRange(clause string, n, columns int) error {
	return expr.Errorf(clause+"_BY_POS_OUT_OF_RANGE", "%s BY position %d is not in select list (valid range is [1, %d]).", clause, n, columns)
}

// renamed gives a frame's columns other names, all of them or none.
func renamed(f *Frame, names []string) (*Frame, error) {
	if names == nil {
		return f, nil
	}
	columns := f.node.Output()
	if len(names) != len(columns) {
		return nil, expr.Errorf("ASSIGNMENT_ARITY_MISMATCH", "The number of columns or variables assigned or aliased: %d does not match the number of source expressions: %d.", len(names), len(columns))
	}
	list := make([]Expr, len(columns))
	for i, c := range columns {
		list[i] = ExprOf(expr.Named{Child: expr.Done{Expr: c}, Name: names[i]})
	}
	return f.Select(list...), nil
}

// values is VALUES: rows of constants.
func (q *querier) values(v *sql.Values) (*Frame, error) {
	width := len(v.Rows[0])
	schema, rows := make(Schema, width), make([]Row, len(v.Rows))
	for i, nodes := range v.Rows {
		if len(nodes) != width {
			return nil, expr.Errorf("INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH", "Invalid inline table. Inline table expected %d columns but found %d columns in row %d.", width, len(nodes), i)
		}
		rows[i] = make(Row, width)
	}
	for c := range width {
		var cells []expr.Expr
		for _, nodes := range v.Rows {
			e, err := expr.Resolve(nodes[c], nil)
			if err != nil {
				return nil, err
			}
			cells = append(cells, e)
		}
		cells, err := expr.Alike("VALUES", cells)
		if err != nil {
			return nil, err
		}
		schema[c] = Field{Name: "col" + string(rune('1'+c)), Type: cells[0].Type()}
		for i, cell := range cells {
			value, ok := expr.Constant(cell)
			if !ok {
				return nil, expr.Errorf("INVALID_INLINE_TABLE.CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE", "Invalid inline table. Cannot evaluate the expression %s in inline table definition.", expr.Pretty(cell))
			}
			rows[i][c] = value
			schema[c].Nullable = schema[c].Nullable || value == nil
		}
	}
	f := Of(q.session, schema, rows...)
	return f, f.err
}

// place is err, at a name that stands in the text.
func (q *querier) place(err error, from int, name string) error {
	var e *expr.Error
	if errors.As(err, &e) {
		marked := *e
		marked.Place = expr.Place{Text: q.text, From: from, To: min(from+len(name), len(q.text))}
		return &marked
	}
	return err
}

// hinted reports whether a BROADCAST hint names a table.
func hinted(hints []sql.Hint, name string) bool {
	return name != "" && slices.ContainsFunc(hints, func(h sql.Hint) bool {
		isBroadcast := h.Name == "broadcast" || h.Name == "broadcastjoin" || h.Name == "mapjoin"
		return isBroadcast && slices.ContainsFunc(h.Args, func(arg string) bool { return strings.EqualFold(arg, name) })
	})
}
