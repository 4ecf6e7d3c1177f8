package notebook

import (
	"go/token"
	"strings"
)

// Code on the screen: coloured by Go's own scanner, cut where a line is too
// long, in a frame open to the right so that it can be copied.

// continued stands before the rest of a line of code that was cut.
const continued = "↪ "

// goCode lists the lines of Go code as pieces, coloured.
func (p painter) goCode(code string) [][]piece {
	if !p.color {
		return p.listing(code)
	}
	var pieces []piece
	shown := 0
	each(code, func(offset, _ int, kind token.Token, text string) {
		style := ""
		switch {
		case kind == token.COMMENT:
			style = dim
		case kind == token.STRING, kind == token.CHAR:
			style = green
		case kind.IsKeyword():
			style = magenta
		}
		if style == "" || offset < shown || !strings.HasPrefix(code[offset:], text) {
			return
		}
		pieces = append(pieces, piece{code[shown:offset], ""}, piece{text, style})
		shown = offset + len(text)
	})
	return linesOf(append(pieces, piece{code[shown:], ""}))
}

// listing lists the lines of any text as pieces.
func (p painter) listing(text string) [][]piece { return linesOf([]piece{{text, ""}}) }

// linesOf cuts pieces at line ends.
func linesOf(pieces []piece) [][]piece {
	lines := [][]piece{nil}
	for _, whole := range pieces {
		for i, text := range strings.Split(clean(whole.text), "\n") {
			if i > 0 {
				lines = append(lines, nil)
			}
			if text != "" {
				lines[len(lines)-1] = append(lines[len(lines)-1], piece{text, whole.style})
			}
		}
	}
	if last := len(lines) - 1; lines[last] == nil {
		lines = lines[:last] // what is behind the last line's end
	}
	return lines
}

// frame draws a title above code and a line to its left.
type frame struct {
	p     painter
	width int
	lines []string
}

// framed is code in a frame with one part.
func (p painter) framed(title string, code [][]piece, width int) []string {
	f := frame{p: p, width: width}
	f.open(title, code)
	return f.close()
}

func (f *frame) open(title string, code [][]piece) { f.part("┌", title, code) }

func (f *frame) middle(title string, code [][]piece) { f.part("├", title, code) }

func (f *frame) close() []string {
	return append(f.lines, f.p.paint("└"+strings.Repeat("─", f.width-1), dim))
}

func (f *frame) part(corner, title string, code [][]piece) {
	f.lines = append(f.lines, f.p.rule(corner, "─", title, dim, f.width))
	side := f.p.paint("│ ", dim)
	for _, line := range code {
		f.lines = append(f.lines, margin(side, side, f.p.fit(line, f.width-2))...)
	}
}

// fit cuts a line of code into lines of at most width columns.
func (p painter) fit(line []piece, width int) []string {
	var lines []string
	for i, part := range p.pour(line, width, width-p.columns.StringWidth(continued), width/3) {
		text := ""
		if i > 0 {
			text = p.paint(continued, dim)
		}
		for _, piece := range part {
			text += p.paint(piece.text, piece.style)
		}
		lines = append(lines, text)
	}
	return lines
}

// rule is a horizontal line with a title in it.
func (p painter) rule(corner, line, title, style string, width int) string {
	if title == "" {
		return p.paint(corner+strings.Repeat(line, width-1), style)
	}
	title = p.columns.Truncate(title, width-4, "…")
	rest := max(0, width-3-p.columns.StringWidth(title))
	return p.paint(corner+" ", style) + p.paint(title, bold) + p.paint(" "+strings.Repeat(line, rest), style)
}

// box is a frame of double lines, for what the reader is asked.
func (p painter) box(title string, body []string, width int) []string {
	side := p.paint("║ ", yellow)
	lines := append([]string{p.rule("╔", "═", title, yellow, width)}, margin(side, side, body)...)
	return append(lines, p.paint("╚"+strings.Repeat("═", width-1), yellow))
}
