package salvage

import (
	"bytes"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
)

// A file that cannot be parsed is cut before every line that begins a top-level
// declaration. Pieces that parse on their own stay; of the others, those that
// begin a function become stubs and the rest is blanked.

// begins matches the first line of a piece: formatted Go sets nothing else at
// the margin.
var begins = regexp.MustCompile(`^(func|type|var|const)\b`)

// functionName reads the name from a function's first line.
var functionName = regexp.MustCompile(`^func\s*(?:\([^)]*\)\s*)?([\pL_][\pL\pN_]*)`)

// piece is a run of lines.
type piece struct {
	line int // of its first line, from 1
	text []byte
}

func pieces(source []byte) []piece {
	cut := []piece{{line: 1}}
	n := 0
	for line := range bytes.Lines(source) {
		n++
		if begins.Match(line) {
			cut = append(cut, piece{line: n})
		}
		last := &cut[len(cut)-1]
		last.text = append(last.text, line...)
	}
	return cut
}

// parses reports whether a piece is Go on its own; the first has the package clause.
func (p piece) parses(first bool) bool {
	text := p.text
	if !first {
		text = append([]byte("package p\n"), text...)
	}
	_, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution)
	return err == nil
}

// cutUp mends a file that cannot be parsed. It reports whether there is a piece
// to blame that is not the file's head.
func (f *File) cutUp(complaints []Complaint) bool {
	all := pieces(f.Source)
	if !all[0].parses(true) {
		f.Loose = append(f.Loose, complaints...)
		return false
	}
	var bad []int // pieces
	for i, p := range all[1:] {
		if !p.parses(false) {
			bad = append(bad, i+1)
		}
	}
	if len(bad) == 0 {
		f.Loose = append(f.Loose, complaints...)
		return false
	}
	// The compiler may complain below the mistake: at the next function, say, when
	// a brace is missing. A complaint belongs to the last bad piece above it.
	blame := map[int][]Complaint{}
	for _, c := range complaints {
		owner := bad[0]
		for _, i := range bad {
			if all[i].line <= c.Line {
				owner = i
			}
		}
		blame[owner] = append(blame[owner], c)
	}
	var out []byte
	for i, p := range all {
		if !slices.Contains(bad, i) {
			out = append(out, p.text...)
			continue
		}
		reasons := blame[i]
		if len(reasons) == 0 {
			reasons = []Complaint{{Line: p.line, Message: "syntax error"}}
		}
		e := &edits{source: p.text}
		text := ""
		if m := functionName.FindSubmatch(p.text); m != nil {
			name := string(m[1])
			f.Taken[name] = append(f.Taken[name], reasons...)
			if slices.Contains(f.functions, name) {
				text = f.signature(name) + stubBody
			}
		} else {
			f.Loose = append(f.Loose, reasons...)
		}
		e.replace(0, len(p.text), text)
		out = append(out, e.apply()...)
	}
	f.Source = out
	return true
}
