package cli

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestResultsThatAreBatches(t *testing.T) {
	for result, want := range map[string][]string{
		`{"batches":[{"batch":0,"rows":[1]}]}`:                                     {""},
		`{"refused":"no watermark"}`:                                               {""},
		`{"Append":{"refused":"no"},"Update":{"batches":[{"batch":0,"rows":[]}]}}`: {"Append", "Update"},
		`{"Append":{"refused":"no"},"Update":{}}`:                                  nil,
		`[{"Key":"hibou","Value":3}]`:                                              nil,
		`{"Key":"hibou","Value":3}`:                                                nil,
		`{}`:                                                                       nil,
		`7`:                                                                        nil,
		`{"batches":[{"batch":"first"}]}`:                                          nil,
	} {
		assert.Equal(t, want, slices.Sorted(maps.Keys(heardIn(json.RawMessage(result)))), result)
	}
}
