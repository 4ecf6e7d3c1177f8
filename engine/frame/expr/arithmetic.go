package expr

import (
	"math/big"

	"etincelle/engine/frame/column"
)

// types are the types that an operator computes in.
func (o *arithmetic) types(args []Expr) (Signature, error) {
	a, b := args[0].Type(), args[1].Type()
	t, ok := commonType(a, b)
	switch {
	case !ok:
		return Signature{}, &different{a, b, true}
	case t.Kind == column.Void:
		t = column.DoubleType
	case t.Kind == column.CalendarInterval:
	case !t.Numeric():
		return Signature{}, &refused{`("NUMERIC" or "INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH" or "INTERVAL")`, t}
	}
	switch {
	case t.Kind == column.Decimal128:
		x, y := decimalFor(args[0], t), decimalFor(args[1], t)
		return Signature{Args: []column.Type{x, y}, Result: decimalResult(o.sign, x, y)}, nil
	case o.whole == nil && t.Integral(): // the quotient of whole numbers is a double
		t = column.DoubleType
	}
	return Signature{Args: []column.Type{t, t}, Result: t}, nil
}

// decimalFor is the decimal that holds e's values exactly: a constant needs as
// many digits as it has, an int as many as an int may have.
func decimalFor(e Expr, common column.Type) column.Type {
	if l, ok := e.(*Literal); ok {
		switch v := l.Value.(type) {
		case int32:
			return column.DecimalType(digits(int64(v)), 0)
		case int64:
			return column.DecimalType(digits(v), 0)
		}
	}
	if !e.Type().Numeric() {
		return common
	}
	return asDecimalType(e.Type())
}

func digits(v int64) int {
	n := 1
	for v /= 10; v != 0; v /= 10 {
		n++
	}
	return n
}

func (o *arithmetic) eval(c *Call) (column.Column, error) { return o.over(c, false) }

func (o *arithmetic) try(c *Call) (column.Column, error) { return o.over(c, true) }

func (o *arithmetic) over(c *Call, try bool) (column.Column, error) {
	switch c.Args[0].Type().Kind {
	case column.Int:
		return overWhole[int32](o, c, try)
	case column.BigInt:
		return overWhole[int64](o, c, try)
	case column.Double:
		return o.overDoubles(c, try)
	case column.CalendarInterval:
		return o.overIntervals(c)
	}
	return o.overDecimals(c, try)
}

// spoil makes row i null when that is allowed, else it is err.
type spoiler struct {
	try  bool
	mask []bool
	ours bool
}

func (s *spoiler) spoil(c *Call, i int, err error) error {
	if !s.try {
		return err
	}
	if !s.ours {
		s.mask, s.ours = append(make([]bool, 0, c.Rows), c.Null...), true
		s.mask = s.mask[:c.Rows]
	}
	s.mask[i] = true
	return nil
}

func overWhole[T int32 | int64](o *arithmetic, c *Call, try bool) (column.Column, error) {
	a, b, out := column.Data[T](c.Args[0]), column.Data[T](c.Args[1]), make([]T, c.Rows)
	bad := &spoiler{try: try, mask: c.Null}
	for i := range out {
		v, fits := o.whole(int64(a[i]), int64(b[i]))
		out[i] = T(v)
		if fits && int64(T(v)) == v || c.Skip(i) {
			continue
		}
		err := o.overflow
		if o.divides && b[i] == 0 {
			err = o.byZero
		}
		if err = bad.spoil(c, i, err); err != nil {
			return nil, err
		}
	}
	return column.New(c.Type, out, bad.mask), nil
}

func (o *arithmetic) overDoubles(c *Call, try bool) (column.Column, error) {
	a, b, out := column.Data[float64](c.Args[0]), column.Data[float64](c.Args[1]), make([]float64, c.Rows)
	bad := &spoiler{try: try, mask: c.Null}
	for i := range out {
		if o.divides && b[i] == 0 && !c.Skip(i) {
			if err := bad.spoil(c, i, o.byZero); err != nil {
				return nil, err
			}
			continue
		}
		out[i] = o.double(a[i], b[i])
	}
	return column.New(c.Type, out, bad.mask), nil
}

func (o *arithmetic) overDecimals(c *Call, try bool) (column.Column, error) {
	a, b, out := column.Data[int128](c.Args[0]), column.Data[int128](c.Args[1]), make([]int128, c.Rows)
	s1, s2 := c.Args[0].Type().Scale, c.Args[1].Type().Scale
	bad := &spoiler{try: try, mask: c.Null}
	short := o.shortDecimals(s1, s2, c.Type)
	for i := range out {
		if c.Skip(i) {
			continue
		}
		if short != nil {
			if v, fits := short(a[i], b[i]); fits {
				out[i] = v
				continue
			}
		}
		if o.divides && b[i] == (int128{}) {
			if err := bad.spoil(c, i, o.byZero); err != nil {
				return nil, err
			}
			continue
		}
		v, scale := o.decimal(column.Decimal{Unscaled: a[i], Scale: s1}, column.Decimal{Unscaled: b[i], Scale: s2}, c.Type.Scale)
		var fits bool
		if out[i], fits = fitDecimal(v, scale, c.Type); !fits {
			if err := bad.spoil(c, i, outOfRange(plain(v, scale), c.Type)); err != nil {
				return nil, err
			}
		}
	}
	return column.New(c.Type, out, bad.mask), nil
}

// shortDecimals computes on numbers of 64 bits, when no digit is to be rounded
// away; nil when some may be.
func (o *arithmetic) shortDecimals(s1, s2 int, t column.Type) func(a, b int128) (int128, bool) {
	sums := o == addition || o == subtraction
	if o.divides || t.Precision > 18 || sums && (s1 > t.Scale || s2 > t.Scale) || !sums && s1+s2 != t.Scale {
		return nil
	}
	left, right, limit := int64(1), int64(1), tenTo(t.Precision).Int64()
	if sums {
		left, right = tenTo(t.Scale-s1).Int64(), tenTo(t.Scale-s2).Int64()
	}
	return func(a, b int128) (int128, bool) {
		x, ok1 := small(a)
		y, ok2 := small(b)
		x, ok3 := multiplyInt64(x, left)
		y, ok4 := multiplyInt64(y, right)
		v, ok5 := o.whole(x, y)
		return column.Int128Of(v), ok1 && ok2 && ok3 && ok4 && ok5 && v < limit && v > -limit
	}
}

func (o *arithmetic) overIntervals(c *Call) (column.Column, error) {
	return try2(c, func(a, b column.Interval) (column.Interval, error) {
		months, ok1 := o.whole(int64(a.Months), int64(b.Months))
		days, ok2 := o.whole(int64(a.Days), int64(b.Days))
		micros, ok3 := o.whole(a.Micros, b.Micros)
		if !ok1 || !ok2 || !ok3 || int64(int32(months)) != months || int64(int32(days)) != days {
			return a, Errorf("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION", "Integer overflow while operating with intervals.")
		}
		return column.Interval{Months: int32(months), Days: int32(days), Micros: micros}, nil
	})
}

// signQuotient is that of div: whole numbers of bigints, also of decimals.
func signQuotient(args []Expr) (Signature, error) {
	sig, err := remainder.types(args)
	if err != nil {
		return sig, err
	}
	switch sig.Result.Kind {
	case column.Int, column.BigInt:
		sig.Args = []column.Type{column.BigIntType, column.BigIntType}
	case column.Double, column.CalendarInterval:
		return sig, &refused{`("NUMERIC")`, sig.Result}
	}
	sig.Result = column.BigIntType
	return sig, nil
}

func evalQuotient(c *Call) (column.Column, error) {
	if c.Args[0].Type().Kind == column.BigInt {
		return try2(c, func(a, b int64) (int64, error) {
			switch {
			case b == 0:
				return 0, byZero
			case b == -1 && a == -a && a != 0:
				return 0, divOverflow
			}
			return a / b, nil
		})
	}
	s1, s2 := c.Args[0].Type().Scale, c.Args[1].Type().Scale
	return try2(c, func(a, b int128) (int64, error) {
		if b == (int128{}) {
			return 0, byZero
		}
		scale := max(s1, s2)
		q := new(big.Int).Quo(rescale(toBig(a), s1, scale), rescale(toBig(b), s2, scale))
		if !q.IsInt64() {
			return 0, divOverflow
		}
		return q.Int64(), nil
	})
}

// signNumber is the signature of a function that gives a number of its argument's type.
func signNumber(args []Expr) (Signature, error) {
	t := args[0].Type()
	switch {
	case t.Kind == column.String, t.Kind == column.Void:
		t = column.DoubleType
	case !t.Numeric() && t.Kind != column.CalendarInterval:
		return Signature{}, &unexpected{0, `("NUMERIC" or "INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH" or "INTERVAL") type`}
	}
	return Signature{Args: []column.Type{t}, Result: t}, nil
}

func evalNegative(c *Call) (column.Column, error) {
	switch c.Type.Kind {
	case column.Int:
		return try1(c, func(a int32) (int32, error) { return -a, overflowIf(a == -a && a != 0) })
	case column.BigInt:
		return try1(c, func(a int64) (int64, error) { return -a, overflowIf(a == -a && a != 0) })
	case column.Double:
		return map1(c, func(a float64) float64 { return -a })
	case column.CalendarInterval:
		return map1(c, func(a column.Interval) column.Interval {
			return column.Interval{Months: -a.Months, Days: -a.Days, Micros: -a.Micros}
		})
	}
	return map1(c, negate)
}

func overflowIf(is bool) error {
	if is {
		return overflow
	}
	return nil
}

func evalAbs(c *Call) (column.Column, error) {
	switch c.Type.Kind {
	case column.Int:
		return try1(c, func(a int32) (int32, error) { return max(a, -a), overflowIf(a == -a && a != 0) })
	case column.BigInt:
		return try1(c, func(a int64) (int64, error) { return max(a, -a), overflowIf(a == -a && a != 0) })
	case column.Double:
		return map1(c, func(a float64) float64 { return max(a, -a) })
	case column.CalendarInterval:
		return map1(c, func(a column.Interval) column.Interval {
			return column.Interval{Months: max(a.Months, -a.Months), Days: max(a.Days, -a.Days), Micros: max(a.Micros, -a.Micros)}
		})
	}
	return map1(c, func(a int128) int128 {
		if negative(a) {
			return negate(a)
		}
		return a
	})
}
