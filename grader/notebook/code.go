package notebook

import (
	"go/token"
	"strings"
)

// Code on the screen: coloured by Go's own scanner, cut where a line is too
// long, in a frame open to the right so that it can be copied.

// continued stands before the rest of a line of code that was cut.
const continued = "↪ "

// Go lists the lines of Go code as pieces, coloured.
func (p Painter) Go(code string) []Line {
	if !p.color {
		return p.Text(code)
	}
	var pieces []Piece
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
		pieces = append(pieces, Piece{code[shown:offset], ""}, Piece{text, style})
		shown = offset + len(text)
	})
	return linesOf(append(pieces, Piece{code[shown:], ""}))
}

// Text lists the lines of any text as pieces.
func (p Painter) Text(text string) []Line { return linesOf([]Piece{{text, ""}}) }

// Words lists the lines of a text in words, wrapped, the lines after the first
// below its sign.
func (p Painter) Words(sign, text string, width int) []Line {
	columns := textColumns(sign)
	lines := p.wrap([]Piece{{soft(clean(text)), ""}}, width-columns)
	return margin(Piece{sign, ""}, Piece{strings.Repeat(" ", columns), ""}, lines)
}

// linesOf cuts pieces at line ends.
func linesOf(pieces []Piece) []Line {
	lines := []Line{nil}
	for _, whole := range pieces {
		for i, text := range strings.Split(clean(whole.Text), "\n") {
			if i > 0 {
				lines = append(lines, nil)
			}
			if text != "" {
				lines[len(lines)-1] = append(lines[len(lines)-1], Piece{text, whole.Style})
			}
		}
	}
	if last := len(lines) - 1; lines[last] == nil {
		lines = lines[:last] // what is behind the last line's end
	}
	return lines
}

// Part is a part of a frame: a title, and lines of code or text.
type Part struct {
	Title string
	Lines []Line
}

// Frame draws parts, each under its title, and a line to their left.
func (p Painter) Frame(width int, parts ...Part) []Line {
	var lines []Line
	corner, side := "┌", Piece{"│ ", dim}
	for _, part := range parts {
		lines = append(lines, p.rule(corner, "─", part.Title, dim, width))
		for _, line := range part.Lines {
			lines = append(lines, margin(side, side, p.fit(line, width-2))...)
		}
		corner = "├"
	}
	return append(lines, Line{{"└" + strings.Repeat("─", width-1), dim}})
}

// fit cuts a line of code into lines of at most width columns.
func (p Painter) fit(line Line, width int) []Line {
	var lines []Line
	for i, part := range p.pour(line, width, width-textColumns(continued), width/3) {
		if i > 0 {
			part = append(Line{{continued, dim}}, part...)
		}
		lines = append(lines, part)
	}
	return lines
}

// rule is a horizontal line with a title in it.
func (p Painter) rule(corner, line, title, style string, width int) Line {
	if title == "" {
		return Line{{corner + strings.Repeat(line, width-1), style}}
	}
	title = cut(title, width-4)
	rest := max(0, width-3-textColumns(title))
	return Line{{corner + " ", style}, {title, bold}, {" " + strings.Repeat(line, rest), style}}
}

// Box is a frame of double lines, for what the reader is asked.
func (p Painter) Box(title string, body []Line, width int) []Line {
	side := Piece{"║ ", orange}
	lines := append([]Line{p.rule("╔", "═", title, orange, width)}, margin(side, side, body)...)
	return append(lines, Line{{"╚" + strings.Repeat("═", width-1), orange}})
}
