package cells

import (
	"bytes"
	"strconv"
	"strings"
)

// Part is what one cell wrote, and how it came out.
type Part struct {
	Name   string
	Output string
	How    Outcome
	Line   int    // of a panic, in the notebook; 0 unknown
	Words  string // of a panic
}

// Outcome is how a cell ended.
type Outcome int

const (
	Unfinished Outcome = iota // the program ended, or was ended, inside the cell
	Returned
	Panicked
	Exited // the cell ended its goroutine
)

// Split reads what a notebook's program wrote on its standard output.
func Split(written []byte, nonce string) []Part {
	var parts []Part
	for {
		before, after, found := bytes.Cut(written, []byte(mark+nonce+" "))
		if len(parts) > 0 && parts[len(parts)-1].How == Unfinished {
			parts[len(parts)-1].Output = string(before)
		}
		line, rest, whole := bytes.Cut(after, []byte("\n"))
		if !found || !whole {
			return parts // a line cut short, at the end of a program that was stopped, says nothing
		}
		written = rest
		verb, words, _ := strings.Cut(string(line), " ")
		if verb == "begin" {
			parts = append(parts, Part{Name: words})
			continue
		}
		if len(parts) == 0 {
			continue
		}
		part := &parts[len(parts)-1]
		switch verb {
		case "end":
			part.How = Returned
		case "exit":
			part.How = Exited
		case "panic":
			place, quoted, _ := strings.Cut(words, " ")
			part.How = Panicked
			part.Line, _ = strconv.Atoi(place)
			part.Words, _ = strconv.Unquote(quoted)
		}
	}
}
