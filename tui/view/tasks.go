package view

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"etincelle/engine/event"
	"etincelle/tui/canvas"
	"etincelle/tui/model"
)

// column of the table of tasks: its head, its width, and what it shows.
type column struct {
	head  word
	width int
	left  bool
	of    func(*model.Task) string
}

func rows(n int64) string {
	switch {
	case n >= 1e9:
		return fmt.Sprintf("%dM", n/1e6)
	case n >= 1e6:
		return fmt.Sprintf("%dk", n/1e3)
	}
	return fmt.Sprint(n)
}

var (
	identity = []column{
		{task, 5, false, func(t *model.Task) string { return fmt.Sprint(t.Task) }},
		{partition, 4, false, func(t *model.Task) string { return fmt.Sprint(t.Partition) }},
		{executor, 5, true, func(t *model.Task) string { return t.Executor }},
		{attempt, 5, false, tries},
	}
	narrowTable = append(slices.Clip(identity),
		column{read, 6, false, func(t *model.Task) string { return rows(t.Metrics.Input + t.Metrics.ShuffleRead) }},
		column{written, 6, false, func(t *model.Task) string { return rows(t.Metrics.ShuffleWrite + t.Metrics.Output) }})
	wideTable = append(slices.Clip(identity),
		column{readInput, 7, false, func(t *model.Task) string { return rows(t.Metrics.Input) }},
		column{readShuffle, 7, false, func(t *model.Task) string { return rows(t.Metrics.ShuffleRead) }},
		column{beforeCombine, 7, false, func(t *model.Task) string { return rows(t.Metrics.Combined) }},
		column{written, 6, false, func(t *model.Task) string { return rows(t.Metrics.ShuffleWrite + t.Metrics.Output) }},
		column{toDriver, 6, false, func(t *model.Task) string { return rows(t.Metrics.Result) }},
		column{duration, 6, false, func(t *model.Task) string { return spent(t.Metrics.Duration) }})
)

// tries is the number of a task's attempt; a copy of a task that takes long has a +.
func tries(t *model.Task) string {
	if t.Speculative {
		return fmt.Sprintf("+%d", t.Attempt+1)
	}
	return fmt.Sprint(t.Attempt + 1)
}

// spent writes a duration in at most six columns.
func spent(d time.Duration) string {
	switch {
	case d >= 100*time.Second:
		return fmt.Sprintf("%dmin", int(d.Minutes()))
	case d >= time.Second:
		return fmt.Sprintf("%.1fs", d.Seconds())
	case d >= time.Millisecond:
		return fmt.Sprintf("%dms", d.Milliseconds())
	}
	return fmt.Sprintf("%dµs", d.Microseconds())
}

// tasks is the table of the job's tasks, the latest first: what a student has
// just stepped to is right under the head.
func (p *page) tasks(lines *canvas.Listing, j *model.Job, n int) {
	if len(j.Tasks) == 0 {
		return
	}
	table := narrowTable
	if n >= tableWidth(wideTable) {
		table = wideTable
	}
	var head strings.Builder
	head.WriteString("  ")
	for _, c := range table {
		head.WriteString(c.cell(p.word(c.head, nil)) + " ")
	}
	lines.Add(canvas.Text(canvas.Strong, strings.TrimRight(head.String(), " ")))
	last := j.LastTask()
	for _, t := range slices.Backward(j.Tasks) {
		lines.Later(func() canvas.Line { return taskRow(j, t, table, t == last) })
	}
}

func taskRow(j *model.Job, t *model.Task, table []column, last bool) canvas.Line {
	var row strings.Builder
	for i, c := range table {
		if !t.Ended && i >= len(identity) {
			break // a running task has not told its rows
		}
		row.WriteString(c.cell(canvas.Clean(c.of(t))) + " ")
	}
	sign, r := taskSign(j, t)
	if last && r == canvas.Good {
		r = canvas.Strong
	}
	return canvas.Text(r, sign+" "+strings.TrimRight(row.String(), " "))
}

func (c column) cell(s string) string {
	if c.left {
		return canvas.Fit(s, c.width)
	}
	return canvas.FitRight(s, c.width)
}

func tableWidth(table []column) int {
	n := 1
	for _, c := range table {
		n += c.width + 1
	}
	return n
}

func taskSign(j *model.Job, t *model.Task) (string, canvas.Role) {
	switch {
	case t.Ended && t.Status == event.Succeeded:
		return "✔", canvas.Good
	case t.Ended && t.Status == event.Killed:
		return "⊘", canvas.Faint
	case t.Ended:
		return "✗", canvas.Bad
	case j.Status != model.Running:
		return "?", canvas.Bad
	}
	return "▶", canvas.Active
}
