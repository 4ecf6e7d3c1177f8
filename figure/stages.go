package figure

import (
	"math"
	"slices"
	"strings"

	"etincelle/engine/event"
	"etincelle/grader/message"
)

// The stages of jobs: a box for each, a square for each task, an arrow for each
// shuffle. What was skipped is dashed and says why. In SVG a stage stands as far
// to the right as what reads it allows, so that arrows pass few boxes.

const (
	boxWidth  = 216
	boxPad    = 12
	betweenX  = 132 // room for an arrow and its words
	betweenY  = 22
	square    = 14
	squares   = 10 // in a row
	squareGap = 4
)

// jobStages is one job with its words.
type jobStages struct {
	head  string
	boxes []stageBox // as in the job's Ran
	edges []wire
}

// stageBox is one stage, ready to be drawn.
type stageBox struct {
	head, tasks string // "Stage 1", "4 tasks"
	operations  string
	facts       []string
	count, done int // tasks in all, and those that succeeded
	dashed      bool
	failed      bool
	column      int
	x, y, h     int
}

// wire is a shuffle with its words.
type wire struct {
	edge
	name, moved string // "shuffle 0", "61 rows"
	said        string // both, and which stage reads it
}

type stagesFigure []jobStages

func drawStages(jobs []job, w words) (drawing, []string) {
	var figure stagesFigure
	var said []string
	for _, j := range jobs {
		drawn := jobStages{head: jobHead(j, w)}
		said = append(said, drawn.head+".")
		for _, s := range j.Ran {
			drawn.boxes = append(drawn.boxes, describe(j, s, w))
		}
		for _, e := range j.edges() {
			rows := ""
			if e.rows >= 0 {
				rows = w.rows(e.rows)
			}
			name := w.say(shuffleText, message.Facts{"shuffle": e.shuffle})
			reader := w.say(toStage, message.Facts{"stage": j.Ran[e.to].ID})
			drawn.edges = append(drawn.edges, wire{e, name, rows, w.sentence(name, list(rows, reader))})
		}
		drawn.columns()
		for i, b := range drawn.boxes {
			said = append(said, w.sentence(b.head, list(append([]string{b.operations, b.tasks}, b.facts...)...))+".")
			for _, e := range drawn.edges {
				if e.from == i {
					said = append(said, e.said+".")
				}
			}
		}
		figure = append(figure, drawn)
	}
	return figure, said
}

// jobHead names a job, and says why when it failed.
func jobHead(j job, w words) string {
	head := w.say(jobText, message.Facts{"job": j.Job, "about": cut(j.about(), 40)})
	if j.Description != "" {
		head += " — " + cut(plain(j.Description), 60)
	}
	if j.Error != "" {
		head += " — " + w.say(jobFailed, message.Facts{"cause": cut(plain(j.Error), 60)})
	}
	return head
}

// describe puts a stage into words.
func describe(j job, s event.StageDigest, w words) stageBox {
	b := stageBox{
		head: w.say(stageText, message.Facts{"stage": s.ID}), tasks: w.say(tasksText, message.Facts{"tasks": s.Tasks}),
		operations: strings.Join(j.operations(s), " → "), count: max(s.Tasks, 0), done: s.Done, failed: s.Failed > 0,
	}
	fact := func(t message.Text, facts message.Facts) { b.facts = append(b.facts, w.say(t, facts)) }
	m := s.Metrics
	switch {
	case s.Skipped && s.WrittenBy >= 0:
		b.dashed = true
		b.head += " — " + w.say(skippedText, nil)
		b.facts = append(b.facts, w.say(shuffleText, message.Facts{"shuffle": s.Writes}), w.say(writtenBy, message.Facts{"stage": s.WrittenBy}))
	case s.Skipped:
		b.dashed = true
		b.head += " — " + w.say(skippedText, nil)
		fact(notNeeded, nil)
	case s.Attempts == 0:
		b.dashed = true
		fact(notRun, nil)
	}
	if rows := m.Input + m.ShuffleRead; rows > 0 {
		fact(readsText, message.Facts{"rows": rows})
	}
	if m.Combined > m.ShuffleWrite {
		fact(combinesText, message.Facts{"rows": m.Combined, "written": m.ShuffleWrite})
	}
	if m.Result > 0 {
		fact(returnsText, message.Facts{"rows": m.Result})
	}
	if s.Failed > 0 {
		fact(failedTasks, message.Facts{"tasks": s.Failed})
	}
	if s.Attempts > 1 {
		fact(attempts, message.Facts{"attempts": s.Attempts})
	}
	b.h = 2*boxPad + lineStep*(2+len(b.facts)) + b.rows()*(square+squareGap)
	return b
}

// rows is how many rows of squares a box has.
func (b stageBox) rows() int { return (min(b.count, maxTasks) + squares - 1) / squares }

func (f stagesFigure) paint(c *canvas) {
	for _, j := range f {
		c.text(margin, c.y+14, "strong", j.head)
		c.y += lineStep + 8
		c.y += j.place(c.y) + betweenY
		for _, e := range j.edges {
			from, to := j.boxes[e.from], j.boxes[e.to]
			x1, y1, x2, y2 := from.x+boxWidth, from.y+from.h/2, to.x, to.y+to.h/2
			thick := 2 + int(math.Log10(float64(max(e.rows, 1)))+0.5)
			c.arrow(x1, y1, x2, y2, thick)
			// The words stand where the arrow leaves, on the side from which it turns away.
			name, moved := y1-6-thick/2, y1+14+thick/2
			if y2 > y1+lineStep {
				name, moved = name-14, name
			} else if y2 < y1-lineStep {
				name, moved = moved, moved+14
			}
			c.text(x1+8, name, "small halo", e.name)
			c.text(x1+8, moved, "small halo", e.moved)
		}
		for _, b := range j.boxes {
			b.paint(c)
		}
	}
}

// columns gives each stage its column: first as far left as what it reads allows,
// then as far right as what reads it does.
func (j jobStages) columns() {
	for _, e := range j.edges {
		j.boxes[e.to].column = max(j.boxes[e.to].column, j.boxes[e.from].column+1)
	}
	for i := range slices.Backward(j.boxes) {
		limit := -1
		for _, e := range j.edges {
			if e.from == i && (limit < 0 || j.boxes[e.to].column-1 < limit) {
				limit = j.boxes[e.to].column - 1
			}
		}
		j.boxes[i].column = max(j.boxes[i].column, limit)
	}
}

// place puts each box in its column, columns centred on each other, and gives the height.
func (j jobStages) place(top int) int {
	var heights []int
	for _, b := range j.boxes {
		for len(heights) <= b.column {
			heights = append(heights, -betweenY)
		}
		heights[b.column] += b.h + betweenY
	}
	if len(heights) == 0 {
		return 0
	}
	height := slices.Max(heights)
	next := make([]int, len(heights))
	for i := range j.boxes {
		b := &j.boxes[i]
		b.x, b.y = margin+b.column*(boxWidth+betweenX), top+(height-heights[b.column])/2+next[b.column]
		next[b.column] += b.h + betweenY
	}
	return height
}

func (b stageBox) paint(c *canvas) {
	class := "box"
	if b.dashed {
		class = "box off"
	}
	c.rect(class, b.x, b.y, boxWidth, b.h, 6)
	x, y := b.x+boxPad, b.y+boxPad+12
	c.text(x, y, "strong", b.head)
	if !b.dashed {
		c.right(b.x+boxWidth-boxPad, y, "soft", b.tasks)
	}
	y += lineStep
	c.text(x, y, "soft small", fitted(b.operations, "small", boxWidth-2*boxPad))
	y += 8
	for i := range min(b.count, maxTasks) {
		class := "mark"
		if i >= b.done {
			class = "empty"
		}
		if b.count > maxTasks && i == maxTasks-1 {
			c.text(x+i%squares*(square+squareGap)+2, y+i/squares*(square+squareGap)+12, "soft", "…")
			break
		}
		c.rect(class, x+i%squares*(square+squareGap), y+i/squares*(square+squareGap), square, square, 2)
	}
	y += b.rows()*(square+squareGap) + 12
	for _, fact := range b.facts {
		class := "small"
		if b.failed {
			class = "small strong"
		}
		c.text(x, y, class, fitted(fact, class, boxWidth-2*boxPad))
		y += lineStep
	}
}

func (f stagesFigure) write(s *sheet) {
	for _, j := range f {
		s.line("")
		s.line(j.head)
		for i, b := range j.boxes {
			shown := min(b.count, maxTasks)
			done := min(b.done, shown)
			head := b.head + " — " + b.tasks + " " + strings.Repeat("■", done) + strings.Repeat("□", shown-done)
			if b.count > maxTasks {
				head += "…"
			}
			s.box(head, append([]string{b.operations}, b.facts...), b.dashed)
			for _, e := range j.edges {
				if e.from == i {
					s.line("    ║ " + e.said)
					s.line("    ▼")
				}
			}
		}
	}
}
