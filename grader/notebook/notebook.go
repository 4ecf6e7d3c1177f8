// Package notebook reads the course's notebooks: ordinary Markdown whose fences
// say what they are for (info.go lists them). It shows a notebook in a terminal
// (Render), turns its cells into one Go program (Program), runs it (Run), holds
// what was printed against what the notebook claims (Check, and Numbers for its
// sentences), and can put the truth in its place (Rewrite, RewriteNumbers). No
// code, output or number in a notebook goes unchecked, so none can rot.
//
// Reading goes in this order: scan.go cuts the file's lines into fences, folded
// answers and prose; markdown.go gives the prose to the Markdown library and
// learns each block's line; blocks.go makes Blocks of both; verify.go holds what
// concerns several blocks. Problems are collected, so an author sees all at once.
package notebook

import "github.com/gomarkdown/markdown/ast"

const (
	maxSize      = 1 << 20 // bytes of a notebook
	maxCells     = 200     // run cells in a notebook
	maxParagraph = 8 << 10 // bytes without an empty line between
)

// Notebook is a file that was read without a problem.
type Notebook struct {
	Path   string // as given to Parse; relative to the module, in everything that is printed
	Title  string // its first heading
	Blocks []Block

	numbers []number // of the prose
}

// Block is one piece of a notebook: a *Heading, *Prose, *Cell, *Shared,
// *Illustration, *Listing, *Predict, *Task or *Folded.
type Block interface {
	// At is the line of the file the block begins on, from 1.
	At() int
}

// Place is where a block begins.
type Place struct{ Line int }

func (p Place) At() int { return p.Line }

// Code is the text of a fence. Its first line is the one after the fence's own.
type Code struct {
	Place
	Text string // ends with a newline, unless it is empty
}

// Heading may carry an id, `## Title {#id}`, that messages can point at.
type Heading struct {
	Place
	Level int
	ID    string
	Node  *ast.Heading
}

// Title is the heading's words.
func (h *Heading) Title() string { return plain(h.Node) }

// Prose is a paragraph, list, table, quote or rule.
type Prose struct {
	Place
	Node ast.Node
}

// Cell is code that is run: the statements of a function of its own.
type Cell struct {
	Code
	Name   string  // a Go identifier, the only one of its name in the notebook
	Output *Output // what it prints; nil when it prints nothing
}

// Output is what a cell prints, to the letter.
type Output struct{ Code }

// Shared is code at package level that every cell sees.
type Shared struct{ Code }

// Illustration is code that is shown and compiled, and not run.
type Illustration struct {
	Code
	Declarations bool // at package level; otherwise the statements of a function
}

// Listing is shown as it is.
type Listing struct {
	Code
	Language string // python, text or sh
}

// Predict is a question to answer before its cell is run.
type Predict struct {
	Place
	ID   string
	Cell string
	Body []Block
}

// Task ties the notebook to the exercise of its number.
type Task struct {
	Place
	Number int
	Body   []Block
}

// Folded is an answer behind a summary: `<details><summary>…</summary>`.
type Folded struct {
	Place
	Summary []Block
	Body    []Block
}

// Cells lists the run cells in order.
func (n *Notebook) Cells() []*Cell { return collect[*Cell](n.Blocks) }

// Predicts lists the questions in order.
func (n *Notebook) Predicts() []*Predict { return collect[*Predict](n.Blocks) }

// Tasks lists the exercises in order.
func (n *Notebook) Tasks() []*Task { return collect[*Task](n.Blocks) }

// Section is a heading and what stands below it.
type Section struct {
	*Heading
	Title  string
	Blocks []Block // without the heading, down to the next one that is not below it
}

// Section finds the section whose heading has the id.
func (n *Notebook) Section(id string) (Section, bool) {
	for i, block := range n.Blocks {
		heading, is := block.(*Heading)
		if !is || id == "" || heading.ID != id {
			continue
		}
		end := i + 1
		for ; end < len(n.Blocks); end++ {
			if next, is := n.Blocks[end].(*Heading); is && next.Level <= heading.Level {
				break
			}
		}
		return Section{Heading: heading, Title: heading.Title(), Blocks: n.Blocks[i+1 : end]}, true
	}
	return Section{}, false
}

// collect lists the blocks of one kind, those inside other blocks included.
func collect[B Block](blocks []Block) []B {
	var found []B
	for _, block := range blocks {
		if b, is := block.(B); is {
			found = append(found, b)
		}
		switch b := block.(type) {
		case *Predict:
			found = append(found, collect[B](b.Body)...)
		case *Task:
			found = append(found, collect[B](b.Body)...)
		case *Folded:
			found = append(found, collect[B](b.Body)...)
		}
	}
	return found
}
