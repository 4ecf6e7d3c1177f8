package expr

import (
	"errors"
	"fmt"
	"strings"
)

// Place is where in a SQL text something was written, in bytes. The zero Place is
// of what was no text.
type Place struct {
	Text     string
	From, To int
}

// String names the line and draws it, with carets under the place:
//
//	(line 1, column 3)
//	  a b c
//	    ^
func (p Place) String() string {
	start := strings.LastIndexByte(p.Text[:p.From], '\n') + 1
	line, _, _ := strings.Cut(p.Text[start:], "\n")
	before := p.Text[start:p.From]
	rest := line[min(len(line), p.From-start):]
	width := max(1, min(len([]rune(p.Text[p.From:p.To])), len([]rune(rest))))
	margin := strings.Map(func(r rune) rune {
		if r == '\t' {
			return r // so that the caret stands right whatever a tab is worth
		}
		return ' '
	}, before)
	return fmt.Sprintf("(line %d, column %d)\n  %s\n  %s%s",
		1+strings.Count(p.Text[:start], "\n"), 1+len([]rune(before)), line, margin, strings.Repeat("^", width))
}

// mark is err, at p when it has no place of its own.
func (p Place) mark(err error) error {
	var e *Error
	if p.Text == "" || !errors.As(err, &e) || e.Place.Text != "" {
		return err
	}
	marked := *e
	marked.Place = p
	return &marked
}
