package receiving

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/receiving"
)

// What the last change of an experiment changed.
var (
	titleDifference = message.Both("Différence avec l'essai d'avant", "Difference with the run before")
	noDifference    = message.Both("Rien n'a encore été changé : il n'y a qu'un essai.", "Nothing has been changed yet: there is one run alone.")
	sums            = message.Both("En tout : {what} {before} → {after}", "In all: {what} {before} → {after}")
	sumReceived     = message.Both("reçues", "received")
	sumProcessed    = message.Both("traitées", "processed")
	sumLost         = message.Both("PERDUES", "LOST")
	sumTwice        = message.Both("traitées deux fois", "processed twice")
	sumMissed       = message.Both("manquant aux fenêtres", "missing in windows")
	worstDelay      = message.Both("pire délai d'ordonnancement (ms)", "worst scheduling delay (ms)")
	batchDiffers    = message.Both("lot {at} s : {list}", "batch {at} s: {list}")
	oneChange       = message.Both("{what} {before} → {after}", "{what} {before} → {after}")
	sameBatches     = message.Both("Chaque lot a les mêmes lignes et le même résultat.", "Each batch has the same rows and the same result.")
	onlyNow         = message.Both("n'existait pas", "did not exist")
	onlyBefore      = message.Both("n'existe plus", "does not exist any more")
	sumTimes        = message.Both("réussites", "successes")
)

// difference tells what the last change changed: the sums, then each batch that has
// other rows or another result.
func (p *page) difference() []string {
	if len(p.Before) == 0 {
		return []string{p.Say(noDifference, nil)}
	}
	old := p.Before[len(p.Before)-1].Story
	was, is := old.At(old.Len()), p.line.At(p.line.Len())
	var all []string
	sum := func(what message.Text, before, after int64) {
		if before != after {
			all = append(all, p.Say(sums, message.Facts{"what": what, "before": before, "after": after}))
		}
	}
	sum(sumReceived, was.Totals.Received, is.Totals.Received)
	sum(sumProcessed, was.Totals.Processed, is.Totals.Processed)
	sum(sumLost, was.Totals.Lost, is.Totals.Lost)
	sum(sumTwice, was.Totals.Twice, is.Totals.Twice)
	sum(sumMissed, was.Totals.Missed, is.Totals.Missed)
	sum(worstDelay, worst(&was), worst(&is))
	same := len(all)
	for _, at := range times(&was, &is) {
		before, after := was.Batch(was.Program.ZeroTime+at), is.Batch(is.Program.ZeroTime+at)
		if parts := p.changes(before, after); len(parts) > 0 {
			all = append(all, p.Say(batchDiffers, message.Facts{"at": float64(at) / 1000, "list": strings.Join(parts, ", ")}))
		}
	}
	if len(all) == same {
		all = append(all, p.Say(sameBatches, nil))
	}
	return all
}

func worst(s *model.State) (delay int64) {
	for b := range s.Batches.All() {
		delay = max(delay, b.Delay)
	}
	return delay
}

// times lists the batches of two runs, in milliseconds after their start.
func times(runs ...*model.State) []int64 {
	var all []int64
	for _, s := range runs {
		for b := range s.Batches.All() {
			all = append(all, b.Time-s.Program.ZeroTime)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// changes is what differs between two runs of a batch, nil where there was none.
func (p *page) changes(before, after *model.Batch) []string {
	switch {
	case before == nil:
		return []string{p.Say(onlyNow, nil)}
	case after == nil:
		return []string{p.Say(onlyBefore, nil)}
	}
	var parts []string
	change := func(what message.Text, was, is int64) {
		if was != is {
			parts = append(parts, p.Say(oneChange, message.Facts{"what": what, "before": was, "after": is}))
		}
	}
	change(sumReceived, before.Rows, after.Rows)
	change(sumLost, before.Lost, after.Lost)
	change(sumTimes, int64(before.Times), int64(after.Times))
	was, is := answers(before), answers(after)
	keys := slices.Sorted(maps.Keys(was))
	for _, key := range slices.Sorted(maps.Keys(is)) {
		if _, there := was[key]; !there {
			keys = append(keys, key)
		}
	}
	for _, key := range keys {
		if was[key] != is[key] {
			parts = append(parts, p.Say(oneChange, message.Facts{"what": key, "before": orNothing(was[key]), "after": orNothing(is[key])}))
		}
	}
	const most = 8
	if len(parts) > most {
		parts = append(parts[:most], "…")
	}
	return parts
}

// answers are the rows of a batch's results by their first cell; of rows with one cell
// how often each is there.
func answers(b *model.Batch) map[string]string {
	all, times := map[string]string{}, map[string]int{}
	for _, r := range b.Results {
		for _, row := range r.Rows {
			switch len(row) {
			case 0:
			case 1:
				times[row[0]]++
				all[row[0]] = fmt.Sprintf("×%d", times[row[0]])
			default:
				all[row[0]] = strings.Join(row[1:], " ")
			}
		}
	}
	return all
}

func orNothing(text string) string {
	if text == "" {
		return "—"
	}
	return text
}

func (p *page) differenceLines(n int) canvas.Listing {
	var lines canvas.Listing
	for _, text := range p.difference() {
		for _, s := range canvas.Wrap(text, n-2) {
			lines.Add(canvas.Text(canvas.Normal, " "+s))
		}
	}
	return lines
}
