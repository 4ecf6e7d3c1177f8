package expr

import (
	"strings"

	"etincelle/engine/frame/column"
)

// IntervalBetween reads INTERVAL '1 02:03:04.5' DAY TO SECOND, or '1-2' YEAR TO
// MONTH: the parts of text are the units from the larger to the smaller.
func IntervalBetween(text, largest, smallest string) (Lit, error) {
	from, to := unitOf[strings.TrimSuffix(largest, "s")], unitOf[strings.TrimSuffix(smallest, "s")]
	wrong := Errorf("INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING", "Error parsing '%s' to interval. Please ensure that the value provided is in a valid format for defining an interval: %s to %s.", text, largest, smallest)
	if from == column.NoUnit || to <= from || from <= column.Month && to > column.Month {
		return Lit{}, wrong
	}
	body := strings.TrimSpace(text)
	sign := int64(1)
	for body != "" && (body[0] == '-' || body[0] == '+') {
		if body[0] == '-' {
			sign = -sign
		}
		body = strings.TrimSpace(body[1:])
	}
	var v column.Interval
	for u := from; u <= to; u++ {
		count, rest := body, ""
		if u < to {
			var ok bool
			if count, rest, ok = strings.Cut(body, separatorAfter(u)); !ok {
				return Lit{}, wrong
			}
		}
		if !addUnits(&v, unitWords[u.String()], strings.TrimSpace(count), sign) {
			return Lit{}, wrong
		}
		body = rest
	}
	days, fits := multiplyInt64(int64(v.Days), microsADay)
	if v.Micros, v.Days = v.Micros+days, 0; !fits {
		return Lit{}, wrong
	}
	return Lit{Value: v, Type: column.IntervalOf(from, to)}, nil
}

func separatorAfter(u column.Unit) string {
	switch u {
	case column.Year:
		return "-"
	case column.Day:
		return " "
	}
	return ":"
}
