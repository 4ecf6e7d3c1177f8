package streaming

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/streaming"
	"etincelle/tui/stepper"
)

// Plain writes the streaming queries of a recording as lines of text, for pipes and
// for screen readers: batch by batch what a screen would show, then why. Signs are
// words here, and nothing is cut.
func Plain(w io.Writer, recording []event.Event, o Options) error {
	p, err := newProse(w, recording, o)
	if err != nil {
		return err
	}
	if err := o.there(p.story); err != nil {
		return err
	}
	p.line(0, p.head()+p.Say(plainTitle, message.Facts{"steps": p.story.Len(), "last": p.story.Last()}))
	for at := 1; at <= p.story.Len(); at++ {
		if b := p.story.Lead(at); o.Batch == nil || b.Number == *o.Batch {
			p.goTo(at)
			p.step()
		}
	}
	if o.Batch == nil {
		p.totals()
	}
	return p.out.Flush() // keeps the first error of all the writing
}

// PlainOn writes what a recording has more than the steps that were told before, and
// returns how many are told now. A step is told when all its batches are over; when
// the recording is, all that is left, and the totals.
func PlainOn(w io.Writer, recording []event.Event, o Options, told int, over bool) (int, error) {
	p, err := newProse(w, recording, o)
	if err != nil {
		return told, err
	}
	p.heading = plainGrowing // nobody knows yet which is the last
	if told == 0 && (over || p.story.Settled(1)) {
		p.line(0, strings.TrimRight(p.head(), " "))
	}
	for told < p.story.Len() && (over || p.story.Settled(told+1)) {
		told++
		p.goTo(told)
		p.step()
	}
	if over {
		p.totals()
	}
	return told, p.out.Flush()
}

func newProse(w io.Writer, recording []event.Event, o Options) (*prose, error) {
	story, err := model.New(recording, o.Comparison)
	if err != nil {
		return nil, fmt.Errorf("the recording cannot be read: %w", err)
	}
	p := &prose{out: bufio.NewWriter(w), onlyASCII: o.ASCII, heading: plainBatch}
	p.page = page{look: look{Look: stepper.Look{Language: o.Language, Title: o.Title}, row: -1}, bench: bench{Scenario: o.Scenario}}
	p.tell(story, 0)
	return p, nil
}

var (
	plainTitle   = message.Both("{steps:pas|pas}, lots 0 à {last}", "{steps:step|steps}, batches 0 to {last}")
	plainBatch   = message.Both("LOT {batch} sur {last}", "BATCH {batch} of {last}")
	plainGrowing = message.Both("LOT {batch}", "BATCH {batch}")
	plainRows    = message.Both("ENTRÉES ({rows})", "ROWS READ ({rows})")
	plainRow     = message.Both("{at}{row} : acceptée", "{at}{row}: accepted")
	plainLate    = message.Both("{at}{row} : rejetée, trop tard ({modes})", "{at}{row}: dropped, too late ({modes})")
	plainPartly  = message.Both("{at}{row} : rejetée d'une partie de ses fenêtres ({modes})", "{at}{row}: dropped from some of its windows ({modes})")
	plainMark    = message.Both("FILIGRANE avant : {before}, après : {after}", "WATERMARK before: {before}, after: {after}")
	plainState   = message.Both("ÉTAT {mode} ({total:ligne|lignes}, {updated} modifiées, {removed} supprimées, {dropped} tardives)", "STATE {mode} ({total:row|rows}, {updated} updated, {removed} removed, {dropped} late)")
	plainOutput  = message.Both("SORTIE {mode} ({rows})", "OUTPUT {mode} ({rows})")
	plainOwn     = message.Both("SORTIE {mode}, son lot {batch} ({rows})", "OUTPUT {mode}, its batch {batch} ({rows})")
	plainNoBatch = message.Both("SORTIE {mode} : pas de lot à ce pas", "OUTPUT {mode}: no batch in this step")
	plainWhy     = message.Both("POURQUOI", "WHY")
	plainTotals  = message.Both("TOTAL {mode} : {out:ligne écrite|lignes écrites}, {dropped} rejetées, {state} en mémoire à la fin", "TOTAL {mode}: {out:row written|rows written}, {dropped} dropped, {state} remembered at the end")
	newWord      = message.Both("nouveau", "new")
)

// prose writes the lines of a story.
type prose struct {
	page
	out       *bufio.Writer
	onlyASCII bool
	heading   message.Text // of a step
}

// head is what the recording is of.
func (p *prose) head() string {
	head := p.Title.In(p.Language) + ". "
	if settings := p.settings(slidingWindow); settings != "" {
		head += settings + ". "
	}
	return head
}

// line writes one line, indented by level.
func (p *prose) line(level int, s string) {
	s = strings.ReplaceAll(canvas.Clean(s), message.Hard, " ")
	if p.onlyASCII {
		s = canvas.PlainSigns(s)
	}
	fmt.Fprintf(p.out, "%s%s\n", strings.Repeat("  ", level), s)
}

func (p *prose) put(level int, t message.Text, f message.Facts) { p.line(level, p.Say(t, f)) }

func (p *prose) step() {
	lead := p.moment.Lead()
	clock := p.story.Clock()
	p.line(0, "")
	p.put(0, p.heading, message.Facts{"batch": lead.Batch.Number, "last": p.story.Last()})
	p.put(0, plainRows, message.Facts{"rows": lead.Batch.Count})
	for i, r := range lead.Batch.Rows {
		f := message.Facts{"at": "", "row": r.Text()}
		if !r.At.IsZero() {
			f["at"] = clock.Time(r.At).In(p.Language) + " "
		}
		w, dropping := plainRow, []string{}
		for _, mode := range p.moment.Modes {
			if mode.Batch == nil || i >= len(mode.Batch.Rows) {
				continue
			}
			switch row := mode.Batch.Rows[i]; {
			case row.Late:
				w = plainLate
			case row.Partly:
				w = plainPartly
			default:
				continue
			}
			dropping = append(dropping, model.ModeName(mode.Query.Mode).In(p.Language))
		}
		f["modes"] = strings.Join(dropping, ", ")
		p.put(1, w, f)
	}
	p.put(0, plainMark, message.Facts{"before": clock.Time(lead.Batch.Watermark), "after": clock.Time(lead.Batch.Next)})
	for i := range p.moment.Modes {
		p.state(&p.moment.Modes[i])
	}
	for i := range p.moment.Modes {
		p.output(&p.moment.Modes[i])
	}
	p.put(0, plainWhy, nil)
	for _, s := range p.sentences() {
		p.line(1, s)
	}
}

func (p *prose) state(mode *model.Mode) {
	if mode.Batch == nil || len(mode.Batch.State) == 0 {
		return
	}
	total, updated, removed := mode.Batch.Totals()
	p.put(0, plainState, message.Facts{"mode": model.ModeName(mode.Query.Mode), "total": total, "updated": updated, "removed": removed, "dropped": mode.Batch.Dropped})
	at, text := "", ""
	flush := func() {
		if text != "" {
			p.line(1, text)
		}
	}
	for _, g := range mode.Table {
		head, rest := "", p.cells(g.Key)
		if w, without, is := model.WindowOf(g.Key); is {
			head, rest = p.story.Clock().Span(w).In(p.Language), without
		}
		item := strings.Join(append(rest, p.cells(g.Value)...), " ")
		switch g.Touched {
		case "updated":
			item += " " + p.Say(was, message.Facts{"before": strings.Join(p.cells(g.Before), " ")})
		case "opened":
			item += " (" + p.Say(newWord, nil) + ")"
		case "closed":
			item += " (" + strings.ToLower(p.Say(closedNow, nil)) + ")"
		}
		if head != at || text == "" {
			flush()
			at, text = head, strings.TrimSpace(head+" "+item)
			continue
		}
		text += ", " + item
	}
	flush()
}

func (p *prose) output(mode *model.Mode) {
	f := message.Facts{"mode": model.ModeName(mode.Query.Mode)}
	if mode.Batch == nil {
		p.put(0, plainNoBatch, f)
		return
	}
	f["rows"], f["batch"] = mode.Batch.Out.Count, mode.Batch.Number
	w := plainOutput
	if mode.Batch.Number != p.moment.Lead().Batch.Number {
		w = plainOwn
	}
	p.put(0, w, f)
	rows := mode.Output()
	for _, row := range rows {
		p.line(1, strings.Join(p.cells(row), " "))
	}
	if hidden := mode.Batch.Out.Count - int64(len(rows)); hidden > 0 {
		p.put(1, rowsHidden, message.Facts{"rows": hidden})
	}
}

func (p *prose) totals() {
	p.line(0, "")
	p.goTo(p.story.Len())
	for _, mode := range p.moment.Modes {
		state := int64(0)
		if mode.Last != nil {
			state, _, _ = mode.Last.Totals()
		}
		p.put(0, plainTotals, message.Facts{"mode": model.ModeName(mode.Query.Mode), "out": mode.Totals.Out, "dropped": mode.Totals.Dropped, "state": state})
	}
}
