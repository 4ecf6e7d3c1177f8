package streaming

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"etincelle/tui/canvas"
)

// exportWidth and exportHeight are the size of a page that is written to a file:
// what shows on a large terminal.
const exportWidth, exportHeight = 120, 36

// export writes the page as text and as a picture.
func (s *screen) export() {
	if s.options.Export == nil {
		return
	}
	c := s.draw(exportWidth, exportHeight)
	name := "etincelle-" + fmt.Sprint(s.moment.Position)
	if b := s.story.Lead(s.moment.Position); b != nil {
		name = "etincelle-" + s.Say(batchWord, nil) + "-" + fmt.Sprint(b.Number)
	}
	path, err := s.options.Export(name+".txt", []byte(c.String()))
	if err == nil {
		var picture string
		if picture, err = s.options.Export(name+".svg", svg(c)); err == nil {
			path += ", " + picture
		}
	}
	s.wrote(exported, path, err)
}

// svg is a page as a picture: a line of text a row, in the reader's own fixed font.
func svg(c *canvas.Canvas) []byte {
	const wide, high = 8, 17
	var b bytes.Buffer
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"monospace\" font-size=\"13\">\n", c.Width*wide, c.Height*high)
	b.WriteString("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n")
	for y, row := range strings.Split(strings.TrimSuffix(c.String(), "\n"), "\n") {
		if row == "" {
			continue
		}
		fmt.Fprintf(&b, "<text x=\"0\" y=\"%d\" xml:space=\"preserve\" textLength=\"%d\">", y*high+13, canvas.Columns(row)*wide)
		xml.EscapeText(&b, []byte(row)) // a buffer takes everything
		b.WriteString("</text>\n")
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}
