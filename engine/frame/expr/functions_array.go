package expr

import (
	"slices"
	"strings"

	"etincelle/engine/frame/column"
)

// arrayFunctions is the family of arrays. Elements are counted from 1, but by
// a[i] and get from 0.
var arrayFunctions = []*Function{
	{Name: "array", Min: 0, Max: -1, Sign: together(column.ArrayOf), Nulls: NullNever, Eval: evalArray, Safe: true, Example: Example{"array(1, 2.5)", "[1.0, 2.5]"}},
	{Name: "size", Aliases: []string{"cardinality"}, Min: 1, Max: 1, Sign: overArray(intT), Eval: evalSize, Safe: true, Example: Example{"size(array(1, 2))", "2"}},
	{Name: "array_size", Min: 1, Max: 1, Sign: overArray(intT), Eval: evalSize, Safe: true, Example: Example{"array_size(array(1, 2))", "2"}},
	indexFunction,
	{Name: "get", Min: 2, Max: 2, Sign: signElement, Nulls: NullOrOther, Eval: evalGet, Example: Example{"get(array(1, 2), 5)", "NULL"}},
	{Name: "element_at", Min: 2, Max: 2, Sign: signElement, Nulls: NullOrOther, Eval: evalElementAt(false), Example: Example{"element_at(array(1, 2), -1)", "2"}},
	{Name: "try_element_at", Min: 2, Max: 2, Sign: signElement, Nulls: NullOrOther, Eval: evalElementAt(true), Example: Example{"try_element_at(array(1, 2), 3)", "NULL"}},
	{Name: "array_contains", Min: 2, Max: 2, Sign: signContains(column.BooleanType), Nulls: NullOrOther, Eval: evalArrayContains, Example: Example{"array_contains(array(1, 2), 2)", "true"}},
	{Name: "array_position", Min: 2, Max: 2, Sign: signContains(longT), Eval: evalArrayPosition, Example: Example{"array_position(array(5, 7), 7)", "2"}},
	{Name: "array_remove", Min: 2, Max: 2, Sign: signWithElement, Eval: evalArrayRemove, Example: Example{"array_remove(array(1, 2, 1), 1)", "[2]"}},
	{Name: "array_append", Min: 2, Max: 2, Sign: signWithElement, Nulls: NullOwn, Eval: evalArrayAdd(false), Example: Example{"array_append(array(1), 2)", "[1, 2]"}},
	{Name: "array_prepend", Min: 2, Max: 2, Sign: signWithElement, Nulls: NullOwn, Eval: evalArrayAdd(true), Example: Example{"array_prepend(array(1), 2)", "[2, 1]"}},
	{Name: "array_distinct", Min: 1, Max: 1, Sign: sameArrays, Eval: evalSet(func(_, b map[string]bool, key string) bool { return true }), Example: Example{"array_distinct(array(1, 2, 1))", "[1, 2]"}},
	{Name: "array_union", Min: 2, Max: 2, Sign: sameArrays, Eval: evalUnion, Example: Example{"array_union(array(1, 2), array(2, 3))", "[1, 2, 3]"}},
	{Name: "array_intersect", Min: 2, Max: 2, Sign: sameArrays, Eval: evalSet(func(_, b map[string]bool, key string) bool { return b[key] }), Example: Example{"array_intersect(array(1, 2), array(2, 3))", "[2]"}},
	{Name: "array_except", Min: 2, Max: 2, Sign: sameArrays, Eval: evalSet(func(_, b map[string]bool, key string) bool { return !b[key] }), Example: Example{"array_except(array(1, 2), array(2, 3))", "[1]"}},
	{Name: "arrays_overlap", Min: 2, Max: 2, Sign: together(yesNo), Nulls: NullOrOther, Eval: evalOverlap, Example: Example{"arrays_overlap(array(1, 2), array(2))", "true"}},
	{Name: "array_join", Min: 2, Max: 3, Sign: always(stringT, column.ArrayOf(stringT), stringT, stringT), Eval: evalArrayJoin, Example: Example{"array_join(array('a', 'b'), '-')", "a-b"}},
	{Name: "array_max", Min: 1, Max: 1, Sign: overArrayElem, Nulls: NullOrOther, Eval: evalArrayExtreme(1), Example: Example{"array_max(array(1, 3, NULL))", "3"}},
	{Name: "array_min", Min: 1, Max: 1, Sign: overArrayElem, Nulls: NullOrOther, Eval: evalArrayExtreme(-1), Example: Example{"array_min(array(1, 3, NULL))", "1"}},
	{Name: "sort_array", Min: 1, Max: 2, Defaults: []any{true}, Sign: signSortArray, Eval: evalSortArray, Example: Example{"sort_array(array(3, NULL, 1))", "[null, 1, 3]"}},
	{Name: "array_sort", Min: 1, Max: 1, Sign: sameArrays, Eval: evalArraySort, Example: Example{"array_sort(array(3, NULL, 1))", "[1, 3, null]"}},
	reverseArray,
	concatArrays,
	{Name: "slice", Min: 3, Max: 3, Sign: signSlice, Eval: evalSlice, Example: Example{"slice(array(1, 2, 3), 2, 2)", "[2, 3]"}},
	{Name: "array_repeat", Min: 2, Max: 2, Sign: signArrayRepeat, Nulls: NullOwn, Eval: evalArrayRepeat, Example: Example{"array_repeat('a', 2)", "[a, a]"}},
	{Name: "sequence", Min: 2, Max: 3, Sign: signSequence, Eval: evalSequence, Example: Example{"sequence(1, 5, 2)", "[1, 3, 5]"}},
	{Name: "flatten", Min: 1, Max: 1, Sign: signFlatten, Nulls: NullOrOther, Eval: evalFlatten, Example: Example{"flatten(array(array(1), array(2)))", "[1, 2]"}},
	{Name: "array_compact", Min: 1, Max: 1, Sign: sameArrays, Eval: evalCompact, Example: Example{"array_compact(array(1, NULL, 2))", "[1, 2]"}},
}

// What reverse and concat mean beside arrays, and a[i].
var (
	indexFunction = &Function{Name: "[]", Min: 2, Max: 2, Means: meansEachField, Sign: signElement, Nulls: NullOrOther, Eval: evalIndex, Text: func(a []string) string { return a[0] + "[" + a[1] + "]" }, Example: Example{"array(1, 2)[0]", "1"}}
	reverseArray  = &Function{Name: "array_reverse", Min: 1, Max: 1, Sign: sameArrays, Eval: evalArrayReverse, Text: written("reverse"), Example: Example{"reverse(array(1, 2))", "[2, 1]"}}
	concatArrays  = &Function{Name: "array_concat", Min: 1, Max: -1, Sign: together(itself), Eval: evalArrayConcat, Text: written("concat"), Example: Example{"concat(array(1), array(2))", "[1, 2]"}}
)

// overArray is the signature of a function of one array.
func overArray(result column.Type) func([]Expr) (Signature, error) {
	return func(args []Expr) (Signature, error) {
		switch args[0].Type().Kind {
		case column.Array:
			return Signature{Result: result}, nil
		case column.Void:
			return Signature{Args: []column.Type{column.ArrayOf(column.VoidType)}, Result: result}, nil
		}
		return Signature{}, &unexpected{0, `("ARRAY" or "MAP") type`}
	}
}

func overArrayElem(args []Expr) (Signature, error) {
	sig, err := overArray(column.VoidType)(args)
	if err == nil && sig.Args == nil {
		sig.Result = *args[0].Type().Elem
	}
	return sig, err
}

// sameArrays is the signature of a function of arrays of one type that gives another.
func sameArrays(args []Expr) (Signature, error) {
	for i, a := range args {
		if k := a.Type().Kind; k != column.Array && k != column.Void {
			return Signature{}, &unexpected{i, `"ARRAY" type`}
		}
	}
	return together(itself)(args)
}

// signElement is that of a[i]: an index of whole numbers.
func signElement(args []Expr) (Signature, error) {
	t := args[0].Type()
	if t.Kind != column.Array {
		return Signature{}, Errorf("INVALID_EXTRACT_BASE_FIELD_TYPE", "Can't extract a value from %q. Need a complex type [STRUCT, ARRAY, MAP] but got %q.", Pretty(args[0]), t.SQL())
	}
	if k := args[1].Type(); !k.Integral() && k.Kind != column.Void {
		return Signature{}, &unexpected{1, `"INTEGRAL" type`}
	}
	return Signature{Args: []column.Type{t, column.BigIntType}, Result: *t.Elem}, nil
}

// signContains is a function of an array and a value like its elements.
func signContains(result column.Type) func([]Expr) (Signature, error) {
	return func(args []Expr) (Signature, error) {
		if args[1].Type().Kind == column.Void {
			return Signature{}, Errorf("DATATYPE_MISMATCH.NULL_TYPE", "Null typed values cannot be used as arguments of a search in an array.")
		}
		sig, err := signWithElement(args)
		sig.Result = result
		return sig, err
	}
}

func signWithElement(args []Expr) (Signature, error) {
	t := args[0].Type()
	if t.Kind != column.Array {
		return Signature{}, &unexpected{0, `"ARRAY" type`}
	}
	elem, ok := commonType(*t.Elem, args[1].Type())
	if isText := func(t column.Type) bool { return t.Kind == column.String }; !ok ||
		args[1].Type().Kind != column.Void && isText(*t.Elem) != isText(args[1].Type()) {
		return Signature{}, Errorf("DATATYPE_MISMATCH.ARRAY_FUNCTION_DIFF_TYPES", "The input should have been \"ARRAY\" followed by a value with same element type, but it's [%q, %q].", t.SQL(), args[1].Type().SQL())
	}
	t = column.ArrayOf(elem)
	return Signature{Args: []column.Type{t, elem}, Result: t}, nil
}

func evalArray(c *Call) (column.Column, error) {
	l := &column.Lists{Ends: make([]int32, c.Rows)}
	b := column.NewBuilder(*c.Type.Elem, c.Rows*len(c.Args))
	for i := range l.Ends {
		for _, a := range c.Args {
			b.AppendFrom(a, i)
		}
		l.Ends[i] = int32(b.Len())
	}
	l.Elem = b.Build()
	return l, nil
}

func evalSize(c *Call) (column.Column, error) {
	l := c.Args[0].(*column.Lists)
	return tryRow(c, func(i int) (int32, error) {
		from, to := l.Span(i)
		return int32(to - from), nil
	})
}

// pick takes from each array the element at, or a null where at is negative.
func pick(c *Call, at func(i, length int) (int, error)) (column.Column, error) {
	l, rows := c.Args[0].(*column.Lists), make([]int32, c.Rows)
	for i := range rows {
		rows[i] = -1
		if c.Skip(i) {
			continue
		}
		from, to := l.Span(i)
		k, err := at(i, to-from)
		if err != nil {
			return nil, err
		}
		if k >= 0 {
			rows[i] = int32(from + k)
		}
	}
	return l.Elem.Take(rows), nil
}

func evalIndex(c *Call) (column.Column, error) {
	index := longs(c, 1)
	return pick(c, func(i, length int) (int, error) {
		if k := index[i]; k < 0 || k >= int64(length) {
			return 0, Errorf("INVALID_ARRAY_INDEX", "The index %d is out of bounds. The array has %d elements. Use the SQL function `get()` to tolerate accessing element at invalid index and return NULL instead.", k, length)
		}
		return int(index[i]), nil
	})
}

func evalGet(c *Call) (column.Column, error) {
	index := longs(c, 1)
	return pick(c, func(i, length int) (int, error) {
		if k := index[i]; k < 0 || k >= int64(length) {
			return -1, nil
		}
		return int(index[i]), nil
	})
}

func evalElementAt(try bool) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) {
		index := longs(c, 1)
		return pick(c, func(i, length int) (int, error) {
			k := index[i]
			switch {
			case k == 0:
				return 0, Errorf("INVALID_INDEX_OF_ZERO", "The index 0 is invalid. An index shall be either < 0 or > 0 (the first element has index 1).")
			case k > 0 && k <= int64(length):
				return int(k) - 1, nil
			case k < 0 && -k <= int64(length):
				return length + int(k), nil
			case try:
				return -1, nil
			}
			return 0, Errorf("INVALID_ARRAY_INDEX_IN_ELEMENT_AT", "The index %d is out of bounds. The array has %d elements. Use `try_element_at` to tolerate accessing element at invalid index and return NULL instead.", k, length)
		})
	}
}

// evalArrayContains is null when the value was not found beside a null.
func evalArrayContains(c *Call) (column.Column, error) {
	l := c.Args[0].(*column.Lists)
	return maybeRow(c, func(i int) (bool, bool) {
		from, to := l.Span(i)
		null := false
		for j := from; j < to; j++ {
			if l.Elem.Null(j) {
				null = true
			} else if column.Compare(l.Elem, j, c.Args[1], i) == 0 {
				return true, true
			}
		}
		return false, !null
	})
}

func evalArrayPosition(c *Call) (column.Column, error) {
	l := c.Args[0].(*column.Lists)
	return tryRow(c, func(i int) (int64, error) {
		from, to := l.Span(i)
		for j := from; j < to; j++ {
			if column.Compare(l.Elem, j, c.Args[1], i) == 0 {
				return int64(j-from) + 1, nil
			}
		}
		return 0, nil
	})
}

// lists makes arrays of elements that stand in other columns: each row adds its own.
func lists(c *Call, each func(b column.Builder, i int) (null bool, err error)) (column.Column, error) {
	l := &column.Lists{Ends: make([]int32, c.Rows)}
	b := column.NewBuilder(*c.Type.Elem, c.Rows)
	for i := range l.Ends {
		null := c.Skip(i)
		if !null {
			var err error
			if null, err = each(b, i); err != nil {
				return nil, err
			}
		}
		if null {
			if l.Mask == nil {
				l.Mask = make([]bool, c.Rows)
			}
			l.Mask[i] = true
		}
		l.Ends[i] = int32(b.Len())
	}
	l.Elem = b.Build()
	return l, nil
}

// eachElement calls f with the places of an array's elements.
func eachElement(c *Call, arg, i int, f func(elem column.Column, j int)) {
	l := c.Args[arg].(*column.Lists)
	from, to := l.Span(i)
	for j := from; j < to; j++ {
		f(l.Elem, j)
	}
}

func evalArrayRemove(c *Call) (column.Column, error) {
	return lists(c, func(b column.Builder, i int) (bool, error) {
		eachElement(c, 0, i, func(e column.Column, j int) {
			if e.Null(j) || column.Compare(e, j, c.Args[1], i) != 0 {
				b.AppendFrom(e, j)
			}
		})
		return false, nil
	})
}

func evalArrayAdd(before bool) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) {
		return lists(c, func(b column.Builder, i int) (bool, error) {
			if c.Args[0].Null(i) {
				return true, nil
			}
			if before {
				b.AppendFrom(c.Args[1], i)
			}
			eachElement(c, 0, i, b.AppendFrom)
			if !before {
				b.AppendFrom(c.Args[1], i)
			}
			return false, nil
		})
	}
}

func evalArrayJoin(c *Call) (column.Column, error) {
	return tryRow(c, func(i int) (string, error) {
		var parts []string
		eachElement(c, 0, i, func(e column.Column, j int) {
			switch {
			case !e.Null(j):
				parts = append(parts, column.Data[string](e)[j])
			case len(c.Args) == 3:
				parts = append(parts, texts(c, 2)[i])
			}
		})
		return strings.Join(parts, texts(c, 1)[i]), nil
	})
}

func evalArrayExtreme(direction int) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) {
		l := c.Args[0].(*column.Lists)
		return pick(c, func(i, length int) (int, error) {
			best, from := -1, 0
			if length > 0 {
				from, _ = l.Span(i)
			}
			for k := range length {
				if !l.Elem.Null(from+k) && (best < 0 || column.Compare(l.Elem, from+k, l.Elem, from+best)*direction > 0) {
					best = k
				}
			}
			return best, nil
		})
	}
}

// sortedPlaces are the places of an array's elements in order.
func sortedPlaces(c *Call, i int, compare func(e column.Column, a, b int) int) (column.Column, []int) {
	l := c.Args[0].(*column.Lists)
	from, to := l.Span(i)
	places := make([]int, 0, to-from)
	for j := from; j < to; j++ {
		places = append(places, j)
	}
	slices.SortStableFunc(places, func(a, b int) int { return compare(l.Elem, a, b) })
	return l.Elem, places
}

func signSortArray(args []Expr) (Signature, error) {
	t := args[0].Type()
	if t.Kind != column.Array {
		return Signature{}, &unexpected{0, `"ARRAY" of orderable type`}
	}
	return Signature{Args: []column.Type{t, column.BooleanType}, Result: t}, nil
}

func evalSortArray(c *Call) (column.Column, error) {
	ascending := column.Data[bool](c.Args[1])
	return lists(c, func(b column.Builder, i int) (bool, error) {
		elem, places := sortedPlaces(c, i, func(e column.Column, x, y int) int {
			if ascending[i] {
				return column.Compare(e, x, e, y)
			}
			return column.Compare(e, y, e, x)
		})
		for _, j := range places {
			b.AppendFrom(elem, j)
		}
		return false, nil
	})
}

// evalArraySort puts nulls last.
func evalArraySort(c *Call) (column.Column, error) {
	return lists(c, func(b column.Builder, i int) (bool, error) {
		elem, places := sortedPlaces(c, i, func(e column.Column, x, y int) int {
			if e.Null(x) != e.Null(y) {
				return -column.Compare(e, x, e, y)
			}
			return column.Compare(e, x, e, y)
		})
		for _, j := range places {
			b.AppendFrom(elem, j)
		}
		return false, nil
	})
}
