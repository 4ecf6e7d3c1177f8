package view

import (
	"fmt"
	"strings"

	"etincelle/tui/canvas"
	"etincelle/tui/model"
)

// mostSizes is how many partitions are drawn by size; the others are counted.
const mostSizes = 8

// sizes draws the partitions of the stage that ran last by the rows that they read, the
// largest first: a skew is seen at once. nil when there are not two to compare, or they
// read nothing.
func (p *page) sizes(j *model.Job, n int) []canvas.Line {
	last := j.LastTask()
	if last == nil {
		return nil
	}
	stage := j.Stage(last.Stage)
	if stage == nil {
		return nil
	}
	sizes, median := stage.Sizes()
	if len(sizes) < 2 || sizes[0].Rows <= 0 {
		return nil
	}
	facts := model.Facts{"stage": stage.ID, "most": sizes[0].Rows, "median": median}
	head := p.word(sizesOf, facts)
	if median > 0 && sizes[0].Rows > median {
		facts["times"] = float64(sizes[0].Rows) / float64(median)
		head += " " + p.word(sizesSkew, facts)
	}
	var lines []canvas.Line
	for _, s := range canvas.Wrap(head, n) {
		lines = append(lines, canvas.Text(canvas.Strong, s))
	}
	room := max(n-16, 4)
	for _, size := range sizes[:min(len(sizes), mostSizes)] {
		long := 0
		if size.Rows > 0 {
			long = share(size.Rows, sizes[0].Rows, room)
		}
		lines = append(lines, canvas.Line{canvas.Say(canvas.Normal, canvas.FitRight(fmt.Sprint(size.Partition), 5)+" "),
			canvas.Say(canvas.Active, strings.Repeat("█", long)), canvas.Say(canvas.Normal, " "+model.Number(p.Language, size.Rows))})
	}
	if rest := len(sizes) - mostSizes; rest > 0 {
		lines = append(lines, canvas.Text(canvas.Faint, p.word(sizesMore, model.Facts{"n": rest})))
	}
	return lines
}
