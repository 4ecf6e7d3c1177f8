package lab

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"maps"
	"slices"
	"strings"
)

// Untouched lists the functions whose bodies in source are those that were
// handed out: not done yet, which is not the same as wrong. Comments and layout
// do not count.
func Untouched(source, starter []byte, functions []string) []string {
	handedOut, err := bodies(starter)
	if err != nil {
		return nil
	}
	now, err := bodies(source)
	var same []string
	for _, name := range functions {
		before, known := handedOut[name]
		if known && (err == nil && now[name].body == before.body || err != nil && bytes.Contains(source, before.text)) {
			same = append(same, name)
		}
	}
	return same
}

// function is a top-level function of a file.
type function struct {
	from, to int    // with its comment
	text     []byte // without it
	body     string // printed, without comments, line ends or margins
}

func bodies(source []byte) (map[string]function, error) {
	set := token.NewFileSet()
	// The body is printed from a tree without comments; a second one knows where they are.
	plain, err := parser.ParseFile(set, "", source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	full, err := parser.ParseFile(set, "", source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	found := map[string]function{}
	for i, d := range plain.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv != nil || fn.Body == nil {
			continue
		}
		var body bytes.Buffer
		if err := printer.Fprint(&body, set, fn.Body.List); err != nil {
			return nil, err
		}
		commented := full.Decls[i].(*ast.FuncDecl)
		start := commented.Pos()
		if commented.Doc != nil {
			start = commented.Doc.Pos()
		}
		at := func(p token.Pos) int { return set.PositionFor(p, false).Offset }
		found[fn.Name.Name] = function{
			from: at(start), to: at(commented.End()), body: strings.Join(strings.Fields(body.String()), " "), text: source[at(commented.Pos()):at(commented.End())],
		}
	}
	return found, nil
}

// Reset is source with an exercise's functions as they were handed out.
func Reset(source, starter []byte, functions []string) ([]byte, error) {
	now, err := bodies(source)
	if err != nil {
		return nil, fmt.Errorf("exercises.go cannot be parsed, so one exercise of it cannot be put back: %w", err)
	}
	handedOut, err := bodies(starter)
	if err != nil {
		return nil, fmt.Errorf("starter.go.txt cannot be parsed: %w", err)
	}
	out := slices.Clone(source)
	names := slices.Clone(functions)
	slices.SortFunc(names, func(a, b string) int { return now[b].from - now[a].from }) // from the end: offsets stay true
	for _, name := range names {
		before, known := handedOut[name]
		if !known {
			return nil, fmt.Errorf("starter.go.txt has no function %s", name)
		}
		text := starter[before.from:before.to]
		if f, there := now[name]; there {
			out = slices.Concat(out[:f.from], text, out[f.to:])
		} else {
			out = slices.Concat(out, []byte("\n"), text, []byte("\n"))
		}
	}
	return out, nil
}

// SameSignatures says which exported functions two sources do not declare alike.
func SameSignatures(starter, solution []byte) error {
	heads := func(source []byte) (map[string]string, error) {
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, "", source, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		found := map[string]string{}
		for _, d := range tree.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() || fn.Recv != nil {
				continue
			}
			var head bytes.Buffer
			if err := printer.Fprint(&head, set, fn.Type); err != nil {
				return nil, err
			}
			found[fn.Name.Name] = head.String()
		}
		return found, nil
	}
	handedOut, err := heads(starter)
	if err != nil {
		return fmt.Errorf("starter.go.txt cannot be parsed: %w", err)
	}
	solved, err := heads(solution)
	if err != nil {
		return fmt.Errorf("the solution cannot be parsed: %w", err)
	}
	if !maps.Equal(handedOut, solved) {
		return fmt.Errorf("the starter declares %v, the solution %v", handedOut, solved)
	}
	return nil
}
