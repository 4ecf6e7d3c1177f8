package view

import (
	"fmt"
	"slices"
	"strings"

	"etincelle/tui/model"
)

// stagesLines draws the job's stages, one cell a task, then its counters, its
// timeline when there is room, and its tasks, the latest first.
func (p *page) stagesLines(n int) listing {
	var lines listing
	j := p.state.Job()
	if j == nil {
		lines.add(text(faint, p.word(noJob, nil)))
		return lines
	}
	for _, s := range j.Stages {
		lines.add(p.stage(j, s, n)...)
	}
	c := j.Counters
	lines.add(flow([]line{
		text(normal, p.word(shuffleCounts, model.Facts{"written": c.ShuffleWrite, "read": c.ShuffleRead})),
		text(normal, p.word(rowCounts, model.Facts{"combined": c.Combined, "result": c.Result})),
	}, " · ", n)...)
	if n >= roomy {
		lines.add(nil)
		lines.add(p.lanes(j, n)...)
		lines.add(nil)
	}
	p.tasks(&lines, j, n)
	lines.add(nil)
	lines.add(p.legend(n, legendCells)...)
	return lines
}

// stage is one stage: its number, its cells, how it stands.
func (p *page) stage(j *model.Job, s *model.Stage, n int) []line {
	number := fmt.Sprint(s.ID)
	if s.Attempt > 0 {
		number = fmt.Sprintf("%d.%d", s.ID, s.Attempt) // Spark's way to name an attempt
	}
	label := fit(number, 3) + " "
	if n >= roomy {
		label = fit(p.word(stageNumber, model.Facts{"stage": number}), 10) + fit(s.Name, 12) + " "
	}
	status := p.status(j, s, n >= roomy)
	boxes := p.boxes(j, s, n-textWidth(label)-status.width()-1)
	if boxes == nil { // then the cells come before the long words
		status = p.status(j, s, false)
		boxes = p.boxes(j, s, n-textWidth(label)-status.width()-1)
	}
	if boxes != nil {
		return []line{append(text(normal, label), boxes...).beside(status, n)}
	}
	lines := []line{text(normal, label).beside(status, n)}
	for _, row := range p.signs(j, s, n-4) {
		lines = append(lines, append(text(normal, "    "), row...))
	}
	return lines
}

// status is how a stage stands, in a word or, at length, with the reason.
func (p *page) status(j *model.Job, s *model.Stage, long bool) line {
	done := fmt.Sprintf("%d/%d", s.Finished(), len(s.Cells))
	switch s.Status {
	case model.Skipped:
		switch {
		case !long:
			return text(good, p.word(stageSkipped, nil))
		case s.WrittenBy >= 0:
			return text(good, p.word(skippedBy, model.Facts{"shuffle": s.Writes, "writer": s.WrittenBy}))
		}
		return text(good, p.word(skippedCached, nil))
	case model.Failed:
		return text(bad, done+" "+p.word(stageFailed, nil))
	case model.Running:
		if j.Status != model.Running {
			return text(bad, done+" "+p.word(stageCut, nil))
		}
		return text(active, done)
	case model.Succeeded:
		return text(normal, done)
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
		return text(faint, p.word(waits, nil))
	}
	return text(faint, p.word(waitsFor, model.Facts{"stages": strings.Join(awaited, ", ")}))
}

// boxes draws a stage's partitions as boxes, with the executor's name or
// without; nil when they do not fit in n columns.
func (p *page) boxes(j *model.Job, s *model.Stage, n int) line {
	name := 0
	if len(p.state.Executors) > 1 {
		for _, x := range p.state.Executors {
			name = max(name, min(textWidth(clean(x.Name)), 3))
		}
	}
	for _, name := range []int{name, 0} {
		if len(s.Cells)*(name+3) > n {
			continue
		}
		row := line{}
		for _, c := range s.Cells {
			row = append(row, box(j, c, name))
		}
		return row
	}
	return nil
}

// signs draws a stage's partitions one column each on at most two rows, or
// counts them when there are more.
func (p *page) signs(j *model.Job, s *model.Stage, n int) []line {
	if n <= 0 || len(s.Cells) > 2*n {
		return []line{p.cellCounts(j, s)}
	}
	var rows []line
	for part := range slices.Chunk(s.Cells, n) {
		var row line
		for _, c := range part {
			sign, r := cellSign(j, c)
			row = append(row, say(r, dot(sign)))
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

func box(j *model.Job, c model.Cell, name int) span {
	sign, r := cellSign(j, c)
	switch {
	case c.State == model.Kept:
		return say(r, "["+strings.Repeat("=", 1+name)+"]")
	case c.State == model.Pending || c.Last == nil:
		return say(r, "["+sign+strings.Repeat(" ", name)+"]")
	}
	return say(r, "["+sign+fit(c.Last.Executor, name)+"]")
}

func cellSign(j *model.Job, c model.Cell) (string, role) {
	switch c.State {
	case model.Busy:
		if j.Status != model.Running {
			return "?", bad
		}
		return "▶", active
	case model.Done:
		return "✔", good
	case model.Broken:
		return "✗", bad
	case model.Kept:
		return "=", faint
	}
	return " ", normal
}

func (p *page) cellCounts(j *model.Job, s *model.Stage) line {
	type tally struct {
		sign string
		role role
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
	var row line
	for _, t := range tallies {
		row = append(row, say(t.role, dot(t.sign)+model.Number(p.language, t.n)+" "))
	}
	return row
}

// lanes draws which executor worked when, one column a start or end of a task
// of the job: its latest ones when there are many.
func (p *page) lanes(j *model.Job, n int) []line {
	lines := []line{text(faint, p.word(lanes, nil))}
	name := 0
	for _, x := range p.state.Executors {
		name = max(name, min(textWidth(clean(x.Name)), 10))
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
		l := line{say(normal, fit(clean(x.Name), name)+" ▏"), say(active, b.String()), say(normal, "▕")}
		if x.Lost {
			l = append(l, say(bad, "✗"))
		}
		lines = append(lines, l)
	}
	return lines
}
