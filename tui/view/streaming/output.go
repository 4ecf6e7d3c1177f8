package streaming

import (
	"strings"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/streaming"
)

// The panels of the outputs: what each mode gave its sink in this step.

// outputTitle names a mode and its own batch: the modes do not share numbers.
func (p *page) outputTitle(mode *model.Mode) string {
	name := strings.ToUpper(model.ModeName(mode.Query.Mode).In(p.Language))
	switch lead := p.moment.Lead(); {
	case mode.Batch == nil:
		return name
	case lead != nil && lead.Batch.Number != mode.Batch.Number:
		return name + " · " + p.Say(ownBatch, message.Facts{"batch": mode.Batch.Number})
	default:
		return name + " · " + p.Say(ofBatch, message.Facts{"batch": mode.Batch.Number})
	}
}

// outputLines are one mode's rows. first is the first that is new.
func (p *page) outputLines(mode *model.Mode, width int) (lines canvas.Listing, first int) {
	if mode.Query.Error != "" && mode.Last == mode.Query.Batches[len(mode.Query.Batches)-1] {
		for _, s := range canvas.Wrap(p.Say(queryFailed, message.Facts{"error": mode.Query.Error}), width) {
			lines.Add(canvas.Text(canvas.Bad, s))
		}
	}
	if mode.Batch == nil {
		w, f := noBatchYet, message.Facts{}
		if mode.Last != nil {
			w, f = noBatchHere, message.Facts{"batch": mode.Last.Number, "rows": mode.Last.Out.Count}
		}
		for _, s := range canvas.Wrap(p.Say(w, f), width) {
			lines.Add(canvas.Text(canvas.Faint, s))
		}
		return lines, 0
	}
	rows := mode.Output()
	widths := p.widthsOf(mode.Query.Columns, rows)
	if len(rows) > 0 {
		lines.Add(canvas.Text(canvas.Faint, p.inColumns(p.columnNames(mode.Query.Columns), widths)))
	}
	first = -1
	for _, row := range rows {
		line := canvas.Text(canvas.Normal, p.inColumns(p.cells(row), widths))
		if note, look := p.noteOf(mode, row); note != "" {
			if first < 0 {
				first = len(lines)
			}
			line = append(line, canvas.Say(look, " "+note))
		}
		lines.Add(line)
	}
	if hidden := mode.Batch.Out.Count - int64(len(rows)); hidden > 0 {
		lines.Add(canvas.Text(canvas.Faint, p.Say(rowsHidden, message.Facts{"rows": hidden})))
	}
	lines.Add(canvas.Text(canvas.Strong, p.Say(rowsOut, message.Facts{"rows": mode.Batch.Out.Count, "total": mode.Totals.Out})))
	return lines, max(first, 0)
}

// noteOf says what this batch changed about a row that went out.
func (p *page) noteOf(mode *model.Mode, row []string) (string, canvas.Role) {
	for _, c := range mode.Batch.Changes() {
		if len(c.Key) > len(row) || strings.Join(c.Key, "\x00") != strings.Join(row[:len(c.Key)], "\x00") {
			continue
		}
		switch {
		case c.What == "updated":
			return p.Say(was, message.Facts{"before": strings.Join(p.cells(c.Before), " ")}), canvas.Active
		case c.What == "opened":
			return p.Say(newRow, nil), canvas.Active
		}
	}
	return "", canvas.Normal
}

// columnNames are the result's columns; the window has the reader's word.
func (p *page) columnNames(columns []string) []string {
	names := append([]string{}, columns...)
	for i, n := range names {
		if n == "window" {
			names[i] = p.Say(windowWord, nil)
		}
	}
	return names
}

// widthsOf is how wide each column must be.
func (p *page) widthsOf(columns []string, rows [][]string) []int {
	var widths []int
	for r, row := range append([][]string{p.columnNames(columns)}, rows...) {
		for i, c := range p.cells(row) {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			if r == 0 && i == len(columns)-1 && i > 0 {
				continue // nothing stands right of the last name
			}
			widths[i] = min(max(widths[i], canvas.Columns(canvas.Clean(c))), 40)
		}
	}
	return widths
}

func (p *page) inColumns(cells []string, widths []int) string {
	var b strings.Builder
	for i, c := range cells {
		if i > 0 {
			b.WriteString(" ")
		}
		if i == len(cells)-1 && canvas.Columns(c) > widths[i] {
			b.WriteString(c)
			continue
		}
		b.WriteString(canvas.Fit(c, widths[i]))
	}
	return b.String()
}
