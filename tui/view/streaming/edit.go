package streaming

import (
	"errors"
	"slices"
	"strings"
	"time"

	"etincelle/grader/message"
	"etincelle/replay/scenario"
)

// What can be changed about an experiment. Each change runs all of it again; u takes
// it back.

var (
	fixed       = message.Both("Un enregistrement ne se change pas : seul un scénario rejoue (step tp08, step FICHIER.json).", "A recording cannot be changed: a scenario alone runs again (step tp08, step FILE.json).")
	askedWindow = message.Both("Fenêtre et pas (10m 5m) : ", "Window and slide (10m 5m): ")
	askedRows   = message.Both("Lignes par lot : ", "Rows in a batch: ")
	askedLate   = message.Both("Événement de plus au lot suivant (12:04 âne) : ", "One more event in the next batch (12:04 âne): ")
	badDuration = message.Both("« {text} » : deux durées sont attendues, comme 10m 5m ou 1h 30m.", "“{text}”: two durations are expected, as 10m 5m or 1h 30m.")
	badEvent    = message.Both("« {text} » : une heure puis un mot sont attendus, comme 12:04 âne.", "“{text}”: a time and a word are expected, as 12:04 âne.")
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

// askLate adds an event to the next batch of input.
func (s *screen) askLate() {
	if !s.Changeable(s, fixed) {
		return
	}
	s.Ask(s.Say(askedLate, nil), nil, func(text string) {
		at, key, ok := eventOf(text, s.dayOf())
		if !ok {
			s.Notice = s.Say(badEvent, message.Facts{"text": text})
			return
		}
		to := s.Latest()
		to.Added = append(slices.Clone(to.Added), scenario.Added{Row: scenario.Row{At: at, Key: key}, Batch: s.inputs()})
		s.change(to)
	})
}

// eventOf reads an event as a student writes it: 12:04 âne. Its day is the one given,
// unless it has its own as the screen writes days: 26/06 00:10 JFK, 26 Jun 00:10 JFK.
func eventOf(text string, day time.Time) (at time.Time, key string, ok bool) {
	words := strings.Fields(text)
	for _, layout := range []string{"15:04", "15:04:05", "02/01 15:04", "02/01 15:04:05", "2 Jan 15:04", "2 Jan 15:04:05"} {
		n := len(strings.Fields(layout))
		if len(words) <= n {
			continue
		}
		t, err := time.Parse(layout, strings.Join(words[:n], " "))
		if err != nil {
			continue
		}
		month, date := t.Month(), t.Day()
		if n == 1 {
			month, date = day.Month(), day.Day()
		}
		return time.Date(day.Year(), month, date, t.Hour(), t.Minute(), t.Second(), 0, time.UTC), strings.Join(words[n:], " "), true
	}
	return time.Time{}, "", false
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
