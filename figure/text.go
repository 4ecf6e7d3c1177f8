package figure

import (
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
)

// plain is text without what a terminal or a page would obey: control characters,
// directional marks, what is not text. Names in a recording are a program's own.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs), r&0xfffe == 0xfffe:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}

// columns never follow the machine's locale: a figure is the same everywhere.
var columns = &runewidth.Condition{StrictEmojiNeutral: true}

func width(text string) int { return columns.StringWidth(text) }

// cut shortens a text to n columns; what is missing shows as ….
func cut(text string, n int) string { return columns.Truncate(text, n, "…") }

// sheetWidth is what a figure takes of a terminal's 80 columns.
const sheetWidth = 76

// sheet collects the lines of a text figure.
type sheet struct{ b strings.Builder }

func (s *sheet) line(text string) {
	s.b.WriteString(strings.TrimRight(cut(text, sheetWidth), " ") + "\n")
}

func (s *sheet) text() string { return s.b.String() }

// box draws lines in a frame with a head; a dashed one is for what did not run.
func (s *sheet) box(head string, lines []string, dashed bool) {
	rule, side := "─", "│"
	if dashed {
		rule, side = "╌", "┆"
	}
	inside := sheetWidth - 4
	head = cut(head, inside-2)
	s.line("┌" + rule + " " + head + " " + strings.Repeat(rule, inside-1-width(head)) + "┐")
	for _, line := range lines {
		line = cut(line, inside)
		s.line(side + " " + line + strings.Repeat(" ", inside-width(line)) + " " + side)
	}
	s.line("└" + strings.Repeat(rule, inside+2) + "┘")
}

// gauge is a bar of up to most columns for n out of all; whatever is not nothing shows.
func gauge(n, all int64, most int) string {
	if n <= 0 || all <= 0 {
		return ""
	}
	return strings.Repeat("█", max(1, int(float64(n)/float64(all)*float64(most)+0.5)))
}
