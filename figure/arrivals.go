package figure

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"etincelle/grader/message"
	"etincelle/tui/model/streaming"
)

// Event time against arrival: event time runs to the right, batches go down, each
// row that arrived is a mark with its word. What lies behind the watermark is
// shaded: its edge goes down the figure as a stair that never turns back. Below,
// the windows of the state, each with the batch that closed it. A batch with many
// rows is drawn by how many there are of each time.
//
//	facts of the figure          this file
//	as SVG                       arrivals_svg.go
//	as text                      arrivals_text.go

const (
	maxMarks   = 10 // rows of a batch that are drawn one by one
	maxLines   = 30 // of batches: more are drawn several to a line
	maxWindows = 24 // brackets
	cells      = 64 // of a batch drawn by density
)

// fate is what became of a row.
type fate int

const (
	counted fate = iota
	partly       // some of its windows were over
	dropped      // it came too late
)

// mark is one row that arrived.
type mark struct {
	at   float64 // on the axis
	word string
	fate fate
}

// arrival is one batch, or a few.
type arrival struct {
	label   string
	note    string  // how many rows, or that there were none
	behind  float64 // the watermark on the axis, -1 when there is none
	marks   []mark
	dense   bool
	seen    [3]bool // which fates there are
	density [cells]int64
	lost    [cells]int64 // of them those that came too late
}

// bracket is one window.
type bracket struct {
	from, to float64
	closed   string // by which batch, "" while it is open
	number   string // of that batch, where there is no room for more
}

type arrivalsFigure struct {
	head     string
	ticks    []tick
	arrivals []arrival
	most     int64 // rows in a cell of a dense batch
	windows  []bracket
	signs    [3]string // what each fate is called
	seen     [3]bool   // which of them are drawn
	open     string    // the words below
	windowed string
	behind   string
	legend   []string
}

func drawArrivals(queries []query, w words) (drawing, []string, error) {
	q := queries[0]
	clock := streaming.Beside(bare(queries[:1])).Clock()
	windows := windowsOf(q.Query)
	crowded := len(windows) > maxWindows
	var times []time.Time
	for _, b := range q.Batches {
		for _, r := range b.Rows {
			if !r.At.IsZero() {
				times = append(times, r.At)
			}
		}
	}
	if len(times) == 0 {
		return nil, nil, fmt.Errorf("found no event time in the rows of query %d, expected a query with a watermark, or with a window on a time of its source", q.number)
	}
	for _, b := range q.Batches {
		if !b.Watermark.IsZero() {
			times = append(times, b.Watermark)
		}
	}
	if !crowded {
		for _, one := range windows {
			times = append(times, one.Start, one.End)
		}
	}
	a := newAxis(times, clock)
	f := arrivalsFigure{head: about(q.Query, w), ticks: a.ticks(w.language), open: w.say(openText, nil), windowed: w.say(windowsText, nil), behind: w.say(behindText, nil)}
	for i, text := range []message.Text{countedText, partlyText, droppedText} {
		f.signs[i] = w.say(text, nil)
	}
	said := []string{f.head + "."}
	together := (len(q.Batches) + maxLines - 1) / maxLines
	for batches := range slices.Chunk(q.Batches, together) {
		one, sentence := arrived(batches, a, w)
		f.arrivals, said = append(f.arrivals, one), append(said, sentence)
		for i := range f.seen {
			f.seen[i] = f.seen[i] || one.seen[i]
		}
		for _, n := range one.density {
			f.most = max(f.most, n)
		}
	}
	if f.most > 0 {
		f.legend = append(f.legend, w.say(densityText, message.Facts{"rows": f.most}))
	}
	if crowded {
		f.legend = append(f.legend, w.say(crowdedText, message.Facts{"windows": len(windows)}))
		windows = nil
	}
	if slices.ContainsFunc(windows, func(one window) bool { return one.closed != nil }) {
		f.legend = append(f.legend, w.say(bracketText, nil))
	}
	for _, one := range windows {
		b := bracket{from: a.at(one.Start), to: a.at(one.End)}
		status := f.open
		if one.closed != nil {
			b.closed = w.say(batchText, message.Facts{"batch": one.closed.Number})
			b.number = fmt.Sprint(one.closed.Number)
			status = w.say(closedText, message.Facts{"batch": one.closed.Number})
		}
		f.windows = append(f.windows, b)
		said = append(said, w.sentence(w.say(windowText, message.Facts{"window": clock.Span(one.Span)}), status)+".")
	}
	return f, said, nil
}

// arrived reads what arrived in some batches that follow each other.
func arrived(batches []*streaming.Batch, a axis, w words) (arrival, string) {
	last := batches[len(batches)-1]
	one := arrival{label: w.say(batchText, message.Facts{"batch": batches[0].Number}), behind: -1}
	if len(batches) > 1 {
		one.label = w.say(batchesText, message.Facts{"first": batches[0].Number, "last": last.Number})
	}
	if !last.Watermark.IsZero() {
		one.behind = a.at(last.Watermark)
	}
	var rows, told, late int64
	var each []string
	for _, b := range batches {
		rows += b.Count
		for _, r := range b.Rows {
			told++
			became := counted
			switch {
			case r.Late:
				became, late = dropped, late+1
			case r.Partly:
				became = partly
			}
			one.seen[became] = true
			if r.At.IsZero() {
				continue
			}
			m := mark{a.at(r.At), word(r), became}
			cell := min(int(m.at*cells), cells-1)
			one.density[cell]++
			if became == dropped {
				one.lost[cell]++
			}
			if one.marks = append(one.marks, m); len(each) < maxMarks {
				said := list2(a.clock.Time(r.At).In(w.language), m.word)
				if became != counted {
					said += " (" + w.say([]message.Text{countedText, partlyText, droppedText}[became], nil) + ")"
				}
				each = append(each, said)
			}
		}
	}
	slices.SortStableFunc(one.marks, func(x, y mark) int { return int((x.at - y.at) * 1e9) })
	watermark := w.say(watermarkText, message.Facts{"watermark": a.clock.Time(last.Watermark)})
	if one.dense = len(one.marks) > maxMarks || told < rows; one.dense {
		one.marks, each = nil, nil
	} else {
		one.density, one.lost = [cells]int64{}, [cells]int64{}
	}
	switch {
	case rows == 0:
		one.note = w.say(noRowsText, nil)
	case one.dense:
		one.note = w.rows(rows)
		if told < rows {
			one.note = list(one.note, w.say(toldText, message.Facts{"told": told}))
		}
		if late > 0 {
			one.note = list(one.note, w.say(lateText, message.Facts{"late": late}))
		}
	}
	return one, w.sentence(one.label, list(watermark, one.note, strings.Join(each, ", "))) + "."
}

// label is what fits into a bracket: which batch closed it, or its number at least.
func (b bracket) label(open string, fits func(string) bool) string {
	whole := b.closed
	if whole == "" {
		whole = open
	}
	for _, text := range []string{whole, b.number} {
		if fits(text) {
			return text
		}
	}
	return ""
}

// lanes puts things that take from..to of a line into lanes, so that none covers
// another; it gives each its lane, and how many there are.
func lanes(taken [][2]int) (of []int, count int) {
	var ends [][][2]int
	for _, t := range taken {
		lane := slices.IndexFunc(ends, func(there [][2]int) bool {
			return !slices.ContainsFunc(there, func(o [2]int) bool { return t[0] < o[1] && o[0] < t[1] })
		})
		if lane < 0 {
			lane, ends = len(ends), append(ends, nil)
		}
		ends[lane] = append(ends[lane], t)
		of = append(of, lane)
	}
	return of, len(ends)
}
