package notebook

import (
	"html"
	"regexp"
	"strings"

	"github.com/gomarkdown/markdown/ast"
)

// What stands inside a paragraph, as pieces of text with a style each. wrap.go
// breaks them into lines.

// Styles, as SGR parameters. They add up, with a semicolon.
const (
	bold    = "1"
	dim     = "2"
	italic  = "3"
	struck  = "9"
	green   = "32"
	yellow  = "33"
	magenta = "35"
	cyan    = "36"
)

// piece is text of one style; "\n" alone is a line's forced end.
type piece struct{ text, style string }

// inline lists the pieces of a block's text.
func (p painter) inline(node ast.Node, style string) []piece {
	var pieces []piece
	for _, child := range node.GetChildren() {
		pieces = append(pieces, p.span(child, style)...)
	}
	return pieces
}

func (p painter) span(node ast.Node, style string) []piece {
	switch n := node.(type) {
	case *ast.Text:
		return []piece{{soft(words(n)), style}}
	case *ast.Hardbreak:
		return []piece{{"\n", style}}
	case *ast.Code:
		return p.marked("`", []piece{{soft(clean(string(n.Literal))), with(style, cyan)}})
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
		return append(text, piece{" (" + target + ")", with(style, dim)})
	case *ast.Image:
		alternative := append([]piece{{"[" + p.words.image + ": ", style}}, p.inline(n, style)...)
		return append(alternative, piece{"] (" + soft(clean(string(n.Destination))) + ")", with(style, dim)})
	case *ast.HTMLSpan:
		return nil // a comment: Parse refuses the others
	}
	if leaf := node.AsLeaf(); leaf != nil {
		return []piece{{soft(clean(string(leaf.Literal))), style}}
	}
	return p.inline(node, style)
}

// words is the text of a node without mark-up, cleaned after its entities are
// read: &#27; is an escape character too.
func words(node *ast.Text) string { return clean(html.UnescapeString(string(node.Literal))) }

// marked puts a sign around pieces where there is no colour to tell them apart.
func (p painter) marked(sign string, pieces []piece) []piece {
	if p.color {
		return pieces
	}
	return append(append([]piece{{sign, ""}}, pieces...), piece{sign, ""})
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

// paint is text in a style.
func (p painter) paint(text, style string) string {
	if !p.color || style == "" || text == "" {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}

var sgr = regexp.MustCompile("\x1b\\[[0-9;]*m")

// uncoloured is what a painted text shows.
func uncoloured(text string) string { return sgr.ReplaceAllString(text, "") }
