package check

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

// Who reads of a case reads the names of exercises.go, and batches where rows
// arrive in batches.
func TestNumbersAreToldByTheirNames(t *testing.T) {
	row := func(text string) json.RawMessage { return json.RawMessage(text) }
	events := Source{Name: "events", Partitions: [][]json.RawMessage{{row(`"a"`)}, {row(`"b"`), row(`"c"`)}}}
	flights := Source{Name: "flights", Partitions: [][]json.RawMessage{{row(`"a"`)}, {}}}
	times := func(name string, parts ...string) Source {
		s := Source{Name: name}
		for _, part := range parts {
			var rows []json.RawMessage
			for _, clock := range strings.Fields(part) {
				rows = append(rows, row(`"`+clock+`"`))
			}
			s.Partitions = append(s.Partitions, rows)
		}
		return s
	}
	const spread = "; 1 executor × 2 cores" // where there are partitions
	session := protocol.Session{Executors: 1, Cores: 2}
	for want, c := range map[string]Case{
		"events: 3 rows in 2 batches (1, 2); need = Final":                {Params: map[string]int{"need": 0}, Sources: []Source{events}},
		"flights: 1 row in 2 partitions (1, 0); the whole table" + spread: {Params: map[string]int{"streamed": 0}, Sources: []Source{flights}},
		"flights: 1 row in 2 batches (1, 0); a stream":                    {Params: map[string]int{"streamed": 1}, Sources: []Source{flights}},
		"flights: 1 row in 2 batches (1, 0); delay = 30 min":              {Params: map[string]int{"delay": 30}, Sources: []Source{flights}},
		"questions = [Filtered, EventsSorted]; mode = Complete":           {Params: map[string]int{"mode": 2}, Sources: []Source{{Name: "questions", Partitions: [][]json.RawMessage{{row("0"), row("5")}}}}},
		"questions = [-1, 7]; need = 9":                                   {Params: map[string]int{"need": 9}, Sources: []Source{{Name: "questions", Partitions: [][]json.RawMessage{{row("-1"), row("7")}}}}},
		"limits = [0, 1]; n = 2" + spread:                                 {Params: map[string]int{"n": 2}, Sources: []Source{{Name: "limits", Partitions: [][]json.RawMessage{{row("0"), row("1")}}}}},
		"changes = [OtherLength, OtherSink]":                              {Sources: []Source{{Name: "changes", Partitions: [][]json.RawMessage{{row("1"), row("7")}}}}},
		"trials: 1 row; most = 0.05":                                      {Params: map[string]int{"percent": 5}, Sources: []Source{{Name: "trials", Partitions: [][]json.RawMessage{{row(`{"Minutes":0}`)}}}}},
		"steps = [[12:07, 12:08], [12:14:30]]; end = 12:10": {Sources: []Source{
			times("steps", "2024-01-01T12:07:00Z 2024-01-01T12:08:00Z", "2024-01-01T12:14:30Z"), times("end", "2024-01-01T12:10:00Z")}},
		"ends = [2013-06-24 10:00]; delay = 5 min": {Params: map[string]int{"delay": 5}, Sources: []Source{times("ends", "2013-06-24T10:00:00Z")}},
	} {
		c.Session = session
		assert.Equal(t, want, strings.ReplaceAll(c.Describe(message.English)[0], message.Hard, " "))
	}
}

// A batch of a few events is written out whole, without the partitions that it has not.
func TestPlainRowsAreWrittenOut(t *testing.T) {
	batch := Source{Name: "batch", Partitions: [][]json.RawMessage{nil}}
	for range 7 {
		batch.Partitions[0] = append(batch.Partitions[0], json.RawMessage(`{"Step":1,"At":"2024-01-01T12:04:00Z","Word":"âne"}`))
	}
	told := Case{Sources: []Source{batch}}.Describe(message.English)
	assert.Len(t, told, 8)
	assert.Equal(t, "  12:04 âne", told[7])
}

// Times of a row are told as people say them, and a trial's delay of 0 is told too.
func TestRowsForPeople(t *testing.T) {
	for want, row := range map[string]string{
		"12:04 âne": `{"Step":1,"At":"2024-01-01T12:04:00Z","Word":"âne"}`,
		"{Scheduled 2013-06-24 10:00, Origin EWR}": `{"Scheduled":"2013-06-24T10:00:00Z","Origin":"EWR","Delay":0}`,
		"{Minutes 0, Flights 100}":                 `{"Minutes":0,"Flights":100,"Waiting":0}`,
		"{Time 2013-01-01T14}":                     `{"Time":"2013-01-01T14"}`,
	} {
		assert.Equal(t, want, Show(json.RawMessage(row)))
	}
}
