package streaming

import (
	"slices"

	"etincelle/tui/canvas"
	model "etincelle/tui/model/streaming"
)

// One line of the panel of time: where the signs of a step go, and which goes aside
// when two would be in one place.

// grid is the cells of one step.
type grid struct {
	axis
	cells   []rune
	roles   []canvas.Role
	rows    [][]model.Row // by column
	outside []model.Row   // left of the axis
	look    canvas.Role   // of those
	sign    rune
}

func newGrid(a axis) *grid {
	g := &grid{axis: a, cells: make([]rune, a.columns), roles: make([]canvas.Role, a.columns), rows: make([][]model.Row, a.columns)}
	for i := range g.cells {
		g.cells[i] = ' '
	}
	return g
}

func (g *grid) put(column int, r rune, role canvas.Role) {
	if column >= 0 && column < g.columns {
		g.cells[column], g.roles[column] = r, role
	}
}

// free reports whether columns hold no row.
func (g *grid) free(from, to int) bool {
	if from < 0 || to > g.columns {
		return false
	}
	return !slices.ContainsFunc(g.rows[from:to], func(there []model.Row) bool { return len(there) > 0 })
}

// putRow draws a row: its letter, how many there are, or what became of it.
func (g *grid) putRow(r model.Row, sign rune, here, chosen bool) {
	if r.At.IsZero() {
		return
	}
	at := min(g.column(r.At), g.columns-1)
	there := &g.outside
	if at >= 0 {
		there = &g.rows[at]
	}
	*there = append(*there, r)
	look := canvas.Normal
	if here {
		look = canvas.Active
	}
	if n := len(*there); n > 9 {
		sign = '+'
	} else if n > 1 {
		sign = rune('0' + n)
	}
	switch dropped := func(r model.Row) bool { return r.Late || r.Partly }; {
	case r.Late:
		look, sign = canvas.Bad, '✗'
	case r.Partly:
		look, sign = canvas.Bad, '±'
	case at >= 0 && slices.ContainsFunc(*there, dropped): // it is not hidden by what was not
		look, sign = canvas.Bad, g.cells[at]
	}
	if chosen {
		look = canvas.Chosen
	}
	if at < 0 {
		g.look, g.sign = look, sign
		return
	}
	g.put(at, sign, look)
}

// putWatermark draws the watermark in force and returns its column. Where a row is in
// that column both show: the sign goes to the side where the watermark lies.
func (g *grid) putWatermark(b *model.Batch) int {
	if b.Watermark.IsZero() {
		return -1
	}
	at := g.column(b.Watermark)
	if at >= 0 && at < g.columns && !g.free(at, at+1) {
		left, right := at-1, at+1
		if g.rows[at][0].At.Before(b.Watermark) {
			left, right = right, left
		}
		switch {
		case g.free(left, left+1):
			at = left
		case g.free(right, right+1):
			at = right
		default:
			return at
		}
	}
	g.put(at, '┃', canvas.Strong)
	return at
}

// putOutside tells of the rows left of the axis: their sign and the time of the first, at
// the edge where that hides nothing.
func (g *grid) putOutside(p *page) {
	if len(g.outside) == 0 {
		return
	}
	first := slices.MinFunc(g.outside, func(a, b model.Row) int { return a.At.Compare(b.At) })
	text := []rune("◀" + string(g.sign) + " " + p.story.Clock().Time(first.At).In(p.Language) + " ")
	n := len(text)
	if !g.free(0, n) || slices.Contains(g.cells[:n], '┃') {
		g.put(0, '◀', g.look)
		if right := g.columns - n; g.free(right, g.columns) && !slices.Contains(g.cells[right:], '┃') {
			g.write(right, text)
		}
		return
	}
	g.write(0, text)
}

func (g *grid) write(at int, text []rune) {
	for i, r := range text {
		g.put(at+i, r, g.look)
	}
}

// spans joins cells of one role.
func spans(cells []rune, roles []canvas.Role) canvas.Line {
	var line canvas.Line
	for from := 0; from < len(cells); {
		to := from
		for to < len(cells) && roles[to] == roles[from] {
			to++
		}
		line = append(line, canvas.Say(roles[from], string(cells[from:to])))
		from = to
	}
	return line
}
