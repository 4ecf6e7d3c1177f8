package streaming

import (
	"errors"
	"slices"
	"strings"
	"time"

	"etincelle/grader/message"
	"etincelle/replay/scenario"
	model "etincelle/tui/model/streaming"
)

// What can be changed about an experiment. Each change runs all of it again; u takes
// it back.

var (
	fixed        = message.Both("Un enregistrement ne se change pas : seul un scénario rejoue (step tp08, step FICHIER.json).", "A recording cannot be changed: a scenario alone runs again (step tp08, step FILE.json).")
	askedWindow  = message.Both("Fenêtre et pas (10m 5m) : ", "Window and slide (10m 5m): ")
	askedRows    = message.Both("Lignes par lot : ", "Rows in a batch: ")
	askedLate    = message.Both("Événement de plus au lot suivant (12:04 âne) : ", "One more event in the next batch (12:04 âne): ")
	badDuration  = message.Both("« {text} » : deux durées sont attendues, comme 10m 5m ou 1h 30m.", "“{text}”: two durations are expected, as 10m 5m or 1h 30m.")
	badEvent     = message.Both("« {text} » : une heure puis un mot sont attendus, comme 12:04 âne.", "“{text}”: a time and a word are expected, as 12:04 âne.")
	noDifference = message.Both("Rien n'a encore été changé : il n'y a qu'un essai.", "Nothing has been changed yet: there is one run alone.")
	totalsOf     = message.Both("{mode} : {before} → {after} lignes écrites, {late} → {lateNow} rejetées, état final {state} → {stateNow}", "{mode}: {before} → {after} rows written, {late} → {lateNow} dropped, state at the end {state} → {stateNow}")
	batchDiffers = message.Both("lot {batch}, {mode} : {before} → {after}", "batch {batch}, {mode}: {before} → {after}")
	sameRows     = message.Both("Chaque lot écrit les mêmes lignes.", "Each batch writes the same rows.")
	noSuchBatch  = message.Both("pas de lot", "no batch")
	rowsOnly     = message.Both("{rows:ligne|lignes}", "{rows:row|rows}")
	otherRows    = message.Both("{rows:ligne|lignes}, d'autres", "{rows:row|rows}, others")
)

func (s *screen) askWindow() {
	if !s.Changeable(s, fixed) {
		return
	}
	s.Ask(s.Say(askedWindow, nil), nil, func(text string) {
		parts := strings.Fields(text)
		if len(parts) == 1 {
			parts = append(parts, parts[0])
		}
		if len(parts) != 2 {
			s.Notice = s.Say(badDuration, message.Facts{"text": text})
			return
		}
		window, err1 := time.ParseDuration(parts[0])
		slide, err2 := time.ParseDuration(parts[1])
		if errors.Join(err1, err2) != nil {
			s.Notice = s.Say(badDuration, message.Facts{"text": text})
			return
		}
		to := s.Latest()
		to.Window, to.Slide = scenario.Duration(window), scenario.Duration(slide)
		s.change(to)
	})
}

// delayStep is how far + and - move the watermark's delay: a slide, never more than
// ten minutes.
func delayStep(s scenario.Scenario) scenario.Duration {
	return min(s.Slide, scenario.Duration(10*time.Minute))
}

// changeDelay moves the watermark's delay.
func (s *screen) changeDelay(by int) {
	if !s.Changeable(s, fixed) {
		return
	}
	to := s.Latest()
	to.Delay = max(to.Delay+scenario.Duration(by)*delayStep(to), 0)
	if to.Delay != s.Latest().Delay {
		s.change(to)
	}
}

func (s *screen) askBatchRows() {
	if !s.Changeable(s, fixed) {
		return
	}
	s.AskNumber(s.Say(askedRows, nil), func(n int) {
		if n == 0 {
			return
		}
		to := s.Latest()
		to.Batches, to.BatchRows = nil, n
		s.change(to)
	})
}

// askLate adds an event to the next batch of input. Its day is that of the last row
// that was seen.
func (s *screen) askLate() {
	if !s.Changeable(s, fixed) {
		return
	}
	s.Ask(s.Say(askedLate, nil), nil, func(text string) {
		clock, key, found := strings.Cut(strings.TrimSpace(text), " ")
		at, err := time.Parse("15:04", clock)
		if err != nil {
			at, err = time.Parse("15:04:05", clock)
		}
		if err != nil || !found || strings.TrimSpace(key) == "" {
			s.Notice = s.Say(badEvent, message.Facts{"text": text})
			return
		}
		day := s.dayOf()
		to := s.Latest()
		to.Added = append(slices.Clone(to.Added), scenario.Added{
			Row:   scenario.Row{At: time.Date(day.Year(), day.Month(), day.Day(), at.Hour(), at.Minute(), at.Second(), 0, time.UTC), Key: strings.TrimSpace(key)},
			Batch: s.inputs(),
		})
		s.change(to)
	})
}

// dayOf is the day of the last row seen, or of the first to come.
func (s *screen) dayOf() time.Time {
	if b := s.story.Lead(s.moment.Position); b != nil && !b.Seen.IsZero() {
		return b.Seen
	}
	for at := 1; at <= s.story.Len(); at++ {
		if b := s.story.Lead(at); !b.Seen.IsZero() {
			return b.Seen
		}
	}
	return time.Time{}
}

// inputs is how many batches that read rows there were so far: the number of the
// next one, as scenarios count.
func (s *screen) inputs() int {
	n := 0
	for at := 1; at <= s.moment.Position; at++ {
		if !s.story.Lead(at).Empty() {
			n++
		}
	}
	return n
}

func (s *screen) save() { s.Save(s, s.options.Save, fixed) }

// difference tells what the last change changed: the totals, then each batch that
// writes other rows.
func (p *page) difference() []string {
	if len(p.Before) == 0 {
		return []string{p.Say(noDifference, nil)}
	}
	old := p.Before[len(p.Before)-1].Story
	was, is := old.At(old.Len()), p.story.At(p.story.Len())
	var all []string
	for i := range is.Modes {
		now, j := is.Modes[i], slices.IndexFunc(was.Modes, func(m model.Mode) bool { return m.Query.Mode == is.Modes[i].Query.Mode })
		if j < 0 {
			continue
		}
		before := was.Modes[j]
		state, _, _ := before.Last.Totals()
		stateNow, _, _ := now.Last.Totals()
		all = append(all, p.Say(totalsOf, message.Facts{"mode": model.ModeName(now.Query.Mode), "before": before.Totals.Out, "after": now.Totals.Out,
			"late": before.Totals.Dropped, "lateNow": now.Totals.Dropped, "state": state, "stateNow": stateNow}))
	}
	same := len(all)
	for i, q := range p.story.Queries {
		j := slices.IndexFunc(old.Queries, func(o *model.Query) bool { return o.Mode == q.Mode })
		if j >= 0 {
			all = append(all, p.batchesThatDiffer(old, j, i)...)
		}
	}
	if len(all) == same {
		all = append(all, p.Say(sameRows, nil))
	}
	return all
}

func (p *page) batchesThatDiffer(old *model.Story, before, now int) []string {
	was, is := old.Queries[before].Batches, p.story.Queries[now].Batches
	var all []string
	for i := range max(len(was), len(is)) {
		facts := message.Facts{"batch": i, "mode": model.ModeName(p.story.Queries[now].Mode), "before": noSuchBatch, "after": noSuchBatch}
		tell := func(b *model.Batch, w message.Text) model.Note {
			return model.Note{Text: w, Facts: message.Facts{"rows": b.Out.Count}}
		}
		switch {
		case i >= len(was):
			facts["after"] = tell(is[i], rowsOnly)
		case i >= len(is):
			facts["before"] = tell(was[i], rowsOnly)
		case sameSet(was[i].Out.Rows, is[i].Out.Rows) && was[i].Out.Count == is[i].Out.Count:
			continue
		default:
			facts["before"], facts["after"] = tell(was[i], rowsOnly), tell(is[i], rowsOnly)
			if was[i].Out.Count == is[i].Out.Count {
				facts["after"] = tell(is[i], otherRows)
			}
		}
		all = append(all, p.Say(batchDiffers, facts))
	}
	return all
}

// sameSet compares rows whatever their order.
func sameSet(a, b [][]string) bool {
	join := func(rows [][]string) []string {
		var all []string
		for _, r := range rows {
			all = append(all, strings.Join(r, "\x00"))
		}
		slices.Sort(all)
		return all
	}
	return slices.Equal(join(a), join(b))
}
