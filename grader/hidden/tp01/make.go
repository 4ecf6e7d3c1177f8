package tp01

import (
	"encoding/json"
	"fmt"
	"strconv"

	"etincelle/datasets"
	"etincelle/grader/check"
	"etincelle/grader/check/tp01"
	"etincelle/grader/hidden"
	"etincelle/grader/protocol"
)

// maker draws cases.
type maker struct{ hidden.Maker }

// airlines and airports are by how often they come: the first half of all flights
// is the first one's.
var (
	airlines = []string{"UA", "B6", "EV", "DL", "AA", "MQ", "US", "9E", "WN", "VX", "FL", "AS"}
	airports = []string{"ATL", "ORD", "LAX", "BOS", "MCO", "CLT", "SFO", "FLL", "MIA", "DCA", "DTW", "HNL"}
)

// often draws one of all, the first ones more often.
func (m *maker) often(all []string) string {
	i := 0
	for i < len(all)-1 && m.Random.IntN(2) == 1 {
		i++
	}
	return all[i]
}

func (m *maker) flight() datasets.Flight {
	f := datasets.Flight{
		Month: 1, Day: 1 + m.Random.IntN(31), Carrier: m.often(airlines), Number: 1 + m.Random.IntN(6000),
		Origin: []string{"EWR", "JFK", "LGA"}[m.Random.IntN(3)], Dest: m.often(airports), Distance: 80 + m.Random.IntN(2600),
		Departed: m.Random.IntN(12) > 0,
	}
	if f.Departed {
		f.Delay = []int{m.Random.IntN(40) - 15, 59 + m.Random.IntN(4), m.Random.IntN(200)}[m.Random.IntN(3)]
	}
	return f
}

// line is a flight as a line of flights_2013-01.csv.
func line(f datasets.Flight) string {
	departed, delay := "NA", "NA"
	if f.Departed {
		departed, delay = "900", strconv.Itoa(f.Delay)
	}
	return fmt.Sprintf("2013,%d,%d,%s,900,%s,1100,1100,0,%s,%d,NA,%s,%s,120,%d,9,0,2013-01-01T14:00:00Z",
		f.Month, f.Day, departed, delay, f.Carrier, f.Number, f.Origin, f.Dest, f.Distance)
}

// source is an input of these rows by partition.
func source[T any](m *maker, name string, sizes []int, row func() T) check.Source {
	s := check.Source{Name: name}
	for _, size := range sizes {
		rows := []json.RawMessage{}
		for range size {
			rows = append(rows, m.Raw(row()))
		}
		s.Partitions = append(s.Partitions, rows)
	}
	return s
}

// given is an input that the function gets as plain values.
func given[T any](m *maker, name string, values []T) check.Source {
	i := -1
	return source(m, name, []int{len(values)}, func() T { i++; return values[i] })
}

// delays is a case of LongDelays. The border is there.
func (m *maker) delays(s protocol.Session, sizes []int) check.Case {
	lines := source(m, "lines", sizes, func() string { return line(m.flight()) })
	for p, rows := range lines.Partitions {
		if len(rows) > 0 {
			f := m.flight()
			f.Departed, f.Delay = true, 60
			lines.Partitions[p][m.Random.IntN(len(rows))] = m.Raw(line(f))
			break
		}
	}
	return check.Case{Name: "delays", Session: s, Sources: []check.Source{lines}}
}

func (m *maker) flights(sizes []int) check.Source { return source(m, "flights", sizes, m.flight) }

// flightsAndN is a case of the functions of flights and a number; a flight at
// least departs.
func (m *maker) flightsAndN(s protocol.Session, sizes []int, n int) check.Case {
	c := m.flightsOnly(s, sizes)
	c.Params = map[string]int{"n": n}
	return c
}

func (m *maker) flightsOnly(s protocol.Session, sizes []int) check.Case {
	return check.Case{Name: "flights", Session: s, Sources: []check.Source{m.flights(sizes)}}
}

// enoughDraws is how many cases are drawn before one that tells is despaired of.
const enoughDraws = 500

// telling draws cases of a function that returns a number until one tells the
// known mistakes apart; with all, until one shows every one of them.
func (m *maker) telling(function string, all bool, draw func() check.Case) check.Case {
	for range enoughDraws {
		c := draw()
		if apart, shown := tp01.Telling(function, c); apart && (shown || !all) {
			return c
		}
	}
	m.Fail(fmt.Errorf("no case of %s tells its mistakes apart after %d draws", function, enoughDraws))
	return check.Case{}
}

// values is a case of InTasks.
func (m *maker) values(s protocol.Session, count, n int) check.Case {
	var delays []int
	for range count {
		delays = append(delays, m.Random.IntN(900)-40)
	}
	return check.Case{Name: "values", Session: s, Params: map[string]int{"n": n}, Sources: []check.Source{given(m, "delays", delays)}}
}
