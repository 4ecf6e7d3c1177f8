package check

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"etincelle/grader/message"
)

// Who reads of a case reads the names of exercises.go, and batches where rows
// arrive in batches.
func TestNumbersAreToldByTheirNames(t *testing.T) {
	row := func(text string) json.RawMessage { return json.RawMessage(text) }
	events := Source{Name: "events", Partitions: [][]json.RawMessage{{row(`"a"`)}, {row(`"b"`), row(`"c"`)}}}
	flights := Source{Name: "flights", Partitions: [][]json.RawMessage{{row(`"a"`)}, {}}}
	for want, c := range map[string]Case{
		"events: 3 rows in 2 batches (1, 2); need = Final":       {Params: map[string]int{"need": 0}, Sources: []Source{events}},
		"flights: 1 row in 2 partitions (1, 0); the whole table": {Params: map[string]int{"streamed": 0}, Sources: []Source{flights}},
		"flights: 1 row in 2 batches (1, 0); a stream":           {Params: map[string]int{"streamed": 1}, Sources: []Source{flights}},
		"questions = [Filtered, EventsSorted]; mode = Complete":  {Params: map[string]int{"mode": 2}, Sources: []Source{{Name: "questions", Partitions: [][]json.RawMessage{{row("0"), row("5")}}}}},
		"questions = [-1, 7]; need = 9":                          {Params: map[string]int{"need": 9}, Sources: []Source{{Name: "questions", Partitions: [][]json.RawMessage{{row("-1"), row("7")}}}}},
		"limits = [0, 1]; n = 2":                                 {Params: map[string]int{"n": 2}, Sources: []Source{{Name: "limits", Partitions: [][]json.RawMessage{{row("0"), row("1")}}}}},
	} {
		said := strings.ReplaceAll(c.Describe(message.English)[0], message.Hard, " ")
		assert.True(t, strings.HasPrefix(said, want+";"), said)
	}
}
