package streaming

import (
	"slices"
	"strings"

	"etincelle/grader/message"
	"etincelle/replay/scenario"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
	model "etincelle/tui/model/streaming"
)

// What the last change of an experiment changed: what was asked for, the totals, then
// each batch that writes other rows.

var (
	noDifference = message.Both("Rien n'a encore été changé : il n'y a qu'un essai.", "Nothing has been changed yet: there is one run alone.")
	totalsOf     = message.Both("{mode} : {before} → {after} lignes écrites, {late} → {lateNow} rejetées, état final {state} → {stateNow}", "{mode}: {before} → {after} rows written, {late} → {lateNow} dropped, state at the end {state} → {stateNow}")
	batchDiffers = message.Both("lot {batch}, {mode} : {before} → {after}", "batch {batch}, {mode}: {before} → {after}")
	sameRows     = message.Both("Chaque lot écrit les mêmes lignes.", "Each batch writes the same rows.")
	noSuchBatch  = message.Both("pas de lot", "no batch")
	rowsOnly     = message.Both("{rows:ligne|lignes}", "{rows:row|rows}")
	otherRows    = message.Both("{rows:ligne|lignes}, d'autres", "{rows:row|rows}, others")
	changedTo    = message.Both("{what} : {before} → {after}", "{what}: {before} → {after}")
	addedRows    = message.Both("événements ajoutés", "events added")
	rowsABatch   = message.Both("lignes par lot", "rows in a batch")
	asWritten    = message.Both("celles de l'énoncé", "those of the exercise")
	slideWord    = message.Both("pas", "slide")
	delayWord    = message.Both("filigrane", "watermark")
	windowLength = message.Both("fenêtre", "window")
	none         = message.Both("aucun", "none")
)

// changed tells what was asked for.
func (p *page) changed(before, after scenario.Scenario) []string {
	var all []string
	tell := func(what, was, is message.Text) {
		if was != is {
			all = append(all, p.Say(changedTo, message.Facts{"what": what, "before": was, "after": is}))
		}
	}
	written := func(d scenario.Duration) message.Text { return keys.Same(model.Delay(d).In(p.Language)) }
	tell(windowLength, written(before.Window), written(after.Window))
	tell(slideWord, written(before.Slide), written(after.Slide))
	tell(delayWord, written(before.Delay), written(after.Delay))
	tell(rowsABatch, p.rowsOf(before), p.rowsOf(after))
	tell(addedRows, p.added(before), p.added(after))
	return all
}

// rowsOf is how many rows the batches of a scenario read.
func (p *page) rowsOf(s scenario.Scenario) message.Text {
	if len(s.Batches) > 0 {
		return asWritten
	}
	return keys.Same(message.Number(p.Language, int64(s.BatchRows)))
}

// added lists the events that a scenario has more.
func (p *page) added(s scenario.Scenario) message.Text {
	var all []string
	for _, a := range s.Added {
		all = append(all, p.story.Clock().Time(a.At).In(p.Language)+" "+canvas.Clean(a.Key))
	}
	if len(all) == 0 {
		return none
	}
	return keys.Same(strings.Join(all, ", "))
}

// difference tells what the last change changed: the totals, then each batch that
// writes other rows.
func (p *page) difference() []string {
	if len(p.Before) == 0 {
		return []string{p.Say(noDifference, nil)}
	}
	old := p.Before[len(p.Before)-1].Story
	was, is := old.At(old.Len()), p.story.At(p.story.Len())
	all := p.changed(p.Before[len(p.Before)-1].Scenario, *p.Scenario)
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
