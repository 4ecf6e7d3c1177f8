package notebook

import (
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/gomarkdown/markdown/ast"
)

// A notebook in the terminal. Each block becomes lines of at most the style's
// width; a block inside another gets what the outer one's margin leaves. Colour
// adds to what is said and says nothing alone: without it, marks stand in.

const (
	defaultWidth = 80
	leastWidth   = 24 // columns; below that, lines are cut by the terminal
)

// Style is how a notebook is shown.
type Style struct {
	Width    int    // columns; 0 is 80
	Color    bool   // SGR colours, for a terminal that has them
	Language string // of the labels: "fr" (the default) or "en"
	Files    fs.FS  // the notebook's folder, for its figures; nil shows none

	Answers map[string]string // the reader's predictions, by question
}

// labels are the words that are not the notebook's own.
type labels struct{ cell, shared, illustration, output, predict, answer, task, image string }

var (
	french = labels{"Cellule %s", "Code commun aux cellules", "Illustration (compilée, non exécutée)",
		"Sortie", "Prédiction", "Votre prédiction : %s", "Exercice %d", "image"}
	english = labels{"Cell %s", "Code shared by the cells", "Illustration (compiled, not run)",
		"Output", "Prediction", "Your prediction: %s", "Exercise %d", "image"}
)

// Render writes the notebook as text for a terminal.
func Render(w io.Writer, n *Notebook, style Style) error {
	return RenderBlocks(w, n.Blocks, style)
}

// RenderBlocks writes a part of a notebook, for example a Section's blocks.
func RenderBlocks(w io.Writer, blocks []Block, style Style) error {
	return Write(w, NewPainter(style).Blocks(blocks, style.columns()), style.Color)
}

// Write writes lines, in colour or without.
func Write(w io.Writer, lines []Line, color bool) error {
	for _, line := range lines {
		text := ""
		for _, piece := range line {
			text += piece.painted(color)
		}
		if _, err := io.WriteString(w, strings.TrimRight(text, " ")+"\n"); err != nil {
			return fmt.Errorf("the notebook cannot be printed: %w", err)
		}
	}
	return nil
}

func (s Style) columns() int {
	if s.Width <= 0 {
		return defaultWidth
	}
	return max(s.Width, leastWidth)
}

// Painter makes lines of blocks. They hold no control character but those that
// Write adds.
type Painter struct {
	color   bool // marks that stand in for colour are left out
	words   labels
	files   fs.FS
	answers map[string]string
}

// NewPainter paints in a style; each block is given its width.
func NewPainter(style Style) Painter {
	p := Painter{color: style.Color, words: french, files: style.Files, answers: style.Answers}
	if style.Language == "en" {
		p.words = english
	}
	return p
}

// Blocks paints blocks, an empty line between two.
func (p Painter) Blocks(blocks []Block, width int) []Line {
	var lines []Line
	for i, block := range blocks {
		if i > 0 {
			lines = append(lines, nil)
		}
		lines = append(lines, p.Block(block, width)...)
	}
	return lines
}

// Block paints one.
func (p Painter) Block(block Block, width int) []Line {
	switch b := block.(type) {
	case *Heading:
		return p.heading(b, width)
	case *Prose:
		return p.node(b.Node, width)
	case *Cell:
		parts := []Part{{p.CellTitle(b), p.Go(b.Text)}}
		if b.Output != nil {
			parts = append(parts, Part{p.words.output, p.Text(b.Output.Text)})
		}
		return p.Frame(width, parts...)
	case *Shared:
		return p.Frame(width, Part{p.words.shared, p.Go(b.Text)})
	case *Illustration:
		return p.Frame(width, Part{p.words.illustration, p.Go(b.Text)})
	case *Listing:
		return p.Frame(width, Part{listingLabel[b.Language], p.Text(b.Text)})
	case *Predict:
		body := p.Blocks(b.Body, width-2)
		if text, made := p.answers[b.ID]; made {
			body = append(append(body, nil), p.Words("", fmt.Sprintf(p.words.answer, text), width-2)...)
		}
		return p.Box(p.words.predict, body, width)
	case *Task:
		return p.Box(fmt.Sprintf(p.words.task, b.Number), p.Blocks(b.Body, width-2), width)
	case *Folded:
		return append(p.Summary(b, true, width), margin(Piece{"  ", ""}, Piece{"  ", ""}, p.Blocks(b.Body, width-2))...)
	}
	return nil
}

// CellTitle is what stands above a cell.
func (p Painter) CellTitle(cell *Cell) string { return fmt.Sprintf(p.words.cell, cell.Name) }

// Summary is the line that a folded answer hangs from.
func (p Painter) Summary(b *Folded, open bool, width int) []Line {
	sign := "▸ "
	if open {
		sign = "▾ "
	}
	return margin(Piece{sign, ""}, Piece{"  ", ""}, p.Blocks(b.Summary, width-2))
}

var listingLabel = map[string]string{"python": "Python", "sh": "Terminal"}

// heading is underlined by its level, and numbered signs below the second.
func (p Painter) heading(b *Heading, width int) []Line {
	text := p.inline(b.Node, bold)
	if b.Level > 2 {
		sign := strings.Repeat("#", b.Level) + " "
		return margin(Piece{sign, bold}, Piece{strings.Repeat(" ", len(sign)), ""}, p.wrap(text, width-len(sign)))
	}
	lines := p.wrap(text, width)
	longest := 0
	for _, line := range lines {
		longest = max(longest, p.columnsOf(line))
	}
	rule := map[int]string{1: "═", 2: "─"}[b.Level]
	return append(lines, Line{{strings.Repeat(rule, longest), ""}})
}

// node paints a block of the Markdown library's.
func (p Painter) node(node ast.Node, width int) []Line {
	width = max(width, leastWidth/2) // deep inside lists, lines stay readable and get too long
	switch n := node.(type) {
	case *ast.Paragraph:
		if figure := p.figure(n, width); figure != nil {
			return figure
		}
		return p.wrap(p.inline(n, ""), width)
	case *ast.Heading:
		return p.heading(&Heading{Level: max(n.Level, 3), Node: n}, width)
	case *ast.BlockQuote:
		return margin(Piece{"▌ ", ""}, Piece{"▌ ", ""}, p.nodes(n.GetChildren(), width-2, true))
	case *ast.List:
		return p.list(n, width)
	case *ast.Table:
		return p.table(n, width)
	case *ast.HorizontalRule:
		return []Line{{{strings.Repeat("─", width), ""}}}
	}
	return p.wrap(p.inline(node, ""), width)
}

// nodes paints several, apart by an empty line or not.
func (p Painter) nodes(nodes []ast.Node, width int, apart bool) []Line {
	var lines []Line
	for i, node := range nodes {
		if i > 0 && apart {
			lines = append(lines, nil)
		}
		lines = append(lines, p.node(node, width)...)
	}
	return lines
}

// list paints items behind their marks.
func (p Painter) list(list *ast.List, width int) []Line {
	var lines []Line
	number := max(list.Start, 1)
	for i, item := range list.GetChildren() {
		mark := "• "
		if list.ListFlags&ast.ListTypeOrdered != 0 {
			mark = fmt.Sprintf("%d. ", number+i)
		}
		columns := textColumns(mark)
		if i > 0 && !list.Tight {
			lines = append(lines, nil)
		}
		lines = append(lines, margin(Piece{mark, ""}, Piece{strings.Repeat(" ", columns), ""}, p.nodes(item.GetChildren(), width-columns, !list.Tight))...)
	}
	return lines
}

// margin puts first before the first line and rest before the others.
func margin(first, rest Piece, lines []Line) []Line {
	set := make([]Line, len(lines))
	for i, line := range lines {
		before := rest
		if i == 0 {
			before = first
		}
		set[i] = append(Line{before}, line...)
	}
	return set
}
