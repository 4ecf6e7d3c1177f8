package notebook

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gomarkdown/markdown/ast"
)

// Parse reads a notebook. Its error is Problems: all there are, save that text
// which falls apart into the wrong pieces (a fence never closed) hides the rest.
func Parse(path string, src []byte) (*Notebook, error) {
	r := &reader{path: path}
	if len(src) > maxSize {
		r.report(0, fmt.Sprintf("%d KiB", len(src)>>10), fmt.Sprintf("at most %d KiB", maxSize>>10), "cut the notebook in two")
		return nil, r.problems
	}
	lines := splitLines(src)
	for i, line := range lines {
		if !utf8.ValidString(line) {
			r.report(i, "bytes that are no UTF-8", "UTF-8 text", "save the file as UTF-8")
		}
	}
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	n := &Notebook{Path: path, Blocks: r.blocks(lines, 0, false)}
	if !r.torn {
		n.Title = r.verify(n)
	}
	if len(r.problems) > 0 {
		r.problems.sort()
		return nil, r.problems
	}
	n.numbers = numbersIn(lines)
	return n, nil
}

// Fragment reads Markdown that is no notebook of its own, a hint for example:
// prose, listings and illustrations. Its error is Problems.
func Fragment(path, text string) ([]Block, error) {
	r := &reader{path: path}
	blocks := r.blocks(splitLines([]byte(text)), 0, true)
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return blocks, nil
}

// reader collects what is wrong while it makes blocks.
type reader struct {
	path     string
	problems Problems
	torn     bool // some text was cut into the wrong pieces: what is missing is not to be missed
}

// report keeps a problem; line is an index in the file.
func (r *reader) report(line int, found, expected, next string) {
	r.problems = append(r.problems, Problem{File: r.path, Line: line + 1, Found: found, Expected: expected, Next: next})
}

// blocks reads lines, the first of which has the given index in the file. Only
// the outermost text holds what is run or asked; what is nested is shown.
func (r *reader) blocks(lines []string, first int, nested bool) []Block {
	before := len(r.problems)
	regions := scan(lines, func(line int, found, expected, next string) {
		r.report(first+line, found, expected, next)
	})
	r.paragraphs(lines, regions, first)
	var read []placed
	if len(r.problems) == before {
		read = r.markdown(lines, regions, first)
	}
	if len(r.problems) > before {
		r.torn = true
		return nil
	}
	var blocks []Block
	for _, p := range read {
		at := Place{first + p.line + 1}
		switch node := p.node.(type) {
		case *regionNode:
			blocks = r.region(blocks, lines, regions[node.index], first, nested)
		case *ast.Heading:
			blocks = append(blocks, &Heading{Place: at, Level: node.Level, ID: node.HeadingID, Node: node})
			r.prose(node, lines, first, p.line)
		case *ast.HTMLBlock:
			if !isComment(node.Literal) {
				r.rawHTML(node.Literal, first+p.line)
			}
		default:
			blocks = append(blocks, &Prose{Place: at, Node: node})
			r.prose(node, lines, first, p.line)
		}
	}
	return blocks
}

// markdown reads lines with the Markdown library, and reports the regions that
// it never came to: it took their lines for a part of what begins above them.
func (r *reader) markdown(lines []string, regions []region, first int) []placed {
	read, err := markdown(lines, regions)
	if err != nil {
		r.report(first, err.Error(), "Markdown", "simplify the text")
		return nil
	}
	reached := map[int]bool{}
	for _, p := range read {
		if node, is := p.node.(*regionNode); is {
			reached[node.index] = true
		}
	}
	for index, region := range regions {
		if !reached[index] {
			r.report(first+region.first, "a fence or folded answer that the text above it swallows", "an empty line before it, and no HTML comment around it", "add the line")
		}
	}
	return read
}

// paragraphs reports those that are too long for the Markdown library, which
// takes time with the square of their length.
func (r *reader) paragraphs(lines []string, regions []region, first int) {
	size := 0
	for i := 0; i < len(lines); i++ {
		if len(regions) > 0 && regions[0].first == i {
			i, size, regions = regions[0].last, 0, regions[1:]
			continue
		}
		before := size
		size += len(lines[i])
		if strings.TrimSpace(lines[i]) == "" {
			size = 0
		}
		if before <= maxParagraph && size > maxParagraph {
			r.report(first+i, fmt.Sprintf("more than %d KiB without an empty line", maxParagraph>>10), "shorter paragraphs", "put an empty line before this one")
		}
	}
}

// region makes a block of a region and adds it to blocks; an output joins its cell.
func (r *reader) region(blocks []Block, lines []string, at region, first int, nested bool) []Block {
	place := Place{first + at.first + 1}
	if at.folded != nil {
		if nested {
			r.report(first+at.first, "<details> inside another block", "folded answers that are not nested", "move it out")
			return blocks
		}
		body := at.folded.summary + 1
		return append(blocks, &Folded{
			Place:   place,
			Summary: r.blocks([]string{strings.TrimSpace(at.folded.text)}, first+at.folded.summary, true),
			Body:    r.blocks(lines[body:at.last], first+body, true),
		})
	}
	says, problem := readInfo(at.fence.info)
	if problem != nil {
		r.report(first+at.first, problem.Found, problem.Expected, problem.Next)
		return blocks
	}
	code := Code{place, at.text(lines)}
	body := func() []Block { return r.blocks(lines[at.first+1:at.last], first+at.first+1, true) }
	switch says.usage {
	case "go illustration":
		return append(blocks, r.illustration(code))
	case "python", "text", "sh":
		return append(blocks, &Listing{Code: code, Language: says.language})
	}
	if nested {
		r.report(first+at.first, quoted("```"+at.fence.info)+" inside another block", "only listings and illustrations there", "move it out")
		return blocks
	}
	switch says.usage {
	case "go shared":
		r.declarations(code)
		return append(blocks, &Shared{code})
	case "predict id=NAME cell=NAME":
		return append(blocks, &Predict{Place: place, ID: says.values["id"], Cell: says.values["cell"], Body: body()})
	case "task n=NUMBER":
		return append(blocks, &Task{Place: place, Number: says.number("n"), Body: body()})
	case "output cell=NAME":
		r.attach(blocks, says.values["cell"], &Output{code})
		return blocks
	}
	r.statements(code)
	return append(blocks, &Cell{Code: code, Name: says.values["cell"]})
}

// attach gives a cell its output, which stands right under it.
func (r *reader) attach(blocks []Block, name string, output *Output) {
	if len(blocks) > 0 {
		if cell, is := blocks[len(blocks)-1].(*Cell); is && cell.Name == name && cell.Output == nil {
			cell.Output = output
			return
		}
	}
	r.report(output.Line-1, "an output of "+quoted(name), "one output right under the cell of that name", "move it there, or correct the name")
}

// prose refuses what nobody would check or what a terminal cannot show: code
// without a fence and HTML.
func (r *reader) prose(block ast.Node, lines []string, first, line int) {
	ast.WalkFunc(block, func(node ast.Node, entering bool) ast.WalkStatus {
		switch node := node.(type) {
		case *ast.CodeBlock:
			at := find(lines, line, node.Literal)
			r.report(first+at, "code without a fence", "a fence that says what the code is", "set the lines at the margin, between ```text and ```")
		case *ast.HTMLBlock:
			r.rawHTML(node.Literal, first+find(lines, line, node.Literal))
		case *ast.HTMLSpan:
			if !isComment(node.Literal) {
				r.rawHTML(node.Literal, first+find(lines, line, node.Literal))
			}
		}
		return ast.GoToNext
	})
}

func (r *reader) rawHTML(literal []byte, line int) {
	found, _, _ := strings.Cut(string(literal), "\n")
	r.report(line, "HTML "+quoted(found), "Markdown; the only HTML is <details><summary>TEXT</summary> at the start of a line", "write `code` around it if it is code")
}

// find is the index of the line at or below start that holds the literal's first
// line, or start.
func find(lines []string, start int, literal []byte) int {
	wanted, _, _ := bytes.Cut(bytes.TrimLeft(literal, "\n"), []byte("\n"))
	for i := start; i < len(lines); i++ {
		if strings.Contains(lines[i], string(wanted)) {
			return i
		}
	}
	return start
}

func isComment(literal []byte) bool { return bytes.HasPrefix(literal, []byte("<!--")) }
