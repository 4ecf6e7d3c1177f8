package streaming

import (
	"slices"
	"strings"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/streaming"
)

// The panel of the state: a line a window, a column a key; what this step changed
// has a ▲, what it closed a word.

// stateLines are the state of the mode in focus. first is the first line that this
// step touched.
func (p *page) stateLines(width int) (lines canvas.Listing, first int) {
	mode := p.modeInFocus()
	if mode.Last == nil || len(mode.Last.State) == 0 {
		none := noState
		if mode.Last != nil && !mode.Query.Remembers() {
			none = stateless
		}
		for _, s := range canvas.Wrap(p.Say(none, nil), width) {
			lines.Add(canvas.Text(canvas.Faint, s))
		}
		return lines, 0
	}
	pivot := newPivot(mode.Table)
	open := map[model.Span]event.OpenWindow{}
	for _, o := range mode.Last.Open() {
		open[model.Span{Start: o.Start, End: o.End}] = o
	}
	word := canvas.Columns(p.Say(closedNow, nil)) + 1
	if columns, fits := pivot.columns(width, p.windowWidth(), word); fits {
		lines, first = p.pivotLines(pivot, columns, open, width)
	} else {
		lines, first = p.groupLines(mode)
	}
	if mode.Partial {
		lines.Add(canvas.Text(canvas.Bad, p.Say(partialState, nil)))
	}
	total, updated, removed := mode.Last.Totals()
	if mode.Batch == nil {
		updated, removed = 0, 0
	}
	dropped := int64(0)
	if mode.Batch != nil {
		dropped = mode.Batch.Dropped
	}
	facts := message.Facts{"total": total, "updated": updated, "removed": removed, "dropped": dropped}
	for _, s := range canvas.Wrap(p.Say(stateCounts, facts), width) {
		lines.Add(canvas.Text(canvas.Faint, s))
	}
	return lines, first
}

// pivot is a state whose groups have a window and one cell more.
type pivot struct {
	windows []model.Span
	keys    []string
	groups  map[model.Span]map[string]model.Group
	simple  bool
}

func newPivot(table []model.Group) pivot {
	t := pivot{groups: map[model.Span]map[string]model.Group{}, simple: len(table) > 0}
	for _, g := range table {
		w, rest, is := model.WindowOf(g.Key)
		if !is || len(rest) != 1 || len(g.Value) > 1 {
			t.simple = false
			return t
		}
		if t.groups[w] == nil {
			t.groups[w] = map[string]model.Group{}
			t.windows = append(t.windows, w)
		}
		if !slices.Contains(t.keys, rest[0]) {
			t.keys = append(t.keys, rest[0])
		}
		t.groups[w][rest[0]] = g
	}
	slices.Sort(t.keys)
	return t
}

// columns is how wide each key's column is, when they all fit; a window that closes has
// a word after them.
func (t pivot) columns(width, window, word int) (n int, fits bool) {
	if !t.simple {
		return 0, false
	}
	for _, k := range t.keys {
		n = max(n, canvas.Columns(canvas.Clean(k))+1)
		for _, w := range t.windows {
			if g, there := t.groups[w][k]; there && len(g.Value) > 0 {
				n = max(n, canvas.Columns("▲"+canvas.Clean(g.Value[0]))+1)
			}
		}
	}
	const easy = 5 // columns that are easy to read
	if window+max(n, easy)*len(t.keys)+word <= width {
		return max(n, easy), true
	}
	return n, window+n*len(t.keys)+1 <= width
}

func (p *page) pivotLines(t pivot, n int, open map[model.Span]event.OpenWindow, width int) (lines canvas.Listing, first int) {
	ww := p.windowWidth()
	head := canvas.Fit(p.Say(windowWord, nil), ww)
	for _, k := range t.keys {
		head += canvas.FitRight(canvas.Clean(k), n)
	}
	lines.Add(canvas.Text(canvas.Faint, head))
	first = -1
	for _, w := range t.windows {
		line := canvas.Line{canvas.Say(canvas.Normal, canvas.Fit(p.story.Clock().Span(w).In(p.Language), ww))}
		closed, touched := false, false
		for _, k := range t.keys {
			g, there := t.groups[w][k]
			cell, look := "·", canvas.Faint
			if there {
				cell, look = strings.Join(p.cells(g.Value), " "), canvas.Normal
				switch g.Touched {
				case "opened", "updated":
					cell, look, touched = "▲"+cell, canvas.Active, true
				case "closed":
					closed, touched = true, true
				}
			}
			line = append(line, canvas.Say(look, canvas.FitRight(cell, n)))
		}
		if touched && first < 0 {
			first = len(lines)
		}
		note, look := "", canvas.Faint
		if o, is := open[w]; is && !o.ClosedBy.IsZero() {
			note = p.Say(closesAt, message.Facts{"by": p.story.Clock().Time(o.ClosedBy)})
		}
		if closed {
			note, look = p.Say(closedNow, nil), canvas.Bad
		}
		if line.Columns()+2+canvas.Columns(note) <= width || closed {
			gap := min(max(width-line.Columns()-canvas.Columns(note), 1), 2)
			line = append(line, canvas.Say(look, strings.Repeat(" ", gap)+note))
		}
		lines.Add(line)
	}
	return lines, max(first, 0)
}

// groupLines is the state as a list, for keys of any shape.
func (p *page) groupLines(mode *model.Mode) (lines canvas.Listing, first int) {
	first = -1
	for _, g := range mode.Table {
		text := strings.Join(p.cells(g.Key), "  ")
		look := canvas.Normal
		switch g.Touched {
		case "opened", "updated":
			look = canvas.Active
			text = "▲ " + text
		case "closed":
			look, text = canvas.Bad, p.Say(closedNow, nil)+" "+text
		default:
			text = "  " + text
		}
		if g.Touched != "" && first < 0 {
			first = len(lines)
		}
		value := strings.Join(p.cells(g.Value), "  ")
		if g.Before != nil {
			value += "  " + p.Say(was, message.Facts{"before": strings.Join(p.cells(g.Before), " ")})
		}
		lines.Add(canvas.Text(look, text+"  "+value))
	}
	return lines, max(first, 0)
}

// cells are a row's, windows as the screen writes them.
func (p *page) cells(row []string) []string {
	out := make([]string, len(row))
	for i, c := range row {
		out[i] = model.Cell(c)
		if w, is := model.SpanOf(c); is {
			out[i] = p.story.Clock().Span(w).In(p.Language)
		}
	}
	return out
}

// windowWidth is the columns of a window's text and a blank after it.
func (p *page) windowWidth() int {
	if p.story.Clock().Days {
		return 18
	}
	return 13
}
