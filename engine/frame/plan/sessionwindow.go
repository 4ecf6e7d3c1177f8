package plan

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// SessionRows puts beside each row the session that it would be alone in: from its
// time to its time and the gap. A row without a time, or with a gap that is not
// positive, is in no session and goes no further. An aggregation by Made brings
// sessions together.
type SessionRows struct {
	Unary
	Window *expr.SessionWindow
	Made   *expr.Attribute
}

// Name implements Node.
func (s *SessionRows) Name() string { return "SessionRows" }

// Text implements Node.
func (s *SessionRows) Text() string { return s.Window.String() + " AS " + s.Made.Name }

// WithChildren implements Node.
func (s *SessionRows) WithChildren(c []Node) Node { return &SessionRows{Unary{c[0]}, s.Window, s.Made} }

// Output implements Node.
func (s *SessionRows) Output() []*expr.Attribute {
	return append(slices.Clone(s.Child.Output()), s.Made)
}

// Exprs implements Node.
func (s *SessionRows) Exprs() []expr.Expr { return s.Window.Children() }

// WithExprs implements Node.
func (s *SessionRows) WithExprs(es []expr.Expr) Node {
	return &SessionRows{s.Unary, s.Window.With(es).(*expr.SessionWindow), s.Made}
}

// Passes implements Passing: rows are dropped, and nothing else is changed.
func (s *SessionRows) Passes(condition expr.Expr) bool {
	return !idsOf(expr.References(condition)...)[s.Made.ID]
}

// SessionWindows takes the session window out of the keys of an aggregation: it
// becomes a column of SessionRows. There may be one.
func SessionWindows(list []expr.Expr, child Node) ([]expr.Expr, Node, error) {
	var window *expr.SessionWindow
	for _, e := range list {
		several := expr.Any(e, func(e expr.Expr) bool {
			w, ok := e.(*expr.SessionWindow)
			if ok && window == nil {
				window = w
			}
			return ok && !expr.Equal(window, w)
		})
		if several {
			return nil, nil, severalWindows()
		}
	}
	if window == nil {
		return list, child, nil
	}
	made := expr.NewAlias(window, "session_window").Attribute()
	made.Null = false
	with := make([]expr.Expr, len(list))
	for i, e := range list {
		with[i] = expr.Rewrite(e, func(e expr.Expr) expr.Expr {
			if _, ok := e.(*expr.SessionWindow); ok {
				return made
			}
			return e
		})
		if alias, ok := with[i].(*expr.Alias); ok && alias.Child == expr.Expr(made) {
			alias.Delay = made.Delay
		}
	}
	return with, &SessionRows{Unary{child}, window, made}, nil
}

func severalWindows() error {
	return expr.Errorf("_LEGACY_ERROR_TEMP_1039", "Multiple time/session window expressions would result in a cartesian product of rows, therefore they are currently not supported.")
}

// SessionKey is which key of an aggregation is a session, -1 for none.
func SessionKey(a *Aggregate) int {
	made := ids{}
	for n := a.Child; n != nil; {
		if s, ok := n.(*SessionRows); ok {
			made.add(s.Made)
		}
		children := n.Children()
		if _, below := n.(*Aggregate); below || len(children) != 1 {
			break
		}
		n = children[0]
	}
	return slices.IndexFunc(a.Keys, func(e expr.Expr) bool {
		key, ok := e.(*expr.Attribute)
		return ok && made[key.ID]
	})
}
