package notebook

import (
	"fmt"
	"io"
	"strings"

	"github.com/gomarkdown/markdown/ast"
	"github.com/mattn/go-runewidth"
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
}

// labels are the words that are not the notebook's own.
type labels struct{ cell, shared, illustration, output, predict, task, image string }

var (
	french = labels{"Cellule %s", "Code commun aux cellules", "Illustration (compilée, non exécutée)",
		"Sortie", "Prédiction", "Exercice %d", "image"}
	english = labels{"Cell %s", "Code shared by the cells", "Illustration (compiled, not run)",
		"Output", "Prediction", "Exercise %d", "image"}
)

// Render writes the notebook as text for a terminal.
func Render(w io.Writer, n *Notebook, style Style) error {
	return RenderBlocks(w, n.Blocks, style)
}

// RenderBlocks writes a part of a notebook, for example a Section's blocks.
func RenderBlocks(w io.Writer, blocks []Block, style Style) error {
	p := painter{color: style.Color, words: french, columns: runewidth.NewCondition()}
	// The locale of the machine must not change what is printed.
	p.columns.EastAsianWidth = false
	if style.Language == "en" {
		p.words = english
	}
	width := style.Width
	if width <= 0 {
		width = defaultWidth
	}
	for _, line := range p.blocks(blocks, max(width, leastWidth)) {
		if _, err := io.WriteString(w, strings.TrimRight(line, " ")+"\n"); err != nil {
			return fmt.Errorf("the notebook cannot be printed: %w", err)
		}
	}
	return nil
}

// painter makes lines of blocks.
type painter struct {
	color   bool
	words   labels
	columns *runewidth.Condition // how many columns a text takes
}

// blocks paints blocks, an empty line between two.
func (p painter) blocks(blocks []Block, width int) []string {
	var lines []string
	for i, block := range blocks {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, p.block(block, width)...)
	}
	return lines
}

func (p painter) block(block Block, width int) []string {
	switch b := block.(type) {
	case *Heading:
		return p.heading(b, width)
	case *Prose:
		return p.node(b.Node, width)
	case *Cell:
		frame := frame{p: p, width: width}
		frame.open(fmt.Sprintf(p.words.cell, b.Name), p.goCode(b.Text))
		if b.Output != nil {
			frame.middle(p.words.output, p.listing(b.Output.Text))
		}
		return frame.close()
	case *Shared:
		return p.framed(p.words.shared, p.goCode(b.Text), width)
	case *Illustration:
		return p.framed(p.words.illustration, p.goCode(b.Text), width)
	case *Listing:
		return p.framed(listingLabel[b.Language], p.listing(b.Text), width)
	case *Predict:
		return p.box(p.words.predict, p.blocks(b.Body, width-2), width)
	case *Task:
		return p.box(fmt.Sprintf(p.words.task, b.Number), p.blocks(b.Body, width-2), width)
	case *Folded:
		summary := margin("▸ ", "  ", p.blocks(b.Summary, width-2))
		return append(summary, margin("  ", "  ", p.blocks(b.Body, width-2))...)
	}
	return nil
}

var listingLabel = map[string]string{"python": "Python", "sh": "Terminal"}

// heading is underlined by its level, and numbered signs below the second.
func (p painter) heading(b *Heading, width int) []string {
	text := p.inline(b.Node, bold)
	if b.Level > 2 {
		sign := strings.Repeat("#", b.Level) + " "
		return margin(p.paint(sign, bold), strings.Repeat(" ", len(sign)), p.wrap(text, width-len(sign)))
	}
	lines := p.wrap(text, width)
	longest := 0
	for _, line := range lines {
		longest = max(longest, p.columns.StringWidth(uncoloured(line)))
	}
	rule := map[int]string{1: "═", 2: "─"}[b.Level]
	return append(lines, strings.Repeat(rule, longest))
}

// node paints a block of the Markdown library's.
func (p painter) node(node ast.Node, width int) []string {
	width = max(width, leastWidth/2) // deep inside lists, lines stay readable and get too long
	switch n := node.(type) {
	case *ast.Paragraph:
		return p.wrap(p.inline(n, ""), width)
	case *ast.Heading:
		return p.heading(&Heading{Level: max(n.Level, 3), Node: n}, width)
	case *ast.BlockQuote:
		return margin("▌ ", "▌ ", p.nodes(n.GetChildren(), width-2, true))
	case *ast.List:
		return p.list(n, width)
	case *ast.Table:
		return p.table(n, width)
	case *ast.HorizontalRule:
		return []string{strings.Repeat("─", width)}
	}
	return p.wrap(p.inline(node, ""), width)
}

// nodes paints several, apart by an empty line or not.
func (p painter) nodes(nodes []ast.Node, width int, apart bool) []string {
	var lines []string
	for i, node := range nodes {
		if i > 0 && apart {
			lines = append(lines, "")
		}
		lines = append(lines, p.node(node, width)...)
	}
	return lines
}

// list paints items behind their marks.
func (p painter) list(list *ast.List, width int) []string {
	var lines []string
	number := max(list.Start, 1)
	for i, item := range list.GetChildren() {
		mark := "• "
		if list.ListFlags&ast.ListTypeOrdered != 0 {
			mark = fmt.Sprintf("%d. ", number+i)
		}
		columns := p.columns.StringWidth(mark)
		if i > 0 && !list.Tight {
			lines = append(lines, "")
		}
		lines = append(lines, margin(mark, strings.Repeat(" ", columns), p.nodes(item.GetChildren(), width-columns, !list.Tight))...)
	}
	return lines
}

// margin puts first before the first line and rest before the others.
func margin(first, rest string, lines []string) []string {
	set := make([]string, len(lines))
	for i, line := range lines {
		set[i] = rest + line
		if i == 0 {
			set[i] = first + line
		}
	}
	return set
}
