package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"etincelle/grader/check"
	"etincelle/grader/class"
	"etincelle/grader/message"
)

// Table writes a graded class for the instructor's terminal: a line a student.
func Table(w io.Writer, g class.Grading, l message.Language) error {
	rows := [][]string{header(g, l)}
	for _, s := range g.Students {
		rows = append(rows, marks(s, l))
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, text := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, text := range row {
			b.WriteString(text)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(text)+2))
			}
		}
		if _, err := fmt.Fprintln(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

func header(g class.Grading, l message.Language) []string {
	row := []string{studentText.In(l)}
	for _, lab := range g.Labs {
		for _, e := range lab.Exercises {
			row = append(row, fmt.Sprintf("%s.%d", lab.Short, e.Number))
		}
		row = append(row, lab.Short, predictionsText.In(l), verdictsText.In(l))
	}
	return row
}

const nameWidth = 40

// marks is a student's row: points an exercise, the sum, and the verdicts that
// are not right.
func marks(s class.Student, l message.Language) []string {
	row := []string{line(s.Name, nameWidth)}
	for _, sub := range s.Submissions {
		for i := range sub.Lab.Exercises {
			text := "–"
			if i < len(sub.Verdicts) && !sub.NoMark() {
				text = fmt.Sprintf("%d/%d", sub.Verdicts[i].Earned, sub.Verdicts[i].Points)
			}
			row = append(row, text)
		}
		total := fmt.Sprintf("%d/%d", sub.Earned, sub.Points)
		if sub.NoMark() {
			total = noMarkText.In(l)
		}
		row = append(row, total, fmt.Sprintf("%d/%d", sub.Predicted.Made, sub.Predicted.Asked), remarks(sub, l))
	}
	return row
}

// remarks names, for each exercise that is not right, what was found; neighbours
// that say the same are told once: "4–10 not done yet".
func remarks(sub class.Submission, l message.Language) string {
	if sub.Failure != "" {
		return line(sub.Failure, 2*nameWidth)
	}
	var parts []string
	for i := 0; i < len(sub.Verdicts); {
		first, said := i, remark(sub.Verdicts[i], l)
		for i++; i < len(sub.Verdicts) && remark(sub.Verdicts[i], l) == said; i++ {
		}
		exercises := fmt.Sprint(sub.Verdicts[first].Exercise)
		if i-first > 1 {
			exercises += fmt.Sprintf("–%d", sub.Verdicts[i-1].Exercise)
		}
		if said != "" {
			parts = append(parts, exercises+" "+said)
		}
	}
	return strings.Join(parts, " ; ")
}

// remark is what was found in an exercise, "" when it is right.
func remark(v check.Verdict, l message.Language) string {
	if v.Kind == check.Right {
		return ""
	}
	said := kinds[v.Kind].In(l)
	if keys := keysOf(v); len(keys) > 0 {
		said += " (" + strings.Join(keys, ", ") + ")"
	}
	return said
}
