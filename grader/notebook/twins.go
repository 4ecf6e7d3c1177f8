package notebook

import (
	"fmt"
	"go/scanner"
	"go/token"
	"maps"
	"slices"
)

// A TP's two notebooks are one course in two languages: the same landmarks in
// the same order, the same code but for comments and strings, and sentences that
// tell the same numbers.

// landmark is what both notebooks must have at the same point.
type landmark struct {
	name string
	line int
	code *Code // nil when it has none
}

// Twins lists where the two notebooks of a TP part. Each problem is told at the
// second one's line.
func Twins(first, second *Notebook) []Problem {
	var problems []Problem
	report := func(line int, found, expected string) {
		problems = append(problems, Problem{File: second.Path, Line: line, Found: found, Expected: expected, Next: "make both notebooks alike"})
	}
	a, b := landmarks(first), landmarks(second)
	for i := range max(len(a), len(b)) {
		switch {
		case i >= len(b):
			report(1, "no "+a[i].name, fmt.Sprintf("one, as at %s:%d", first.Path, a[i].line))
		case i >= len(a):
			report(b[i].line, b[i].name, "nothing, as "+first.Path+" has none")
		case a[i].name != b[i].name:
			// From here on nothing stands beside its twin: one message says it all.
			report(b[i].line, b[i].name, fmt.Sprintf("%s, as at %s:%d", a[i].name, first.Path, a[i].line))
			return problems
		case a[i].code != nil:
			if line, twin, differs := difference(*a[i].code, *b[i].code); differs {
				report(twin, "other code in "+b[i].name, fmt.Sprintf("that of %s:%d, comments and strings aside", first.Path, line))
			}
		}
	}
	told, twin := references(first), references(second)
	for _, name := range slices.Sorted(maps.Keys(told)) {
		if _, also := twin[name]; !also {
			report(1, "no number <!-- "+name+" -->", fmt.Sprintf("one, as at %s:%d", first.Path, told[name]))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(twin)) {
		if _, also := told[name]; !also {
			report(twin[name], "a number <!-- "+name+" -->", "nothing, as "+first.Path+" tells none")
		}
	}
	Problems(problems).sort()
	return problems
}

// references lists what the numbers of a notebook refer to, and the first line
// of each.
func references(n *Notebook) map[string]int {
	lines := map[string]int{}
	for _, number := range slices.Backward(n.numbers) {
		if number.source != nil {
			lines[number.source.String()] = number.line + 1
		}
	}
	return lines
}

// landmarks lists a notebook's, in order.
func landmarks(n *Notebook) []landmark {
	var found []landmark
	var walk func(blocks []Block)
	add := func(b Block, code *Code, format string, arguments ...any) {
		found = append(found, landmark{fmt.Sprintf(format, arguments...), b.At(), code})
	}
	walk = func(blocks []Block) {
		for _, block := range blocks {
			switch b := block.(type) {
			case *Heading:
				if b.ID != "" {
					add(b, nil, "the heading id %q", b.ID)
				}
			case *Cell:
				add(b, &b.Code, "cell %q", b.Name)
			case *Shared:
				add(b, &b.Code, "shared code")
			case *Illustration:
				add(b, &b.Code, "an illustration")
			case *Predict:
				add(b, nil, "predict %q on cell %q", b.ID, b.Cell)
				walk(b.Body)
			case *Task:
				add(b, nil, "task %d", b.Number)
				walk(b.Body)
			case *Folded:
				walk(b.Body)
			}
		}
	}
	walk(n.Blocks)
	return found
}

// difference is the first pair of lines where two codes part.
func difference(a, b Code) (line, twin int, differs bool) {
	tokens, twins := tokens(a), tokens(b)
	for i := range max(len(tokens), len(twins)) {
		if i < len(tokens) && i < len(twins) && tokens[i].text == twins[i].text {
			continue
		}
		return lineOf(tokens, i, a), lineOf(twins, i, b), true
	}
	return 0, 0, false
}

// goToken is a token that counts, and its line in the notebook.
type goToken struct {
	text string
	line int
}

// tokens lists those of a code, all strings alike and without comments.
func tokens(code Code) []goToken {
	var found []goToken
	each(code.Text, func(offset, line int, kind token.Token, text string) {
		switch {
		case kind == token.COMMENT:
		case kind == token.STRING:
			found = append(found, goToken{"a string", code.Line + line})
		case kind == token.SEMICOLON:
			found = append(found, goToken{";", code.Line + line})
		default:
			found = append(found, goToken{text, code.Line + line})
		}
	})
	return found
}

// lineOf is the line of a token, or the code's last when it has no more.
func lineOf(tokens []goToken, i int, code Code) int {
	if i < len(tokens) {
		return tokens[i].line
	}
	if len(tokens) > 0 {
		return tokens[len(tokens)-1].line
	}
	return code.Line
}

// each calls visit for every token of a code, with its offset, its line from 1
// and its text.
func each(code string, visit func(offset, line int, kind token.Token, text string)) {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(code))
	var s scanner.Scanner
	s.Init(file, []byte(code), func(token.Position, string) {}, scanner.ScanComments)
	for {
		pos, kind, text := s.Scan()
		if kind == token.EOF {
			return
		}
		if text == "" {
			text = kind.String()
		}
		visit(file.Offset(pos), file.PositionFor(pos, false).Line, kind, text)
	}
}
