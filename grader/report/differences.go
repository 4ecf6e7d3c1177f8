package report

import (
	"strings"

	"github.com/mattn/go-runewidth"

	"etincelle/grader/check"
	"etincelle/grader/message"
)

const rowWidth = 46 // columns of a row in a table of differences

// table sets wanted rows beside those that came, and marks where the first pair
// begins to differ.
func (p *writer) table(t check.Table) {
	room := rowWidth
	if p.width > 0 {
		room = min(room, max((p.width-atFinding-7)/2, 12))
	}
	nothing := "(" + nothingText.In(p.lang) + ")"
	type pair struct {
		wanted, got string
		at          int // of the first difference, -1: no pair
	}
	width := runewidth.StringWidth(wantedText.In(p.lang))
	var pairs []pair
	for i := range t.Wanted {
		x := pair{line(t.Wanted[i], longRow), line(t.Got[i], longRow), -1}
		if x.wanted != "" && x.got != "" {
			x.wanted, x.got, x.at = beside(x.wanted, x.got, room)
		}
		x.wanted, x.got = runewidth.Truncate(x.wanted, room, "…"), runewidth.Truncate(x.got, room, "…")
		if x.wanted == "" {
			x.wanted = nothing
		}
		if x.got == "" {
			x.got = nothing
		}
		width = max(width, runewidth.StringWidth(x.wanted))
		pairs = append(pairs, x)
	}
	row := func(look, mark, wanted, got string) {
		text := strings.Repeat(" ", atFinding) + mark + " " + runewidth.FillRight(wanted, width) + " | " + got
		p.page = append(p.page, Line{{strings.TrimRight(text, " "), look}})
	}
	row(faint, " ", wantedText.In(p.lang), gotText.In(p.lang))
	for i, x := range pairs {
		if i > 0 {
			row(plain, " ", x.wanted, x.got)
			continue
		}
		row(strong, "▸", x.wanted, x.got)
		if x.at >= 0 {
			caret := strings.Repeat(" ", x.at) + "^"
			row(bad, " ", caret, caret)
		}
	}
	if t.More > 0 {
		p.line(faint, atFinding+2, "%s", moreText.Fill(p.lang, message.Facts{"more": t.More}))
	}
}

// longRow bounds a row before the part of it that is shown is chosen.
const longRow = 400

// beside cuts two rows to their parts around the first difference, so that it is
// in sight, and says at which column it is.
func beside(a, b string, room int) (string, string, int) {
	x, y := []rune(a), []rune(b)
	at := 0
	for at < len(x) && at < len(y) && x[at] == y[at] {
		at++
	}
	from := 0
	if column := runewidth.StringWidth(string(x[:at])); column >= room-4 {
		for from < at && runewidth.StringWidth(string(x[from:at])) > room/2 {
			from++
		}
	}
	if from == 0 {
		return a, b, runewidth.StringWidth(string(x[:at]))
	}
	return "…" + string(x[from:]), "…" + string(y[from:]), 1 + runewidth.StringWidth(string(x[from:at]))
}
