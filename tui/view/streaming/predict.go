package streaming

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

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
}

var (
	askedMode  = message.Both("Lot {batch}, {mode} : combien, ou lesquelles (09:00 mot 1; …) ? ", "Batch {batch}, {mode}: how many rows, or which (09:00 word 1; …)? ")
	askedMark  = message.Both("Filigrane après ce lot (HH:MM) ? ", "Watermark after this batch (HH:MM)? ")
	comingText = message.Both("Ce qui vient, filigrane {watermark} : {rows}", "What comes, watermark {watermark}: {rows}")
	nothingNew = message.Both("aucune ligne, un lot vide.", "no row, an empty batch.")
	manyComing = message.Both("{rows:ligne|lignes}.", "{rows:row|rows}.")
	rightRows  = message.Both("✔ {mode} : {rows:ligne|lignes}, comme prévu.", "✔ {mode}: {rows:row|rows}, as predicted.")
	wrongCount = message.Both("✗ {mode} : {rows:ligne|lignes}, vous aviez écrit {guess}. {why}", "✗ {mode}: {rows:row|rows}, you had written {guess}. {why}")
	wrongRows  = message.Both("✗ {mode} : il manque « {missing} », « {extra} » en trop. {why}", "✗ {mode}: “{missing}” is missing, “{extra}” is too much. {why}")
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
	s.reading, s.coming = readNothing, s.arriving(to.Lead().Batch)
	made := Prediction{Batch: s.story.Lead(next).Number, Rows: map[string]string{}}
	s.askMode(&to, made, 0)
}

// askMode asks about one mode after the other, then about the watermark.
func (s *screen) askMode(to *model.Moment, made Prediction, mode int) {
	for mode < len(to.Modes) && to.Modes[mode].Batch == nil {
		mode++
	}
	if mode < len(to.Modes) {
		name := to.Modes[mode].Query.Mode
		s.askComing(s.Say(askedMode, message.Facts{"batch": to.Modes[mode].Batch.Number, "mode": model.ModeName(name)}), func(text string) {
			if text = strings.TrimSpace(text); text != "" {
				made.Rows[name] = text
			}
			s.askMode(to, made, mode+1)
		})
		return
	}
	if _, marked := to.Lead().Query.Delay(); !marked {
		s.judge(to, made)
		return
	}
	s.askComing(s.Say(askedMark, nil), func(text string) {
		made.Mark = strings.TrimSpace(text)
		s.judge(to, made)
	})
}

// askComing asks about the next step, and shows meanwhile what it will read.
func (s *screen) askComing(label string, done func(text string)) {
	s.asking = label
	s.Ask(label, nil, done)
}

// arriving says what a batch will read: without it there is nothing to predict from.
func (p *page) arriving(b *model.Batch) string {
	const fits = 12
	rows := p.Say(manyComing, message.Facts{"rows": b.Count})
	switch {
	case b.Empty():
		rows = p.Say(nothingNew, nil)
	case int(b.Count) <= fits && len(b.Rows) == int(b.Count):
		var each []string
		for _, r := range b.Rows {
			each = append(each, strings.TrimSpace(r.Text()+" "+p.story.Clock().Time(r.At).In(p.Language)))
		}
		rows = strings.Join(each, ", ") + "."
	}
	return p.Say(comingText, message.Facts{"watermark": p.story.Clock().Time(b.Watermark), "rows": canvas.Clean(rows)})
}

// isAsking reports whether a prediction is being made.
func (p *page) isAsking() bool { return p.Prompt != "" && p.Prompt == p.asking }

// judge goes to the step, marks the prediction and keeps it.
func (s *screen) judge(to *model.Moment, made Prediction) {
	if len(made.Rows) > 0 || made.Mark != "" {
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
		if lead.Batch.Next.Format("15:04") == made.Mark {
			all = append(all, judged{true, model.Note{Text: rightMark, Facts: f}})
		} else {
			all = append(all, judged{false, model.Note{Text: wrongMark, Facts: f}})
		}
	}
	return all
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

// normal is a student's row as spell writes it: 12:10–12:20 hibou 2 as well.
func normal(text string) string {
	parts := strings.Fields(text)
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
	return strings.Join(parts, " | ")
}
