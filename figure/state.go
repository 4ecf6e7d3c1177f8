package figure

import (
	"fmt"
	"slices"
	"strings"

	"etincelle/grader/message"
	"etincelle/tui/model/streaming"
)

// The state of several queries, batch by batch.
//
// Of a long stream some steps are drawn, evenly, the last among them.
type stateFigure struct {
	head   string // what the queries have in common
	lines  []stateLine
	labels []string // of the steps: the rows read so far
	most   int64
	axis   string
	number func(int64) string
	notes  []string
}

type stateLine struct {
	name string
	size []int64 // by step; -1 where the query ran no batch yet
}

func drawState(queries []query, w words) (drawing, []string, error) {
	story := streaming.Beside(bare(queries))
	f := stateFigure{number: func(n int64) string { return message.Number(w.language, n) }, axis: w.say(soFarText, nil), lines: make([]stateLine, len(queries)), notes: []string{w.say(stateNote, nil)}}
	alike := func(of func(*streaming.Query) string) bool {
		return !slices.ContainsFunc(story.Queries, func(q *streaming.Query) bool { return of(q) != of(story.Queries[0]) })
	}
	named := func(q *streaming.Query) string { return w.say(modeText, message.Facts{"mode": mode(q)}) }
	delayed := func(q *streaming.Query) string { return waits(q, w) }
	switch {
	case alike(named):
		f.head, named = named(story.Queries[0]), delayed
	case alike(delayed):
		f.head = delayed(story.Queries[0])
	default:
		f.head, named = "", func(q *streaming.Query) string { return about(q, w) }
	}
	for i, q := range story.Queries {
		f.lines[i].name = named(q)
	}
	together := (story.Len() + maxPoints - 1) / maxPoints
	for p := 1; p <= story.Len(); p++ {
		if (story.Len()-p)%together != 0 {
			continue
		}
		moment := story.At(p)
		f.labels = append(f.labels, message.Number(w.language, moment.Lead().Batch.Read))
		for i, m := range moment.Modes {
			size := int64(-1)
			if m.Last != nil {
				size, _, _ = m.Last.Totals()
			}
			f.lines[i].size, f.most = append(f.lines[i].size, size), max(f.most, size)
		}
	}
	said := []string{list(f.head, f.axis) + "."}
	for _, line := range f.lines {
		var sizes []string
		for _, n := range line.size {
			if n >= 0 {
				sizes = append(sizes, message.Number(w.language, n))
			}
		}
		said = append(said, w.sentence(line.name, list(sizes...))+".")
	}
	return f, said, nil
}

const (
	maxPoints   = 300 // of a curve
	curveWidth  = 560
	curveHeight = 220
	curveLeft   = 60 // pixels for the largest number
)

// curveClass tells the lines apart by how they are drawn, not by colour alone.
var curveClass = []string{"curve", "curve dashed", "curve other", "curve other dashed"}

func (f stateFigure) paint(c *canvas) {
	c.text(margin, c.y+12, "strong", f.head)
	c.y += lineStep + 4
	x0, y0 := margin+curveLeft, c.y+6
	foot := y0 + curveHeight
	x := func(step int) int { return x0 + step*curveWidth/max(len(f.labels)-1, 1) }
	y := func(n int64) int { return foot - int(float64(n)/float64(max(f.most, 1))*(curveHeight-10)) }
	c.line("edge", x0, y0, x0, foot)
	c.line("edge", x0, foot, x0+curveWidth, foot)
	c.right(x0-6, y(f.most)+4, "soft small", f.number(f.most))
	c.right(x0-6, foot+4, "soft small", "0")
	every := max((len(f.labels)+11)/12, 1)
	for i, label := range f.labels {
		if i%every == 0 {
			c.middle(x(i), foot+16, "soft small", label)
		}
	}
	for i, line := range f.lines {
		path, class := "", curveClass[i%len(curveClass)]
		for step, n := range line.size {
			if n >= 0 {
				path += fmt.Sprintf("%s%d %d", string("ML"[min(len(path), 1)]), x(step), y(n))
			}
		}
		if last := line.size[len(line.size)-1]; last >= 0 {
			c.text(x0+curveWidth+8, y(last)+4, "small halo", f.number(last))
		}
		fmt.Fprintf(&c.b, "<path class=\"%s\" d=\"%s\"/>\n", class, path)
	}
	c.text(x0, foot+34, "soft small", f.axis)
	c.y = foot + 44
	for i, line := range f.lines {
		fmt.Fprintf(&c.b, "<path class=\"%s\" d=\"M%d %dL%d %d\"/>\n", curveClass[i%len(curveClass)], margin, c.y+8, margin+36, c.y+8)
		c.text(margin+46, c.y+12, "small", line.name)
		c.y += lineStep
	}
	for _, note := range f.notes {
		c.text(margin, c.y+12, "soft small", note)
		c.y += lineStep
	}
}

func (f stateFigure) write(s *sheet) {
	side := width(f.axis)
	for _, label := range f.labels {
		side = max(side, width(label))
	}
	wide := (sheetWidth - side - 2) / len(f.lines)
	line := func(label string, of func(stateLine) string) {
		text := " " + strings.Repeat(" ", side-width(label)) + label
		for _, l := range f.lines {
			part := cut(of(l), wide-1)
			text += " " + part + strings.Repeat(" ", wide-1-width(part))
		}
		s.line(text)
	}
	s.line("")
	if f.head != "" {
		s.line(" " + f.head)
	}
	line(f.axis, func(l stateLine) string { return l.name })
	for _, step := range f.thinned() {
		line(f.labels[step], func(l stateLine) string {
			n := l.size[step]
			if n < 0 {
				return missing
			}
			return list2(gauge(n, f.most, wide-2-width(f.number(f.most))), f.number(n))
		})
	}
	for _, note := range f.notes {
		s.line(" " + note)
	}
}

// thinned are the steps that text shows: a page of them, evenly, the last among them.
func (f stateFigure) thinned() []int {
	var kept []int
	every := max((len(f.labels)+maxSteps-1)/maxSteps, 1)
	for i := range f.labels {
		if (len(f.labels)-1-i)%every == 0 {
			kept = append(kept, i)
		}
	}
	return kept
}
