package tp03

import (
	"encoding/json"
	"fmt"
	"slices"

	"etincelle/grader/check"
	"etincelle/grader/hidden"
	"etincelle/grader/protocol"
)

// flight is a row of the input, as datasets.Flight writes itself. Every text has
// one length, so that blocks have a size that can be told beforehand.
type flight struct {
	Month, Day         int
	Carrier            string
	Number             int
	Tail, Origin, Dest string
	Distance           int
	Departed           bool
	Delay              int
}

// What a block of flights takes in memory, in bytes, as engine/storage.Size counts:
// a test holds these numbers against it.
const (
	rowBytes   = 126 // a flight and its texts
	blockBytes = 24  // the slice
)

// maker draws cases.
type maker struct{ hidden.Maker }

// flights draws rows for partitions of these sizes.
func (m *maker) flights(name string, sizes []int) check.Source {
	s := check.Source{Name: name}
	for _, size := range sizes {
		rows := []json.RawMessage{}
		for range size {
			rows = append(rows, m.Raw(m.flight()))
		}
		s.Partitions = append(s.Partitions, rows)
	}
	return s
}

func (m *maker) flight() flight {
	pick := func(from ...string) string { return from[m.Random.IntN(len(from))] }
	f := flight{
		Month: 1, Day: 1 + m.Random.IntN(31), Carrier: pick("UA", "B6", "EV", "DL"), Number: 1 + m.Random.IntN(6000),
		Tail: fmt.Sprintf("N%05d", m.Random.IntN(100000)), Origin: pick("EWR", "JFK", "LGA"), Dest: pick("IAH", "MIA", "ORD", "LAX"),
		Distance: 80 + m.Random.IntN(2600), Departed: m.Random.IntN(5) > 0, Delay: m.Random.IntN(200) - 20,
	}
	if !f.Departed {
		f.Delay = 500 + m.Random.IntN(500) // means nothing, so it says something: who counts it is found out
	}
	return f
}

// filled are n partitions of half of most rows to most, so that none is empty.
func (m *maker) filled(n, most int) []int {
	sizes := make([]int, n)
	for i := range sizes {
		sizes[i] = most/2 + m.Random.IntN(most-most/2+1)
	}
	return sizes
}

// limits are n different limits in minutes, in no order.
func (m *maker) limits(n int) check.Source {
	s := check.Source{Name: "limits", Partitions: make([][]json.RawMessage, 1)}
	for _, i := range m.Random.Perm(n) {
		s.Partitions[0] = append(s.Partitions[0], m.Raw(-10+i*150/n+m.Random.IntN(150/n)))
	}
	return s
}

// late is a case of exercise 1.
func (m *maker) late(s protocol.Session, sizes []int, limits int) check.Case {
	return check.Case{Name: "late", Session: s, Sources: []check.Source{m.flights("flights", sizes), m.limits(limits)}}
}

// bytes is what partitions of these sizes take in memory.
func bytes(sizes []int) int {
	total := 0
	for _, size := range sizes {
		total += blockBytes + rowBytes*size
	}
	return total
}

// counted is a case of exercise 2: memory for often and the larger of the two
// others, and for a third of the smaller one besides.
func (m *maker) counted(s protocol.Session, often, first, second []int) check.Case {
	s.Memory = bytes(often) + max(bytes(first), bytes(second)) + min(bytes(often), bytes(first), bytes(second))/3
	return check.Case{Name: "count", Session: s, Sources: []check.Source{
		m.flights("often", often), m.flights("first", first), m.flights("second", second),
	}}
}

// with is a case of one dataset and some numbers.
func (m *maker) with(name string, s protocol.Session, sizes []int, params map[string]int) check.Case {
	return check.Case{Name: name, Session: s, Params: params, Sources: []check.Source{m.flights("flights", sizes)}}
}

// published is a case of Resume: flights that another program leaves in n partitions.
func (m *maker) published(s protocol.Session, rows, n int) check.Case {
	return check.Case{
		Name: "resume", Session: s, Params: map[string]int{"miles": 600 + m.Random.IntN(1000), "partitions": n},
		Sources: []check.Source{m.flights("published", []int{rows})},
	}
}

// kept is a case of exercise 6. room is the part of the rows that memory has room
// for, in percent; 0 is as much as one likes.
func (m *maker) kept(s protocol.Session, sizes []int, situation, room int) check.Case {
	if room > 0 {
		// A whole block more than half of them all: some fit, and never all.
		s.Memory = max(bytes(sizes)*room/100, bytes([]int{slices.Max(sizes)}))
	}
	return m.with("keep", s, sizes, map[string]int{"situation": situation})
}
