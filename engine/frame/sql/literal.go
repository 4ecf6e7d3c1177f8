package sql

import (
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// number is a numeric literal: an int or the least wider type that holds it, a
// decimal when it has a point, a double when it has an exponent or says D.
func (p *parser) number(sign string) expr.Node {
	t := p.next()
	digits := strings.ToUpper(t.text)
	suffix := strings.TrimLeft(digits, "0123456789.E+-")
	if strings.Contains(digits, "E") { // the suffix stands behind the exponent's digits
		suffix = strings.TrimLeft(digits[strings.Index(digits, "E")+1:], "0123456789+-")
	}
	digits = sign + strings.TrimSuffix(digits, suffix)
	exponent, point := strings.Contains(digits, "E"), strings.Contains(digits, ".")
	switch {
	case suffix == "BD":
		return p.decimal(t, digits)
	case suffix == "D" || suffix == "F" || suffix == "" && exponent:
		return p.double(t, digits)
	case (point || exponent) && suffix != "":
		p.refuse("PARSE_SYNTAX_ERROR", t.from, "Syntax error at or near '%s'", t.text)
	case point:
		return p.decimal(t, digits)
	}
	v, err := strconv.ParseInt(digits, 10, 64)
	bits := map[string]int{"Y": 8, "S": 16}[suffix]
	switch {
	case err != nil && suffix == "":
		return p.decimal(t, digits)
	case err != nil || bits > 0 && v>>(bits-1) != v>>63:
		p.refuse("INVALID_NUMERIC_LITERAL_RANGE", t.from, "Numeric literal %s is outside the valid range of its type", sign+t.text)
	case suffix == "L" || int64(int32(v)) != v:
		return expr.Lit{Value: v, Type: column.BigIntType}
	}
	return expr.Lit{Value: int32(v), Type: column.IntType}
}

func (p *parser) double(t token, digits string) expr.Node {
	v, err := strconv.ParseFloat(digits, 64)
	if errors.Is(err, strconv.ErrRange) && math.IsInf(v, 0) {
		p.refuse("INVALID_NUMERIC_LITERAL_RANGE", t.from, "Numeric literal %s is outside the valid range for double with minimum value of -1.7976931348623157E+308 and maximum value of 1.7976931348623157E+308. Please adjust the value accordingly.", digits)
	}
	return expr.Lit{Value: v, Type: column.DoubleType}
}

func (p *parser) decimal(t token, digits string) expr.Node {
	mantissa, exponent, _ := strings.Cut(digits, "E")
	power, _ := strconv.Atoi(exponent) // "" is 0
	whole, fraction, _ := strings.Cut(mantissa, ".")
	unscaled, _ := new(big.Int).SetString(whole+fraction, 10) // the lexer let digits through alone
	scale := len(fraction) - power
	if unscaled != nil && scale < 0 && scale > -40 {
		unscaled.Mul(unscaled, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(-scale)), nil))
		scale = 0
	}
	precision := 99
	if unscaled != nil && scale >= 0 {
		precision = max(len(new(big.Int).Abs(unscaled).String()), scale)
	}
	v, fits := expr.DecimalOf(unscaled, scale)
	if precision > 38 || !fits {
		p.refuse("DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION", t.from, "Decimal precision %d exceeds max precision 38", precision)
	}
	return expr.Lit{Value: v, Type: column.DecimalType(precision, scale)}
}

// typed is DATE '…', TIMESTAMP '…' or INTERVAL …; false when the word is a name here.
func (p *parser) typed() (expr.Node, bool) {
	t := p.now()
	switch {
	case t.among("date", "timestamp", "timestamp_ltz") && p.ahead(1).kind == text:
		p.next()
		value := p.strings()
		of := column.TimestampType
		if t.is("date") {
			of = column.DateType
		}
		lit, ok := expr.TypedLiteral(value, of)
		if !ok {
			p.refuse("INVALID_TYPED_LITERAL", t.from, "The value of the typed literal %q is invalid: '%s'.", of.SQL(), value)
		}
		return lit, true
	case t.is("interval"):
		at := 1
		for p.ahead(at).sign("-") || p.ahead(at).sign("+") {
			at++
		}
		if next := p.ahead(at); next.kind != text && (next.kind != number || !isUnit(p.ahead(at+1))) {
			return nil, false // a column of that name
		}
		p.next()
		return p.interval(t.from), true
	}
	return nil, false
}

// interval reads what stands behind INTERVAL: '1 day 2 hours', or 1 day 2 hours,
// or '1 02:03' DAY TO MINUTE.
func (p *parser) interval(from int) expr.Node {
	if p.now().kind == text && !isUnit(p.ahead(1)) {
		return p.intervalOf(from, p.next().text)
	}
	var words strings.Builder
	for {
		for sign := p.symbol("-", "+"); sign != ""; sign = p.symbol("-", "+") {
			words.WriteString(sign)
		}
		if k := p.now().kind; k != text && k != number {
			p.fail("a number")
		}
		count := p.next().text
		if !isUnit(p.now()) {
			p.fail("a unit of time")
		}
		unit := strings.ToLower(p.next().text)
		if p.keywords("to") {
			if !isUnit(p.now()) {
				p.fail("a unit of time")
			}
			lit, err := expr.IntervalBetween(words.String()+count, unit, strings.ToLower(p.next().text))
			if err != nil {
				p.refuse(expr.ClassOf(err), from, "%s", expr.MessageOf(err))
			}
			return lit
		}
		words.WriteString(count + " " + unit + " ")
		if !p.startsUnits() {
			break
		}
	}
	return p.intervalOf(from, strings.TrimSpace(words.String()))
}

// startsUnits reports whether a number and its unit stand next.
func (p *parser) startsUnits() bool {
	at := 0
	for p.ahead(at).sign("-") || p.ahead(at).sign("+") {
		at++
	}
	k := p.ahead(at).kind
	return (k == number || k == text) && isUnit(p.ahead(at+1))
}

func (p *parser) intervalOf(from int, words string) expr.Node {
	lit, err := expr.IntervalLiteral(words)
	if err != nil {
		p.refuse(expr.ClassOf(err), from, "%s", expr.MessageOf(err))
	}
	return lit
}

func isUnit(t token) bool {
	return t.kind == word && expr.IsUnit(t.text)
}
