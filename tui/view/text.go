package view

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// role says what a piece of text means; style.go says how that looks.
type role uint8

const (
	normal role = iota
	faint       // what helps to read the rest
	strong      // what to look at first
	good        // done, kept
	bad         // failed, lost
	active      // running now
	chosen      // the focused title, the selected line
)

// span is a piece of text in one role. Make one with span's constructor, say:
// it is the only door for text from a recording.
type span struct {
	text string
	role role
}

// line is one line of a panel.
type line []span

// say makes a span of any text: what a terminal would obey is taken out.
func say(r role, text string) span { return span{clean(text), r} }

func text(r role, s string) line { return line{say(r, s)} }

// clean removes control and formatting characters (escape sequences, line
// breaks, direction marks) and replaces what is not text. Names come from
// students' programs.
func clean(s string) string {
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

func textWidth(s string) int {
	n := 0
	for _, r := range s {
		n += widths.RuneWidth(r)
	}
	return n
}

func (l line) width() int {
	n := 0
	for _, s := range l {
		n += textWidth(s.text)
	}
	return n
}

// cut shortens a line to n columns; what is missing shows as ….
func (l line) cut(n int) line {
	if l.width() <= n {
		return l
	}
	var short line
	left := n - 1 // the … takes one
	for _, s := range l {
		var b strings.Builder
		for _, r := range s.text {
			w := widths.RuneWidth(r)
			if w > left {
				if n > 0 {
					b.WriteRune('…')
				}
				return append(short, span{b.String(), s.role})
			}
			left -= w
			b.WriteRune(r)
		}
		short = append(short, span{b.String(), s.role})
	}
	return short
}

// beside puts right at the right edge of n columns; l is cut if it must.
func (l line) beside(right line, n int) line {
	room := n - right.width()
	if len(right) == 0 || room < 4 {
		return l.cut(n)
	}
	l = l.cut(room - 1)
	gap := span{strings.Repeat(" ", room-l.width()), normal}
	return append(append(append(line{}, l...), gap), right...)
}

// fit cuts or pads a text to n columns, on its right or its left.
func fit(s string, n int) string {
	l := text(normal, s).cut(n)
	var b strings.Builder
	for _, part := range l {
		b.WriteString(part.text)
	}
	return b.String() + strings.Repeat(" ", max(n-l.width(), 0))
}

func fitRight(s string, n int) string {
	s = strings.TrimRight(fit(s, n), " ")
	return strings.Repeat(" ", max(n-textWidth(s), 0)) + s
}

// wrap breaks a text into lines of at most n columns, between words when it can.
func wrap(s string, n int) []string {
	n = max(n, 2)
	var lines []string
	current := ""
	for _, word := range unbroken(clean(s)) {
		switch {
		case current == "":
			current = word
		case textWidth(current)+1+textWidth(word) <= n:
			current += " " + word
		default:
			lines = append(lines, current)
			current = word
		}
		for textWidth(current) > n {
			head, tail := split(current, n)
			lines = append(lines, head)
			current = tail
		}
	}
	if current != "" {
		lines = append(lines, current)
	}
	return lines
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
	'─': '-', '│': '|', '┌': '+', '┐': '+', '└': '+', '┘': '+', '├': '+',
	'═': '=', '║': '#', '╔': '#', '╗': '#', '╚': '#', '╝': '#',
	'✔': 'v', '✗': 'x', '▶': '>', '■': '#', '●': '*', '◆': '%', '▣': 'm', '▤': 'd', '□': 'o', '↻': 'r',
	'█': '#', '░': '.', '▏': '|', '▕': '|', '…': '~', '·': '-', '–': '-', '—': '-', '“': '"', '”': '"', '×': 'x',
	'→': '>', '←': '<', '↑': '^', '↓': 'v', '«': '"', '»': '"',
}

// plainSigns maps the signs of a text to ASCII.
func plainSigns(s string) string {
	return strings.Map(func(r rune) rune {
		if a, known := ascii[r]; known {
			return a
		}
		return r
	}, s)
}
