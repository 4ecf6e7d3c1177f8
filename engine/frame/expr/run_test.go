package expr_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/sql"
)

// answer is what an expression gave: a column for each of its names.
type answer struct {
	schema column.Schema
	batch  column.Batch
}

// noon is the time of the tests' session.
var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

// ask computes an expression of SQL over a batch, aggregates over all of it.
func ask(text string, schema column.Schema, b column.Batch) (answer, error) {
	node, err := sql.Expression(text)
	if err != nil {
		return answer{}, err
	}
	attributes := expr.AttributesOf(schema)
	list, err := expr.ResolveList([]expr.Node{node}, attributes)
	if err != nil {
		return answer{}, err
	}
	input := attributes
	if isAggregate := func(e expr.Expr) bool { _, is := e.(*expr.AggregateCall); return is }; expr.Any(list[0], isAggregate) {
		if list[0], input, b, err = aggregated(list[0], attributes, b); err != nil {
			return answer{}, err
		}
	}
	a := answer{batch: column.Batch{Rows: b.Rows}}
	for _, e := range list {
		named, is := e.(*expr.Attribute)
		if !is {
			named = e.(*expr.Alias).Attribute()
		}
		a.schema = append(a.schema, expr.SchemaOf([]*expr.Attribute{named})...)
		bound, err := expr.Bind(expr.InSession(e, noon, time.UTC), input)
		if err != nil {
			return a, err
		}
		c, err := bound.Eval(b)
		if err != nil {
			return a, err
		}
		a.batch.Columns = append(a.batch.Columns, c)
	}
	return a, nil
}

// aggregated computes the aggregates of e over b, cut in two halves whose buffers
// are merged, and puts columns of one row in their place.
func aggregated(e expr.Expr, input []*expr.Attribute, b column.Batch) (expr.Expr, []*expr.Attribute, column.Batch, error) {
	var (
		made []*expr.Attribute
		row  column.Batch
		fail error
	)
	row.Rows = 1
	e = expr.Rewrite(e, func(e expr.Expr) expr.Expr {
		call, is := e.(*expr.AggregateCall)
		if !is {
			return e
		}
		c, err := aggregate(call, input, b)
		if err != nil {
			fail = err
			return e
		}
		a := expr.NewAttribute(column.Field{Name: "x", Type: call.Type(), Nullable: call.Nullable()})
		made, row.Columns = append(made, a), append(row.Columns, c)
		return a
	})
	return e, made, row, fail
}

func aggregate(call *expr.AggregateCall, input []*expr.Attribute, b column.Batch) (column.Column, error) {
	whole := call.Accumulator()
	whole.Grow(1)
	seen := map[string]bool{}
	for _, half := range []column.Batch{b.Slice(0, b.Rows/2), b.Slice(b.Rows/2, b.Rows)} {
		if call.Filter != nil {
			bound, err := expr.Bind(call.Filter, input)
			if err != nil {
				return nil, err
			}
			c, err := bound.Eval(half)
			if err != nil {
				return nil, err
			}
			half = half.Keep(truths(c))
		}
		bound, err := expr.BindAll(call.Args, input)
		if err != nil {
			return nil, err
		}
		args, err := expr.EvalAll(bound, half)
		if err != nil {
			return nil, err
		}
		if call.Distinct {
			args, half.Rows = different(args, half.Rows, seen)
		}
		part := call.Accumulator()
		part.Grow(1)
		if err := part.Update(make([]int32, half.Rows), args); err != nil {
			return nil, err
		}
		if err := whole.Merge([]int32{0}, part.Buffers()); err != nil {
			return nil, err
		}
	}
	return whole.Final()
}

func truths(c column.Column) []bool {
	kept := make([]bool, c.Len())
	for i := range kept {
		kept[i] = c.Value(i) == true
	}
	return kept
}

func different(args []column.Column, rows int, seen map[string]bool) ([]column.Column, int) {
	kept := make([]bool, rows)
	for i := range kept {
		key := string(column.AppendRow(nil, args, i))
		kept[i], seen[key] = !seen[key], true
	}
	b := column.Batch{Columns: args, Rows: rows}.Keep(kept)
	return b.Columns, b.Rows
}

// shown is a value as CAST(… AS STRING) has it, NULL for a null.
func shown(c column.Column, i int) string {
	if c.Null(i) {
		return "NULL"
	}
	return expr.Text(c.Value(i), c.Type(), time.UTC)
}

// TestExamples runs the example of every row of the tables.
func TestExamples(t *testing.T) {
	none := column.Batch{Rows: 1}
	for _, f := range expr.Functions() {
		t.Run(f.Name, func(t *testing.T) {
			require.NotEmpty(t, f.Example.SQL, "no example")
			a, err := ask(f.Example.SQL, nil, none)
			require.NoError(t, err)
			require.Equal(t, f.Example.Shows, shown(a.batch.Columns[0], 0), f.Example.SQL)
		})
	}
	schema := column.Schema{{Name: "k", Type: column.StringType, Nullable: true}, {Name: "v", Type: column.IntType, Nullable: true}}
	b, err := column.FromRows(schema, column.Row{"a", int32(1)}, column.Row{"b", int32(2)}, column.Row{nil, nil})
	require.NoError(t, err)
	for _, f := range expr.Aggregates() {
		t.Run(f.Name, func(t *testing.T) {
			require.NotEmpty(t, f.Example.SQL, "no example")
			a, err := ask(f.Example.SQL, schema, b)
			require.NoError(t, err)
			require.Equal(t, f.Example.Shows, shown(a.batch.Columns[0], 0), f.Example.SQL)
		})
	}
}

// TestNames: no name is in two rows, and an alias is no other row's name.
func TestNames(t *testing.T) {
	seen := map[string]string{}
	claim := func(owner string, names ...string) {
		for _, n := range names {
			require.Empty(t, seen[n], "%s is claimed by %s", n, owner)
			seen[n] = owner
		}
	}
	for _, f := range expr.Functions() {
		claim(f.Name, append([]string{f.Name}, f.Aliases...)...)
	}
	for _, f := range expr.Aggregates() {
		claim(f.Name, append([]string{f.Name}, f.Aliases...)...)
	}
	for _, f := range expr.WindowFunctions() {
		claim(f.Name, f.Name)
	}
}

func ExampleResolveOn() {
	node, _ := sql.Expression("upper(name) || '!'")
	schema := column.Schema{{Name: "name", Type: column.StringType, Nullable: true}}
	bound, _ := expr.ResolveOn(node, schema)
	rows, _ := column.FromRows(schema, column.Row{"ada"}, column.Row{nil})
	c, _ := bound.Eval(rows)
	fmt.Println(expr.Pretty(bound.Expr), c.Value(0), c.Value(1))
	// Output: concat(upper(name), !) ADA! <nil>
}
