package tp09

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

// minutes is so many minutes after another time.
func minutes(at time.Time, n int) time.Time { return at.Add(time.Duration(n) * time.Minute) }

// noon is about the middle of a day, at a whole number of five minutes.
func (m *maker) noon() time.Time {
	return time.Date(2024, 1, 1, 12, 5*m.Random.IntN(12), 0, 0, time.UTC)
}

// listed is a source of one partition.
func listed[T any](m *maker, name string, rows ...T) check.Source {
	s := check.Source{Name: name, Partitions: [][]json.RawMessage{{}}}
	for _, row := range rows {
		s.Partitions[0] = append(s.Partitions[0], m.Raw(row))
	}
	return s
}

// flights is a case of exercise 1: quarters of an hour of flights, of which some leave
// late, one at the very hour, one in the hour after the one in which it was due, one
// much too late; and in the end one so young that hours close.
func (m *maker) flights(s protocol.Session, steps, most int) check.Case {
	source := check.Source{Name: "flights"}
	delay := 10 * (1 + m.Random.IntN(5))
	began := time.Date(2013, 6, 24, 9+m.Random.IntN(4), 0, 0, 0, time.UTC)
	flight := func(scheduled time.Time, late int) json.RawMessage {
		return m.Raw(datasets.Departure{
			Scheduled: scheduled, Left: minutes(scheduled, late), Carrier: m.pick("UA", "B6", "DL"),
			Origin: m.pick("EWR", "JFK", "LGA"), Dest: m.pick("ORD", "BOS", "SFO"), Delay: late,
		})
	}
	for step := range steps {
		now := minutes(began, 30*step)
		rows := []json.RawMessage{flight(now.Truncate(time.Hour), 0), flight(minutes(now, -4), 70)}
		for range 1 + m.Random.IntN(most) {
			rows = append(rows, flight(minutes(now, m.Random.IntN(35)-25), m.Random.IntN(20)))
		}
		source.Partitions = append(source.Partitions, rows)
	}
	end := minutes(began, 30*steps+delay+70)
	source.Partitions = append(source.Partitions, []json.RawMessage{flight(end, 0)},
		[]json.RawMessage{flight(minutes(began, -70), 300), flight(minutes(end, 2), 1)})
	return check.Case{Name: "flights", Session: s, Params: map[string]int{"delay": delay}, Sources: []check.Source{source}}
}

// windows is a case of BatchOf.
func (m *maker) windows(s protocol.Session, delay int, steps [][]time.Time, ends ...time.Time) check.Case {
	source := check.Source{Name: "steps"}
	for _, step := range steps {
		source.Partitions = append(source.Partitions, listed(m, "", step...).Partitions[0])
	}
	return check.Case{Name: "windows", Session: s, Params: map[string]int{"delay": delay}, Sources: []check.Source{source, listed(m, "end", ends...)}}
}

// steps is events that come in order, of which one reaches the end of the first window
// exactly, one step that brings older ones, and a window that none closes.
func (m *maker) steps(s protocol.Session, steps, most int) check.Case {
	delay, now := 5*(2+m.Random.IntN(3)), m.noon()
	first, far := minutes(now, 5), minutes(now, 10)
	all := [][]time.Time{{minutes(now, 1+m.Random.IntN(4)), minutes(far, -1)}, {now}}
	latest := minutes(far, -1)
	for step := range steps {
		next := minutes(latest, 1+m.Random.IntN(3))
		if step == steps-1 {
			next = minutes(far, delay+m.Random.IntN(2)*3)
		}
		if at := minutes(first, delay); step == steps/2 && at.After(latest) {
			next = at // equal to the end: enough
		}
		var some []time.Time
		for range m.Random.IntN(most) {
			some = append(some, minutes(next, -1-m.Random.IntN(4)))
		}
		if next.After(latest) {
			latest = next
		}
		all = append(all, append(some, next))
	}
	return m.windows(s, delay, all, first, far)
}

// disordered is steps whose latest event is neither the last of its step nor in the last
// step, and a window that no event closes, though events are past its end.
func (m *maker) disordered(s protocol.Session, steps int) check.Case {
	delay, now := 5*(2+m.Random.IntN(3)), m.noon()
	first, waits := minutes(now, 5), minutes(now, 5+5*2)
	all := [][]time.Time{{minutes(waits, -2), minutes(now, 2), minutes(now, 1)}}
	for range steps {
		at := minutes(now, 5+m.Random.IntN(5))
		all = append(all, []time.Time{at, minutes(at, -3)})
	}
	all = append(all, []time.Time{minutes(first, delay+1+m.Random.IntN(4)), minutes(now, 9)}, []time.Time{minutes(waits, delay-1), minutes(now, 8)}, []time.Time{minutes(waits, 0)})
	return m.windows(s, delay, all, first, waits)
}

// ends is a case of LastCall: the largest is neither the first nor the last when there
// are three.
func (m *maker) ends(s protocol.Session, n int) check.Case {
	now := m.noon()
	var ends []time.Time
	for i := range n {
		ends = append(ends, minutes(now, 5*i))
	}
	if n > 2 {
		ends[n/2], ends[n-1] = ends[n-1], ends[n/2]
	}
	return check.Case{Name: "ends", Session: s, Params: map[string]int{"delay": 5*n + 5*m.Random.IntN(6)}, Sources: []check.Source{listed(m, "ends", ends...)}}
}

// lateness is a batch around its watermark, after or at the end of a window: windows of
// so many slides. One event is lost, one is lost in part, one is before the watermark or
// at it and in no window that is closed, and with more events words come again.
func (m *maker) lateness(s protocol.Session, after bool, slides, events int) check.Case {
	slide := 5 * (1 + m.Random.IntN(2))
	edge := m.noon().Truncate(time.Duration(slide) * time.Minute) // the last end that is closed
	mark := edge
	if after {
		mark = minutes(mark, 1+m.Random.IntN(slide-1))
	}
	event := func(at time.Time, word string) datasets.Animal {
		return datasets.Animal{Step: 1, At: at, Word: word}
	}
	batch := []datasets.Animal{
		event(minutes(edge, -slides*slide-m.Random.IntN(slide)), "chat"), // all of them closed
		event(minutes(edge, -1-m.Random.IntN(slide)), "chien"),           // the first of them closed
		event(edge, "oie"), // none
	}
	for i := 3; i < events; i++ {
		batch = append(batch, event(minutes(edge, m.Random.IntN(slide*(slides+3))-slide*(slides+1)), m.pick("chat", "chien", "oie")))
	}
	if events > 4 {
		batch = append(batch, event(batch[0].At, "chat"), event(minutes(mark, m.Random.IntN(slide)), "hibou"))
	}
	return check.Case{
		Name: "batch", Session: s, Params: map[string]int{"length": slide * slides, "slide": slide},
		Sources: []check.Source{listed(m, "batch", batch...), listed(m, "watermark", mark)},
	}
}

// trial is a run of ByHour.
type trial struct {
	Minutes, Flights, Written, Waiting, Dropped int
}

// tried is a case of exercise 4, in an order of its own: the first one that will do is
// never the smallest.
func (m *maker) tried(s protocol.Session, percent int, all ...trial) check.Case {
	for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
		all[i], all[j] = all[j], all[i]
	}
	return check.Case{Name: "trials", Session: s, Params: map[string]int{"percent": percent}, Sources: []check.Source{listed(m, "trials", all...)}}
}

// of is a trial that loses so many flights of a thousand.
func (m *maker) of(delay, lost int) trial {
	waiting := 60 + delay/2
	return trial{delay, 1000, 1000 - lost - waiting, waiting, lost * 2 / 5}
}

// trials is n delays, the longer the less they lose; two of them at least will do.
func (m *maker) trials(s protocol.Session, n int) check.Case {
	percent := 4 + m.Random.IntN(4)
	var all []trial
	for i := range n {
		lost := percent * 10 * (n - 1 - i)
		if i >= n-2 {
			lost = percent*(n-i)*3 - m.Random.IntN(percent)
		}
		all = append(all, m.of(30*i+m.Random.IntN(20), lost))
	}
	return m.tried(s, percent, all...)
}

// equal is a delay that loses exactly the share, and a longer one that loses less.
func (m *maker) equal(s protocol.Session) check.Case {
	percent := 3 + m.Random.IntN(5)
	return m.tried(s, percent, m.of(0, 300), m.of(30, percent*10), m.of(60+m.Random.IntN(20), percent*10-1-m.Random.IntN(9)), m.of(240, 1))
}

// hopeless is delays of which none will do.
func (m *maker) hopeless(s protocol.Session) check.Case {
	percent := 1 + m.Random.IntN(3)
	all := []trial{m.of(0, 400+m.Random.IntN(100)), m.of(60, 200), m.of(120, 10*percent+1+m.Random.IntN(8))}
	for i := range all {
		all[i].Dropped = all[i].Flights - all[i].Written - all[i].Waiting // each late flight in a group of its own
	}
	return m.tried(s, percent, all...)
}

// killed is a case of exercise 5: a batch that writes rows dies at a step, with older
// events before it and newer ones after it.
func (m *maker) killed(s protocol.Session, step, steps int) check.Case {
	source := check.Source{Name: "events"}
	now := m.noon()
	for range steps {
		rows := []json.RawMessage{}
		for range 1 + m.Random.IntN(3) {
			rows = append(rows, m.Raw(datasets.Animal{Step: 1, At: minutes(now, m.Random.IntN(8)), Word: m.pick("chat", "chien", "hibou")}))
		}
		rows = append(rows, m.Raw(datasets.Animal{Step: 1, At: minutes(now, 9), Word: "âne"}))
		source.Partitions = append(source.Partitions, rows)
		now = minutes(now, 12)
	}
	// Each step moves the watermark, so batch 2n reads and batch 2n+1 writes.
	batch := 2*(steps-2) + 1
	return check.Case{Name: "events", Session: s, Params: map[string]int{"batch": batch, "step": step}, Sources: []check.Source{source}}
}

// changed is a case of exercise 6.
func (m *maker) changed(changes ...int) check.Case {
	return check.Case{Name: "changes", Session: one, Sources: []check.Source{listed(m, "changes", changes...)}}
}
