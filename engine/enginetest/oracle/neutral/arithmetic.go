package neutral

import "math"

// arithmetic applies + - * / or % as Scala does: an Int and an Int give an Int
// that wraps around, a wider type on either side widens the other, / of whole
// numbers drops the rest and % has the sign of the dividend. + also joins
// Strings (to anything) and Lists.
func arithmetic(op byte, a, b Value) Value {
	if op == '+' {
		if joined, ok := join(a, b); ok {
			return joined
		}
	}
	x, aIs := a.number()
	y, bIs := b.number()
	if !aIs || !bIs {
		other := a
		if aIs {
			other = b
		}
		panic(cannotCast(other, "java.lang.Number"))
	}
	i, aWhole := a.whole()
	j, bWhole := b.whole()
	if !aWhole || !bWhole {
		return Double(onDoubles(op, x, y))
	}
	if j == 0 && (op == '/' || op == '%') {
		panic(failure("java.lang.ArithmeticException", "/ by zero"))
	}
	_, aInt := a.of.(int32)
	_, bInt := b.of.(int32)
	if aInt && bInt {
		return Value{int32(onLongs(op, i, j))} // the low 32 bits of the Long result are the Int result
	}
	return Long(onLongs(op, i, j))
}

func onLongs(op byte, i, j int64) int64 {
	switch op {
	case '+':
		return i + j
	case '-':
		return i - j
	case '*':
		return i * j
	case '/':
		return i / j
	}
	return i % j
}

func onDoubles(op byte, x, y float64) float64 {
	switch op {
	case '+':
		return x + y
	case '-':
		return x - y
	case '*':
		return x * y
	case '/':
		return x / y
	}
	return math.Mod(x, y)
}

// join is a + b where + is not a sum.
func join(a, b Value) (Value, bool) {
	_, aText := a.of.(string)
	_, bText := b.of.(string)
	_, aList := a.of.(list)
	_, bList := b.of.(list)
	switch {
	case aText || bText:
		return Text(a.String() + b.String()), true
	case aList && bList:
		return List(append(a.items(), b.items()...)...), true
	}
	return Null, false
}
