package notebook

import (
	"html"
	"strings"

	"github.com/gomarkdown/markdown/ast"
)

// What stands inside a paragraph, as pieces of text with a style each. wrap.go
// breaks them into lines.

// Styles are SGR parameters; they add up, with a semicolon.
const (
	bold    = "1"
	dim     = "2"
	italic  = "3"
	struck  = "9"
	green   = "32"
	orange  = "38;5;166" // reads on light and on dark
	magenta = "35"
	cyan    = "36"
)

// Piece is text of one style. Inside a paragraph, "\n" alone is a line's forced
// end.
type Piece struct {
	Text  string
	Style string // SGR parameters; "" is the terminal's own
}

// Line is a line of the screen.
type Line []Piece

// inline lists the pieces of a block's text.
func (p Painter) inline(node ast.Node, style string) []Piece {
	var pieces []Piece
	for _, child := range node.GetChildren() {
		pieces = append(pieces, p.span(child, style)...)
	}
	return pieces
}

func (p Painter) span(node ast.Node, style string) []Piece {
	switch n := node.(type) {
	case *ast.Text:
		return []Piece{{soft(words(n)), style}}
	case *ast.Hardbreak:
		return []Piece{{"\n", style}}
	case *ast.Code:
		return p.marked("`", []Piece{{soft(clean(string(n.Literal))), with(style, cyan)}})
	case *ast.Emph:
		return p.marked("_", p.inline(n, with(style, italic)))
	case *ast.Strong:
		return p.marked("*", p.inline(n, with(style, bold)))
	case *ast.Del:
		return p.marked("~~", p.inline(n, with(style, struck)))
	case *ast.Link:
		text := p.inline(n, style)
		target := soft(clean(string(n.Destination)))
		if plain(n) == target || strings.HasPrefix(target, "#") {
			return text // the text says it, or it leads to a place of this notebook
		}
		return append(text, Piece{" (" + target + ")", with(style, dim)})
	case *ast.Image:
		alternative := append([]Piece{{"[" + p.words.image + ": ", style}}, p.inline(n, style)...)
		return append(alternative, Piece{"] (" + soft(clean(string(n.Destination))) + ")", with(style, dim)})
	case *ast.HTMLSpan:
		return nil // a comment: Parse refuses the others
	}
	if leaf := node.AsLeaf(); leaf != nil {
		return []Piece{{soft(clean(string(leaf.Literal))), style}}
	}
	return p.inline(node, style)
}

// words is the text of a node without mark-up, cleaned after its entities are
// read: &#27; is an escape character too.
func words(node *ast.Text) string { return clean(html.UnescapeString(string(node.Literal))) }

// marked puts a sign around pieces where there is no colour to tell them apart.
func (p Painter) marked(sign string, pieces []Piece) []Piece {
	if p.color {
		return pieces
	}
	return append(append([]Piece{{sign, ""}}, pieces...), Piece{sign, ""})
}

// soft makes blanks of line ends: a paragraph is broken anew.
func soft(text string) string { return strings.ReplaceAll(text, "\n", " ") }

// with adds a style to another.
func with(style, more string) string {
	if style == "" {
		return more
	}
	return style + ";" + more
}

// painted is a piece for a terminal.
func (p Piece) painted(color bool) string {
	if !color || p.Style == "" || p.Text == "" {
		return p.Text
	}
	return "\x1b[" + p.Style + "m" + p.Text + "\x1b[0m"
}
