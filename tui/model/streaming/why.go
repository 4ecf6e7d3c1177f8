package streaming

import (
	"slices"
	"strings"
	"time"

	"etincelle/engine/event"
	"etincelle/grader/message"
)

// toldRows is of how many rows of a batch it is said what became of them.
const toldRows = 20

// Why explains the numbers of a step, the most telling sentence first: what was
// dropped and by which watermark, what came out and why now, what moved the
// watermark, which event would close each window that is still open.
func (s *Story) Why(m *Moment) []Note {
	lead := m.Lead()
	if lead == nil {
		return []Note{{atStart, message.Facts{"steps": s.Len()}}}
	}
	w := why{story: s, clock: s.Clock()}
	w.dropped(m)
	if n := lead.Batch.Again; n > 0 {
		w.say(ranAgain, message.Facts{"n": n})
	}
	w.closed(m)
	for i := range m.Modes {
		w.output(&m.Modes[i])
	}
	w.empty(lead)
	rows := lead.Batch.Rows
	for _, r := range rows[:min(len(rows), toldRows)] {
		w.notes = append(w.notes, s.WhyRow(lead.Query, lead.Batch, r)...)
	}
	if more := len(rows) - toldRows; more > 0 {
		w.say(oneByOne, message.Facts{"rows": more})
	}
	w.untold(lead)
	w.watermark(lead)
	w.next(lead)
	w.open(m)
	return w.notes
}

// WhyMode explains what one mode wrote in a step.
func (s *Story) WhyMode(m *Moment, mode int) []Note {
	w := why{story: s, clock: s.Clock()}
	alone := Moment{Modes: m.Modes[mode : mode+1]}
	w.closed(&alone)
	w.output(&m.Modes[mode])
	w.dropped(&alone)
	of := m.Modes[mode].Batch
	if of != nil && of.Dropped == 0 && slices.ContainsFunc(m.Modes, func(other Mode) bool { return other.Batch != nil && other.Batch.Dropped > 0 }) {
		w.say(keepsLate, message.Facts{"modes": ModeName(m.Modes[mode].Query.Mode)})
	}
	return w.notes
}

// WhyWatermark explains the watermark after a step.
func (s *Story) WhyWatermark(m *Moment) []Note {
	w := why{story: s, clock: s.Clock()}
	if lead := m.Lead(); lead != nil {
		w.next(lead)
	}
	return w.notes
}

// why gathers sentences.
type why struct {
	story *Story
	clock Clock
	notes []Note
}

func (w *why) say(t message.Text, f message.Facts) { w.notes = append(w.notes, Note{t, f}) }

// dropped explains what came too late, once for the modes that dropped it.
func (w *why) dropped(m *Moment) {
	told := map[string]bool{}
	for _, mode := range m.Modes {
		if mode.Batch == nil || mode.Batch.Dropped == 0 {
			continue
		}
		b := mode.Batch
		facts := message.Facts{"modes": modesWho(m, true), "late": w.clock.Time(b.LateBy)}
		for _, late := range b.Late {
			for _, l := range slices.SortedStableFunc(slices.Values(late.Rows), func(x, y event.LateRow) int { return compareKeys(x.Row, y.Row) }) {
				key := strings.Join(l.Row, "\x00")
				if told[key] {
					continue
				}
				told[key] = true
				f := message.Facts{"end": w.clock.Time(l.End), "late": facts["late"], "modes": facts["modes"]}
				if span, rest, is := WindowOf(l.Row); is {
					f["window"], f["key"] = w.clock.Span(span), strings.Join(rest, " ")
					w.say(droppedGroup, f)
				} else {
					f["row"] = strings.Join(l.Row, " ")
					w.say(droppedRow, f)
				}
			}
		}
		if told["count"] {
			continue
		}
		told["count"] = true
		rows := 0
		for _, r := range b.Rows {
			if r.Late || r.Partly {
				rows++
			}
		}
		if int64(rows) != b.Dropped && rows > 0 {
			w.say(lateCounts, message.Facts{"events": rows, "rows": b.Dropped})
		}
		if keeps := modesWho(m, false); len(keeps) > 0 {
			w.say(keepsLate, message.Facts{"modes": keeps})
		}
	}
}

// modesWho lists the modes that dropped rows in a step, or those that did not
// though they read the same.
func modesWho(m *Moment, dropped bool) list {
	var names list
	for _, mode := range m.Modes {
		if mode.Batch != nil && (mode.Batch.Dropped > 0) == dropped {
			names = append(names, ModeName(mode.Query.Mode))
		}
	}
	return names
}

// closed explains the windows that left the state.
func (w *why) closed(m *Moment) {
	for _, mode := range m.Modes {
		if mode.Batch == nil {
			continue
		}
		var ends []Span
		groups := map[Span]int{}
		for _, c := range mode.Batch.Changes() {
			if span, _, is := WindowOf(c.Key); is && c.What == "closed" {
				if groups[span] == 0 {
					ends = append(ends, span)
				}
				groups[span]++
			}
		}
		for _, span := range ends {
			f := message.Facts{"window": w.clock.Span(span), "end": w.clock.Time(span.End), "watermark": w.clock.Time(mode.Batch.Watermark), "rows": groups[span]}
			switch mode.Query.Mode {
			case "append":
				w.say(closedAppend, f)
			case "update":
				w.say(closedUpdate, f)
			}
		}
	}
}

// output says why a mode gave the rows that it gave.
func (w *why) output(mode *Mode) {
	f := message.Facts{"mode": ModeName(mode.Query.Mode)}
	if mode.Batch == nil {
		w.say(noBatch, f)
		return
	}
	b := mode.Batch
	total, updated, _ := b.Totals()
	f["rows"], f["total"], f["updated"], f["watermark"] = b.Out.Count, total, updated, w.clock.Time(b.Watermark)
	switch {
	case !mode.Query.Remembers():
		w.say(outAtOnce, f)
	case mode.Query.Mode == "complete":
		w.say(outComplete, f)
	case mode.Query.Mode == "update":
		w.say(outUpdate, f)
	case b.Out.Count == 0 && len(b.Open()) > 0:
		first := b.Open()[0]
		f["window"], f["end"], f["by"] = w.clock.Span(Span{first.Start, first.End}), w.clock.Time(first.End), w.clock.Time(first.ClosedBy)
		text := outNothingYet
		if b.Watermark.IsZero() {
			text = outNothingFirst
		}
		w.say(text, f)
	default:
		w.say(outAppend, f)
	}
}

func (w *why) empty(lead *Mode) {
	if lead.Batch.Empty() {
		w.say(emptyBatch, message.Facts{"reason": reason(lead.Batch.Reason)})
	}
}

// reason is the engine's own, in both languages where it is known.
func reason(text string) message.Text {
	if text == "no rows: the watermark has moved" {
		return watermarkHasMoved
	}
	return message.Both(text, text)
}

// untold says that a batch read more rows than its facts list.
func (w *why) untold(lead *Mode) {
	if more := lead.Batch.Count - int64(len(lead.Batch.Rows)); more > 0 {
		w.say(moreRows, message.Facts{"rows": more})
	}
}

// WhyRow says what became of one row in a mode.
func (s *Story) WhyRow(q *Query, b *Batch, r Row) []Note {
	clock := s.Clock()
	v := q.Judge(b, r)
	at := message.Both("", "")
	if !r.At.IsZero() {
		at = atTime
	}
	f := message.Facts{"row": r.Text(), "at": Note{at, message.Facts{"time": clock.Time(r.At)}}, "late": clock.Time(b.LateBy), "groups": groups(clock, q, b, v.Counted)}
	switch {
	case v.Late():
		f["windows"] = windows(clock, v.Dropped)
		return []Note{{rowLate, f}}
	case v.Partly():
		f["windows"] = windows(clock, v.Dropped)
		return []Note{{rowPartly, f}}
	case len(v.Counted) > 0:
		return []Note{{rowCounted, f}}
	case !q.Remembers():
		return []Note{{rowPassed, f}}
	}
	return []Note{{rowRead, f}}
}

// groups says what became of groups; a row is not alone to change one when others of
// its batch fall into it as well.
func groups(clock Clock, q *Query, b *Batch, changes []event.StateChange) list {
	var all list
	for _, c := range changes {
		f := message.Facts{"group": strings.Join(c.Key, " "), "after": cellsText(c.After), "before": cellsText(c.Before)}
		if span, _, is := WindowOf(c.Key); is {
			f["group"] = clock.Span(span)
		}
		rows := 0
		for _, r := range b.Rows {
			if q.belongs(r, c.Key) {
				rows++
			}
		}
		f["rows"] = rows
		switch {
		case c.Before == nil && rows > 1:
			all = append(all, Note{groupOpenedBy, f})
		case c.Before == nil:
			all = append(all, Note{groupOpened, f})
		case rows > 1:
			all = append(all, Note{groupUpdatedBy, f})
		default:
			all = append(all, Note{groupUpdated, f})
		}
	}
	return all
}

func windows(clock Clock, late []event.LateRow) list {
	var all list
	for _, l := range late {
		if span, _, is := WindowOf(l.Row); is {
			all = append(all, clock.Span(span))
		} else {
			all = append(all, clock.Time(l.End))
		}
	}
	return all
}

// watermark says where the one in force comes from.
func (w *why) watermark(lead *Mode) {
	b := lead.Batch
	delay, marked := lead.Query.Delay()
	switch {
	case !marked && !lead.Query.Remembers():
		w.say(nothingLate, nil)
		return
	case !marked:
		w.say(noWatermark, nil)
		return
	}
	if b.Watermark.IsZero() {
		w.say(watermarkNotYet, message.Facts{"delay": Delay(delay)})
		return
	}
	if set := lead.Set; set != nil && set.Moved != nil {
		w.say(watermarkFrom, message.Facts{"watermark": w.clock.Time(b.Watermark), "at": w.clock.Time(set.Moved.At), "batch": set.Number, "delay": Delay(lead.Query.delayOf(set.Moved))})
	}
	f := message.Facts{"late": w.clock.Time(b.LateBy), "watermark": w.clock.Time(b.Watermark)}
	switch {
	case b.LateBy.IsZero():
		w.say(noLateYet, f)
	case !b.LateBy.Equal(b.Watermark):
		w.say(lateByBefore, f)
	}
}

// next says what the next batch's watermark will be.
func (w *why) next(lead *Mode) {
	b := lead.Batch
	if _, marked := lead.Query.Delay(); !marked {
		return
	}
	f := message.Facts{"watermark": w.clock.Time(b.Next), "before": w.clock.Time(b.Watermark), "seen": w.clock.Time(b.Seen)}
	if b.Moved == nil {
		if !b.Next.IsZero() {
			w.say(watermarkStays, f)
		}
		return
	}
	f["at"], f["row"], f["delay"] = w.clock.Time(b.Moved.At), lead.Query.textOf(b.Moved.Row), Delay(lead.Query.delayOf(b.Moved))
	w.say(watermarkMoves, f)
}

// textOf is a row without its event time.
func (q *Query) textOf(cells []string) string {
	at := -1
	if len(q.Sources) > 0 {
		at = q.Sources[0].Time
	}
	return Row{Cells: cells, time: at}.Text()
}

// delayOf is the delay of the watermark that decided.
func (q *Query) delayOf(m *event.WatermarkMoved) time.Duration {
	if m.Watermark >= 0 && m.Watermark < len(q.Watermarks) {
		return q.Watermarks[m.Watermark].Delay
	}
	return 0
}

// open says which event would close each window that stays.
func (w *why) open(m *Moment) {
	i := slices.IndexFunc(m.Modes, func(mode Mode) bool { return mode.Batch != nil && mode.Query.Mode != "complete" })
	if i < 0 {
		return
	}
	for _, o := range m.Modes[i].Batch.Open() {
		f := message.Facts{"window": w.clock.Span(Span{o.Start, o.End}), "groups": o.Groups, "by": w.clock.Time(o.ClosedBy)}
		if o.ClosedBy.IsZero() {
			w.say(neverClosed, f)
		} else {
			w.say(closedBy, f)
		}
	}
}
