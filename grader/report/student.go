package report

import (
	"fmt"
	"strings"

	"etincelle/grader/check"
	"etincelle/grader/class"
	"etincelle/grader/message"
)

// A student's report names the property groups, the points and the findings,
// and for each finding the smallest case that shows it: its sizes, and the rows
// that differ. It names no seed and no other case, so the hidden cases of the
// next grading stay hidden.

// Markdown is a student's report for the student.
func Markdown(s class.Student, l message.Language) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", reportTitle.Fill(l, message.Facts{"student": markdown(s.Name)}))
	for _, sub := range s.Submissions {
		fmt.Fprintf(&b, "\n## %s — %s (%s)\n\n", strings.ToUpper(sub.Lab.Short), sub.Lab.Title.In(l), mark(sub, l))
		switch {
		case sub.Failure != "":
			b.WriteString(failureText.Fill(l, message.Facts{"failure": markdown(sub.Failure)}) + "\n")
		case sub.File == "":
			b.WriteString(nothingIn.In(l) + "\n")
		default:
			b.WriteString(fileText.Fill(l, message.Facts{"file": "`" + strings.ReplaceAll(line(sub.File, 200), "`", "'") + "`"}) + "\n")
		}
		if sub.Predicted.Asked > 0 {
			b.WriteString("\n" + predictedText.Fill(l, message.Facts{"made": sub.Predicted.Made, "asked": sub.Predicted.Asked}) + "\n")
		}
		if len(sub.Said) > 0 {
			fmt.Fprintf(&b, "\n%s\n\n%s", saidText.In(l), fenced(said(sub.Said, l)))
		}
		for _, v := range sub.Verdicts {
			exercise(&b, sub, v, l)
		}
	}
	return b.String()
}

func mark(sub class.Submission, l message.Language) string {
	if sub.NoMark() {
		return noMarkText.In(l)
	}
	return pointsText.Fill(l, message.Facts{"earned": sub.Earned, "points": sub.Points})
}

func exercise(b *strings.Builder, sub class.Submission, v check.Verdict, l message.Language) {
	title := ""
	if e, err := sub.Lab.Exercise(v.Exercise); err == nil {
		title = e.Title.In(l)
	}
	fmt.Fprintf(b, "\n### %s — %s (%s, %s)\n\n", exerciseText.Fill(l, message.Facts{"exercise": v.Exercise}), title,
		kinds[v.Kind].In(l), pointsText.Fill(l, message.Facts{"earned": v.Earned, "points": v.Points}))
	for _, g := range v.Groups {
		box := "✗"
		switch {
		case g.Right:
			box = "✓"
		case g.Findings[0].Key == check.NotDone:
			box = "○"
		}
		about := ""
		if g.About.In(l) != "" {
			about = " (" + g.About.In(l) + ")"
		}
		fmt.Fprintf(b, "- %s `%s` — %s%s — %s\n", box, g.Function, g.Property.Title.In(l), about,
			pointsText.Fill(l, message.Facts{"earned": g.Earned, "points": g.Points}))
	}
	told := map[string]bool{}
	for _, g := range v.Groups {
		if g.Right || told[g.Function+g.Findings[0].Text(l)] {
			continue
		}
		told[g.Function+g.Findings[0].Text(l)] = true
		f := g.Findings[0]
		fmt.Fprintf(b, "\n**`%s`** — %s\n", g.Function, f.Quoted(l, markdown))
		var block []string
		if g.Case != nil && aboutCase(f) {
			block = append(block, caseText.Fill(l, message.Facts{"case": strings.Join(g.Case.Describe(l), "\n")}))
		}
		for _, d := range f.More {
			block = append(block, d.In(l))
		}
		if f.Rows != nil {
			var table strings.Builder
			p := &writer{lang: l}
			p.table(*f.Rows)
			_ = p.page.Write(&table, false) // a builder takes everything
			block = append(block, strings.TrimRight(table.String(), "\n"))
		}
		if len(block) > 0 {
			fmt.Fprintf(b, "\n%s", fenced(strings.Join(block, "\n")))
		}
	}
	if v.Kind != check.Right && v.Kind != check.GraderError {
		if e, err := sub.Lab.Exercise(v.Exercise); err == nil {
			fmt.Fprintf(b, "\n%s\n", readText.Fill(l, message.Facts{"lab": sub.Lab.Short, "section": e.Section}))
		}
	}
	if v.Printed != "" {
		fmt.Fprintf(b, "\n%s\n\n%s", printedText.In(l), fenced(shortened(v.Printed)))
	}
}

// keptPrints is how much of what a student's code printed stands in the report.
const keptPrints = 4 << 10

func shortened(text string) string {
	text = Clean(text)
	if len(text) <= keptPrints {
		return text
	}
	return strings.ToValidUTF8(text[:keptPrints], "") + "\n…"
}

func said(all []check.Detail, l message.Language) string {
	var lines []string
	for _, d := range all {
		lines = append(lines, d.In(l))
	}
	return strings.Join(lines, "\n")
}
