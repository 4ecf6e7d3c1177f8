package streaming

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/streaming"
	"etincelle/tui/stepper"
	"etincelle/tui/trial"
)

// Prediction is what a student wrote about a batch before seeing it.
type Prediction struct {
	Batch int64
	Rows  map[string]string // by mode: a number of rows, or the rows themselves
	Mark  string            // the watermark after the batch: 12:17
	State string            // how many rows are remembered after it
}

var (
	askedMode  = message.Both("{mode} : combien de lignes, ou lesquelles (12:50 loup 3; 12:55 loup 3) ? ", "{mode}: how many rows, or which (12:50 loup 3; 12:55 loup 3)? ")
	askedState = message.Both("Lignes en mémoire après ce lot ({mode}) ? ", "Rows remembered after this batch ({mode})? ")
	rightState = message.Both("✔ État après ce lot : {rows:ligne|lignes}, comme prévu.", "✔ State after this batch: {rows:row|rows}, as predicted.")
	wrongState = message.Both("✗ État après ce lot : {rows:ligne|lignes}, vous aviez écrit {guess}. Ce lot en ajoute {opened}, et en ôte {removed}.", "✗ State after this batch: {rows:row|rows}, you had written {guess}. This batch adds {opened} and removes {removed}.")
	comingRows = message.Both("Le lot {batch} lira, filigrane {watermark} : {rows}.", "Batch {batch} will read, watermark {watermark}: {rows}.")
	comingMany = message.Both("Le lot {batch} lira {count:ligne|lignes}, filigrane {watermark}.", "Batch {batch} will read {count:row|rows}, watermark {watermark}.")
	comingNone = message.Both("Le lot {batch} ne lira aucune ligne, filigrane {watermark}.", "Batch {batch} will read no row, watermark {watermark}.")
	askedMark  = message.Both("Filigrane après ce lot (comme 11:50) ? ", "Watermark after this batch (such as 11:50)? ")
	rightRows  = message.Both("✔ {mode} : {rows:ligne|lignes}, comme prévu.", "✔ {mode}: {rows:row|rows}, as predicted.")
	wrongCount = message.Both("✗ {mode} : {rows:ligne|lignes}, vous aviez écrit {guess}. {why}", "✗ {mode}: {rows:row|rows}, you had written {guess}. {why}")
	wrongRows  = message.Both("✗ {mode} : il manque « {missing} », « {extra} » en trop. {why}", "✗ {mode}: “{missing}” is missing, “{extra}” should not be there. {why}")
	rightMark  = message.Both("✔ Filigrane après ce lot : {mark}, comme prévu.", "✔ Watermark after this batch: {mark}, as predicted.")
	wrongMark  = message.Both("✗ Filigrane après ce lot : {mark}, vous aviez écrit {guess}. {why}", "✗ Watermark after this batch: {mark}, you had written {guess}. {why}")
)

// judged is a prediction's verdict.
type judged struct {
	right bool
	note  model.Note
}

func (j judged) in(l message.Language) string { return j.note.In(l) }

// predict asks what each mode will write in the next batch, then shows it. An empty
// answer is none.
func (s *screen) predict() {
	next := s.moment.Position + 1
	if next > s.story.Len() {
		s.Notice = s.Say(stepper.LastStep, nil)
		return
	}
	to := s.story.At(next)
	made := Prediction{Batch: s.story.Lead(next).Number, Rows: map[string]string{}}
	s.coming, s.reading = s.story.Lead(next), readNothing
	s.askMode(&to, made, 0)
}

// askMode asks about one mode after the other, then about the watermark.
func (s *screen) askMode(to *model.Moment, made Prediction, mode int) {
	for mode < len(to.Modes) && to.Modes[mode].Batch == nil {
		mode++
	}
	if mode < len(to.Modes) {
		name := to.Modes[mode].Query.Mode
		s.Ask(s.Say(askedMode, message.Facts{"mode": model.ModeName(name)}), nil, func(text string) {
			if text = strings.TrimSpace(text); text != "" {
				made.Rows[name] = text
			}
			s.askMode(to, made, mode+1)
		})
		return
	}
	if _, marked := to.Lead().Query.Delay(); !marked {
		s.askState(to, made)
		return
	}
	s.Ask(s.Say(askedMark, nil), nil, func(text string) {
		made.Mark = strings.TrimSpace(text)
		s.askState(to, made)
	})
}

// askState asks how much is remembered, then shows the step.
func (s *screen) askState(to *model.Moment, made Prediction) {
	if len(to.Lead().Batch.State) == 0 {
		s.judge(to, made)
		return
	}
	s.Ask(s.Say(askedState, message.Facts{"mode": model.ModeName(to.Lead().Query.Mode)}), nil, func(text string) {
		made.State = strings.TrimSpace(text)
		s.judge(to, made)
	})
}

// foretold says what the batch that is predicted reads, and nothing more.
func (p *page) foretold() string {
	const fits = 12
	var rows []string
	for _, r := range p.coming.Rows {
		text := r.Text()
		if !r.At.IsZero() {
			text = p.story.Clock().Time(r.At).In(p.Language) + " " + text
		}
		rows = append(rows, text)
	}
	f := message.Facts{
		"batch": p.coming.Number, "rows": canvas.Clean(strings.Join(rows, ", ")), "count": p.coming.Count,
		"watermark": p.story.Clock().Time(p.coming.Watermark),
	}
	switch {
	case p.coming.Empty():
		return p.Say(comingNone, f)
	case len(rows) > fits || len(rows) < int(p.coming.Count):
		return p.Say(comingMany, f)
	}
	return p.Say(comingRows, f)
}

// judge goes to the step, marks the prediction and keeps it.
func (s *screen) judge(to *model.Moment, made Prediction) {
	if len(made.Rows) > 0 || made.Mark != "" || made.State != "" {
		if s.predicted == nil {
			s.predicted = map[int][]judged{}
		}
		s.predicted[to.Position] = s.verdicts(to, made)
		if s.options.Keep != nil {
			if err := s.options.Keep(made); err != nil {
				s.Notice = s.Say(trial.Failure, message.Facts{"error": err.Error()})
			}
		}
	}
	s.goTo(to.Position)
}

// verdicts marks each answer.
func (p *page) verdicts(m *model.Moment, made Prediction) []judged {
	var all []judged
	for i := range m.Modes {
		mode := &m.Modes[i]
		if guess, told := made.Rows[mode.Query.Mode]; told && mode.Batch != nil {
			all = append(all, p.markRows(m, i, guess))
		}
	}
	if made.Mark != "" {
		lead := m.Lead()
		f := message.Facts{"mark": p.story.Clock().Time(lead.Batch.Next), "guess": canvas.Clean(made.Mark), "why": model.Notes(p.story.WhyWatermark(m))}
		if p.sameTime(lead.Batch.Next, made.Mark) {
			all = append(all, judged{true, model.Note{Text: rightMark, Facts: f}})
		} else {
			all = append(all, judged{false, model.Note{Text: wrongMark, Facts: f}})
		}
	}
	if made.State != "" {
		all = append(all, judgeState(m.Lead().Batch, made.State))
	}
	return all
}

// sameTime reports whether a student means that watermark, with its day or without;
// none is written as a word or a dash.
func (p *page) sameTime(t time.Time, guess string) bool {
	if t.IsZero() {
		return slices.Contains([]string{"aucun", "none", "—", "-"}, strings.ToLower(guess))
	}
	return slices.Contains([]string{t.Format("15:04"), t.Format("15:04:05"), p.story.Clock().Time(t).In(p.Language)}, guess)
}

func judgeState(b *model.Batch, guess string) judged {
	total, _, removed := b.Totals()
	opened := int64(0)
	for _, c := range b.Changes() {
		if c.What == "opened" {
			opened++
		}
	}
	f := message.Facts{"rows": total, "guess": canvas.Clean(guess), "opened": opened, "removed": removed}
	if n, err := strconv.ParseInt(guess, 10, 64); err == nil && n == total {
		return judged{true, model.Note{Text: rightState, Facts: f}}
	}
	return judged{false, model.Note{Text: wrongState, Facts: f}}
}

func (p *page) markRows(m *model.Moment, i int, guess string) judged {
	mode := &m.Modes[i]
	f := message.Facts{"mode": model.ModeName(mode.Query.Mode), "rows": mode.Batch.Out.Count, "guess": canvas.Clean(guess), "why": model.Notes(p.story.WhyMode(m, i))}
	if n, err := strconv.ParseInt(guess, 10, 64); err == nil {
		if n == mode.Batch.Out.Count {
			return judged{true, model.Note{Text: rightRows, Facts: f}}
		}
		return judged{false, model.Note{Text: wrongCount, Facts: f}}
	}
	want, got := map[string]int{}, map[string]int{}
	for _, row := range mode.Batch.Out.Rows {
		want[spell(row)]++
	}
	for _, part := range strings.Split(guess, ";") {
		if part = strings.TrimSpace(part); part != "" {
			got[normal(part)]++
		}
	}
	missing, extra := less(want, got), less(got, want)
	if len(missing)+len(extra) == 0 {
		return judged{true, model.Note{Text: rightRows, Facts: f}}
	}
	f["missing"], f["extra"] = some(missing), some(extra)
	return judged{false, model.Note{Text: wrongRows, Facts: f}}
}

// spell writes a row as a student does: 12:10 hibou 2.
func spell(row []string) string {
	if w, rest, is := model.WindowOf(row); is {
		return w.Start.Format("15:04") + " " + strings.Join(rest, " ")
	}
	return strings.Join(row, " ")
}

// day is a day before a time: 25/06, 25 Jun.
var day = regexp.MustCompile(`^\d{1,2}(/\d{1,2}| [A-Za-z]{3}) +`)

// normal is a student's row as spell writes it: 12:10–12:20 hibou 2 as well, and
// 25/06 12:10 hibou 2.
func normal(text string) string {
	parts := strings.Fields(day.ReplaceAllString(text, ""))
	if len(parts) == 0 {
		return text
	}
	if start, _, is := strings.Cut(parts[0], "–"); is {
		parts[0] = start
	} else if start, _, is := strings.Cut(parts[0], "-"); is {
		parts[0] = start
	}
	return strings.Join(parts, " ")
}

// less is what a has and b has not.
func less(a, b map[string]int) []string {
	var all []string
	for text, n := range a {
		for range n - b[text] {
			all = append(all, text)
		}
	}
	slices.Sort(all)
	return all
}

func some(rows []string) string {
	const shown = 4
	switch {
	case len(rows) == 0:
		return "—"
	case len(rows) > shown:
		return strings.Join(rows[:shown], "; ") + fmt.Sprintf("; … (%d)", len(rows))
	}
	return strings.Join(rows, "; ")
}

// Name is under what the prediction is kept.
func (p Prediction) Name() string { return fmt.Sprintf("step-batch-%d", p.Batch) }

// Text is the prediction as it is kept.
func (p Prediction) Text() string {
	var parts []string
	for _, mode := range []string{"append", "update", "complete"} {
		if rows, told := p.Rows[mode]; told {
			parts = append(parts, mode+": "+rows)
		}
	}
	if p.Mark != "" {
		parts = append(parts, "watermark: "+p.Mark)
	}
	if p.State != "" {
		parts = append(parts, "state: "+p.State)
	}
	return strings.Join(parts, " | ")
}
