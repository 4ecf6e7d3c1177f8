package expr

import (
	"strings"
	"time"

	"etincelle/engine/frame/column"
)

// More of arrays: sets, and arrays made of others.

func key(e column.Column, j int) string {
	return string(column.AppendRow(nil, []column.Column{e}, j))
}

// evalSet keeps the first array's different elements of which keep holds.
func evalSet(keep func(a, b map[string]bool, key string) bool) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) {
		return lists(c, func(b column.Builder, i int) (bool, error) {
			seen, other := map[string]bool{}, map[string]bool{}
			if len(c.Args) > 1 {
				eachElement(c, 1, i, func(e column.Column, j int) { other[key(e, j)] = true })
			}
			eachElement(c, 0, i, func(e column.Column, j int) {
				k := key(e, j)
				if !seen[k] && keep(seen, other, k) {
					b.AppendFrom(e, j)
				}
				seen[k] = true
			})
			return false, nil
		})
	}
}

func evalUnion(c *Call) (column.Column, error) {
	return lists(c, func(b column.Builder, i int) (bool, error) {
		seen := map[string]bool{}
		for arg := range c.Args {
			eachElement(c, arg, i, func(e column.Column, j int) {
				if k := key(e, j); !seen[k] {
					seen[k] = true
					b.AppendFrom(e, j)
				}
			})
		}
		return false, nil
	})
}

// evalOverlap is null when nothing is shared and a null was seen.
func evalOverlap(c *Call) (column.Column, error) {
	return maybeRow(c, func(i int) (bool, bool) {
		first, null, shared, empty := map[string]bool{}, false, false, true
		eachElement(c, 0, i, func(e column.Column, j int) {
			first[key(e, j)] = !e.Null(j)
			null = null || e.Null(j)
		})
		eachElement(c, 1, i, func(e column.Column, j int) {
			empty = false
			shared = shared || first[key(e, j)] && !e.Null(j)
			null = null || e.Null(j)
		})
		return shared, shared || !null || empty || len(first) == 0
	})
}

func evalArrayReverse(c *Call) (column.Column, error) {
	l := c.Args[0].(*column.Lists)
	return lists(c, func(b column.Builder, i int) (bool, error) {
		from, to := l.Span(i)
		for j := to - 1; j >= from; j-- {
			b.AppendFrom(l.Elem, j)
		}
		return false, nil
	})
}

func evalArrayConcat(c *Call) (column.Column, error) {
	return lists(c, func(b column.Builder, i int) (bool, error) {
		for arg := range c.Args {
			eachElement(c, arg, i, b.AppendFrom)
		}
		return false, nil
	})
}

func signSlice(args []Expr) (Signature, error) {
	t := args[0].Type()
	if t.Kind != column.Array {
		return Signature{}, &unexpected{0, `"ARRAY" type`}
	}
	return accept(args, []column.Type{t, intT, intT}, t)
}

func evalSlice(c *Call) (column.Column, error) {
	l := c.Args[0].(*column.Lists)
	return lists(c, func(b column.Builder, i int) (bool, error) {
		from, to := l.Span(i)
		start, length := int(ints(c, 1)[i]), int(ints(c, 2)[i])
		switch {
		case start == 0:
			return false, Errorf("INVALID_PARAMETER_VALUE.START", "The value of parameter(s) `start` in `slice` is invalid: Expects a positive or a negative value for `start`, but got 0.")
		case length < 0:
			return false, Errorf("INVALID_PARAMETER_VALUE.LENGTH", "The value of parameter(s) `length` in `slice` is invalid: Expects `length` greater than or equal to 0, but got %d.", length)
		case start < 0:
			start += to - from
		default:
			start--
		}
		if start < 0 {
			return false, nil
		}
		for j := from + start; j < min(from+start+length, to); j++ {
			b.AppendFrom(l.Elem, j)
		}
		return false, nil
	})
}

func signArrayRepeat(args []Expr) (Signature, error) {
	t := args[0].Type()
	return accept(args, []column.Type{t, intT}, column.ArrayOf(t))
}

// mostElements is how many elements an array made by a function may have.
const mostElements = 1 << 24

func tooMany(n int64, function string) error {
	return Errorf("COLLECTION_SIZE_LIMIT_EXCEEDED.PARAMETER", "Can't create array with %d elements which exceeding the array size limit %d, the value returned by the function `%s` is too large.", n, mostElements, function)
}

func evalArrayRepeat(c *Call) (column.Column, error) {
	return lists(c, func(b column.Builder, i int) (bool, error) {
		if c.Args[1].Null(i) {
			return true, nil
		}
		n := ints(c, 1)[i]
		if n > mostElements {
			return false, tooMany(int64(n), "array_repeat")
		}
		for range n {
			b.AppendFrom(c.Args[0], i)
		}
		return false, nil
	})
}

func signFlatten(args []Expr) (Signature, error) {
	t := args[0].Type()
	if t.Kind != column.Array || t.Elem.Kind != column.Array {
		return Signature{}, &unexpected{0, `"ARRAY" of "ARRAY" type`}
	}
	return Signature{Result: *t.Elem}, nil
}

func evalFlatten(c *Call) (column.Column, error) {
	return lists(c, func(b column.Builder, i int) (bool, error) {
		null := false
		eachElement(c, 0, i, func(e column.Column, j int) { null = null || e.Null(j) })
		if null {
			return true, nil
		}
		eachElement(c, 0, i, func(e column.Column, j int) {
			inner := e.(*column.Lists)
			from, to := inner.Span(j)
			for k := from; k < to; k++ {
				b.AppendFrom(inner.Elem, k)
			}
		})
		return false, nil
	})
}

func evalCompact(c *Call) (column.Column, error) {
	return lists(c, func(b column.Builder, i int) (bool, error) {
		eachElement(c, 0, i, func(e column.Column, j int) {
			if !e.Null(j) {
				b.AppendFrom(e, j)
			}
		})
		return false, nil
	})
}

// signSequence: numbers of one type, or dates and timestamps with an interval as step.
func signSequence(args []Expr) (Signature, error) {
	t, ok := commonType(args[0].Type(), args[1].Type())
	step := t
	switch {
	case !ok:
		return Signature{}, &different{a: args[0].Type(), b: args[1].Type()}
	case instantKind(t):
		step = column.IntervalType
		if len(args) == 3 && args[2].Type().Kind == column.CalendarInterval {
			step = args[2].Type()
		}
	case !t.Integral():
		return Signature{}, &unexpected{0, `("INTEGRAL" or "DATE" or "TIMESTAMP") type`}
	case len(args) == 3:
		if t, ok = commonType(t, args[2].Type()); !ok || !t.Integral() {
			return Signature{}, &unexpected{2, `"INTEGRAL" type`}
		}
		step = t
	}
	return Signature{Args: []column.Type{t, t, step}[:len(args)], Result: column.ArrayOf(t)}, nil
}

func evalSequence(c *Call) (column.Column, error) {
	return lists(c, func(b column.Builder, i int) (bool, error) {
		from, to := whole(c.Args[0], i), whole(c.Args[1], i)
		next, forward := stepper(c, i, from, to)
		if from != to && forward != (from < to) {
			return false, Errorf("_LEGACY_ERROR_TEMP_3222", "Illegal sequence boundaries: %d to %d: the step leads away.", from, to)
		}
		n := int64(0)
		for v := from; forward && v <= to || !forward && v >= to; {
			if n++; n > mostElements {
				return false, tooMany(n, "sequence")
			}
			if err := b.Append(boxed(v, *c.Type.Elem)); err != nil {
				return false, err
			}
			w := next(n)
			if w == v || (w > v) != forward {
				if v != to && w == v {
					return false, Errorf("_LEGACY_ERROR_TEMP_3222", "Illegal sequence boundaries: %d to %d by 0", from, to)
				}
				break
			}
			v = w
		}
		return false, nil
	})
}

// stepper gives the n-th value behind the first one; without a step it is 1 or -1,
// or a day.
func stepper(c *Call, i int, from, to int64) (next func(n int64) int64, forward bool) {
	if kind := c.Args[0].Type().Kind; kind == column.Date32 || kind == column.TimestampMicros {
		step := column.Interval{Days: 1}
		if to < from {
			step.Days = -1
		}
		if len(c.Args) == 3 {
			step = column.Data[column.Interval](c.Args[2])[i]
		}
		return func(n int64) int64 {
			many := column.Interval{Months: step.Months * int32(n), Days: step.Days * int32(n), Micros: step.Micros * n}
			if kind == column.Date32 {
				return int64(addMonths(column.Date(from), int(many.Months))) + int64(many.Days) + many.Micros/microsADay
			}
			return shiftInstant(from, many, 1, time.UTC)
		}, step.Months > 0 || step.Days > 0 || step.Micros > 0
	}
	step := int64(1)
	if to < from {
		step = -1
	}
	if len(c.Args) == 3 {
		step = whole(c.Args[2], i)
	}
	return func(n int64) int64 { return from + n*step }, step > 0
}

// whole is a whole number, a date or a timestamp as a number.
func whole(c column.Column, i int) int64 {
	if v, ok := c.(*column.Vector[int32]); ok {
		return int64(v.Data[i])
	}
	return column.Data[int64](c)[i]
}

func boxed(v int64, t column.Type) any {
	switch t.Kind {
	case column.Date32:
		return column.Date(v)
	case column.TimestampMicros:
		return column.Timestamp(v)
	case column.Int:
		return int32(v)
	}
	return v
}

// meansEachField is a.name over an array of structs: that field of each of them.
func meansEachField(args []Expr) (Expr, error) {
	t := args[0].Type()
	l, isLiteral := args[1].(*Literal)
	if !isLiteral || t.Kind != column.Array || t.Elem.Kind != column.Struct {
		return nil, nil
	}
	name, isName := l.Value.(string)
	if !isName {
		return nil, nil
	}
	for i, f := range t.Elem.Fields {
		if strings.EqualFold(f.Name, name) {
			return &Invoke{Func: eachField(i, f.Name), Args: args[:1], Sig: Signature{Result: column.ArrayOf(f.Type)}}, nil
		}
	}
	return nil, Errorf("FIELD_NOT_FOUND", "No such struct field `%s` in %s.", name, strings.Join(ticked(column.Schema(t.Elem.Fields).Names()), ", "))
}

func eachField(index int, name string) *Function {
	return &Function{Name: "[].field", Text: func(a []string) string { return a[0] + "." + name }, Eval: func(c *Call) (column.Column, error) {
		l := c.Args[0].(*column.Lists)
		elem, err := (&fieldEvaluator{position(0), index}).Eval(column.Batch{Columns: []column.Column{l.Elem}, Rows: l.Elem.Len()})
		return &column.Lists{Start: l.Start, Ends: l.Ends, Elem: elem, Mask: l.Mask}, err
	}}
}
