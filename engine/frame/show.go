package frame

import (
	"fmt"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

const (
	shownRows  = 20 // rows that Show prints
	shownWidth = 20 // characters of a value, beyond which it is cut
)

// Show prints the first 20 rows as a table; long values are cut.
func (f *Frame) Show() error { return f.ShowN(shownRows, shownWidth) }

// ShowN prints the first n rows, values cut at width characters; 0 cuts none.
func (f *Frame) ShowN(n, width int) error {
	text, err := f.Table(n, width)
	if err == nil {
		_, err = fmt.Fprint(os.Stdout, text)
	}
	return err
}

// Table is what ShowN prints:
//
//	+-------+---+
//	|carrier|  n|
//	+-------+---+
//	|     AA| 12|
//	+-------+---+
//	only showing top 1 row
func (f *Frame) Table(n, width int) (string, error) {
	n = max(n, 0)
	rows, err := f.Limit(n + 1).rows("showString")
	if err != nil {
		return "", err
	}
	more := rows.Rows > n
	rows = rows.Slice(0, min(n, rows.Rows))
	cells := [][]string{f.Columns()}
	for i := range rows.Rows {
		line := make([]string, len(rows.Columns))
		for c, col := range rows.Columns {
			line[c] = cell(col, i, Zone(f.session))
		}
		cells = append(cells, line)
	}
	text := drawTable(cells, width)
	switch {
	case more && n == 1:
		text += "only showing top 1 row\n"
	case more:
		text += fmt.Sprintf("only showing top %d rows\n", n)
	}
	return text, nil
}

// cell is a value as tables show it: NULL, a string without quotes, what is
// invisible as \n.
func cell(c column.Column, i int, zone *time.Location) string {
	if c.Null(i) {
		return "NULL"
	}
	text := expr.Text(c.Value(i), c.Type(), zone)
	return strings.NewReplacer("\n", `\n`, "\r", `\r`, "\t", `\t`, "\f", `\f`, "\b", `\b`, "\v", `\v`, "\a", `\a`).Replace(text)
}

// drawTable draws lines of cells, the first one as the head. Cut values stand to
// the right, whole ones to the left, as in Spark.
func drawTable(lines [][]string, width int) string {
	const narrowest = 3
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for c, text := range line {
			line[c] = cut(text, width)
			widths[c] = max(widths[c], narrowest, halfWidth(line[c]))
		}
	}
	var rule strings.Builder
	rule.WriteByte('+')
	for _, w := range widths {
		rule.WriteString(strings.Repeat("-", w) + "+")
	}
	rule.WriteByte('\n')
	var out strings.Builder
	out.WriteString(rule.String())
	for i, line := range lines {
		out.WriteByte('|')
		for c, text := range line {
			pad := strings.Repeat(" ", widths[c]-halfWidth(text))
			if width > 0 {
				out.WriteString(pad + text + "|")
			} else {
				out.WriteString(text + pad + "|")
			}
		}
		out.WriteByte('\n')
		if i == 0 {
			out.WriteString(rule.String())
		}
	}
	out.WriteString(rule.String())
	return out.String()
}

// cut is a value of at most width characters, its end replaced by dots.
func cut(text string, width int) string {
	const dots = "..."
	runes := []rune(text)
	switch {
	case width <= 0 || len(runes) <= width:
		return text
	case width < len(dots)+1:
		return string(runes[:width])
	}
	return string(runes[:width-len(dots)]) + dots
}

// halfWidth is how many places a text takes, where wide characters take two.
func halfWidth(text string) int {
	if len(text) == utf8.RuneCountInString(text) {
		return len(text)
	}
	n := 0
	for _, r := range text {
		n++
		if r >= 0x1100 && r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0xffe0 && r <= 0xffe6 {
			n++
		}
	}
	return n
}
