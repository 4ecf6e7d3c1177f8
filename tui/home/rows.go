package home

import (
	"fmt"
	"strings"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
)

// The course as rows, which the screen and the plain text share.

var (
	title        = message.Both("Étincelle — Spark et le streaming, en Go", "Étincelle — Spark and streaming, in Go")
	isDone       = message.Both("réussi", "done")
	isToDo       = message.Both("pas encore fait", "not done yet")
	isToMend     = message.Both("à reprendre", "to mend")
	hintsSeen    = message.Both("indices {n}/{all}", "hints {n}/{all}")
	predicted    = message.Both("prédictions {n}/{all}", "predictions {n}/{all}")
	exercises    = message.Both("{n}/{all} exercices", "{n}/{all} exercises")
	otherCommand = message.Both("autre commande", "another command")
)

const titleColumns = 34

// sign and word of a state: the colour is never the only difference.
func (s State) sign(l message.Language) (sign, word string, role canvas.Role) {
	switch s {
	case Done:
		return "✓", isDone.In(l), canvas.Good
	case ToMend:
		return "✗", isToMend.In(l), canvas.Bad
	}
	return "○", isToDo.In(l), canvas.Normal
}

// row is a TP's row.
func (tp TP) row(l message.Language) canvas.Line {
	done := tp.Done()
	line := canvas.Line{
		canvas.Say(canvas.Strong, strings.ToUpper(tp.Short)+"  "+canvas.Fit(tp.Title.In(l), titleColumns)+"  "),
		canvas.Say(canvas.Good, strings.Repeat("■", done)), canvas.Say(canvas.Normal, strings.Repeat("□", len(tp.Exercises)-done)),
		canvas.Say(canvas.Normal, fmt.Sprintf(" %d/%d", done, len(tp.Exercises))),
	}
	if tp.Questions > 0 {
		line = append(line, canvas.Say(canvas.Normal, "  "+predicted.Fill(l, message.Facts{"n": tp.Predicted, "all": tp.Questions})))
	}
	return line
}

// row is an exercise's row, below its TP's.
func (e Exercise) row(l message.Language) canvas.Line {
	sign, word, role := e.State.sign(l)
	line := canvas.Line{
		canvas.Say(role, "  "+sign), canvas.Say(canvas.Normal, fmt.Sprintf(" %-3d%s  ", e.Number, canvas.Fit(e.Title.In(l), titleColumns-1))),
		canvas.Say(role, word),
	}
	if e.Hints > 0 {
		line = append(line, canvas.Say(canvas.Normal, "  "+hintsSeen.Fill(l, message.Facts{"n": e.Hints, "all": e.AllHints})))
	}
	return line
}

// places lists the rows that show: every TP, and the exercises of the open ones.
func (c Course) places(open func(tp int) bool) []place {
	var list []place
	for i, tp := range c.TPs {
		list = append(list, place{i, -1})
		for k := range tp.Exercises {
			if open(i) {
				list = append(list, place{i, k})
			}
		}
	}
	return list
}

func everyTP(int) bool { return true }

// row is that of a place.
func (c Course) row(at place, l message.Language) canvas.Line {
	if at.exercise < 0 {
		return c.TPs[at.tp].row(l)
	}
	return c.TPs[at.tp].Exercises[at.exercise].row(l)
}

// rows of the commands: the key, what it does, the line that does the same.
func commandRows(list []command, l message.Language, suffix string) []canvas.Line {
	width := 0
	for _, c := range list {
		width = max(width, canvas.Columns(c.what.In(l)))
	}
	var lines []canvas.Line
	for _, c := range list {
		role := canvas.Normal
		if c.File != "" {
			role = canvas.Faint
		}
		lines = append(lines, canvas.Line{
			canvas.Say(canvas.Strong, string(c.key)), canvas.Say(canvas.Normal, "  "+canvas.Fit(c.what.In(l), width)+"  "),
			canvas.Say(role, c.shown(suffix)),
		})
	}
	return lines
}

// total counts exercises over the whole course.
func (c Course) total(l message.Language) string {
	done, all := 0, 0
	for _, tp := range c.TPs {
		done, all = done+tp.Done(), all+len(tp.Exercises)
	}
	return exercises.Fill(l, message.Facts{"n": done, "all": all})
}
