package check

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func rows(texts ...string) []json.RawMessage {
	all := []json.RawMessage{}
	for _, text := range texts {
		all = append(all, json.RawMessage(text))
	}
	return all
}

func TestDifference(t *testing.T) {
	tests := map[string]struct {
		want, got      []json.RawMessage
		missing, extra []json.RawMessage
	}{
		"nothing":                        {nil, nil, rows(), rows()},
		"order does not matter":          {rows("1", "2", "3"), rows("3", "1", "2"), rows(), rows()},
		"repetitions do":                 {rows("1", "1", "2"), rows("1", "2", "2"), rows("1"), rows("2")},
		"the order of fields does not":   {rows(`{"a":1,"b":2}`), rows(`{"b":2,"a":1}`), rows(), rows()},
		"one is missing":                 {rows("1", "2"), rows("1"), rows("2"), rows()},
		"one is too many":                {rows("1"), rows("1", "2"), rows(), rows("2")},
		"fractions within the tolerance": {rows("0.1"), rows("0.10000000000000001"), rows(), rows()},
		"fractions beyond it":            {rows("0.1"), rows("0.1000001"), rows("0.1"), rows("0.1000001")},
		"large whole numbers are exact":  {rows("9007199254740993"), rows("9007199254740992"), rows("9007199254740993"), rows("9007199254740992")},
		"fractions inside rows":          {rows(`{"Key":"a","Value":1.5e300}`), rows(`{"Key":"a","Value":1.5000000000000001e300}`), rows(), rows()},
		"text is compared to the letter": {rows(`"a"`), rows(`"a "`), rows(`"a"`), rows(`"a "`)},
		"a row that is no JSON":          {rows("1"), rows("{"), rows("1"), rows("{")},
		"a number is not its text":       {rows("1"), rows(`"1"`), rows("1"), rows(`"1"`)},
		"null is not nothing":            {rows(), rows("null"), rows(), rows("null")},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			missing, extra := Difference(test.want, test.got)
			assert.Equal(t, test.missing, missing)
			assert.Equal(t, test.extra, extra)
		})
	}
}

// Rows in another order are the same rows; one row more, less or changed is not.
func TestDifferenceLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []json.RawMessage
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, 9), 1, 30).Draw(t, "rows") {
			all = append(all, json.RawMessage(fmt.Sprintf(`{"Key":%d,"Value":%d}`, n, n*n)))
		}
		shuffled := rapid.Permutation(all).Draw(t, "shuffled")
		missing, extra := Difference(all, shuffled)
		require.Empty(t, missing)
		require.Empty(t, extra)

		at := rapid.IntRange(0, len(all)-1).Draw(t, "at")
		missing, extra = Difference(all, slices.Delete(slices.Clone(shuffled), at, at+1))
		require.Equal(t, rows(string(shuffled[at])), missing)
		require.Empty(t, extra)

		changed := slices.Clone(shuffled)
		changed[at] = json.RawMessage(`{"Key":77,"Value":0}`)
		missing, extra = Difference(all, changed)
		require.Len(t, missing, 1)
		require.Len(t, extra, 1)
	})
}

func TestToleranceIsRelative(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(1e-3, 1e15).Draw(t, "x")
		text := func(x float64) []json.RawMessage {
			return rows(fmt.Sprintf("%s", json.Number(fmt.Sprintf("%.17e", x))))
		}
		missing, _ := Difference(text(x), text(math.Nextafter(x, math.Inf(1))))
		require.Empty(t, missing)
		missing, _ = Difference(text(x), text(x*(1+1e-9)))
		require.Len(t, missing, 1)
	})
}

func TestShow(t *testing.T) {
	for row, want := range map[string]string{
		`{"Key":"UA","Value":12}`:                         "UA → 12",
		`{"Key":"UA","Value":{"Left":5,"Right":"Name"}}`:  "UA → (5, Name)",
		`{"Carrier":"UA","Delay":0,"Tail":"","Number":7}`: "{Carrier UA, Number 7}",
		`[1,"a",null]`:                   "[1, a, nil]",
		`12.5`:                           "12.5",
		`{"Key":1}`:                      "{Key 1}",
		`{"b":"x","a":true,"c":{"d":0}}`: "{b x, a true, c {}}",
		`no json`:                        "no json",
		`{"a":1`:                         `{"a":1`,
	} {
		assert.Equal(t, want, Show(json.RawMessage(row)), row)
	}
}

func TestTableSetsRowsOfAKeySideBySide(t *testing.T) {
	table := tableOf(
		rows(`{"Key":"B6","Value":27}`, `{"Key":"DL","Value":1}`, `{"Key":"UA","Value":12}`),
		rows(`{"Key":"UA","Value":72}`, `{"Key":"ZZ","Value":5}`, `{"Key":"YY","Value":6}`))
	assert.Equal(t, []string{"B6 → 27", "DL → 1", "UA → 12", ""}, table.Wanted)
	assert.Equal(t, []string{"", "", "UA → 72", "ZZ → 5"}, table.Got)
	assert.Equal(t, 1, table.More)
}
