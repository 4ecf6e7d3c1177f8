package tp07

import (
	"encoding/json"
	"fmt"
	"time"

	"etincelle/datasets"
	"etincelle/grader/check"
	"etincelle/grader/hidden"
	"etincelle/grader/protocol"
)

// maker draws cases.
type maker struct{ hidden.Maker }

func (m *maker) pick(from ...string) string { return from[m.Random.IntN(len(from))] }

// flights is a case of exercise 1: batches of so many flights, a table of them all or
// a stream. The first batch has a cancelled flight of an airline that flies.
func (m *maker) flights(s protocol.Session, streamed int, sizes ...int) check.Case {
	source := check.Source{Name: "flights"}
	for i, size := range sizes {
		rows := []json.RawMessage{}
		for k := range size {
			f := datasets.Flight{
				Month: 1, Day: 1 + m.Random.IntN(31), Carrier: m.pick("UA", "B6", "EV", "DL"), Number: 1 + m.Random.IntN(6000),
				Origin: m.pick("EWR", "JFK", "LGA"), Departed: m.Random.IntN(4) > 0, Delay: 1 + m.Random.IntN(200),
			}
			if i == 0 && k < 3 {
				f.Carrier, f.Departed = "UA", k > 0
			}
			if !f.Departed {
				f.Delay = 0
			}
			rows = append(rows, m.Raw(f))
		}
		source.Partitions = append(source.Partitions, rows)
	}
	return check.Case{Name: "flights", Session: s, Params: map[string]int{"streamed": streamed}, Sources: []check.Source{source}}
}

// words is a case of a stream of words: some are late, one is too late, one is said at
// the very minute when a window ends, and the last one is so young that windows close.
func (m *maker) words(name string, s protocol.Session, steps, most int) check.Case {
	source := check.Source{Name: "events"}
	began := time.Date(2024, 1, 1, 12, m.Random.IntN(12)*5, 0, 0, time.UTC)
	for step := range steps {
		now := began.Add(time.Duration(step) * 9 * time.Minute)
		word := func(at time.Time) json.RawMessage {
			return m.Raw(datasets.Animal{Step: step + 1, At: at, Word: m.pick("chat", "chien", "hibou", "âne")})
		}
		rows := []json.RawMessage{word(now.Truncate(10 * time.Minute))}
		for range 1 + m.Random.IntN(most) {
			rows = append(rows, word(now.Add(time.Duration(m.Random.IntN(14)-8)*time.Minute)))
		}
		if step == steps-1 {
			rows = append(rows, word(now.Add(-50*time.Minute)), word(now.Add(44*time.Minute)))
		}
		source.Partitions = append(source.Partitions, rows)
	}
	after := m.Raw(datasets.Animal{Step: steps + 1, At: began.Add(time.Duration(steps)*9*time.Minute + 55*time.Minute), Word: "chat"})
	tooLate := m.Raw(datasets.Animal{Step: steps + 1, At: began.Add(-20 * time.Minute), Word: "chien"})
	source.Partitions = append(source.Partitions, []json.RawMessage{tooLate, after})
	return check.Case{Name: name, Session: s, Sources: []check.Source{source}}
}

// needed is a case of exercise 3.
func (m *maker) needed(s protocol.Session, need, steps int) check.Case {
	c := m.words("need", s, steps, 4)
	c.Params = map[string]int{"need": need}
	return c
}

// pair is a row of a sink.
type pair struct {
	Key   string
	Value int
}

var animals = []string{"chat", "chien", "hibou", "âne", "oie", "renard", "loup", "cygne"}

// batched is a case of exercise 4.
func (m *maker) batched(mode int, batches [][]pair) check.Case {
	source := check.Source{Name: "batches"}
	for _, batch := range batches {
		rows := []json.RawMessage{}
		for _, i := range m.Random.Perm(len(batch)) {
			rows = append(rows, m.Raw(batch[i]))
		}
		source.Partitions = append(source.Partitions, rows)
	}
	return check.Case{Name: "batches", Session: one, Params: map[string]int{"mode": mode}, Sources: []check.Source{source}}
}

// grown is counts of a few words, batch by batch, and which ones a batch changed. Two
// words have equal counts in the end, and not every word is in the last batch.
func (m *maker) grown(batches, words int) (changed, whole [][]pair) {
	counts := map[string]int{}
	for b := range batches {
		var now []pair
		for i, word := range animals[:words] {
			grows := m.Random.IntN(2) == 0
			switch {
			case b == 0 || b == batches-1 && i == 0:
				grows = true
			case b == batches-1:
				grows = i == 1 && m.Random.IntN(2) == 0
			}
			if grows {
				counts[word] += 1 + m.Random.IntN(3)
				now = append(now, pair{word, counts[word]})
			}
		}
		var table []pair
		for _, word := range animals[:words] {
			table = append(table, pair{word, counts[word]})
		}
		changed, whole = append(changed, now), append(whole, table)
	}
	return changed, whole
}

// updates is what update mode gives.
func (m *maker) updates(batches, words int) check.Case {
	changed, _ := m.grown(batches, words)
	return m.batched(updated, changed)
}

// tables is what complete mode gives.
func (m *maker) tables(batches, words int) check.Case {
	_, whole := m.grown(batches, words)
	return m.batched(complete, whole)
}

// closed is what append mode gives: windows that are over.
func (m *maker) closed(batches, most int) check.Case {
	var all [][]pair
	for b := range batches {
		var now []pair
		for i := range 1 + m.Random.IntN(most) {
			now = append(now, pair{fmt.Sprintf("%02d:%02d %s", 12+b/12, b%12*5, animals[i]), 1 + m.Random.IntN(3)})
		}
		all = append(all, now)
	}
	return m.batched(appended, all)
}

// asked is a case of exercise 5.
func (m *maker) asked(questions ...int) check.Case {
	source := check.Source{Name: "questions", Partitions: make([][]json.RawMessage, 1)}
	for _, q := range questions {
		source.Partitions[0] = append(source.Partitions[0], m.Raw(q))
	}
	return check.Case{Name: "questions", Session: one, Sources: []check.Source{source}}
}
