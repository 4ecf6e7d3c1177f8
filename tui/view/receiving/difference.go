package receiving

import (
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
	batchDiffers    = message.Both("lot {at} s : {before} → {after}", "batch {at} s: {before} → {after}")
	sameBatches     = message.Both("Chaque lot a les mêmes lignes et le même résultat.", "Each batch has the same rows and the same result.")
	noBatchThere    = message.Both("pas de lot", "no batch")
	batchHas        = message.Both("{rows:ligne|lignes}, {lost} perdues, {result}", "{rows:row|rows}, {lost} lost, {result}")
	neverOver       = message.Both("pas fini", "not over")
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
		if before != 0 || after != 0 {
			all = append(all, p.Say(sums, message.Facts{"what": what, "before": before, "after": after}))
		}
	}
	sum(sumReceived, was.Totals.Received, is.Totals.Received)
	sum(sumProcessed, was.Totals.Processed, is.Totals.Processed)
	sum(sumLost, was.Totals.Lost, is.Totals.Lost)
	sum(sumTwice, was.Totals.Twice, is.Totals.Twice)
	sum(sumMissed, was.Totals.Missed, is.Totals.Missed)
	sum(worstDelay, worst(was.Batches), worst(is.Batches))
	same := len(all)
	for _, at := range times(&was, &is) {
		before, after := p.short(&was, at), p.short(&is, at)
		if before != after {
			all = append(all, p.Say(batchDiffers, message.Facts{"at": float64(at) / 1000, "before": before, "after": after}))
		}
	}
	if len(all) == same {
		all = append(all, p.Say(sameBatches, nil))
	}
	return all
}

func worst(batches []model.Batch) (delay int64) {
	for _, b := range batches {
		delay = max(delay, b.Delay)
	}
	return delay
}

// times lists the batches of two runs, in milliseconds after their start.
func times(runs ...*model.State) []int64 {
	var all []int64
	for _, s := range runs {
		for _, b := range s.Batches {
			all = append(all, b.Time-s.Program.ZeroTime)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// short is what came of a batch, in a few words.
func (p *page) short(s *model.State, after int64) string {
	b := s.Batch(s.Program.ZeroTime + after)
	if b == nil {
		return p.Say(noBatchThere, nil)
	}
	result := p.Say(neverOver, nil)
	if b.Status == model.Done {
		var rows []string
		for _, r := range b.Results {
			for _, row := range r.Rows {
				rows = append(rows, strings.Join(row, " "))
			}
		}
		if rows == nil {
			rows = []string{p.Say(noResultAtAll, nil)}
		}
		slices.Sort(rows) // of two runs they may come in another order
		result = strings.Join(rows, " ; ")
	}
	return p.Say(batchHas, message.Facts{"rows": b.Rows, "lost": b.Lost, "result": result})
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
