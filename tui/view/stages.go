package view

import (
	"fmt"
	"slices"
	"strings"

	"etincelle/tui/canvas"
	"etincelle/tui/model"
)

// stagesLines draws the job's stages, one cell a task, then its counters, its
// timeline when there is room, and its tasks, the latest first.
func (p *page) stagesLines(n int) canvas.Listing {
	var lines canvas.Listing
	j := p.state.Job()
	if j == nil {
		lines.Add(canvas.Text(canvas.Faint, p.word(noJob, nil)))
		return lines
	}
	for _, s := range j.Stages {
		lines.Add(p.stage(j, s, n)...)
	}
	c := j.Counters
	lines.Add(canvas.Flow([]canvas.Line{
		canvas.Text(canvas.Normal, p.word(shuffleCounts, model.Facts{"written": c.ShuffleWrite, "read": c.ShuffleRead})),
		canvas.Text(canvas.Normal, p.word(rowCounts, model.Facts{"combined": c.Combined, "result": c.Result})),
	}, " · ", n)...)
	if n >= roomy {
		lines.Add(nil)
		lines.Add(p.lanes(j, n)...)
		lines.Add(nil)
	}
	p.tasks(&lines, j, n)
	lines.Add(nil)
	if sizes := p.sizes(j, n); sizes != nil {
		lines.Add(sizes...)
		lines.Add(nil)
	}
	lines.Add(p.legend(n, legendCells)...)
	return lines
}

// stage is one stage: its number, its cells, how it stands.
func (p *page) stage(j *model.Job, s *model.Stage, n int) []canvas.Line {
	number := fmt.Sprint(s.ID)
	if s.Attempt > 0 {
		number = fmt.Sprintf("%d.%d", s.ID, s.Attempt) // Spark's way to name an attempt
	}
	label := canvas.Fit(number, 3) + " "
	if n >= roomy {
		label = canvas.Fit(p.word(stageNumber, model.Facts{"stage": number}), 10) + canvas.Fit(s.Name, 12) + " "
	}
	status := p.status(j, s, n >= roomy)
	boxes := p.boxes(j, s, n-canvas.Columns(label)-status.Columns()-1)
	if boxes == nil { // then the cells come before the long words
		status = p.status(j, s, false)
		boxes = p.boxes(j, s, n-canvas.Columns(label)-status.Columns()-1)
	}
	if boxes != nil {
		return []canvas.Line{append(canvas.Text(canvas.Normal, label), boxes...).Beside(status, n)}
	}
	lines := []canvas.Line{canvas.Text(canvas.Normal, label).Beside(status, n)}
	for _, row := range p.signs(j, s, n-4) {
		lines = append(lines, append(canvas.Text(canvas.Normal, "    "), row...))
	}
	return lines
}

// status is how a stage stands, in a word or, at length, with the reason.
func (p *page) status(j *model.Job, s *model.Stage, long bool) canvas.Line {
	done := fmt.Sprintf("%d/%d", s.Finished(), len(s.Cells))
	switch s.Status {
	case model.Skipped:
		switch {
		case !long:
			return canvas.Text(canvas.Good, p.word(stageSkipped, nil))
		case s.WrittenBy >= 0:
			return canvas.Text(canvas.Good, p.word(skippedBy, model.Facts{"shuffle": s.Writes, "writer": s.WrittenBy}))
		}
		return canvas.Text(canvas.Good, p.word(skippedCached, nil))
	case model.Failed:
		return canvas.Text(canvas.Bad, done+" "+p.word(stageFailed, nil))
	case model.Running:
		if j.Status != model.Running {
			return canvas.Text(canvas.Bad, done+" "+p.word(stageCut, nil))
		}
		return canvas.Text(canvas.Active, done)
	case model.Succeeded:
		return canvas.Text(canvas.Normal, done)
	}
	var awaited []string
	for _, parent := range s.Parents {
		if above := j.Stage(parent); above != nil && above.Status != model.Succeeded && above.Status != model.Skipped {
			awaited = append(awaited, fmt.Sprint(parent))
		}
	}
	switch {
	case j.Status != model.Running:
		return nil
	case len(awaited) == 0 || !long:
		return canvas.Text(canvas.Faint, p.word(waits, nil))
	}
	return canvas.Text(canvas.Faint, p.word(waitsFor, model.Facts{"stages": strings.Join(awaited, ", ")}))
}

// boxes draws a stage's partitions as boxes, with the executor's name or
// without; nil when they do not fit in n columns.
func (p *page) boxes(j *model.Job, s *model.Stage, n int) canvas.Line {
	name := 0
	if len(p.state.Executors) > 1 {
		for _, x := range p.state.Executors {
			name = max(name, min(canvas.Columns(canvas.Clean(x.Name)), 3))
		}
	}
	for _, name := range []int{name, 0} {
		if len(s.Cells)*(name+3) > n {
			continue
		}
		row := canvas.Line{}
		for _, c := range s.Cells {
			row = append(row, box(j, c, name))
		}
		return row
	}
	return nil
}

// signs draws a stage's partitions one column each on at most two rows, or
// counts them when there are more.
func (p *page) signs(j *model.Job, s *model.Stage, n int) []canvas.Line {
	if n <= 0 || len(s.Cells) > 2*n {
		return []canvas.Line{p.cellCounts(j, s)}
	}
	var rows []canvas.Line
	for part := range slices.Chunk(s.Cells, n) {
		var row canvas.Line
		for _, c := range part {
			sign, r := cellSign(j, c)
			row = append(row, canvas.Say(r, dot(sign)))
		}
		rows = append(rows, row)
	}
	return rows
}

// dot makes a blank sign visible outside its box.
func dot(sign string) string {
	if sign == " " {
		return "·"
	}
	return sign
}

func box(j *model.Job, c model.Cell, name int) canvas.Span {
	sign, r := cellSign(j, c)
	switch {
	case c.State == model.Kept:
		return canvas.Say(r, "["+strings.Repeat("=", 1+name)+"]")
	case c.State == model.Pending || c.Last == nil:
		return canvas.Say(r, "["+sign+strings.Repeat(" ", name)+"]")
	}
	return canvas.Say(r, "["+sign+canvas.Fit(c.Last.Executor, name)+"]")
}

func cellSign(j *model.Job, c model.Cell) (string, canvas.Role) {
	switch c.State {
	case model.Busy:
		if j.Status != model.Running {
			return "?", canvas.Bad
		}
		return "▶", canvas.Active
	case model.Done:
		return "✔", canvas.Good
	case model.Broken:
		return "✗", canvas.Bad
	case model.Kept:
		return "=", canvas.Faint
	}
	return " ", canvas.Normal
}

func (p *page) cellCounts(j *model.Job, s *model.Stage) canvas.Line {
	type tally struct {
		sign string
		role canvas.Role
		n    int64
	}
	var tallies []tally
	for _, c := range s.Cells {
		sign, r := cellSign(j, c)
		i := slices.IndexFunc(tallies, func(t tally) bool { return t.sign == sign })
		if i < 0 {
			i = len(tallies)
			tallies = append(tallies, tally{sign: sign, role: r})
		}
		tallies[i].n++
	}
	var row canvas.Line
	for _, t := range tallies {
		row = append(row, canvas.Say(t.role, dot(t.sign)+model.Number(p.Language, t.n)+" "))
	}
	return row
}

// lanes draws which executor worked when, one column a start or end of a task
// of the job: its latest ones when there are many.
func (p *page) lanes(j *model.Job, n int) []canvas.Line {
	lines := []canvas.Line{canvas.Text(canvas.Faint, p.word(lanes, nil))}
	name := 0
	for _, x := range p.state.Executors {
		name = max(name, min(canvas.Columns(canvas.Clean(x.Name)), 10))
	}
	room := max(n-name-3, 1)
	first := max(j.Ticks-room, 0)
	for _, x := range p.state.Executors {
		busy := make([]int, min(room, j.Ticks))
		for _, t := range j.Tasks {
			if t.Executor != x.Name {
				continue
			}
			to := t.To
			if !t.Ended {
				to = j.Ticks + 1
			}
			for tick := max(t.From, first+1); tick < to; tick++ {
				busy[tick-first-1]++
			}
		}
		var b strings.Builder
		for _, k := range busy {
			if k > 0 {
				b.WriteRune('█')
			} else {
				b.WriteRune('░')
			}
		}
		l := canvas.Line{canvas.Say(canvas.Normal, canvas.Fit(canvas.Clean(x.Name), name)+" ▏"), canvas.Say(canvas.Active, b.String()), canvas.Say(canvas.Normal, "▕")}
		switch {
		case x.Lost:
			l = append(l, canvas.Say(canvas.Bad, "✗"))
		case x.Excluded || len(x.Stages) > 0:
			l = append(l, canvas.Say(canvas.Bad, "⊘"))
		}
		lines = append(lines, l)
	}
	return lines
}
