package notebook

import (
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
)

// Pieces of text become lines: cut at blanks into words, joined where French
// sets a blank that must not break, filled into the width. Widths are columns on
// the screen, where some characters take two and some none.

// widths never follow the locale: what is printed must not depend on the machine.
var widths = &runewidth.Condition{StrictEmojiNeutral: true}

// textColumns is the width of a text, character by character, as terminals count.
func textColumns(text string) int {
	columns := 0
	for _, r := range text {
		columns += widths.RuneWidth(r)
	}
	return columns
}

// cut is text of at most so many columns; what is missing shows as ….
func cut(text string, columns int) string {
	if textColumns(text) <= columns {
		return text
	}
	used := 1 // the … takes one
	for i, r := range text {
		if used += widths.RuneWidth(r); used > columns {
			return text[:i] + "…"
		}
	}
	return text
}

// word is pieces that stay together on a line.
type word struct {
	pieces []Piece
	width  int
	breaks bool // the line ends after it
}

// wrap breaks pieces into painted lines of at most width columns.
func (p Painter) wrap(pieces []Piece, width int) []Line {
	width = max(width, 1)
	var lines []Line
	var line Line
	used := 0
	for _, w := range p.cut(together(p.split(pieces), width), width) {
		if used > 0 && used+1+w.width > width {
			lines, line, used = append(lines, line), nil, 0
		}
		if used > 0 {
			line, used = append(line, Piece{" ", ""}), used+1
		}
		line = append(line, w.pieces...)
		used += w.width
		if w.breaks {
			lines, line, used = append(lines, line), nil, 0
		}
	}
	if line != nil {
		lines = append(lines, line)
	}
	return lines
}

// split cuts pieces into words at blanks.
func (p Painter) split(pieces []Piece) []word {
	words := []word{{}}
	for _, whole := range pieces {
		if whole.Text == "\n" {
			words[len(words)-1].breaks = true
			words = append(words, word{})
			continue
		}
		for i, text := range strings.Split(whole.Text, " ") {
			if i > 0 {
				words = append(words, word{})
			}
			if text != "" {
				last := &words[len(words)-1]
				last.pieces = append(last.pieces, Piece{text, whole.Style})
				last.width += textColumns(text)
			}
		}
	}
	return slices.DeleteFunc(words, func(w word) bool { return len(w.pieces) == 0 && !w.breaks })
}

// together joins a sign that stands alone, as French sets « : » and « ? », to
// the word before it, and an opening quote to the one behind.
func together(words []word, width int) []word {
	var joined []word
	for _, w := range words {
		if n := len(joined); n > 0 && !joined[n-1].breaks && joined[n-1].width+1+w.width <= width &&
			(alone(w, ":", ";", "!", "?", "»") || opens(joined[n-1])) {
			before := &joined[n-1]
			before.pieces = append(append(before.pieces, Piece{" ", ""}), w.pieces...)
			before.width += 1 + w.width
			before.breaks = w.breaks
			continue
		}
		joined = append(joined, w)
	}
	return joined
}

// alone tells whether a word is nothing but one of the signs.
func alone(w word, signs ...string) bool {
	return len(w.pieces) == 1 && slices.Contains(signs, w.pieces[0].Text)
}

// opens tells whether a word ends with an opening quote.
func opens(w word) bool {
	return len(w.pieces) > 0 && strings.HasSuffix(w.pieces[len(w.pieces)-1].Text, "«")
}

// cut breaks words that are wider than a line.
func (p Painter) cut(words []word, width int) []word {
	var fitting []word
	for _, w := range words {
		if w.width <= width {
			fitting = append(fitting, w)
			continue
		}
		for _, part := range p.pour(w.pieces, width, width, 0) {
			fitting = append(fitting, word{pieces: part, width: p.columnsOf(part)})
		}
		fitting[len(fitting)-1].breaks = w.breaks
	}
	return fitting
}

// pour fills lines with pieces: the first of at most first columns, the others
// of at most rest. A line ends anywhere, or after a blank or an opening sign
// when one is among its last reach columns.
func (p Painter) pour(pieces []Piece, first, rest, reach int) []Line {
	text := ""
	for _, piece := range pieces {
		text += piece.Text
	}
	ends := p.ends(text, first, rest, reach)
	lines := []Line{nil}
	offset := 0 // of the piece in text
	for _, whole := range pieces {
		from := 0
		for len(ends) > 0 && ends[0] < offset+len(whole.Text) {
			to := ends[0] - offset
			lines[len(lines)-1] = append(lines[len(lines)-1], Piece{whole.Text[from:to], whole.Style})
			lines = append(lines, nil)
			from, ends = to, ends[1:]
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], Piece{whole.Text[from:], whole.Style})
		offset += len(whole.Text)
	}
	return lines
}

// ends lists the offsets in text where pour ends a line.
func (p Painter) ends(text string, first, rest, reach int) []int {
	var ends []int
	start, good := 0, 0 // where the line begins, and the best place so far to end it
	used, room := 0, first
	for i, r := range text {
		columns := widths.RuneWidth(r)
		if used+columns > room && i > start {
			end := i
			if good > start && textColumns(text[good:i]) <= reach {
				end = good
			}
			ends = append(ends, end)
			start, room = end, rest
			used = textColumns(text[end:i])
		}
		used += columns
		if strings.ContainsRune(" ,([{", r) {
			good = i + len(string(r))
		}
	}
	return ends
}

// columnsOf is the width of pieces on the screen.
func (p Painter) columnsOf(pieces []Piece) int {
	columns := 0
	for _, piece := range pieces {
		columns += textColumns(piece.Text)
	}
	return columns
}
