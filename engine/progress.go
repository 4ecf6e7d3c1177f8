package engine

import (
	"fmt"
	"os"
	"strings"
	"time"

	"etincelle/engine/event"
)

// progress is how far the running job is, read from events: a pure value, which
// console.go shows. Jobs run one after the other.
type progress struct {
	running bool
	began   time.Time
	stages  map[int]*stageProgress
	spilled int64 // bytes
}

// stageProgress is one stage that has run, runs, or is to run.
type stageProgress struct {
	tasks   int
	missing map[int]bool // partitions still owed; nil until it starts
	over    bool
}

// worthSaying is how long a job must have lasted for its progress to be shown.
const worthSaying = time.Second

func (p *progress) hear(e event.Event) {
	switch e := e.(type) {
	case event.JobStart:
		*p = progress{running: true, began: e.Time, stages: map[int]*stageProgress{}}
		for _, s := range e.Stages {
			p.stages[s.ID] = &stageProgress{tasks: s.Tasks}
		}
	case event.StageSkipped:
		delete(p.stages, e.Stage)
	case event.StageStart: // again, perhaps: then what was lost of it is owed once more
		if s := p.stages[e.Stage]; s != nil {
			s.over, s.missing = false, map[int]bool{}
			for _, partition := range e.Partitions {
				s.missing[partition] = true
			}
		}
	case event.TaskEnd:
		if s := p.stages[e.Stage]; s != nil && e.Status == event.Succeeded {
			delete(s.missing, e.Partition)
		}
	case event.StageEnd:
		if s := p.stages[e.Stage]; s != nil {
			s.over = e.Error == ""
		}
	case event.Spilled:
		p.spilled += e.Bytes
	case event.JobEnd, event.SessionEnd:
		p.running = false
	}
}

// done is how many of the partitions are there.
func (s *stageProgress) done() int {
	if s.missing == nil {
		return 0
	}
	return s.tasks - len(s.missing)
}

// line is the progress in words, "" while there is nothing to say.
func (p *progress) line(now time.Time, english bool) string {
	if !p.running || now.Sub(p.began) < worthSaying {
		return ""
	}
	over, done, tasks := 0, 0, 0
	for _, s := range p.stages {
		if s.over {
			over++
		}
		done += s.done()
		tasks += s.tasks
	}
	form, unit, spilled := "étapes %d/%d · tâches %d/%d", "o", " déversés"
	if english {
		form, unit, spilled = "stages %d/%d · tasks %d/%d", "B", " spilled"
	}
	line := fmt.Sprintf(form, over, len(p.stages), done, tasks)
	if p.spilled > 0 {
		line += " · " + size(p.spilled, unit) + spilled
	}
	return line
}

// size is a number of bytes in the largest unit in which it is at least ten.
func size(bytes int64, unit string) string {
	prefixes := []string{"", "Ki", "Mi", "Gi", "Ti"}
	for bytes >= 10<<10 && len(prefixes) > 1 {
		bytes, prefixes = bytes>>10, prefixes[1:]
	}
	return fmt.Sprintf("%d %s%s", bytes, prefixes[0], unit)
}

// English reports whether the reader of this process asked for English.
func (c *Core) English() bool { return inEnglish(os.Getenv) }

// inEnglish reports whether the reader of an environment asked for English; the
// course is French.
func inEnglish(lookup func(string) string) bool {
	for _, name := range []string{"ETINCELLE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := lookup(name); locale != "" {
			code, _, _ := strings.Cut(strings.ToLower(locale), "_")
			return code == "en"
		}
	}
	return false
}
