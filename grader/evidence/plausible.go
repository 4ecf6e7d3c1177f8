package evidence

import (
	"fmt"

	"etincelle/engine/event"
)

// plausible says what in the case's events cannot have happened, or nothing.
func (r *Recording) plausible(sources []string) string {
	log := newLedger()
	for p := range phases {
		read := map[string]bool{} // sources that some task of the phase computes
		kept := false             // some task read a kept block, and need not compute what is behind it
		for _, e := range r.events[p] {
			if fault := misplaced(phase(p), e); fault != "" {
				return fault
			}
			if fault := log.enter(e); fault != "" {
				return fault
			}
			switch e := e.(type) {
			case event.TaskEnd:
				for _, op := range log.roots(e.Stage) {
					read[op] = true
				}
			case event.BlockRead:
				kept = true
			}
		}
		for _, source := range sources {
			asked := r.reads[p][source] > 0
			if asked && !read[source] && phase(p) != opening { // values are read before any code under test runs
				return fmt.Sprintf("%s was read, and no task says so", source)
			}
			if read[source] && !asked && !kept && r.served[source] > 0 {
				return fmt.Sprintf("tasks say that they read %s, and nobody asked for it", source)
			}
		}
	}
	if fault := log.closed(); fault != "" {
		return fault
	}
	return r.computed()
}

// misplaced says why an event cannot belong to a phase.
func misplaced(p phase, e event.Event) string {
	ok := true
	switch e.(type) {
	case event.SessionStart:
		ok = p == opening
	case event.ExecutorAdded:
		ok = p == opening || p == repeating
	case event.ExecutorLost:
		ok = p == repeating
	case event.SessionEnd:
		ok = p == closing
	default:
		ok = p == inside || p == acting || p == repeating
	}
	if !ok {
		return fmt.Sprintf("a %s came outside its phase", e.Kind())
	}
	return ""
}

// computed checks that the result was computed, twice, by a job that ended well.
func (r *Recording) computed() string {
	if r.answer.Value { // which jobs a function must run for its value, its property says
		if len(r.answer.Rows) != 1 || len(r.answer.Rows[0]) != 1 {
			return "an answer of one value has several"
		}
		return ""
	}
	for _, p := range []phase{acting, repeating} {
		jobs := 0
		for _, e := range r.events[p] {
			job, ok := e.(event.JobStart)
			if !ok {
				continue
			}
			for _, d := range job.Datasets {
				if d.ID != job.Dataset || job.Action != "collect" {
					continue
				}
				for _, parent := range d.Parents {
					if parent.Dataset == r.answer.Dataset {
						jobs++
					}
				}
			}
		}
		if jobs == 0 {
			return "no job computed the result"
		}
	}
	if len(r.answer.Rows) != r.answer.Partitions || len(r.answer.Again) != r.answer.Partitions {
		return fmt.Sprintf("the answer has %d and %d partitions and says %d", len(r.answer.Rows), len(r.answer.Again), r.answer.Partitions)
	}
	return ""
}
