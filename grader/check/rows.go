package check

import (
	"bytes"
	"encoding/json"
	"slices"
	"sort"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// tolerance is relative: a sum in another order may differ in its last bits.
const tolerance = 1e-12

// maxPaired bounds the rows that are paired by tolerance: pairing is quadratic.
const maxPaired = 500

// row is one row: its value, a text that is the same for equal rows, and as it came.
type row struct {
	value any
	text  string
	raw   json.RawMessage
}

// parse reads a row. A row that is no JSON is its own text.
func parse(raw json.RawMessage) row {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber() // whole numbers stay exact
	var value any
	if err := decoder.Decode(&value); err != nil {
		return row{text: string(raw), raw: raw}
	}
	text, err := json.Marshal(value) // sorts the fields
	if err != nil {
		return row{text: string(raw), raw: raw}
	}
	return row{value, string(text), raw}
}

// Difference compares two collections of rows in which order does not matter
// and repetitions do.
func Difference(want, got []json.RawMessage) (missing, extra []json.RawMessage) {
	want, got = unlike(want, got)
	balance := map[string]int{}
	wanted, came := parseAll(want), parseAll(got)
	for _, r := range wanted {
		balance[r.text]++
	}
	for _, r := range came {
		balance[r.text]--
	}
	var left, over []row
	for _, r := range wanted {
		if balance[r.text] > 0 {
			balance[r.text]--
			left = append(left, r)
		}
	}
	for _, r := range came {
		if balance[r.text] < 0 {
			balance[r.text]++
			over = append(over, r)
		}
	}
	left, over = pairOff(left, over)
	return raws(left), raws(over)
}

// unlike leaves out the rows that are the same to the byte, which most are:
// reading them costs more than anything else in a check.
func unlike(want, got []json.RawMessage) (left, over []json.RawMessage) {
	balance := map[string]int{}
	for _, r := range want {
		balance[string(r)]++
	}
	for _, r := range got {
		if balance[string(r)] > 0 {
			balance[string(r)]--
		} else {
			over = append(over, r)
		}
	}
	for _, r := range want {
		if balance[string(r)] > 0 {
			balance[string(r)]--
			left = append(left, r)
		}
	}
	return left, over
}

// pairOff takes away the rows that are equal but for the tolerance.
func pairOff(left, over []row) ([]row, []row) {
	if len(left) > maxPaired || len(over) > maxPaired {
		return left, over
	}
	left = slices.DeleteFunc(left, func(l row) bool {
		if !fractional(l.value) {
			return false // only fractions may differ and be equal: its text has settled it
		}
		for i, o := range over {
			if cmp.Equal(l.value, o.value, approximately) {
				over = slices.Delete(over, i, i+1)
				return true
			}
		}
		return false
	})
	return left, over
}

// approximately compares fractions by their value and whole numbers exactly.
var approximately = cmp.Options{
	cmpopts.EquateApprox(tolerance, 0),
	cmp.FilterValues(func(a, b json.Number) bool { return fraction(a) && fraction(b) },
		cmp.Transformer("value", func(n json.Number) float64 {
			x, err := n.Float64()
			if err != nil {
				return 0 // beyond float64: encoding/json writes no such number
			}
			return x
		})),
}

// fractional reports whether there is a fraction somewhere in a value.
func fractional(value any) bool {
	switch v := value.(type) {
	case json.Number:
		return fraction(v)
	case []any:
		return slices.ContainsFunc(v, fractional)
	case map[string]any:
		for _, field := range v {
			if fractional(field) {
				return true
			}
		}
	}
	return false
}

func fraction(n json.Number) bool { return strings.ContainsAny(n.String(), ".eE") }

func parseAll(raw []json.RawMessage) []row {
	all := make([]row, len(raw))
	for i := range raw {
		all[i] = parse(raw[i])
	}
	return all
}

func raws(rows []row) []json.RawMessage {
	sort.Slice(rows, func(i, j int) bool { return rows[i].text < rows[j].text })
	all := make([]json.RawMessage, len(rows))
	for i, r := range rows {
		all[i] = r.raw
	}
	return all
}

// Flat is the rows of all partitions.
func Flat(partitions [][]json.RawMessage) []json.RawMessage { return slices.Concat(partitions...) }
