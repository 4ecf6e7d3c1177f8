package notebook

import (
	"io/fs"
	"path"
	"strings"

	"github.com/gomarkdown/markdown/ast"
)

// A figure is an image that has a text beside it: figures/join.svg is shown in
// the terminal as figures/join.txt, and read so by who cannot see.

const (
	figureText = ".txt"
	maxFigure  = 64 << 10 // bytes of a figure's text
)

// figure paints a paragraph that is nothing but an image whose text is there;
// nil otherwise. A figure is cut at the width: broken lines would draw nonsense.
func (p Painter) figure(paragraph *ast.Paragraph, width int) []Line {
	image := onlyImage(paragraph)
	if image == nil || p.files == nil {
		return nil
	}
	target := string(image.Destination)
	text, err := fs.ReadFile(p.files, strings.TrimSuffix(target, path.Ext(target))+figureText)
	if err != nil || len(text) > maxFigure {
		return nil // its words are shown, and where it lies
	}
	lines := []Line{p.rule("┌", "─", plain(image), dim, width)}
	for _, line := range p.Text(strings.TrimRight(string(text), "\n") + "\n") {
		shown := ""
		for _, piece := range line {
			shown += piece.Text
		}
		lines = append(lines, Line{{"│ ", dim}, {cut(shown, width-2), ""}})
	}
	return append(lines, Line{{"└" + strings.Repeat("─", width-1), dim}})
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
