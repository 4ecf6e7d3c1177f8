package expr

import "etincelle/engine/frame/column"

// Loops over columns, for the functions' Eval. Where c.Null is true a function
// is computed on what happens to stand there (map1 …), or not at all when it can
// fail (try1 …, maybe1 …).

func map1[A, R column.Element](c *Call, f func(A) R) (column.Column, error) {
	a, out := column.Data[A](c.Args[0]), make([]R, c.Rows)
	for i, v := range a {
		out[i] = f(v)
	}
	return column.New(c.Type, out, c.Null), nil
}

func map2[A, B, R column.Element](c *Call, f func(A, B) R) (column.Column, error) {
	a, b, out := column.Data[A](c.Args[0]), column.Data[B](c.Args[1]), make([]R, c.Rows)
	for i := range out {
		out[i] = f(a[i], b[i])
	}
	return column.New(c.Type, out, c.Null), nil
}

// tryRow is a result for each row that has one: f is not asked for the others.
func tryRow[R column.Element](c *Call, f func(i int) (R, error)) (column.Column, error) {
	out := make([]R, c.Rows)
	for i := range out {
		if c.Skip(i) {
			continue
		}
		var err error
		if out[i], err = f(i); err != nil {
			return nil, err
		}
	}
	return column.New(c.Type, out, c.Null), nil
}

func try1[A, R column.Element](c *Call, f func(A) (R, error)) (column.Column, error) {
	a := column.Data[A](c.Args[0])
	return tryRow(c, func(i int) (R, error) { return f(a[i]) })
}

func try2[A, B, R column.Element](c *Call, f func(A, B) (R, error)) (column.Column, error) {
	a, b := column.Data[A](c.Args[0]), column.Data[B](c.Args[1])
	return tryRow(c, func(i int) (R, error) { return f(a[i], b[i]) })
}

func try3[A, B, C, R column.Element](c *Call, f func(A, B, C) (R, error)) (column.Column, error) {
	a, b, d := column.Data[A](c.Args[0]), column.Data[B](c.Args[1]), column.Data[C](c.Args[2])
	return tryRow(c, func(i int) (R, error) { return f(a[i], b[i], d[i]) })
}

// maybeRow is tryRow for functions that give null where f says false (NullOrOther).
func maybeRow[R column.Element](c *Call, f func(i int) (R, bool)) (column.Column, error) {
	out, mask := make([]R, c.Rows), make([]bool, c.Rows)
	for i := range out {
		if mask[i] = c.Skip(i); mask[i] {
			continue
		}
		v, ok := f(i)
		if mask[i] = !ok; ok {
			out[i] = v
		}
	}
	return column.New(c.Type, out, mask), nil
}

func maybe1[A, R column.Element](c *Call, f func(A) (R, bool)) (column.Column, error) {
	a := column.Data[A](c.Args[0])
	return maybeRow(c, func(i int) (R, bool) { return f(a[i]) })
}

func maybe2[A, B, R column.Element](c *Call, f func(A, B) (R, bool)) (column.Column, error) {
	a, b := column.Data[A](c.Args[0]), column.Data[B](c.Args[1])
	return maybeRow(c, func(i int) (R, bool) { return f(a[i], b[i]) })
}

// fixed makes an Eval of a function of one argument that cannot fail.
func fixed[A, R column.Element](f func(A) R) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) { return map1(c, f) }
}

// fixed2 is fixed for two arguments.
func fixed2[A, B, R column.Element](f func(A, B) R) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) { return map2(c, f) }
}

// build is a result of any type, nested ones too: f appends one value a row.
func build(c *Call, f func(b column.Builder, i int) error) (column.Column, error) {
	b := column.NewBuilder(c.Type, c.Rows)
	for i := range c.Rows {
		if c.Skip(i) {
			b.AppendNull()
			continue
		}
		if err := f(b, i); err != nil {
			return nil, err
		}
	}
	return b.Build(), nil
}

// texts is a column of strings.
func texts(c *Call, i int) []string { return column.Data[string](c.Args[i]) }

// ints is a column of ints or dates.
func ints(c *Call, i int) []int32 { return column.Data[int32](c.Args[i]) }

// longs is a column of bigints or timestamps.
func longs(c *Call, i int) []int64 { return column.Data[int64](c.Args[i]) }

// same is the value of a constant argument, which is the same in each row; false
// when it is null or there are no rows.
func same[T column.Element](c *Call, i int) (T, bool) {
	if c.Rows == 0 || c.Args[i].Null(0) {
		return *new(T), false
	}
	return column.Data[T](c.Args[i])[0], true
}
