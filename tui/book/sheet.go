package book

import (
	"io/fs"

	"etincelle/grader/notebook"
	"etincelle/tui/canvas"
)

// A sheet is the notebook as lines at a width, and what each line belongs to.

// entry is one thing on the sheet: a block, or the veil over what would give a
// cell's outcome away before it was predicted.
type entry struct {
	key         int // its line in the file: nothing else of the sheet has it
	block       notebook.Block
	veils       string // the cell whose outcome it hides, "" for a block
	interactive bool   // Enter works on it
	first, last int    // its lines
	below       int    // a cell's line under its code
}

// row is a line of the sheet.
type row struct {
	entry int // index; -1 between two
	line  canvas.Line
}

type sheet struct {
	entries []entry
	rows    []row
}

// ink is what the sheet is painted with.
type ink struct {
	files   fs.FS // for figures
	noColor bool
}

// sheet lays the notebook out.
func (s *state) sheet(width int, with ink) sheet {
	painter := notebook.NewPainter(notebook.Style{Color: !with.noColor, Language: string(s.language), Files: with.files, Answers: s.predictions})
	var out sheet
	add := func(e entry, lines []notebook.Line) {
		if len(out.rows) > 0 {
			out.rows = append(out.rows, row{entry: -1})
		}
		e.first = len(out.rows)
		for _, l := range lines {
			out.rows = append(out.rows, row{len(out.entries), onCanvas(l)})
		}
		e.last = len(out.rows) - 1
		out.entries = append(out.entries, e)
	}
	veiled := "" // the cell whose outcome is told here
	for _, block := range s.notebook.Blocks {
		switch b := block.(type) {
		case *notebook.Cell:
			veiled = ""
			if !s.seen[b.Name] {
				veiled = b.Name
			}
		case *notebook.Prose, *notebook.Listing, *notebook.Illustration, *notebook.Folded:
			if veiled != "" {
				if last := len(out.entries) - 1; out.entries[last].veils == "" {
					add(entry{key: block.At(), veils: veiled, interactive: true}, s.veil(painter, width))
				}
				continue
			}
		default:
			veiled = ""
		}
		e := entry{key: block.At(), block: block, interactive: interactive(block)}
		add(e, s.paint(painter, e, width))
		if cell, is := block.(*notebook.Cell); is {
			made := &out.entries[len(out.entries)-1]
			made.below = made.first + len(painter.Frame(width, notebook.Part{Lines: painter.Go(cell.Text)})) - 1
		}
	}
	return out
}

func interactive(block notebook.Block) bool {
	switch block.(type) {
	case *notebook.Cell, *notebook.Predict, *notebook.Task, *notebook.Folded:
		return true
	}
	return false
}

// onCanvas is a painted line as the canvas has it.
func onCanvas(l notebook.Line) canvas.Line {
	var line canvas.Line
	for _, piece := range l {
		line = append(line, canvas.Say(canvas.Role(piece.Style), piece.Text))
	}
	return line
}

// index is the row of a position: its own, or the nearest above.
func (sh sheet) index(at position) int {
	found := 0
	for _, e := range sh.entries {
		if e.key > at.key {
			break
		}
		found = e.first
		if e.key == at.key {
			found = min(e.first+at.line, e.last+1, len(sh.rows)-1) // the empty line below is its own
		}
	}
	return found
}

// position is that of a row.
func (sh sheet) position(index int) position {
	index = min(index, len(sh.rows)-1)
	for at := index; at >= 0; at-- {
		if sh.rows[at].entry >= 0 {
			e := sh.entries[sh.rows[at].entry]
			return position{e.key, index - e.first}
		}
	}
	return position{}
}

// entry is the one of a key, or nil.
func (sh sheet) entry(key int) *entry {
	for i := range sh.entries {
		if sh.entries[i].key == key {
			return &sh.entries[i]
		}
	}
	return nil
}
