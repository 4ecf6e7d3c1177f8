package canvas

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// The size of a cell in a picture.
const cellWidth, cellHeight, baseline = 8, 17, 13

// SVG is the page as a picture: a piece of text for each run of one role, in the
// reader's own fixed font.
func (c *Canvas) SVG() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"monospace\" font-size=\"13\">\n", c.Width*cellWidth, c.Height*cellHeight)
	b.WriteString("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n")
	for y := range c.Height {
		row := c.Cells[y*c.Width : (y+1)*c.Width]
		for from := 0; from < len(row); {
			to := from + 1
			for to < len(row) && row[to].Role == row[from].Role {
				to++
			}
			c.run(&b, row[from:to], from, y)
			from = to
		}
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// run writes cells of one role.
func (c *Canvas) run(b *bytes.Buffer, cells []Cell, x, y int) {
	text := textOf(cells)
	role := cells[0].Role
	fill, reverse := role.ink()
	if strings.TrimSpace(text) == "" && !reverse {
		return
	}
	if reverse {
		fmt.Fprintf(b, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#222\"/>\n", x*cellWidth, y*cellHeight, len(cells)*cellWidth, cellHeight)
	}
	fmt.Fprintf(b, "<text x=\"%d\" y=\"%d\" xml:space=\"preserve\" textLength=\"%d\"%s>", x*cellWidth, y*cellHeight+baseline, len(cells)*cellWidth, fill)
	xml.EscapeText(b, []byte(text)) // a buffer takes everything
	b.WriteString("</text>\n")
}

// ink is how a picture shows a role: what style is for terminals.
func (r Role) ink() (attributes string, reverse bool) {
	color := "#222"
	for code := range strings.SplitSeq(string(r), ";") {
		switch code {
		case "7":
			reverse, color = true, "#fff"
		case "2":
			color = "#777"
		case "32":
			color = "#0075ba"
		case "166":
			color = "#c24e00"
		case "1":
			attributes += " font-weight=\"bold\""
		}
	}
	return attributes + " fill=\"" + color + "\"", reverse
}

// textOf is what cells hold.
func textOf(cells []Cell) string {
	var b strings.Builder
	for _, cell := range cells {
		if cell.Main != 0 {
			b.WriteRune(cell.Main)
			b.WriteString(string(cell.combining))
		}
	}
	return b.String()
}

// Part is the text of a rectangle, without trailing blanks and blank lines.
func (c *Canvas) Part(r Rect) string {
	var lines []string
	for y := max(r.Y, 0); y < min(r.Y+r.Height, c.Height); y++ {
		from, to := max(r.X, 0), min(r.X+r.Width, c.Width)
		if from < to {
			lines = append(lines, strings.TrimRight(textOf(c.Cells[y*c.Width+from:y*c.Width+to]), " "))
		}
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}
