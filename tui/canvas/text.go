package canvas

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// Span is a piece of text in one role. Make one with Say: it is the only door
// for text that is not ours.
type Span struct {
	Text string
	Role Role
}

// Line is one line of a page.
type Line []Span

// Say makes a span of any text: what a terminal would obey is taken out.
func Say(r Role, text string) Span { return Span{Clean(text), r} }

// Text is a line of one span.
func Text(r Role, s string) Line { return Line{Say(r, s)} }

// Clean removes control and formatting characters (escape sequences, line
// breaks, direction marks) and replaces what is not text. Names come from
// students' programs.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// widths never follow the locale, so that a recording looks the same everywhere.
var widths = &runewidth.Condition{StrictEmojiNeutral: true}

// Columns is the width of a text on the screen.
func Columns(s string) int {
	n := 0
	for _, r := range s {
		n += widths.RuneWidth(r)
	}
	return n
}

// Columns is the width of a line on the screen.
func (l Line) Columns() int {
	n := 0
	for _, s := range l {
		n += Columns(s.Text)
	}
	return n
}

// Cut shortens a line to n columns; what is missing shows as ….
func (l Line) Cut(n int) Line {
	if l.Columns() <= n {
		return l
	}
	var short Line
	left := n - 1 // the … takes one
	for _, s := range l {
		var b strings.Builder
		for _, r := range s.Text {
			w := widths.RuneWidth(r)
			if w > left {
				if n > 0 {
					b.WriteRune('…')
				}
				return append(short, Span{b.String(), s.Role})
			}
			left -= w
			b.WriteRune(r)
		}
		short = append(short, Span{b.String(), s.Role})
	}
	return short
}

// Beside puts right at the right edge of n columns; l is cut if it must.
func (l Line) Beside(right Line, n int) Line {
	room := n - right.Columns()
	if len(right) == 0 || room < 4 {
		return l.Cut(n)
	}
	l = l.Cut(room - 1)
	gap := Span{strings.Repeat(" ", room-l.Columns()), Normal}
	return append(append(append(Line{}, l...), gap), right...)
}

// Fit cuts or pads a text to n columns, on its right or its left.
func Fit(s string, n int) string {
	l := Text(Normal, s).Cut(n)
	var b strings.Builder
	for _, part := range l {
		b.WriteString(part.Text)
	}
	return b.String() + strings.Repeat(" ", max(n-l.Columns(), 0))
}

// FitRight is Fit with the text at the right edge.
func FitRight(s string, n int) string {
	s = strings.TrimRight(Fit(s, n), " ")
	return strings.Repeat(" ", max(n-Columns(s), 0)) + s
}

// Wrap breaks a text into lines of at most n columns, between words when it can.
func Wrap(s string, n int) (lines []string) {
	for words := unbroken(Clean(s)); len(words) > 0; {
		var line string
		line, words = firstLine(words, n)
		lines = append(lines, line)
	}
	return lines
}

// FirstLine is what of a text one line of n columns holds, and what is left.
func FirstLine(s string, n int) (line, rest string) {
	line, words := firstLine(unbroken(Clean(s)), n)
	return line, strings.Join(words, " ")
}

func firstLine(words []string, n int) (line string, rest []string) {
	n = max(n, 2)
	for i, word := range words {
		switch {
		case line == "" && Columns(word) > n:
			head, tail := split(word, n)
			words[i] = tail
			return head, words[i:]
		case line == "":
			line = word
		case Columns(line)+1+Columns(word) <= n:
			line += " " + word
		default:
			return line, words[i:]
		}
	}
	return line, nil
}

// unbroken splits at blanks, but not before the signs that French sets apart.
func unbroken(s string) []string {
	var list []string
	for _, w := range strings.Split(s, " ") {
		switch {
		case w == "":
		case len(list) > 0 && (strings.Trim(w, ":;?!»") == "" || list[len(list)-1] == "«"):
			list[len(list)-1] += " " + w
		default:
			list = append(list, w)
		}
	}
	return list
}

func split(s string, n int) (head, tail string) {
	at, w := 0, 0
	for i, r := range s {
		w += widths.RuneWidth(r)
		if w > n {
			break
		}
		at = i + len(string(r))
	}
	if at == 0 { // not even one fits: go on all the same
		_, at = utf8.DecodeRuneInString(s)
	}
	return s[:at], s[at:]
}

// ascii maps the signs of the screen to ASCII, column for column.
var ascii = map[rune]rune{
	'─': '-', '│': '|', '┌': '+', '┐': '+', '└': '+', '┘': '+', '├': '+', '┤': '+', '┬': '+', '┼': '+', '╌': '-', '┆': ':',
	'═': '=', '║': '#', '╔': '#', '╗': '#', '╚': '#', '╝': '#',
	'✔': 'v', '✗': 'x', '▶': '>', '■': '#', '●': '*', '◆': '%', '▣': 'm', '▤': 'd', '□': 'o', '↻': 'r',
	'█': '#', '░': '.', '▏': '|', '▕': '|', '…': '~', '·': '-', '–': '-', '—': '-', '“': '"', '”': '"', '×': 'x',
	'✓': 'v', '○': 'o', '△': '^', '⊘': '/', '▸': '>', '▾': 'v', '▌': '|', '↪': '>', '•': '*', '▼': 'v', '▲': '^',
	'▁': '1', '▂': '2', '▃': '3', '▄': '4', '▅': '5', '▆': '6', '▇': '7', '◐': '@',
	'┃': '!', '±': '/', '◀': '<', '−': '-', '≤': '<', '≥': '>',
	'→': '>', '←': '<', '↑': '^', '↓': 'v', '«': '"', '»': '"',
}

// PlainSigns maps the signs of a text to ASCII.
func PlainSigns(s string) string {
	return strings.Map(func(r rune) rune {
		if a, known := ascii[r]; known {
			return a
		}
		return r
	}, s)
}
