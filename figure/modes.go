package figure

import (
	"fmt"

	"etincelle/grader/message"
	"etincelle/tui/model/streaming"
)

// One query in several modes over the same rows, batch by batch: what each mode
// writes and what its state keeps. Batches stand beside each other by the rows
// that were read before them, for not every mode runs a batch without rows.

const (
	missing  = "—" // no batch here
	maxNotes = 6   // batches with dropped rows that a note names
)

func drawModes(queries []query, w words) (drawing, []string, error) {
	story := sideBySide(queries)
	g := grid{groups: []gridGroup{{w.say(inputText, nil), []string{w.say(readText, nil), w.say(markText, nil)}}}}
	for _, q := range story.Queries {
		g.groups = append(g.groups, gridGroup{w.say(modeText, message.Facts{"mode": mode(q)}),
			[]string{w.say(batchWord, nil), w.say(writtenText, nil), w.say(stateText, nil)}})
	}
	said := []string{about(story.Queries[0], w) + "."}
	totals := make([]int64, len(story.Queries))
	var read int64
	quiet, drops := false, []string(nil)
	for p := 1; p <= story.Len(); p++ {
		moment := story.At(p)
		lead := moment.Lead().Batch
		watermark := story.Clock().Time(lead.Watermark).In(w.language)
		read += lead.Count
		row := gridRow{cells: []string{message.Number(w.language, lead.Count), watermark}, faint: lead.Empty()}
		each := []string{w.say(watermarkText, message.Facts{"watermark": watermark})}
		lost := map[int64][]string{} // what was dropped, by how much: the modes that did
		for i, m := range moment.Modes {
			if m.Batch == nil {
				row.cells = append(row.cells, missing, "", "")
				continue
			}
			total, _, _ := m.Batch.Totals()
			totals[i] += m.Batch.Out.Count
			row.cells = append(row.cells, fmt.Sprint(m.Batch.Number), message.Number(w.language, m.Batch.Out.Count), message.Number(w.language, total))
			each = append(each, w.say(modeBatchText, message.Facts{"mode": mode(m.Query), "batch": m.Batch.Number, "rows": m.Batch.Out.Count, "state": total}))
			if m.Batch.Dropped > 0 {
				lost[m.Batch.Dropped] = append(lost[m.Batch.Dropped], mode(m.Query).In(w.language))
			}
		}
		quiet = quiet || lead.Empty()
		drops = append(drops, lostIn(lead, lost, w)...)
		if p <= maxSteps {
			g.rows = append(g.rows, row)
			said = append(said, w.sentence(w.say(rowsReadText, message.Facts{"rows": lead.Count}), list(each...))+".")
		}
	}
	g.total = []string{message.Number(w.language, read), ""}
	for _, n := range totals {
		g.total = append(g.total, "", message.Number(w.language, n), "")
	}
	if left := story.Len() - maxSteps; left > 0 {
		g.notes = append(g.notes, w.say(moreText, message.Facts{"more": left}))
	}
	if quiet {
		g.notes = append(g.notes, w.say(quietText, nil))
	}
	for _, line := range drops[:min(len(drops), maxNotes)] {
		g.notes, said = append(g.notes, line), append(said, line)
	}
	if left := len(drops) - maxNotes; left > 0 {
		g.notes = append(g.notes, w.say(moreText, message.Facts{"more": left}))
	}
	return g, said, nil
}

// lostIn says what modes dropped in one step.
func lostIn(lead *streaming.Batch, lost map[int64][]string, w words) []string {
	var notes []string
	for _, n := range sortedKeys(lost) {
		notes = append(notes, fateSign[dropped]+" "+w.say(lostInText, message.Facts{"batch": lead.Number, "modes": list(lost[n]...), "rows": n}))
	}
	return notes
}
