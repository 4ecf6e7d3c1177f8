package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"etincelle/grader/check"
	"etincelle/grader/class"
	"etincelle/grader/lab"
	"etincelle/grader/message"
)

const (
	rowWidth     = 46 // characters of a row in a table of differences
	printedLines = 8  // of what the student's code printed
)

// Check writes a check's result for its student, in lines of at most width
// columns (0: as long as they come).
func Check(w io.Writer, width int, c class.Checked, l message.Language) error {
	p := &page{w: w, lang: l, width: width}
	p.line("%s — %s", strings.ToUpper(c.Lab.Short), c.Lab.Title.In(l))
	p.line("")
	for _, v := range c.Verdicts {
		exercise, err := c.Lab.Exercise(v.Exercise)
		if err != nil {
			return err
		}
		p.verdict(c.Lab, exercise, v)
	}
	p.details(saidText, c.Said)
	p.line("%s", publicText.Fill(l, message.Facts{"passed": c.Passed, "total": c.Total}))
	p.next(c)
	return p.failed
}

// page writes lines and keeps the first error.
type page struct {
	w      io.Writer
	lang   message.Language
	width  int
	failed error
}

func (p *page) line(format string, args ...any) {
	for _, text := range folded(fmt.Sprintf(format, args...), p.width) {
		if p.failed == nil {
			_, p.failed = fmt.Fprintln(p.w, text)
		}
	}
}

// verdict writes one exercise: its sign, its properties, and the first thing
// that is wrong with each function.
func (p *page) verdict(l *lab.Lab, exercise lab.Exercise, v check.Verdict) {
	p.line("%s %d  %s — %s", sign(v.Kind), v.Exercise, exercise.Title.In(p.lang), kinds[v.Kind].In(p.lang))
	if v.Kind == check.Right {
		return
	}
	told := map[string]bool{}
	for _, g := range v.Groups {
		if g.Right {
			p.line("     ✓ %s — %s", g.Function, g.Property.Title.In(p.lang))
			continue
		}
		said := g.Findings[0].Text(p.lang)
		if told[g.Function+said] {
			continue // the function does not compile, say: once is enough
		}
		told[g.Function+said] = true
		if g.Findings[0].Key == check.NotDone {
			p.line("     ○ %s", Clean(said))
			continue
		}
		p.line("     ✗ %s — %s", g.Function, g.Property.Title.In(p.lang))
		p.finding(g)
	}
	if v.Printed != "" {
		p.line("     %s", printedText.In(p.lang))
		for i, text := range strings.Split(strings.TrimSpace(Clean(v.Printed)), "\n") {
			if i == printedLines {
				p.line("       …")
				break
			}
			p.line("       %s", line(text, 2*rowWidth))
		}
	}
	if v.Kind != check.Unfinished {
		p.line("     %s", readText.Fill(p.lang, message.Facts{"lab": l.Short, "section": exercise.Section}))
		p.line("     %s", hintText.Fill(p.lang, message.Facts{"lab": l.Short, "exercise": strconv.Itoa(v.Exercise)}))
	}
}

// finding writes what is wrong with a group: the smallest case, what is so and
// why it matters, and the rows that differ.
func (p *page) finding(g check.GroupResult) {
	f := g.Findings[0]
	if g.Case != nil && aboutCase(f) {
		for i, text := range g.Case.Describe(p.lang) {
			if i == 0 {
				text = caseText.Fill(p.lang, message.Facts{"case": text})
			}
			p.line("       %s", strings.TrimRight(Clean(text), " "))
		}
	}
	p.line("       %s", strings.ReplaceAll(Clean(f.Text(p.lang)), "\n", " "))
	for _, d := range f.More {
		p.line("         %s", strings.ReplaceAll(Clean(d.In(p.lang)), "\n", "\n           "))
	}
	if f.Rows != nil {
		p.table(*f.Rows)
	}
}

// aboutCase reports whether a finding comes from running a case.
func aboutCase(f check.Finding) bool {
	return !slices.Contains([]check.Key{check.DoesNotCompile, check.Refused, check.NotDone, check.NotHandedIn, check.GraderFailed}, f.Key)
}

// table sets wanted rows beside those that came, and marks the first.
func (p *page) table(t check.Table) {
	width := utf8.RuneCountInString(wantedText.In(p.lang))
	wanted, got := make([]string, len(t.Wanted)), make([]string, len(t.Got))
	show := func(text string) string {
		if text == "" {
			return "(" + nothingText.In(p.lang) + ")"
		}
		return line(text, rowWidth)
	}
	for i := range t.Wanted {
		wanted[i], got[i] = show(t.Wanted[i]), show(t.Got[i])
		width = max(width, utf8.RuneCountInString(wanted[i]))
	}
	pad := func(text string) string { return text + strings.Repeat(" ", width-utf8.RuneCountInString(text)) }
	p.line("           %s | %s", pad(wantedText.In(p.lang)), gotText.In(p.lang))
	for i := range wanted {
		mark := " "
		if i == 0 {
			mark = "▸"
		}
		p.line("         %s %s | %s", mark, pad(wanted[i]), got[i])
	}
	if t.More > 0 {
		p.line("           %s", moreText.Fill(p.lang, message.Facts{"more": t.More}))
	}
}

func (p *page) details(title message.Text, all []check.Detail) {
	if len(all) == 0 {
		return
	}
	p.line("%s", title.In(p.lang))
	for _, d := range all {
		p.line("  %s", strings.ReplaceAll(Clean(d.In(p.lang)), "\n", " "))
	}
}

// next says what to do now.
func (p *page) next(c class.Checked) {
	i := slices.IndexFunc(c.Verdicts, func(v check.Verdict) bool { return v.Kind != check.Right })
	if i < 0 {
		p.line("%s", allText.In(p.lang))
		return
	}
	exercise, err := c.Lab.Exercise(c.Verdicts[i].Exercise)
	if err != nil {
		p.failed = err
		return
	}
	text := nextText
	if c.Passed == 0 && c.Verdicts[i].Kind == check.Unfinished {
		text = beginText
	}
	p.line("%s", text.Fill(p.lang, message.Facts{
		"exercise": strconv.Itoa(exercise.Number), "functions": strings.Join(left(c.Verdicts[i]), ", "), "lab": c.Lab.Short,
		"section": exercise.Section, "file": "labs/" + c.Lab.Name + "/exercises.go",
	}))
}

// left names the functions of an exercise that are not right yet.
func left(v check.Verdict) []string {
	var names []string
	for _, g := range v.Groups {
		if !g.Right && !slices.Contains(names, g.Function) {
			names = append(names, g.Function)
		}
	}
	return names
}

// Group is what is wrong with a group, as check says it.
func Group(g check.GroupResult, l message.Language) string {
	var b strings.Builder
	p := &page{w: &b, lang: l}
	p.line("%s — %s", g.Function, g.Property.Title.In(l))
	p.finding(g)
	return b.String()
}
