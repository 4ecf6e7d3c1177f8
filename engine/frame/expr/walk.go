package expr

// Walk calls f on e and, where it returns true, on what is inside.
func Walk(e Expr, f func(Expr) bool) {
	if !f(e) {
		return
	}
	for _, child := range e.Children() {
		Walk(child, f)
	}
}

// Rewrite replaces expressions by what f makes of them, the innermost first.
func Rewrite(e Expr, f func(Expr) Expr) Expr {
	children := e.Children()
	var changed []Expr
	for i, child := range children {
		if with := Rewrite(child, f); with != child {
			if changed == nil {
				changed = append([]Expr(nil), children...)
			}
			changed[i] = with
		}
	}
	if changed != nil {
		e = e.With(changed)
	}
	return f(e)
}

// Foldable reports whether e is the same for every row, so that it can be
// computed beforehand.
func Foldable(e Expr) bool {
	switch e := e.(type) {
	case *Literal:
		return true
	case *Invoke:
		if e.Func.Volatile {
			return false
		}
	case *Cast, *Case, *Field, *Stands:
	default:
		return false
	}
	for _, child := range e.Children() {
		if !Foldable(child) {
			return false
		}
	}
	return true
}

// References are the attributes that es read, each once, in the order of reading.
func References[E Expr](es ...E) []*Attribute {
	var found []*Attribute
	seen := map[ID]bool{}
	for _, e := range es {
		Walk(e, func(e Expr) bool {
			if a, ok := e.(*Attribute); ok && !seen[a.ID] {
				seen[a.ID] = true
				found = append(found, a)
			}
			return true
		})
	}
	return found
}

// Any reports whether is holds of e or of something inside.
func Any(e Expr, is func(Expr) bool) bool {
	found := false
	Walk(e, func(e Expr) bool {
		found = found || is(e)
		return !found
	})
	return found
}

// Equal reports whether two expressions are the same: the same calls on the same
// attributes. What is volatile is equal to nothing.
func Equal(a, b Expr) bool {
	ca, cb := a.Children(), b.Children()
	if len(ca) != len(cb) || !sameHead(a, b) {
		return false
	}
	for i := range ca {
		if !Equal(ca[i], cb[i]) {
			return false
		}
	}
	return true
}

func sameHead(a, b Expr) bool {
	switch a := a.(type) {
	case *Attribute:
		b, ok := b.(*Attribute)
		return ok && a.ID == b.ID
	case *Literal:
		b, ok := b.(*Literal)
		return ok && a.Of.Equal(b.Of) && sameValue(a.Value, b.Value)
	case *Invoke:
		b, ok := b.(*Invoke)
		return ok && a.Func == b.Func && !a.Func.Volatile
	case *Cast:
		b, ok := b.(*Cast)
		return ok && a.To.Equal(b.To) && a.Try == b.Try
	case *Case:
		b, ok := b.(*Case)
		return ok && len(a.Branches) == len(b.Branches)
	case *Field:
		b, ok := b.(*Field)
		return ok && a.Index == b.Index
	case *Alias:
		b, ok := b.(*Alias)
		return ok && a.ID == b.ID
	case *SortOrder:
		b, ok := b.(*SortOrder)
		return ok && a.Desc == b.Desc && a.NullsFirst == b.NullsFirst
	case *AggregateCall:
		b, ok := b.(*AggregateCall)
		return ok && a.Func == b.Func && a.Distinct == b.Distinct && (a.Filter == nil) == (b.Filter == nil)
	case *RankCall:
		b, ok := b.(*RankCall)
		return ok && a.Func == b.Func && a.IgnoreNulls == b.IgnoreNulls
	case *WindowCall:
		b, ok := b.(*WindowCall)
		return ok && len(a.Partition) == len(b.Partition) && a.Frame == b.Frame
	case *TimeWindow:
		b, ok := b.(*TimeWindow)
		return ok && a.Size == b.Size && a.Slide == b.Slide && a.Start == b.Start
	case *SessionWindow:
		_, ok := b.(*SessionWindow)
		return ok
	}
	return false
}

// Constant is the value of an expression over no column, boxed; false when it
// reads one, or cannot be computed.
func Constant(e Expr) (any, bool) { return constantOf(e) }

// Alike casts expressions to the one type that holds them all, for a call of that name.
func Alike(name string, es []Expr) ([]Expr, error) { return castToCommon(name, es) }
