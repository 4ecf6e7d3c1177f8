package files

import (
	"bytes"
	"strconv"
	"time"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/fs"
)

// HeaderOf is the names of a CSV's columns: the first line's fields, or _c0, _c1, …
// without a header. A name that stands there twice gets its place behind it.
func (c CSV) HeaderOf(files fs.FS, data []fs.Info) ([]string, error) {
	for _, f := range data {
		if f.Size == 0 {
			continue
		}
		lines, err := openBlocks(files, physical.FileSpan{Path: f.Path, To: f.Size, Size: f.Size}, func() {})
		if err != nil {
			return nil, err
		}
		block, err := lines.Next()
		lines.Close()
		if err != nil || block == nil {
			return nil, err
		}
		line, _ := cutLine(bytes.TrimPrefix(block, []byte("\xef\xbb\xbf")))
		return c.names(line), nil
	}
	return nil, nil
}

func (c CSV) names(line []byte) []string {
	fields := c.split(line)
	names := make([]string, len(fields))
	seen := map[string]int{}
	for _, f := range fields {
		seen[f]++
	}
	for i, f := range fields {
		switch {
		case !c.Header, f == "":
			names[i] = "_c" + strconv.Itoa(i)
		case seen[f] > 1:
			names[i] = f + strconv.Itoa(i)
		default:
			names[i] = f
		}
	}
	return names
}

// split is a line's fields as text; null ones are "".
func (c CSV) split(line []byte) []string {
	var fields []string
	r := newRowReader(c, nil)
	for at := 0; at <= len(line); {
		if at < len(line) && line[at] == c.Quote {
			text, next, _ := r.quoted(line, at)
			fields, at = append(fields, string(text)), next
			if next >= len(line) && line[len(line)-1] != c.Separator {
				break
			}
			continue
		}
		end := at
		for end < len(line) && line[end] != c.Separator {
			end++
		}
		fields, at = append(fields, string(line[at:end])), end+1
	}
	return fields
}

// Guess is the narrowest type that all of a field's texts have, so far: Spark
// looks for an int, a bigint, a double, a date, a timestamp, a boolean, and takes
// a string in the end.
type Guess struct{ kind column.Kind }

// guesses are the kinds that a text can have, from the narrowest on.
var guesses = []column.Kind{column.Int, column.BigInt, column.Double, column.Date32, column.TimestampMicros, column.Boolean, column.String}

// add widens the guess to what text is.
func (g *Guess) add(text string) {
	if g.kind == column.String {
		return
	}
	for _, k := range guesses {
		if isA(text, k) {
			g.Join(Guess{k})
			return
		}
	}
}

// Join is the guess that holds what both do.
func (g *Guess) Join(o Guess) {
	number := func(k column.Kind) bool { return k == column.Int || k == column.BigInt || k == column.Double }
	moment := func(k column.Kind) bool { return k == column.Date32 || k == column.TimestampMicros }
	switch {
	case o.kind == column.Void || o.kind == g.kind:
	case g.kind == column.Void:
		g.kind = o.kind
	case number(g.kind) && number(o.kind), moment(g.kind) && moment(o.kind):
		g.kind = max(g.kind, o.kind)
	default:
		g.kind = column.String
	}
}

// Type is the guess; a field without any text is a string.
func (g Guess) Type() column.Type {
	if g.kind == column.Void {
		return column.StringType
	}
	return column.Type{Kind: g.kind}
}

func isA(text string, k column.Kind) bool {
	switch k {
	case column.Int:
		v, ok := parseInt([]byte(text))
		return ok && int64(int32(v)) == v
	case column.BigInt:
		_, ok := parseInt([]byte(text))
		return ok
	case column.Double:
		_, ok := parseDouble([]byte(text))
		return ok
	case column.Date32:
		if len(text) != len("2024-01-31") || text[4] != '-' {
			return false
		}
	case column.TimestampMicros:
		if len(text) < len("2024-01-31T1") || text[4] != '-' {
			return false
		}
	case column.Boolean:
		_, ok := parseBool([]byte(text))
		return ok
	case column.String:
		return true
	}
	_, ok := expr.ParseText(text, column.Type{Kind: k}, time.UTC)
	return ok
}

// Infer guesses the types of the fields of the lines that begin in a span.
func (c CSV) Infer(files fs.FS, span physical.FileSpan, width int, look func()) ([]Guess, error) {
	lines, err := openBlocks(files, span, look)
	if err != nil {
		return nil, err
	}
	defer lines.Close()
	guess := make([]Guess, width)
	header := c.Header && span.From == 0
	for {
		block, err := lines.Next()
		if err != nil || block == nil {
			return guess, err
		}
		for len(block) > 0 {
			var line []byte
			if line, block = cutLine(block); header || len(line) == 0 {
				header = false
				continue
			}
			for i, text := range c.split(line) {
				if i < width && text != "" && text != c.Null {
					guess[i].add(text)
				}
			}
		}
	}
}

// Spans are the parts of the files, a task each, for Infer.
func (t *Table) Spans(parallelism int) [][]physical.FileSpan {
	return physical.PackFiles(t.Data, parallelism, true)
}
