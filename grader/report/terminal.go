package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"etincelle/grader/check"
	"etincelle/grader/class"
	"etincelle/grader/lab"
	"etincelle/grader/message"
)

// Style is how wide lines may be (0: as long as they come) and whether they have
// colours.
type Style struct {
	Width int
	Color bool
}

// Check writes a check's result for its student.
func Check(w io.Writer, s Style, c class.Checked, l message.Language) error {
	p := &writer{lang: l, width: s.Width}
	p.line(strong, 0, "%s — %s", strings.ToUpper(c.Lab.Short), c.Lab.Title.In(l))
	p.line(plain, 0, "")
	for _, v := range c.Verdicts {
		exercise, err := c.Lab.Exercise(v.Exercise)
		if err != nil {
			return err
		}
		p.verdict(c.Lab, exercise, v)
	}
	p.said(c.Said)
	p.line(plain, 0, "%s", publicText.Fill(l, message.Facts{"passed": c.Passed, "total": c.Total}))
	if err := p.next(c); err != nil {
		return err
	}
	return p.page.Write(w, s.Color)
}

// Exercise is the page of one exercise, for a screen of that width.
// Which keys lead on from it is the screen's to say.
func Exercise(l *lab.Lab, exercise lab.Exercise, c class.Checked, lang message.Language, width int) Page {
	p := &writer{lang: lang, width: width, screen: true}
	for _, v := range c.Verdicts {
		if v.Exercise == exercise.Number {
			p.verdict(l, exercise, v)
		}
	}
	p.said(c.Said)
	return p.page
}

// writer makes a page, line by line.
type writer struct {
	lang   message.Language
	width  int
	screen bool // keys stand for the commands that lead on
	page   Page
}

// line adds a text, set in by so many columns, on as many lines as it takes.
func (p *writer) line(look string, margin int, format string, args ...any) {
	for _, text := range Fold(strings.Repeat(" ", margin)+fmt.Sprintf(format, args...), p.width) {
		p.page = append(p.page, Line{{text, look}})
	}
}

// after adds a text after a sign.
func (p *writer) after(s sign, margin int, look, format string, args ...any) {
	at := len(p.page)
	p.line(look, margin, s.text+" "+format, args...)
	set := strings.Repeat(" ", margin) + s.text
	first := p.page[at][0]
	p.page[at] = Line{{set, s.look}, {strings.TrimPrefix(first.Text, set), look}}
}

// Columns at which things stand.
const (
	atGroup   = 5
	atFinding = 7
)

// verdict writes one exercise: its sign, its properties, and the first thing
// that is wrong with each function.
func (p *writer) verdict(l *lab.Lab, exercise lab.Exercise, v check.Verdict) {
	s := signs[v.Kind]
	p.after(s, 0, strong, "%d  %s — %s", v.Exercise, exercise.Title.In(p.lang), kinds[v.Kind].In(p.lang))
	if v.Kind == check.Right {
		return
	}
	told := map[string]bool{}
	for _, g := range v.Groups {
		if g.Right {
			p.after(signs[check.Right], atGroup, faint, "%s — %s", g.Function, g.Property.Title.In(p.lang))
			continue
		}
		f := g.Findings[0]
		if before := told[g.Function+string(f.Key)]; before {
			// Once is enough; a property that falls for the same reason is named all the same.
			if !f.Stops() {
				p.after(signs[f.Kind()], atGroup, strong, "%s — %s", g.Function, g.Property.Title.In(p.lang))
				p.line(faint, atFinding, "%s", aboveText.In(p.lang))
			}
			continue
		}
		told[g.Function+string(f.Key)] = true
		if f.Key == check.NotDone {
			p.after(signs[check.Unfinished], atGroup, plain, "%s", Clean(f.Text(p.lang)))
			continue
		}
		p.group(g)
	}
	p.printed(v.Printed)
	if v.Kind != check.Unfinished && !p.screen {
		p.line(plain, atGroup, "%s", readText.Fill(p.lang, message.Facts{"lab": l.Short, "section": exercise.Section}))
		p.line(plain, atGroup, "%s", hintText.Fill(p.lang, message.Facts{"lab": l.Short, "exercise": strconv.Itoa(v.Exercise)}))
	}
}

// group writes what is wrong with a group: the property, the smallest case, what
// is so and how it differs, why it matters.
func (p *writer) group(g check.GroupResult) {
	f := g.Findings[0]
	s := signs[f.Kind()]
	if f.Stops() {
		p.after(s, atGroup, strong, "%s", g.Function)
	} else {
		p.after(s, atGroup, strong, "%s — %s", g.Function, g.Property.Title.In(p.lang))
		p.theCase(g)
	}
	p.line(s.look, atFinding, "%s", oneLine(f.Says(p.lang)))
	if f.Line > 0 && f.Code != "" {
		p.code(check.Detail{Line: f.Line, Code: f.Code})
	}
	for i, d := range f.More {
		if i == shownErrors && len(f.More) > shownErrors+1 {
			p.line(faint, atFinding, "%s", moreErrors.Fill(p.lang, message.Facts{"more": len(f.More) - i}))
			break
		}
		p.detail(d)
	}
	if f.Rows != nil {
		p.table(*f.Rows)
	}
	if why := f.Why(p.lang); why != "" {
		p.line(plain, atFinding, "%s", whyText.Fill(p.lang, message.Facts{"why": oneLine(why)}))
	}
}

// shownErrors is how many of the compiler's complaints about one function are
// shown: one mistake makes it say many things.
const shownErrors = 3

func oneLine(text string) string { return strings.Join(strings.Split(Clean(text), "\n"), " ") }

// theCase writes the smallest case that shows a mistake.
func (p *writer) theCase(g check.GroupResult) {
	if g.Case == nil {
		return
	}
	title := caseText
	if g.Of > 0 {
		title = smallestText
	}
	for i, text := range g.Case.Describe(p.lang) {
		if i == 0 {
			text = title.Fill(p.lang, message.Facts{"case": text, "of": g.Of})
		}
		p.line(plain, atFinding, "%s", strings.TrimRight(Clean(text), " "))
	}
}

// aboutCase reports whether a finding comes from running a case.
func aboutCase(f check.Finding) bool {
	return !slices.Contains([]check.Key{check.DoesNotCompile, check.Refused, check.NotDone, check.NotHandedIn, check.GraderFailed}, f.Key)
}

const printedLines = 8 // of what the student's code printed

func (p *writer) printed(text string) {
	if text == "" {
		return
	}
	p.line(plain, atGroup, "%s", printedText.In(p.lang))
	for i, text := range strings.Split(strings.TrimSpace(Clean(text)), "\n") {
		if i == printedLines {
			p.line(faint, atFinding, "…")
			break
		}
		p.line(faint, atFinding, "%s", line(text, 2*rowWidth))
	}
}

// said writes what the compiler says that costs nothing.
func (p *writer) said(all []check.Detail) {
	if len(all) == 0 {
		return
	}
	p.line(plain, 0, "%s", saidText.In(p.lang))
	for _, d := range all {
		p.detail(d)
	}
}

// next says what to do now.
func (p *writer) next(c class.Checked) error {
	i := slices.IndexFunc(c.Verdicts, func(v check.Verdict) bool { return v.Kind != check.Right })
	if i < 0 {
		p.line(good, 0, "%s", allText.In(p.lang))
		return nil
	}
	exercise, err := c.Lab.Exercise(c.Verdicts[i].Exercise)
	if err != nil {
		return err
	}
	text := nextText
	if c.Passed == 0 && c.Verdicts[i].Kind == check.Unfinished {
		text = beginText
	}
	p.line(plain, 0, "%s", text.Fill(p.lang, message.Facts{
		"exercise": strconv.Itoa(exercise.Number), "functions": strings.Join(left(c.Verdicts[i]), ", "), "lab": c.Lab.Short,
		"section": exercise.Section, "file": "labs/" + c.Lab.Name + "/exercises.go",
	}))
	return nil
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
	p := &writer{lang: l}
	p.group(g)
	_ = p.page.Write(&b, false) // a builder takes everything
	return b.String()
}
