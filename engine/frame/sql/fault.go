package sql

import (
	"fmt"
	"strings"
)

// Fault is a text that cannot be read: what is wrong, and where.
type Fault struct {
	Class   string // Spark's: PARSE_SYNTAX_ERROR
	Message string
	Text    string
	From    int // bytes of Text
	To      int
}

// Error is the class, the sentence, the line at fault and carets under what is wrong:
//
//	[PARSE_SYNTAX_ERROR] Syntax error at or near 'b' (line 1, column 3)
//	  a b c
//	    ^
func (f *Fault) Error() string {
	start := strings.LastIndexByte(f.Text[:f.From], '\n') + 1
	line := f.Text[start:]
	if n := strings.IndexByte(line, '\n'); n >= 0 {
		line = line[:n]
	}
	width := max(1, min(len([]rune(f.Text[f.From:f.To])), len([]rune(line[min(len(line), f.From-start):]))))
	margin := strings.Map(func(r rune) rune {
		if r == '\t' {
			return r // so that the caret stands right whatever a tab is worth
		}
		return ' '
	}, f.Text[start:f.From])
	return fmt.Sprintf("[%s] %s (line %d, column %d)\n  %s\n  %s%s",
		f.Class, f.Message, 1+strings.Count(f.Text[:start], "\n"), 1+len([]rune(f.Text[start:f.From])),
		line, margin, strings.Repeat("^", width))
}

func newFault(class, src string, from, to int, format string, args ...any) *Fault {
	from = min(max(from, 0), len(src))
	return &Fault{class, fmt.Sprintf(format, args...), src, from, min(max(to, from), len(src))}
}

func (l *lexer) fault(from, to int, format string, args ...any) *Fault {
	return newFault("PARSE_SYNTAX_ERROR", l.src, from, to, format, args...)
}
