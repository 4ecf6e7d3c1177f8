package report

import (
	"io"
	"strings"

	"etincelle/grader/check"
	"etincelle/grader/message"
)

// Span is a piece of text and its look: the parameters of the terminal's own
// sequence for colours, "" for plain.
type Span struct{ Text, Look string }

// Line is one line of a page.
type Line []Span

// Page is lines for a terminal or a screen. A look only repeats what a sign or
// a word says already.
type Page []Line

// Write writes the page, with its looks or without.
func (p Page) Write(w io.Writer, color bool) error {
	var b strings.Builder
	for _, line := range p {
		for _, s := range line {
			if color && s.Look != "" {
				b.WriteString("\x1b[" + s.Look + "m" + s.Text + "\x1b[0m")
			} else {
				b.WriteString(s.Text)
			}
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// The looks: blue and orange, which nearly everybody can tell apart, in shades
// that read on light and on dark.
const (
	plain  = ""
	faint  = "2"
	strong = "1"
	good   = "38;5;32"
	bad    = "1;38;5;166"
	broken = "1;38;5;133" // what does not compile: not yet right or wrong
	ended  = "1;7"        // a limit, a refusal, the grader's own failure
)

// sign stands before a verdict, with its look.
type sign struct{ text, look string }

// signs of the kinds: none looks like another in shape, in word or in colour.
var signs = map[check.Kind]sign{
	check.Right:       {"✓", good},
	check.Wrong:       {"✗", bad},
	check.Unfinished:  {"○", faint},
	check.Uncompiled:  {"△", broken},
	check.Unaccepted:  {"⊘", ended},
	check.OverTime:    {"■", ended},
	check.OverMemory:  {"■", ended},
	check.OverOutput:  {"■", ended},
	check.OverStack:   {"■", ended},
	check.Deadlocked:  {"■", ended},
	check.GraderError: {"!", ended},
}

// Sign is the sign of a kind of verdict, and its look.
func Sign(k check.Kind) (text, look string) { return signs[k].text, signs[k].look }

// Word is the name of a kind of verdict.
func Word(k check.Kind, l message.Language) string { return kinds[k].In(l) }
