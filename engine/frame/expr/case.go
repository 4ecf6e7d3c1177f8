package expr

import (
	"strings"

	"etincelle/engine/frame/column"
)

// Case is CASE WHEN … THEN … ELSE … END; every result has its type.
type Case struct {
	Branches []CaseBranch
	Else     Expr // NULL when the program wrote none
	Short    bool // there was no ELSE
}

// CaseBranch is WHEN … THEN ….
type CaseBranch struct{ When, Then Expr }

// Type implements Expr.
func (c *Case) Type() column.Type { return c.Else.Type() }

// Nullable implements Expr.
func (c *Case) Nullable() bool {
	for _, b := range c.Branches {
		if b.Then.Nullable() {
			return true
		}
	}
	return c.Else.Nullable()
}

// Children implements Expr.
func (c *Case) Children() []Expr {
	var children []Expr
	for _, b := range c.Branches {
		children = append(children, b.When, b.Then)
	}
	return append(children, c.Else)
}

// With implements Expr.
func (c *Case) With(children []Expr) Expr {
	d := &Case{Else: children[len(children)-1], Short: c.Short}
	for i := range c.Branches {
		d.Branches = append(d.Branches, CaseBranch{children[2*i], children[2*i+1]})
	}
	return d
}

// String implements Expr.
func (c *Case) String() string {
	var out strings.Builder
	out.WriteString("CASE")
	for _, b := range c.Branches {
		out.WriteString(" WHEN " + b.When.String() + " THEN " + b.Then.String())
	}
	if !c.Short {
		out.WriteString(" ELSE " + c.Else.String())
	}
	return out.String() + " END"
}

// caseEvaluator computes each branch only on the rows that reach it, so that an
// error which the conditions avoid does not happen.
type caseEvaluator struct {
	of       column.Type
	branches []branchEvaluator
	other    Evaluator
}

type branchEvaluator struct{ when, then Evaluator }

func (c *caseEvaluator) Eval(b column.Batch) (column.Column, error) {
	left := everyRow(b.Rows)
	out := newScatter(c.of, b.Rows)
	for _, branch := range c.branches {
		if len(left) == 0 {
			break
		}
		when, err := evalAt(branch.when, b, left)
		if err != nil {
			return nil, err
		}
		var taken, rest []int32
		truth, null := column.Data[bool](when), when.Nulls()
		for i, r := range left {
			if truth[i] && (null == nil || !null[i]) {
				taken = append(taken, r)
			} else {
				rest = append(rest, r)
			}
		}
		if err := out.put(branch.then, b, taken); err != nil {
			return nil, err
		}
		left = rest
	}
	if err := out.put(c.other, b, left); err != nil {
		return nil, err
	}
	return out.column(), nil
}

// scatter puts columns computed on some rows each together again.
type scatter struct {
	of    column.Type
	parts []column.Column
	at    []int32 // of each row, in the parts laid end to end
	next  int32
}

func newScatter(t column.Type, rows int) *scatter { return &scatter{of: t, at: make([]int32, rows)} }

// put computes e on rows, and makes these values theirs.
func (s *scatter) put(e Evaluator, b column.Batch, rows []int32) error {
	if len(rows) == 0 {
		return nil
	}
	c, err := evalAt(e, b, rows)
	if err != nil {
		return err
	}
	s.add(c, rows)
	return nil
}

// add makes c's values those of rows.
func (s *scatter) add(c column.Column, rows []int32) {
	for _, r := range rows {
		s.at[r] = s.next
		s.next++
	}
	s.parts = append(s.parts, c)
}

func (s *scatter) column() column.Column { return column.Join(s.of, s.parts...).Take(s.at) }

func everyRow(n int) []int32 {
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = int32(i)
	}
	return rows
}

// evalAt computes e on some of b's rows.
func evalAt(e Evaluator, b column.Batch, rows []int32) (column.Column, error) {
	if len(rows) == b.Rows {
		return e.Eval(b)
	}
	needed := map[int]bool{}
	uses(e, needed)
	if needed[everything] {
		return e.Eval(b.Take(rows))
	}
	part := column.Batch{Columns: make([]column.Column, len(b.Columns)), Rows: len(rows)} // what e does not read stays out
	for c := range needed {
		part.Columns[c] = b.Columns[c].Take(rows)
	}
	return e.Eval(part)
}
