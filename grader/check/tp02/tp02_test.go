package tp02

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

func property(t *testing.T, name string) check.Property {
	t.Helper()
	for _, p := range Properties() {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("no property %q", name)
	return check.Property{}
}

func TestPropertiesAreNamedInBothLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Properties() {
		assert.False(t, seen[p.Name], p.Name)
		seen[p.Name] = true
		assert.NotEmpty(t, p.Title.French, p.Name)
		assert.NotEmpty(t, p.Title.English, p.Name)
		assert.NotNil(t, p.Judge, p.Name)
	}
}

// parts are partitions of so many rows, all different.
func parts(sizes ...int) [][]json.RawMessage {
	all, n := make([][]json.RawMessage, len(sizes)), 0
	for p, size := range sizes {
		for range size {
			all[p] = append(all[p], json.RawMessage(fmt.Sprintf(`{"Carrier":"A%d","Departed":true,"Delay":%d}`, n%4, n)))
			n++
		}
	}
	return all
}

// did is an outcome with these partitions and counters.
func did(rows [][]json.RawMessage, written int64, shuffles int) evidence.Outcome {
	return evidence.Outcome{
		Rows: rows, Again: rows, Roots: []string{"flights", "names"}, SourceTasks: map[string]int{"flights": 4},
		Acting: evidence.Counters{Counters: event.Counters{Jobs: 1, ShuffleWrite: written}, Shuffles: shuffles},
	}
}

// verdict is the key of the first finding and its text, "" when there is none.
func verdict(t *testing.T, name string, c check.Case, got evidence.Outcome, want check.Want) (check.Key, string) {
	t.Helper()
	found := property(t, name).Judge(c, got, want)
	if len(found) == 0 {
		return "", ""
	}
	for _, l := range []message.Language{message.French, message.English} {
		assert.NotContains(t, found[0].Text(l), "?", "a fact is missing")
	}
	return found[0].Key, found[0].Text(message.French)
}

func TestJoined(t *testing.T) {
	c := check.Case{Sources: []check.Source{{Name: "flights", Partitions: parts(5, 0, 3, 2)}}}
	want := check.WantFrom(did(parts(5, 5), 0, 0))
	for name, test := range map[string]struct {
		got evidence.Outcome
		key check.Key
	}{
		"joined":                      {did(parts(5, 5), 0, 0), ""},
		"joined otherwise":            {did(parts(2, 8), 0, 0), ""},
		"rows shuffled":               {did(parts(5, 5), 10, 1), check.RepartitionForCoalesce},
		"a shuffle of no rows":        {did(parts(5, 5), 0, 1), check.RepartitionForCoalesce},
		"too few partitions":          {did(parts(10), 0, 0), check.WrongPartitions},
		"as they came":                {did(parts(5, 0, 3, 2), 0, 0), check.WrongPartitions},
		"a row less":                  {did(parts(5, 4), 0, 0), check.WrongRows},
		"the same rows, from nowhere": {func() evidence.Outcome { o := did(parts(5, 5), 0, 0); o.Roots = nil; return o }(), check.NotFromSource},
	} {
		key, _ := verdict(t, "joined", c, test.got, want)
		assert.Equal(t, test.key, key, name)
	}
	_, text := verdict(t, "joined", c, did(parts(5, 5), 10, 1), want)
	assert.Contains(t, text, "10\u00a0enregistrements ont été brassés ; 0 suffit")
}

func TestBalanced(t *testing.T) {
	c := check.Case{Sources: []check.Source{{Name: "flights", Partitions: parts(90, 5, 5)}}}
	want := check.WantFrom(did(parts(50, 50), 100, 1))
	for name, test := range map[string]struct {
		got evidence.Outcome
		key check.Key
	}{
		"even":                        {did(parts(50, 50), 100, 1), ""},
		"as uneven as may be":         {did(parts(60, 40), 100, 1), ""},
		"one row beyond":              {did(parts(61, 39), 100, 1), check.Uneven},
		"joined only":                 {did(parts(90, 10), 0, 0), check.CoalesceForRepartition},
		"even without moving":         {did(parts(50, 50), 0, 0), check.CoalesceForRepartition},
		"moved twice":                 {did(parts(50, 50), 200, 2), check.MovedTwice},
		"too few partitions, unmoved": {did(parts(100), 0, 0), check.CoalesceCannotGrow},
		"too few partitions":          {did(parts(100), 100, 1), check.WrongPartitions},
		"too many partitions":         {did(parts(40, 30, 30), 100, 1), check.WrongPartitions},
		"a row less":                  {did(parts(50, 49), 100, 1), check.WrongRows},
	} {
		key, _ := verdict(t, "balanced", c, test.got, want)
		assert.Equal(t, test.key, key, name)
	}
	_, text := verdict(t, "balanced", c, did(parts(90, 10), 0, 0), want)
	assert.Contains(t, text, "90\u00a0lignes pour une moyenne de 50 (×1,8, attendu : ×1,2 au plus)")
}

func TestSmallInputsMayBeUneven(t *testing.T) {
	c := check.Case{Sources: []check.Source{{Name: "flights", Partitions: parts(3, 3, 3)}}}
	want := check.WantFrom(did(parts(5, 4), 9, 1))
	key, _ := verdict(t, "balanced", c, did(parts(6, 3), 9, 1), want)
	assert.Empty(t, key, "each of three partitions may leave a row more")
	key, _ = verdict(t, "balanced", c, did(parts(8, 1), 9, 1), want)
	assert.Equal(t, check.Uneven, key)
}

// sum is the rows that value gives of flights.
func sum(t *testing.T, c check.Case, value func(flight) (int, bool)) [][]json.RawMessage {
	t.Helper()
	rows := added(c, value)
	require.NotNil(t, rows)
	return [][]json.RawMessage{rows}
}

func TestSumsAndCombined(t *testing.T) {
	var flights [][]json.RawMessage
	for p := range 4 {
		var rows []json.RawMessage
		for n := range 25 {
			rows = append(rows, json.RawMessage(fmt.Sprintf(`{"Carrier":"A%d","Departed":%t,"Delay":%d}`, n%4, n%9 != 0, n*p-10)))
		}
		flights = append(flights, rows)
	}
	c := check.Case{Sources: []check.Source{{Name: "flights", Partitions: flights}}}
	right := sum(t, c, func(f flight) (int, bool) { return f.Delay, f.Departed })
	want := check.WantFrom(did(right, 16, 1))
	for name, test := range map[string]struct {
		got      evidence.Outcome
		sums     check.Key
		combined check.Key
	}{
		"combined":          {did(right, 16, 1), "", ""},
		"combined to less":  {did(right, 8, 1), "", ""},
		"grouped":           {did(right, 89, 1), "", check.CombineBefore},
		"one shuffle more":  {did(right, 32, 2), "", check.TooManyRows},
		"no shuffle at all": {did(right, 0, 0), check.SharedMemory, check.SharedMemory},
		"one task": {func() evidence.Outcome {
			o := did(right, 4, 1)
			o.SourceTasks["flights"] = 1
			return o
		}(), "", check.OneTask},
		"cancelled flights, too": {did(sum(t, c, func(f flight) (int, bool) { return f.Delay, true }), 16, 1), check.CancelledCounted, check.CancelledCounted},
		"early ones as 0":        {did(sum(t, c, func(f flight) (int, bool) { return max(f.Delay, 0), f.Departed }), 16, 1), check.EarlyDropped, check.EarlyDropped},
		"something else":         {did(sum(t, c, func(f flight) (int, bool) { return 1, f.Departed }), 16, 1), check.WrongRows, check.WrongRows},
	} {
		key, _ := verdict(t, "sums", c, test.got, want)
		assert.Equal(t, test.sums, key, name)
		key, _ = verdict(t, "combined", c, test.got, want)
		assert.Equal(t, test.combined, key, name)
	}
	_, text := verdict(t, "combined", c, did(right, 5000, 1), want)
	assert.Contains(t, text, "5\u00a0000\u00a0enregistrements ont été brassés ; 16\u00a0suffisent. Combinez avant le brassage (ReduceByKey)")
}

func TestKept(t *testing.T) {
	c := check.Case{Sources: []check.Source{{Name: "flights", Partitions: parts(10)}, {Name: "names", Partitions: parts(2)}}}
	rows := parts(4, 6)
	want := check.WantFrom(did(rows, 12, 2))
	for name, test := range map[string]struct {
		got evidence.Outcome
		key check.Key
	}{
		"kept":                      {did(rows, 12, 2), ""},
		"lost on one side":          {did(rows, 22, 3), check.PartitionerLost},
		"lost on both":              {did(rows, 24, 4), check.PartitionerLost},
		"more rows in as few moves": {did(rows, 14, 2), check.TooManyRows},
		"other rows":                {did(parts(4, 5), 12, 2), check.WrongRows},
	} {
		key, _ := verdict(t, "kept", c, test.got, want)
		assert.Equal(t, test.key, key, name)
	}
	_, text := verdict(t, "kept", c, did(rows, 22, 3), want)
	assert.Contains(t, text, "22\u00a0enregistrements ont été brassés en 3\u00a0brassages ; 12\u00a0suffisent, en 2")
	key, _ := verdict(t, "named", c, did(rows, 22, 3), want)
	assert.Empty(t, key, "the values are right all the same")
}
