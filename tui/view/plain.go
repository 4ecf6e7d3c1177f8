package view

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"etincelle/engine/event"
	"etincelle/tui/canvas"
	"etincelle/tui/model"
	"etincelle/tui/stepper"
)

// Plain writes a recording as lines of text, for pipes and for screen readers:
// job by job, what a screen would show at the job's end, then why it went so.
// Signs are words here, and nothing is cut.
func Plain(w io.Writer, recording []event.Event, o Options) error {
	p, err := newProse(w, recording, o)
	if err != nil {
		return err
	}
	p.tell(0, plainTitle, model.Facts{"title": p.Title.In(p.Language), "facts": p.line.Len(), "tasks": p.line.Tasks()})
	p.jobs(0, true)
	return p.out.Flush() // keeps the first error of all the writing
}

// PlainOn writes what a recording has more than the jobs that were told before, and
// returns how many are told now. A job is told when it is over, or the recording is.
func PlainOn(w io.Writer, recording []event.Event, o Options, told int, over bool) (int, error) {
	p, err := newProse(w, recording, o)
	if err != nil {
		return told, err
	}
	told = p.jobs(told, over)
	return told, p.out.Flush()
}

func newProse(w io.Writer, recording []event.Event, o Options) (*prose, error) {
	line, err := model.New(recording)
	if err != nil {
		return nil, fmt.Errorf("the recording cannot be read: %w", err)
	}
	return &prose{out: bufio.NewWriter(w), page: page{Look: stepper.Look{Language: o.Language, Title: titleOf(o, line)}, line: line}, onlyASCII: o.ASCII}, nil
}

// prose writes the lines of a recording.
type prose struct {
	page
	out       *bufio.Writer
	onlyASCII bool
}

// say writes one line, indented by level.
func (p *prose) say(level int, s string) {
	s = strings.ReplaceAll(canvas.Clean(s), "\u00a0", " ")
	if p.onlyASCII {
		s = canvas.PlainSigns(s)
	}
	fmt.Fprintf(p.out, "%s%s\n", strings.Repeat("  ", level), s)
}

func (p *prose) tell(level int, w word, facts model.Facts) { p.say(level, p.word(w, facts)) }

// jobs goes through the steps once, and tells the jobs after so many that were told:
// sentences out of the ordinary are kept for the job they came in, and told after
// its numbers.
func (p *prose) jobs(told int, over bool) (ended int) {
	var story []string
	p.line.Walk(model.ByTask, func(s *model.State) {
		p.state = *s
		for _, n := range s.Notes {
			if !n.Routine() {
				story = append(story, n.In(p.Language))
			}
		}
		if s.JobOver {
			if ended++; ended > told {
				p.job(s.Job(), story)
			}
			story = nil
		}
	})
	if !over {
		return ended
	}
	if j := p.state.Job(); j != nil && j.Status == model.Running {
		p.job(j, story) // the recording stops in the middle of it
		return ended
	}
	for _, sentence := range story {
		p.say(0, sentence)
	}
	return ended
}

func (p *prose) job(j *model.Job, story []string) {
	p.say(0, "")
	facts := model.Facts{"job": j.ID, "action": j.Action, "site": j.Site, "error": j.Error}
	switch j.Status {
	case model.Succeeded:
		p.tell(0, plainJob, facts)
	case model.Failed:
		p.tell(0, plainFailed, facts)
	default:
		p.tell(0, plainCut, facts)
	}
	p.lineage()
	for _, s := range j.Stages {
		p.stage(j, s)
	}
	c := j.Counters
	p.tell(1, plainCounters, model.Facts{
		"written": c.ShuffleWrite, "read": c.ShuffleRead, "combined": c.Combined, "result": c.Result,
		"hits": c.Hits, "misses": c.Misses, "evictions": c.Evictions,
	})
	for _, s := range p.state.ShufflesOfJob() {
		p.shuffle(s)
	}
	p.storage()
	if len(story) > 0 {
		p.tell(1, plainStory, nil)
	}
	for _, s := range story {
		p.say(2, s)
	}
}

func (p *prose) lineage() {
	p.tell(1, plainLineage, nil)
	for i, b := range p.state.Lineage() {
		d := b.Dataset
		facts := model.Facts{"dataset": model.Label(d), "class": d.Class, "site": d.Site, "partitions": d.Partitions, "shuffle": b.Shuffle, "level": model.Level(d.Level)}
		w := plainNarrow
		switch {
		case i == 0:
			w = plainDataset
		case b.Shuffle >= 0:
			w = plainShuffled
		}
		text := p.word(w, facts)
		if d.Level != "" {
			text += p.word(plainLevel, facts)
		}
		if _, saved := p.state.Checkpoints[d.ID]; saved {
			text += ", " + p.word(checkpointed, nil)
		}
		if b.Again {
			text += ", " + p.word(seenAbove, nil)
		}
		p.say(2+len(b.Open), text)
	}
}

func (p *prose) stage(j *model.Job, s *model.Stage) {
	facts := model.Facts{"stage": s.ID, "name": s.Name, "done": s.Finished(), "total": len(s.Cells), "attempts": s.Attempt + 1, "error": s.Error}
	text := p.word(plainStage, facts)
	switch {
	case s.Status == model.Failed:
		text += p.word(plainStageFailed, facts)
	case s.Status == model.Waiting:
		text += p.word(plainNotRun, facts)
	case s.Status == model.Skipped:
		text = p.word(plainSkipped, facts) + p.status(j, s, true)[0].Text
	case s.Attempt > 0:
		text += p.word(plainAttempts, facts)
	}
	p.say(1, text)
	for _, t := range j.Tasks {
		if t.Stage == s.ID {
			p.task(t)
		}
	}
}

func (p *prose) task(t *model.Task) {
	m := t.Metrics
	facts := model.Facts{
		"task": t.Task, "partition": t.Partition, "executor": t.Executor, "attempt": t.Attempt + 1, "error": t.Error,
		"read": m.Input + m.ShuffleRead, "written": m.ShuffleWrite + m.Output, "result": m.Result,
	}
	switch {
	case !t.Ended:
		p.tell(2, plainTaskCut, facts)
	case t.Status != event.Succeeded:
		p.tell(2, plainTaskFailed, facts)
	default:
		p.tell(2, plainTask, facts)
	}
}

func (p *prose) shuffle(s model.Shuffle) {
	readers, sum, combined, known := s.Matrix()
	facts := model.Facts{"shuffle": s.ID, "rows": sum, "combined": combined, "readers": len(readers), "writers": len(s.Outputs)}
	if known {
		p.tell(1, plainShuffle, facts)
	} else {
		p.tell(1, plainShuffleYet, facts)
	}
	for _, o := range s.Outputs {
		facts := model.Facts{"map": o.Map, "executor": o.Executor, "rows": p.list(o.Rows), "total": o.Total()}
		if o.Lost {
			p.tell(2, plainWriterLost, facts)
		} else {
			p.tell(2, plainWriter, facts)
		}
	}
	p.tell(2, plainReaders, model.Facts{"rows": p.list(readers), "total": sum})
}

func (p *prose) list(rows []int64) string {
	parts := make([]string, len(rows))
	for i, n := range rows {
		parts[i] = model.Number(p.Language, n)
	}
	return strings.Join(parts, " + ")
}

func (p *prose) storage() {
	for _, id := range p.state.KeptIDs() {
		d := p.state.Kept[id]
		level := p.word(noLevel, nil)
		if d.Level != "" {
			level = model.Level(d.Level)
		}
		p.tell(1, plainKept, model.Facts{"dataset": p.state.Label(id), "level": level, "held": p.state.Stored(id), "partitions": d.Partitions})
		for _, b := range p.state.BlocksOf(id) {
			p.tell(2, plainBlock, model.Facts{"partition": b.Partition, "executor": b.Executor, "where": p.whereabouts(b)})
		}
	}
	for _, x := range p.state.Executors {
		memory, disk := p.state.Used(x.Name)
		facts := model.Facts{"executor": x.Name, "memory": model.Bytes(memory), "disk": model.Bytes(disk), "budget": model.Bytes(x.Budget), "error": x.Reason}
		if x.Lost {
			p.tell(1, plainExecutorLost, facts)
		} else {
			p.tell(1, plainExecutor, facts)
			if x.Excluded || len(x.Stages) > 0 {
				stages := numbers(x.Stages)
				if x.Excluded {
					stages = p.word(everyStage, nil)
				}
				p.tell(2, plainExcluded, model.Facts{"stages": stages})
			}
		}
	}
}

// whereabouts says in words what the sign of a block says.
func (p *prose) whereabouts(b model.PlacedBlock) string {
	w := blockInMemory
	switch {
	case b.Gone == event.Lost:
		w = blockLost
	case b.Gone == event.Evicted:
		w = blockEvicted
	case b.Gone != "":
		w = blockRefused
	case b.Memory == 0 && b.Disk > 0:
		w = blockOnDisk
	}
	text := p.word(w, model.Facts{"memory": model.Bytes(b.Memory), "disk": model.Bytes(b.Disk)})
	if b.Again && b.Gone == "" {
		text += ", " + p.word(blockAgain, nil)
	}
	if b.Replica && b.Gone == "" {
		text += ", " + p.word(blockCopy, nil)
	}
	return text
}
