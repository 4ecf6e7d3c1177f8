// Package report writes what the grader found, for people and for machines: a
// check and a class in the terminal, a report a student (Markdown and JSON), a
// table of the class (CSV and JSON).
//
// Everything that a student wrote or printed passes through this file before it
// is written: a terminal, a Markdown page or a spreadsheet must not obey it.
package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean is text without what a terminal obeys or what hides its true order:
// control characters, escape sequences, directional marks. Line ends stay.
func Clean(text string) string {
	var b strings.Builder
	rest := strings.ReplaceAll(text, "\r\n", "\n")
	for rest != "" {
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case r == '\x1b':
			rest = rest[escape(rest):]
			continue
		case r == '\n':
			b.WriteRune('\n')
		case r == '\t':
			b.WriteString("    ")
		case r == utf8.RuneError && size == 1:
			b.WriteRune('\uFFFD')
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' || r == '\ufeff':
		default:
			b.WriteRune(r)
		}
		rest = rest[size:]
	}
	return b.String()
}

// escape is the length of the escape sequence that text begins with.
func escape(text string) int {
	if len(text) < 2 {
		return len(text)
	}
	switch text[1] {
	case '[': // CSI: up to its final letter
		for i := 2; i < len(text); i++ {
			if text[i] >= 0x40 && text[i] <= 0x7e {
				return i + 1
			}
		}
		return len(text)
	case ']', 'P', 'X', '^', '_': // OSC and its kin: up to BEL or ESC \
		for i := 2; i < len(text); i++ {
			if text[i] == '\a' {
				return i + 1
			}
			if text[i] == '\x1b' && i+1 < len(text) && text[i+1] == '\\' {
				return i + 2
			}
		}
		return len(text)
	}
	return 2
}

// line is text on one line, cleaned and cut at width characters.
func line(text string, width int) string {
	text = strings.Join(strings.Fields(Clean(text)), " ")
	runes := []rune(text)
	if len(runes) > width {
		return string(runes[:width-1]) + "…"
	}
	return text
}

// markdown is text that Markdown shows and does not obey, inside a line.
func markdown(text string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(Clean(text), "\n", " ") {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case strings.ContainsRune("\\`*_[]#|~", r):
			b.WriteRune('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// fenced is text as a block of code: its fence is longer than any that it holds.
func fenced(text string) string {
	text = strings.TrimRight(Clean(text), "\n")
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + "text\n" + text + "\n" + fence + "\n"
}

// cell is text for a spreadsheet, which must not compute it.
func cell(text string) string {
	text = strings.Join(strings.Fields(Clean(text)), " ")
	if text != "" && strings.ContainsRune("=+-@", rune(text[0])) {
		return "'" + text
	}
	return text
}
