package sql_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/sql"
)

// tree writes a node as a Lisp would.
func tree(n expr.Node) string {
	list := func(head string, nodes ...expr.Node) string {
		parts := []string{head}
		for _, n := range nodes {
			if n != nil {
				parts = append(parts, tree(n))
			}
		}
		return "(" + strings.Join(parts, " ") + ")"
	}
	switch n := n.(type) {
	case expr.Ref:
		return strings.Join(n.Parts, ".")
	case expr.Star:
		return strings.TrimPrefix(n.Table+".*", ".")
	case expr.Lit:
		return fmt.Sprintf("%v:%s", n.Value, n.Type)
	case expr.Apply:
		head := n.Name
		if n.Distinct {
			head += " distinct"
		}
		if n.IgnoreNulls {
			head += " ignore nulls"
		}
		if n.Filter != nil {
			return list("filter", expr.Apply{Name: n.Name, Args: n.Args}, n.Filter)
		}
		return list(head, n.Args...)
	case expr.CastTo:
		return list("cast "+n.Type.String(), n.Child)
	case expr.CaseWhen:
		var parts []expr.Node
		for _, b := range n.Branches {
			parts = append(parts, b.When, b.Then)
		}
		return list("case", append(append([]expr.Node{n.Operand}, parts...), n.Else)...)
	case expr.Named:
		return list("as "+n.Name, n.Child)
	case expr.GetItem:
		return list("[]", n.Child, n.Key)
	case expr.Lambda:
		return list("lambda "+strings.Join(n.Params, " "), n.Body)
	case expr.Over:
		head := "over"
		for _, p := range n.Spec.Partition {
			head += " by " + tree(p)
		}
		for _, o := range n.Spec.Order {
			head += fmt.Sprintf(" order %s %t %d", tree(o.Child), o.Desc, o.Nulls)
		}
		if f := n.Spec.Frame; f != nil {
			head += fmt.Sprintf(" rows=%t %d..%d", f.Rows, f.Start, f.End)
		}
		return list(head, n.Call)
	}
	return fmt.Sprintf("%T", n)
}

func TestExpression(t *testing.T) {
	for text, want := range map[string]string{
		"a + b * c - d":                   "(- (+ a (* b c)) d)",
		"a = b AND NOT c OR d":            "(or (and (= a b) (not c)) d)",
		"NOT a = b":                       "(not (= a b))",
		"a || b || 'x'":                   "(concat (concat a b) x:string)",
		"a < b + 1 IS NULL":               "(isnull (< a (+ b 1:int)))",
		"a BETWEEN 1 AND 2 AND b":         "(and (between a 1:int 2:int) b)",
		"a NOT IN (1, 2)":                 "(not (in a 1:int 2:int))",
		"a NOT LIKE 'x%' ESCAPE '!'":      "(not (like a x%:string !:string))",
		"- a.b[0]::bigint":                "(- (cast bigint ([] a.b 0:int)))",
		"x DIV 2 % 3":                     "(% (div x 2:int) 3:int)",
		"a | b ^ c & d << 1":              "(| a (^ b (& c (<< d 1:int))))",
		"CASE a WHEN 1 THEN 'x' END":      "(case a 1:int x:string)",
		"CASE WHEN a THEN 1 ELSE 2 END y": "(as y (case a 1:int 2:int))",
		"count(*)":                        "(count 1:int)",
		"count(DISTINCT a, b) AS n":       "(as n (count distinct a b))",
		"sum(a) FILTER (WHERE b > 1)":     "(filter (sum a) (> b 1:int))",
		"first(a) IGNORE NULLS":           "(first ignore nulls a)",
		"row_number() OVER (PARTITION BY a ORDER BY b DESC NULLS LAST)":             "(over by a order b true 2 (row_number))",
		"sum(x) OVER (ORDER BY d ROWS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING)": "(over order d false 0 rows=true -1..9223372036854775807 (sum x))",
		"INTERVAL 1 day 2 hours":                    "(…)",
		"transform(a, (x, i) -> x + i)":             "(transform a (lambda x i (+ x i)))",
		"`a b`.`c``d`":                              "a b.c`d",
		"'it''s' 'ok'":                              "it'sok:string",
		`r'\n' || '\n' || '\u00e9'`:                 "(concat (concat \\n:string \n:string) é:string)",
		"1L + 1.5 + 1e3 + 2BD + 9999999999":         "(…)",
		"a -- comment\n + /* nested /* yes */ */ b": "(+ a b)",
		"a IS NOT DISTINCT FROM b":                  "(<=> a b)",
		"a IS DISTINCT FROM b":                      "(not (<=> a b))",
		"a IS NOT TRUE":                             "(not (<=> a true:boolean))",
		"EXTRACT(YEAR FROM d)":                      "(extract YEAR:string d)",
		"SUBSTRING(s FROM 2 FOR 3)":                 "(substring s 2:int 3:int)",
		"TRIM(BOTH 'x' FROM s)":                     "(trim s x:string)",
		"(a, b)":                                    "(named_struct a:string a b:string b)",
		"date":                                      "date", // a column may be called so
		"interval + 1":                              "(+ interval 1:int)",
		"case_id":                                   "case_id",
		"TRY_CAST(a AS decimal(10, 2))":             "(cast decimal(10,2) a)",
		"CAST(a AS array<struct<x:int,y:array<string>>>)": "(cast array<struct<x:int,y:array<string>>> a)",
		"t.*": "t.*",
	} {
		n, err := sql.Expression(text)
		require.NoError(t, err, text)
		if want != "(…)" {
			assert.Equal(t, want, tree(n), text)
		}
	}
}

func TestFaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "[PARSE_SYNTAX_ERROR] Syntax error at or near end of input: missing an expression (line 1, column 1)\n  \n  ^",
		"a +":                     "[PARSE_SYNTAX_ERROR] Syntax error at or near end of input: missing an expression (line 1, column 4)\n  a +\n     ^",
		"sum(a":                   "[PARSE_SYNTAX_ERROR] Syntax error at or near end of input: missing ')' (line 1, column 6)\n  sum(a\n       ^",
		"a b c":                   "[PARSE_SYNTAX_ERROR] Syntax error at or near 'c' (line 1, column 5)\n  a b c\n      ^",
		"x > 1 AND\n  y ? 2":      "[PARSE_SYNTAX_ERROR] Syntax error at or near '?' (line 2, column 5)\n    y ? 2\n      ^",
		"'abc":                    "[PARSE_SYNTAX_ERROR] Syntax error at or near ''': the string has no closing quote (line 1, column 1)\n  'abc\n  ^^^^",
		"DATE '2024-02-30'":       "[INVALID_TYPED_LITERAL] The value of the typed literal \"DATE\" is invalid: '2024-02-30'. (line 1, column 1)\n  DATE '2024-02-30'\n  ^^^^^^^^^^^^^^^^^",
		"CAST(a AS float)":        "[UNSUPPORTED_DATATYPE] Unsupported data type \"FLOAT\": use DOUBLE (line 1, column 11)\n  CAST(a AS float)\n            ^^^^^",
		"INTERVAL 1 month 2 days": "[_LEGACY_ERROR_TEMP_0029] Cannot mix year-month and day-time fields: interval 1 month 2 days. (line 1, column 1)\n  INTERVAL 1 month 2 days\n  ^^^^^^^^^^^^^^^^^^^^^^^",
	} {
		_, err := sql.Expression(text)
		require.Error(t, err, text)
		assert.Equal(t, want, err.Error(), text)
	}
}

func TestDeepTextEnds(t *testing.T) {
	for _, text := range []string{strings.Repeat("(", 100_000), strings.Repeat("NOT ", 100_000), strings.Repeat("-", 3) + strings.Repeat("- ", 100_000)} {
		_, err := sql.Expression(text)
		require.Error(t, err)
	}
	_, err := sql.Statement("SELECT " + strings.Repeat("(SELECT * FROM ", 1000))
	require.Error(t, err)
}

func TestStatement(t *testing.T) {
	q, err := sql.Statement(`
		WITH late AS (SELECT * FROM flights WHERE dep_delay > 60)
		SELECT /*+ BROADCAST(a) */ DISTINCT a.name, count(*) AS n
		FROM late l LEFT JOIN airlines AS a USING (carrier), (SELECT 1 AS one) s
		LATERAL VIEW OUTER explode(tags) e AS tag
		WHERE n > 1 GROUP BY 1 HAVING count(*) > 10
		ORDER BY n DESC, name LIMIT 5 OFFSET 2;`)
	require.NoError(t, err)
	assert.Equal(t, "late", q.With[0].Name)
	s := q.Body.(*sql.Select)
	assert.Equal(t, []sql.Hint{{Name: "broadcast", Args: []string{"a"}}}, s.Hints)
	assert.True(t, s.Distinct)
	assert.Equal(t, "(as n (count 1:int))", tree(s.Items[1]))
	view := s.From.(*sql.View)
	assert.Equal(t, []any{"e", []string{"tag"}, true}, []any{view.Alias, view.Columns, view.Outer})
	cross := view.Input.(*sql.Join)
	assert.Equal(t, "cross", cross.Kind)
	left := cross.Left.(*sql.Join)
	assert.Equal(t, []any{"left", []string{"carrier"}}, []any{left.Kind, left.Using})
	assert.Equal(t, "l", left.Left.(*sql.Table).Alias)
	assert.Equal(t, "(> n 1:int)", tree(s.Where))
	assert.Equal(t, "1:int", tree(s.Group[0]))
	assert.True(t, q.Order[0].Desc)
	assert.Equal(t, "5:int", tree(q.Limit))
	assert.Equal(t, "2:int", tree(q.Offset))
}

func TestSetOperations(t *testing.T) {
	q, err := sql.Statement("SELECT 1 UNION ALL SELECT 2 INTERSECT SELECT 3 EXCEPT (SELECT 4 LIMIT 1)")
	require.NoError(t, err)
	except := q.Body.(*sql.SetOperation)
	assert.Equal(t, "except", except.Kind)
	union := except.Left.(*sql.SetOperation)
	assert.Equal(t, []any{"union", true}, []any{union.Kind, union.All})
	assert.Equal(t, "intersect", union.Right.(*sql.SetOperation).Kind) // binds tighter
	assert.IsType(t, &sql.Query{}, except.Right)
}

func ExampleExpression() {
	n, _ := sql.Expression("dep_delay > 60 AND carrier IN ('AA', 'DL')")
	schema := column.Schema{{Name: "dep_delay", Type: column.IntType}, {Name: "carrier", Type: column.StringType}}
	e, _ := expr.Resolve(n, expr.AttributesOf(schema))
	fmt.Println(e)
	_, err := sql.Expression("dep_delay >> > 60")
	fmt.Println(err)
	// Output:
	// ((dep_delay > 60) AND carrier IN (AA,DL))
	// [PARSE_SYNTAX_ERROR] Syntax error at or near '>': missing an expression (line 1, column 14)
	//   dep_delay >> > 60
	//                ^
}

func ExampleStatement() {
	q, _ := sql.Statement("SELECT carrier, count(*) FROM flights GROUP BY carrier")
	s := q.Body.(*sql.Select)
	fmt.Println(len(s.Items), s.From.(*sql.Table).Name, len(s.Group))
	// Output: 2 flights 1
}

// FuzzText: no text makes the parser panic, and what it accepts it accepts again.
func FuzzText(f *testing.F) {
	for _, seed := range []string{
		"a + b", "sum(x) OVER (ORDER BY a ROWS 1 PRECEDING)", "INTERVAL '1 02' DAY TO HOUR", "CASE WHEN a THEN b END",
		"SELECT a FROM t JOIN u ON x = y WHERE z GROUP BY 1 ORDER BY 2 LIMIT 3", "x -> x", "'\\", "1e", "`", "/*", "--", "a.*", "((", "CAST(a AS array<array<int>>)",
		"VALUES (1, 2)", "TRIM(BOTH FROM s)", "1BD", "0.5e-400BD", "INTERVAL - - 1 day", "INTERVAL 1 day - 2", "EXISTS (", "r'", "\xff", "é'é",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := sql.Expression(text); err == nil {
			_, err = sql.Expression("(" + text + "\n)")
			_ = err // a name may stand behind it, which brackets turn into a struct
		} else if err.Error() == "" {
			t.Error("a fault without words")
		}
		_, _ = sql.Statement(text)
		_, _ = sql.Type(text)
		_, _ = sql.Order(text)
	})
}
