package report

import (
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"

	"etincelle/grader/check"
)

// detail writes what the compiler said: the place, the student's line with a sign
// below what is meant, the compiler's words, and for those that everybody meets
// what they mean.
func (p *writer) detail(d check.Detail) {
	if d.Code == "" {
		p.line(plain, atFinding+2, "%s", oneLine(d.In(p.lang)))
		return
	}
	p.line(faint, atFinding, "%s", d.Place())
	p.code(d)
	said := d.Text.Fill(p.lang, d.Facts)
	for _, text := range strings.Split(Clean(said), "\n") {
		p.line(broken, atFinding+2, "%s", strings.TrimSpace(text))
	}
	if meant := gloss(said).In(p.lang); meant != "" {
		p.line(plain, atFinding+2, "%s", meant)
	}
}

// shownCode is how many columns of a line of code are shown when nothing says how
// wide lines may be.
const shownCode = 110

// code writes a line of the student's, and a caret below the column.
func (p *writer) code(d check.Detail) {
	number := strconv.Itoa(d.Line) + " │ "
	margin := strings.Repeat(" ", atFinding+2)
	room := shownCode
	if p.width > 0 {
		room = max(p.width-len(margin)-runewidth.StringWidth(number), 20)
	}
	text, caret := window(d.Code, d.Column, room)
	p.page = append(p.page, Line{{margin + number, faint}, {text, plain}})
	if d.Column > 0 {
		blank := strings.Repeat(" ", runewidth.StringWidth(number)-2) + "│ "
		p.page = append(p.page, Line{{margin + blank, faint}, {strings.Repeat(" ", caret) + "^", broken}})
	}
}

// window is the part of a line of code around a column (in bytes, from 1) that
// has room, without its margin, and the column there, from 0.
func window(code string, column, room int) (string, int) {
	margin := len(code) - len(strings.TrimLeft(code, " \t"))
	at := min(max(column-1, margin), len(code))
	before, after := Clean(code[margin:at]), Clean(code[at:])
	if wide := runewidth.StringWidth(before); wide+min(runewidth.StringWidth(after), room/3) > room {
		keep := room - room/3 - 1
		before = "…" + runewidth.TruncateLeft(before, wide-keep, "")
	}
	caret := runewidth.StringWidth(before)
	return before + runewidth.Truncate(after, max(room-caret, 1), "…"), caret
}
