package expr

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"etincelle/engine/frame/column"
)

// formatNumber is "12,345.68": so many digits behind the point, halves to even.
func formatNumber(v float64, places int32) (string, bool) {
	if places < 0 {
		return "", false
	}
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return doubleText(v), true
	}
	text := strconv.FormatFloat(math.Abs(v), 'f', int(places), 64)
	whole, fraction, _ := strings.Cut(text, ".")
	var out strings.Builder
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteRune(digit)
	}
	if fraction != "" {
		out.WriteString("." + fraction)
	}
	if math.Signbit(v) && strings.Trim(text, "0.") != "" {
		return "-" + out.String(), true
	}
	return out.String(), true
}

func signFormat(args []Expr) (Signature, error) {
	if !accepts(args[0].Type(), column.StringType) {
		return Signature{}, &unexpected{0, `"STRING" type`}
	}
	sig := Signature{Args: []column.Type{column.StringType}, Result: column.StringType}
	for _, a := range args[1:] {
		sig.Args = append(sig.Args, a.Type())
	}
	return sig, nil
}

// evalFormat writes values by Java's patterns, of which %d %s %f %e %x %c %b and
// %% with their flags are Go's too.
func evalFormat(c *Call) (column.Column, error) {
	return build(c, func(b column.Builder, i int) error {
		if c.Args[0].Null(i) {
			b.AppendNull()
			return nil
		}
		pattern := texts(c, 0)[i]
		values := make([]any, 0, len(c.Args)-1)
		for _, a := range c.Args[1:] {
			values = append(values, a.Value(i))
		}
		out, err := formatJava(pattern, values, c)
		if err != nil {
			return err
		}
		return b.Append(out)
	})
}

func formatJava(pattern string, values []any, c *Call) (string, error) {
	var out strings.Builder
	next := 0
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '%' {
			out.WriteByte(pattern[i])
			continue
		}
		end := i + 1
		for end < len(pattern) && strings.IndexByte("-+ 0,#(.123456789", pattern[end]) >= 0 {
			end++
		}
		if end == len(pattern) {
			return "", Errorf("INVALID_PARAMETER_VALUE.PATTERN", "The value of parameter(s) `strfmt` in `format_string` is invalid: '%s'.", pattern)
		}
		flags, verb := pattern[i+1:end], pattern[end]
		i = end
		switch verb {
		case '%':
			out.WriteByte('%')
			continue
		case 'n':
			out.WriteByte('\n')
			continue
		}
		if next >= len(values) {
			return "", Errorf("INVALID_PARAMETER_VALUE.PATTERN", "The value of parameter(s) `strfmt` in `format_string` is invalid: Format specifier '%%%s%c' has no value.", flags, verb)
		}
		text, err := formatValue(flags, verb, values[next], c.Args[1+next].Type(), c)
		if err != nil {
			return "", err
		}
		next++
		out.WriteString(text)
	}
	return out.String(), nil
}

func formatValue(flags string, verb byte, v any, t column.Type, c *Call) (string, error) {
	wide := strings.Trim(flags, "+ 0,#(") // what a string takes: sides and widths
	wrong := Errorf("INVALID_PARAMETER_VALUE.PATTERN", "The value of parameter(s) `strfmt` in `format_string` is invalid: %%%c does not fit a value of type %q.", verb, t.SQL())
	switch verb {
	case 's', 'S':
		text := Text(v, t, c.Zone)
		if verb == 'S' {
			text = strings.ToUpper(text)
		}
		return fmt.Sprintf("%"+wide+"s", text), nil
	case 'b':
		truth, isTruth := v.(bool)
		return fmt.Sprintf("%"+wide+"t", v != nil && (!isTruth || truth)), nil
	}
	if v == nil {
		return fmt.Sprintf("%"+strings.Split(wide, ".")[0]+"s", "null"), nil
	}
	switch verb {
	case 'd', 'x', 'X', 'o':
		if !t.Integral() {
			return "", wrong
		}
		text := fmt.Sprintf("%"+strings.ReplaceAll(flags, ",", "")+string(verb), v)
		if strings.Contains(flags, ",") {
			grouped, _ := formatNumber(toFloat(v), 0)
			text = grouped
		}
		return text, nil
	case 'f', 'e', 'E', 'g':
		if t.Kind != column.Double {
			return "", wrong
		}
		if strings.Contains(flags, ",") {
			places := int64(6)
			if _, after, has := strings.Cut(flags, "."); has {
				places, _ = strconv.ParseInt(after, 10, 32)
			}
			text, _ := formatNumber(v.(float64), int32(places))
			return text, nil
		}
		return fmt.Sprintf("%"+flags+string(verb), v), nil
	case 'c':
		if t.Kind != column.Int {
			return "", wrong
		}
		return fmt.Sprintf("%"+wide+"c", v), nil
	}
	return "", wrong
}

func toFloat(v any) float64 {
	switch v := v.(type) {
	case int32:
		return float64(v)
	case int64:
		return float64(v)
	}
	return 0
}
