package tp08

import (
	"encoding/json"
	"time"

	"etincelle/datasets"
	"etincelle/grader/check"
	"etincelle/grader/hidden"
	"etincelle/grader/protocol"
)

// maker draws cases.
type maker struct{ hidden.Maker }

func (m *maker) pick(from ...string) string { return from[m.Random.IntN(len(from))] }

// noon is about noon, on a multiple of an hour.
func (m *maker) noon() time.Time {
	return time.Date(2024, 1, 1, 8+m.Random.IntN(9), 0, 0, 0, time.UTC)
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

// instants is a case of exercise 1. The first instant is on no edge, and in as few
// windows as an instant can be; the second one is where a window begins, and in as many
// as can be.
func (m *maker) instants(length, slide, n int) check.Case {
	noon, over := m.noon(), length%slide
	rows := []json.RawMessage{
		m.Raw(noon.Add(minutes(slide*m.Random.IntN(5)) + minutes(over+1+m.Random.IntN(slide-over-1)))),
		m.Raw(noon.Add(minutes(slide * m.Random.IntN(5)))),
	}
	for len(rows) < n {
		rows = append(rows, m.Raw(noon.Add(minutes(m.Random.IntN(120)))))
	}
	return check.Case{Name: "instants", Session: one, Params: map[string]int{"length": length, "slide": slide},
		Sources: []check.Source{{Name: "at", Partitions: [][]json.RawMessage{rows}}}}
}

// visits is a case of exercise 2: sessions of three events at least, the last two
// exactly the gap apart; between two sessions lies more than the gap, and less than
// twice the gap. Out of order, a late event joins what came before it.
func (m *maker) visits(gap, sessions int, shuffled bool) check.Case {
	at := m.noon()
	var all []time.Time
	for range sessions {
		for range 2 + m.Random.IntN(3) {
			all = append(all, at)
			at = at.Add(minutes(gap/2 + 1 + m.Random.IntN(gap-gap/2-1)))
		}
		all = append(all, at)
		at = at.Add(minutes(gap))
		all = append(all, at)
		at = at.Add(minutes(gap + 1 + m.Random.IntN(gap-1)))
	}
	if shuffled {
		m.Random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		latest := 0
		for i, t := range all {
			if t.After(all[latest]) {
				latest = i
			}
		}
		all[0], all[latest] = all[latest], all[0] // whatever was drawn, it is out of order
	}
	var rows []json.RawMessage
	for _, t := range all {
		rows = append(rows, m.Raw(t))
	}
	return check.Case{Name: "visits", Session: one, Params: map[string]int{"gap": gap},
		Sources: []check.Source{{Name: "at", Partitions: [][]json.RawMessage{rows}}}}
}

// departures is a case of exercise 3: batches of flights an hour apart. One is
// scheduled on the hour, some are late, and near the end one is too late, after one
// that lets the watermark close windows.
func (m *maker) departures(s protocol.Session, batches, most int) check.Case {
	source := check.Source{Name: "departures"}
	noon := m.noon()
	flight := func(scheduled, left time.Time) json.RawMessage {
		return m.Raw(datasets.Departure{Scheduled: scheduled, Left: left, Carrier: m.pick("UA", "B6", "DL"), Origin: m.pick("EWR", "JFK", "LGA"),
			Dest: m.pick("ORD", "ATL", "BOS"), Delay: int(left.Sub(scheduled) / time.Minute)})
	}
	for b := range batches {
		now := noon.Add(time.Duration(b) * time.Hour)
		rows := []json.RawMessage{flight(now, now.Add(minutes(m.Random.IntN(8)-3)))}
		for range 1 + m.Random.IntN(most) {
			late := m.Random.IntN(100)
			rows = append(rows, flight(now.Add(minutes(m.Random.IntN(50)-late)), now.Add(minutes(55))))
		}
		source.Partitions = append(source.Partitions, rows)
	}
	end := noon.Add(time.Duration(batches) * time.Hour)
	source.Partitions = append(source.Partitions,
		[]json.RawMessage{flight(end.Add(2*time.Hour+minutes(35)), end.Add(2*time.Hour+minutes(30)))},
		[]json.RawMessage{flight(end.Add(minutes(-150)), end.Add(minutes(160))), flight(end.Add(minutes(1)), end.Add(minutes(165)))},
		[]json.RawMessage{flight(end.Add(5*time.Hour), end.Add(5*time.Hour))})
	return check.Case{Name: "departures", Session: s, Sources: []check.Source{source}}
}

// steps is a case of exercise 4. A word is said twice in a window; in the next to last
// step one sighting is so young that the watermark comes to the very end of a window;
// in the last step nothing is as young: a sighting is too late, and another one older
// than the watermark, in a window that is open.
func (m *maker) steps(length, slide, delay, n int) check.Case {
	source := check.Source{Name: "events"}
	noon := m.noon()
	said := func(step int, at time.Time, word string) json.RawMessage {
		return m.Raw(datasets.Animal{Step: step, At: at, Word: word})
	}
	anyone := func() string { return m.pick("chat", "chien", "hibou", "âne") }
	for step := range n {
		now := noon.Add(minutes(step * (slide + 2)))
		word := anyone()
		rows := []json.RawMessage{said(step+1, now.Add(minutes(1)), word), said(step+1, now.Add(minutes(2)), word)}
		for range 1 + m.Random.IntN(4) {
			rows = append(rows, said(step+1, now.Add(minutes(m.Random.IntN(slide)-slide/2)), anyone()))
		}
		source.Partitions = append(source.Partitions, rows)
	}
	mark := noon.Add(minutes(n * (slide + 2))).Truncate(minutes(slide)).Add(minutes(2 * length))
	wait := minutes(max(delay, 0))
	source.Partitions = append(source.Partitions,
		[]json.RawMessage{
			said(n+1, mark.Add(wait), anyone()), said(n+1, mark.Add(-minutes(length)-time.Minute), "chat"),
			said(n+1, mark.Add(-time.Minute), "oie"), // the last of its windows ends after the mark, or at it
		},
		[]json.RawMessage{
			said(n+2, mark.Add(-minutes(2*length)), "oie"),
			said(n+2, mark.Add(-time.Minute), "renard"), said(n+2, mark, "hibou"),
		})
	return check.Case{Name: "steps", Session: one, Params: map[string]int{"length": length, "slide": slide, "delay": delay}, Sources: []check.Source{source}}
}

// told is so many steps of words; each has a word of the first one again, and the
// first one a word that never comes back.
func (m *maker) told(n int) check.Source {
	source := check.Source{Name: "events"}
	noon := m.noon()
	for step := range n {
		now := noon.Add(minutes(4 * step))
		rows := []json.RawMessage{m.Raw(datasets.Animal{Step: step + 1, At: now, Word: "chat"})}
		if step == 0 {
			rows = append(rows, m.Raw(datasets.Animal{Step: 1, At: now, Word: "oie"}))
		}
		for range 1 + m.Random.IntN(4) {
			at := now.Add(minutes(m.Random.IntN(9) - 3))
			rows = append(rows, m.Raw(datasets.Animal{Step: step + 1, At: at, Word: m.pick("chat", "chien", "hibou", "âne")}))
		}
		source.Partitions = append(source.Partitions, rows)
	}
	return source
}

// saved is a case of exercise 5: the program dies in a step, or in none.
func (m *maker) saved(s protocol.Session, steps, diesAt int) check.Case {
	c := check.Case{Name: "saved", Session: s, Sources: []check.Source{m.told(steps)}}
	if diesAt > 0 {
		c.Params = map[string]int{"diesAt": diesAt}
	}
	return c
}

// starts is a case of exercise 6: before each start a step has come.
func (m *maker) starts(s protocol.Session, windows ...[2]int) check.Case {
	source := check.Source{Name: "windows"}
	for _, w := range windows {
		source.Partitions = append(source.Partitions, []json.RawMessage{m.Raw(w[0]), m.Raw(w[1])})
	}
	return check.Case{Name: "starts", Session: s, Sources: []check.Source{m.told(len(windows)), source}}
}
