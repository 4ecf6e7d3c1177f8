package salvage

import (
	"bytes"
	"sort"
	"strings"
)

// edits are replacements in a source that keep the number of its lines.
type edits struct {
	source []byte
	all    []edit
}

type edit struct {
	from, to int
	text     string
}

// replace puts text in place of source[from:to], with line ends after it for
// those that were there.
func (e *edits) replace(from, to int, text string) {
	lines := bytes.Count(e.source[from:to], []byte("\n")) - strings.Count(text, "\n")
	e.all = append(e.all, edit{from, to, text + strings.Repeat("\n", max(lines, 0))})
}

// blank takes source[from:to] out.
func (e *edits) blank(from, to int) { e.replace(from, to, "") }

// insert puts text before an offset, on its line.
func (e *edits) insert(at int, text string) { e.all = append(e.all, edit{at, at, text}) }

// apply returns the edited source. An edit inside another one is dropped.
func (e *edits) apply() []byte {
	sort.SliceStable(e.all, func(i, j int) bool { return e.all[i].from < e.all[j].from })
	var out []byte
	at := 0
	for _, x := range e.all {
		if x.from < at {
			continue
		}
		out = append(append(out, e.source[at:x.from]...), x.text...)
		at = x.to
	}
	return append(out, e.source[at:]...)
}
