package export

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"

	"github.com/gomarkdown/markdown"
	"github.com/gomarkdown/markdown/ast"
	renderer "github.com/gomarkdown/markdown/html"

	"etincelle/grader/message"
)

//go:embed page.css
var style string

// HTML is the notebook as one page: no script, no request, figures inside. Its
// policy lets through its own style, by its sum, and pictures that it carries.
func (s *Source) HTML() ([]byte, error) {
	sum := sha256.Sum256([]byte(style))
	policy := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; img-src data:; base-uri 'none'; form-action 'none'"
	var b bytes.Buffer
	fmt.Fprintf(&b, `<!DOCTYPE html>
<html lang="%s">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="%s">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>%s</title>
<style>%s</style>
</head>
<body>
<main>
`, s.tag(), policy, escaped(s.notebook.Title), style)
	p := &page{Source: s, to: &b}
	p.prose = renderer.NewRenderer(renderer.RendererOptions{Flags: renderer.SkipHTML | renderer.Safelink, RenderNodeHook: p.node})
	p.blocks(s.notebook.Blocks)
	b.WriteString("</main>\n</body>\n</html>\n")
	return b.Bytes(), nil
}

// escaped is text as a page holds it, in an element or in a quoted attribute.
func escaped(text string) string { return html.EscapeString(clean(text)) }

// page writes blocks as HTML.
type page struct {
	*Source
	to    *bytes.Buffer
	prose *renderer.Renderer
}

// put writes HTML of this package's own; what %s puts in must be escaped.
func (p *page) put(format string, escaped ...any) { fmt.Fprintf(p.to, format, escaped...) }

// markdown writes a block of the Markdown library's.
func (p *page) markdown(node ast.Node) {
	p.to.Write(markdown.Render(node, p.prose))
	p.put("\n")
}

// inline writes a paragraph where none may stand.
func (p *page) inline(node ast.Node) {
	text := bytes.TrimSpace(markdown.Render(node, p.prose))
	p.to.Write(bytes.TrimSuffix(bytes.TrimPrefix(text, []byte("<p>")), []byte("</p>")))
}

// hardBlanks are those that French sets before and after some signs: no line breaks there.
var hardBlanks = strings.NewReplacer(
	" :", message.Hard+":", " ;", message.Hard+";", " !", message.Hard+"!", " ?", message.Hard+"?",
	" »", message.Hard+"»", "« ", "«"+message.Hard, " %", message.Hard+"%")

// kept is a text whose signs stay with their words.
func (p *page) kept(text string) string {
	if p.Language != message.French {
		return text
	}
	return hardBlanks.Replace(text)
}

// label is what a heading's id may be: anything else is left out.
var label = regexp.MustCompile(`^[\pL\pN_][\pL\pN_-]*$`)

// node takes from the library the nodes whose text could do harm, and those that
// this page shows in its own way.
func (p *page) node(w io.Writer, node ast.Node, entering bool) (ast.WalkStatus, bool) {
	write := func(text string) { _, _ = io.WriteString(w, text) } // the library writes to memory
	either := func(open, close string) {
		if entering {
			write(open)
		} else {
			write(close)
		}
	}
	switch n := node.(type) {
	case *ast.Text:
		write(p.kept(escaped(html.UnescapeString(string(n.Literal)))))
	case *ast.Code:
		write("<code>" + escaped(string(n.Literal)) + "</code>")
	case *ast.HTMLSpan, *ast.HTMLBlock, *ast.Math, *ast.MathBlock:
		// A comment; what else there could be is not shown.
	case *ast.CodeBlock:
		write("<pre>" + escaped(string(n.Literal)) + "</pre>")
	case *ast.Heading:
		id := ""
		if label.MatchString(n.HeadingID) {
			id = fmt.Sprintf(` id="%s"`, escaped(n.HeadingID))
		}
		level := min(max(n.Level, 1), 6)
		either(fmt.Sprintf("<h%d%s>", level, id), fmt.Sprintf("</h%d>\n", level))
	case *ast.Link:
		if target := clean(string(n.Destination)); leads(target) {
			either(fmt.Sprintf(`<a href="%s">`, escaped(target)), "</a>")
		}
	case *ast.Paragraph:
		if image := onlyImage(n); image != nil {
			if entering {
				write(p.figure(image))
			}
			return ast.SkipChildren, true
		}
		return ast.GoToNext, false
	case *ast.Image:
		if entering {
			write(p.image(n))
		}
		return ast.SkipChildren, true
	case *ast.Table:
		either("<div class=\"wide\">\n<table>\n", "</table>\n</div>\n")
	default:
		return ast.GoToNext, false
	}
	return ast.GoToNext, true
}

// leads reports whether a link may be followed: to a place of the page, or to a
// page that is asked for by hand.
func leads(target string) bool {
	for _, start := range []string{"#", "https://", "http://", "mailto:"} {
		if strings.HasPrefix(strings.ToLower(target), start) {
			return true
		}
	}
	return false
}

// image is a picture of the lab, carried by the page as an image: whatever its
// file holds, it cannot run. What is no picture of the lab is its words.
func (p *page) image(n *ast.Image) string {
	words := escaped(spoken(n))
	picture, ours := p.pictureAt(string(n.Destination))
	if !ours {
		return "<em>[" + words + "]</em>"
	}
	return fmt.Sprintf(`<img src="data:image/svg+xml;base64,%s" alt="%s">`, base64.StdEncoding.EncodeToString(picture.svg), words)
}

// figure is an image that stands alone, with its words, and its text to unfold.
func (p *page) figure(n *ast.Image) string {
	text := ""
	if picture, ours := p.pictureAt(string(n.Destination)); ours && picture.text != "" {
		text = fmt.Sprintf("<details><summary>%s</summary><pre>%s</pre></details>\n", escaped(p.say(asTextText, nil)), escaped(picture.text))
	}
	return fmt.Sprintf("<figure>\n<div class=\"wide\">%s</div>\n<figcaption aria-hidden=\"true\">%s</figcaption>\n%s</figure>\n", p.image(n), escaped(spoken(n)), text)
}

// onlyImage is the image that a paragraph is made of, or nil.
func onlyImage(paragraph *ast.Paragraph) *ast.Image {
	var found *ast.Image
	for _, child := range paragraph.GetChildren() {
		switch n := child.(type) {
		case *ast.Image:
			if found != nil {
				return nil
			}
			found = n
		case *ast.Text:
			if strings.TrimSpace(string(n.Literal)) != "" {
				return nil
			}
		default:
			return nil
		}
	}
	return found
}

// spoken is the text of a node without mark-up.
func spoken(node ast.Node) string {
	var b strings.Builder
	ast.WalkFunc(node, func(n ast.Node, entering bool) ast.WalkStatus {
		if leaf := n.AsLeaf(); leaf != nil && entering {
			if _, comment := n.(*ast.HTMLSpan); !comment {
				b.WriteString(html.UnescapeString(string(leaf.Literal)))
			}
		}
		return ast.GoToNext
	})
	return strings.Join(strings.Fields(b.String()), " ")
}
