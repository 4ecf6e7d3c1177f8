package notebook

import (
	"bytes"
	"fmt"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// reference is where a number says it comes from.
type reference struct {
	cell string
	code bool // a literal of the cell's code
	line int  // of its output, from 1
	nth  int  // number of that line, from 1; 0: the only one
}

var referring = regexp.MustCompile(`^<!--\s*([\pL_][\pL\pN_]*):(?:(code)|(\d+)(?:\.(\d+))?)\s*-->`)

// readReference reads a text that begins with a reference; nil when it does not.
func readReference(text string) *reference {
	m := referring.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	r := &reference{cell: m[1], code: m[2] != ""}
	r.line, _ = strconv.Atoi(m[3])
	r.nth, _ = strconv.Atoi(m[4])
	return r
}

func (r reference) String() string {
	switch {
	case r.code:
		return r.cell + ":code"
	case r.nth > 0:
		return fmt.Sprintf("%s:%d.%d", r.cell, r.line, r.nth)
	}
	return fmt.Sprintf("%s:%d", r.cell, r.line)
}

// Numbers lists the numbers of the prose that nothing holds, and those whose
// cell says otherwise.
func Numbers(n *Notebook) []Problem {
	all := sources(n)
	var problems []Problem
	for _, found := range n.numbers {
		if _, problem := all.right(found); problem != nil {
			problem.File, problem.Line = n.Path, found.line+1
			problems = append(problems, *problem)
		}
	}
	return problems
}

// RewriteNumbers gives the numbers of the prose what their cells print now, as
// the outputs of the notebook say it; all else stays byte for byte.
func RewriteNumbers(path string, src []byte) ([]byte, error) {
	n, err := Parse(path, src)
	if err != nil {
		return nil, err
	}
	all := sources(n)
	raw := rawLines(src)
	for _, number := range slices.Backward(n.numbers) { // from the end: places stay true
		right, _ := all.right(number)
		if right == "" || right == number.text {
			continue
		}
		line := raw[number.line]
		shift := 0
		if number.line == 0 && bytes.HasPrefix(line, []byte(byteOrderMark)) {
			shift = len(byteOrderMark)
		}
		raw[number.line] = slices.Concat(line[:shift+number.from], []byte(right), line[shift+number.to:])
	}
	return bytes.Join(raw, nil), nil
}

// known is what numbers can come from.
type known struct {
	english  bool
	cells    map[string]bool
	outputs  map[string][][]string      // by cell, each line's numbers
	literals map[string]map[string]bool // by cell
	order    []string
}

// printedNumber is a number of an output, as Go prints it.
var printedNumber = regexp.MustCompile(`\d+(?:\.\d+)?`)

func sources(n *Notebook) known {
	k := known{english: strings.HasSuffix(n.Path, ".en.md"), cells: map[string]bool{}, outputs: map[string][][]string{}, literals: map[string]map[string]bool{}}
	for _, cell := range n.Cells() {
		k.cells[cell.Name] = true
		k.order = append(k.order, cell.Name)
		if cell.Output != nil {
			for _, line := range lines(cell.Output.Text) {
				k.outputs[cell.Name] = append(k.outputs[cell.Name], printedNumber.FindAllString(line, -1))
			}
		}
		k.literals[cell.Name] = map[string]bool{}
		each(cell.Text, func(_, _ int, kind token.Token, text string) {
			if kind == token.INT || kind == token.FLOAT {
				k.literals[cell.Name][strings.ReplaceAll(text, "_", "")] = true
			}
		})
	}
	return k
}

// right is how a number must be written, "" when it cannot be said; the problem
// is nil when it is written so.
func (k known) right(n number) (string, *Problem) {
	value := k.value(n.text)
	if n.source == nil {
		if k.literals[n.asked][value] {
			return n.text, nil
		}
		next := "let a cell print it, or write a small count in a word"
		if at := k.find(value); at != "" {
			next = "write " + n.text + "<!-- " + at + " -->, if it is that one"
		}
		return "", &Problem{Found: "the number " + n.text + ", which nothing holds", Expected: "a comment behind it that says where it comes from, <!-- CELL:LINE.NTH -->", Next: next}
	}
	from := *n.source
	bad := func(expected, next string) (string, *Problem) {
		return "", &Problem{Found: n.text + "<!-- " + from.String() + " -->", Expected: expected, Next: next}
	}
	if !k.cells[from.cell] {
		return bad("the name of a cell", "its cells are "+strings.Join(k.order, ", "))
	}
	if from.code {
		if !k.literals[from.cell][value] {
			return bad("a literal of the code of cell "+from.cell, "correct the number, or the name")
		}
		return n.text, nil
	}
	output := k.outputs[from.cell]
	if from.line < 1 || from.line > len(output) {
		return bad(fmt.Sprintf("one of the %d lines that cell %s prints", len(output), from.cell), "correct the line's number")
	}
	numbers := output[from.line-1]
	if from.nth == 0 && len(numbers) != 1 || from.nth > len(numbers) {
		return bad(fmt.Sprintf("one of the %d numbers of that line", len(numbers)), fmt.Sprintf("say which: <!-- %s:%d.NTH -->", from.cell, from.line))
	}
	printed := numbers[max(from.nth, 1)-1]
	if printed == value {
		return n.text, nil
	}
	_, problem := bad(k.written(printed)+", which the cell prints there", "run `go run . selftest --rewrite`, and read the sentence again")
	return k.written(printed), problem
}

// find says which number of an output has a value, "" when none has.
func (k known) find(value string) string {
	for _, cell := range k.order {
		for i, numbers := range k.outputs[cell] {
			if nth := slices.Index(numbers, value); nth >= 0 {
				r := reference{cell: cell, line: i + 1, nth: nth + 1}
				if len(numbers) == 1 {
					r.nth = 0
				}
				return r.String()
			}
		}
	}
	return ""
}

var groups = strings.NewReplacer("\u00a0", "", "\u202f", "")

// value is a number of the prose as Go prints it: 27 004 and 3,89 in French,
// 27,004 and 3.89 in English.
func (k known) value(text string) string {
	text = groups.Replace(text)
	if k.english {
		return strings.ReplaceAll(text, ",", "")
	}
	return strings.Replace(text, ",", ".", 1)
}

// written is a printed number as the prose writes it.
func (k known) written(printed string) string {
	whole, rest, decimal := strings.Cut(printed, ".")
	separator, point := "\u00a0", ","
	if k.english {
		separator, point = ",", "."
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + separator + whole[i:]
	}
	if decimal {
		whole += point + rest
	}
	return whole
}
