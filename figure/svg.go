package figure

import (
	"encoding/xml"
	"fmt"
	"strings"

	"etincelle/grader/message"
)

// canvas draws SVG. Coordinates are whole pixels, so that the same facts give the
// same bytes; text is measured by a rule of thumb, since who reads has the font.
type canvas struct {
	b             strings.Builder
	width, height int // of what was drawn so far
	y             int // where the next part begins
}

const (
	margin    = 16
	lineStep  = 18 // from one line of text to the next
	headSpace = 34 // below the title
)

// style is the only appearance of a figure: its own page in light and in dark, so
// that it can be read on any background; shapes and words say what colours do.
const style = `
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;font-size:13px;fill:#1b2733}
.title{font-size:16px;font-weight:600}.strong{font-weight:600}.soft{fill:#52606d}.small{font-size:11px}
.page{fill:#ffffff}.box{fill:#f3f6fa;stroke:#5b7083;stroke-width:1.2}.off{fill:none;stroke-dasharray:5 4}
.mark{fill:#1f6fb2}.empty{fill:none;stroke:#5b7083;stroke-dasharray:2 2}.bad{fill:#b4520a}
.wire{fill:none;stroke:#b4520a}.head{fill:#b4520a}.mean{stroke:#52606d;stroke-dasharray:3 3}.on{fill:#ffffff}
.memory{fill:#1f6fb2}.disk{fill:#6b4fa0}.halo{paint-order:stroke;stroke:#ffffff;stroke-width:4px;stroke-linejoin:round}
.past{fill:#5b7083;fill-opacity:.22}.grid{stroke:#5b7083;stroke-opacity:.35}.edge{stroke:#52606d}.ring{fill:#ffffff;stroke:#1f6fb2;stroke-width:1.5}
.curve{fill:none;stroke:#1f6fb2;stroke-width:2.5}.other{stroke:#6b4fa0}.dashed{stroke-dasharray:7 4;stroke:#b4520a}
@media screen and (prefers-color-scheme:dark){
text{fill:#e4e9ee}.soft{fill:#a9b5c1}.page{fill:#11181f}.box{fill:#1b2630;stroke:#8ea2b5}.off{fill:none}
.mark,.memory{fill:#6db3ee}.empty{fill:none;stroke:#8ea2b5}.bad,.head{fill:#f0954a}.wire{stroke:#f0954a}
.mean{stroke:#a9b5c1}.on{fill:#11181f}.disk{fill:#b79ae8}.halo{stroke:#11181f}
.past{fill:#8ea2b5;fill-opacity:.25}.grid{stroke:#8ea2b5}.edge{stroke:#a9b5c1}.ring{fill:#11181f;stroke:#6db3ee}
.curve{stroke:#6db3ee}.other{stroke:#b79ae8}.dashed{stroke:#f0954a}
}
`

func newCanvas() *canvas { return &canvas{y: margin} }

// heading is the figure's title.
func (c *canvas) heading(title string) {
	c.text(margin, c.y+16, "title", title)
	c.y += headSpace
}

// rect draws a rectangle. Classes are the code's own words, never a recording's.
func (c *canvas) rect(class string, x, y, w, h, round int) {
	c.grow(x+w, y+h)
	fmt.Fprintf(&c.b, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>\n", class, x, y, w, h, round)
}

// text writes a line that begins at x, its foot at y.
func (c *canvas) text(x, y int, class, text string) {
	c.grow(x+measure(text, class), y+4)
	c.words(x, y, class, "start", text)
}

// right writes a line that ends at x; middle one around it.
func (c *canvas) right(x, y int, class, text string) { c.words(x, y, class, "end", text) }

func (c *canvas) middle(x, y int, class, text string) {
	c.grow(x+measure(text, class)/2, y+4)
	c.words(x, y, class, "middle", text)
}

func (c *canvas) words(x, y int, class, anchor, text string) {
	fmt.Fprintf(&c.b, "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n", class, x, y, anchor, escaped(text))
}

// arrow leads from the right of a box to the left of another; the more rows pass,
// the thicker it is.
func (c *canvas) arrow(x1, y1, x2, y2, thick int) {
	end, bend := x2-thick-6, (x2-x1)/2
	fmt.Fprintf(&c.b, "<path class=\"wire\" stroke-width=\"%d\" d=\"M%d %dC%d %d %d %d %d %d\"/>\n", thick, x1, y1, x1+bend, y1, x2-bend, y2, end, y2)
	fmt.Fprintf(&c.b, "<path class=\"head\" d=\"M%d %dL%d %dL%d %dZ\"/>\n", end, y2-thick-3, x2, y2, end, y2+thick+3)
}

// down is an arrow that leads down.
func (c *canvas) down(x, from, to int) {
	fmt.Fprintf(&c.b, "<path class=\"wire\" stroke-width=\"2\" d=\"M%d %dL%d %d\"/>\n", x, from, x, to-6)
	fmt.Fprintf(&c.b, "<path class=\"head\" d=\"M%d %dL%d %dL%d %dZ\"/>\n", x-5, to-7, x+5, to-7, x, to)
}

func (c *canvas) line(class string, x1, y1, x2, y2 int) {
	fmt.Fprintf(&c.b, "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", class, x1, y1, x2, y2)
}

func (c *canvas) grow(x, y int) { c.width, c.height = max(c.width, x), max(c.height, y) }

// file is the whole SVG.
func (c *canvas) file(title, said string, language message.Language) []byte {
	w, h := c.width+margin, c.height+margin
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-labelledby="title said" lang="%s">
<title id="title">%s</title>
<desc id="said">%s</desc>
<style>%s</style>
<rect class="page" width="%d" height="%d" rx="8"/>
%s</svg>
`, w, h, w, h, languageTag(language), escaped(title), escaped(said), style, w, h, c.b.String())
}

func languageTag(l message.Language) string {
	if l == message.English {
		return "en"
	}
	return "fr"
}

// escaped is text as SVG holds it. It was made plain where it was read.
func escaped(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return "" // a strings.Builder takes all
	}
	return strings.ReplaceAll(b.String(), "&#xA;", "\n")
}

// measure is about how many pixels a text takes; rather too many than too few.
func measure(text, class string) int {
	tenths := 0
	for _, r := range text {
		switch {
		case strings.ContainsRune("iljtfI.,:;|!'()[] \u00a0", r):
			tenths += 45
		case strings.ContainsRune("mwMW%@—→", r):
			tenths += 120
		case r > 0x2e80: // ideographs and signs that take two columns
			tenths += 140
		default:
			tenths += 80
		}
	}
	switch {
	case strings.Contains(class, "title"):
		tenths = tenths * 14 / 10
	case strings.Contains(class, "strong"):
		tenths = tenths * 115 / 100
	case strings.Contains(class, "small"):
		tenths = tenths * 85 / 100
	}
	return tenths / 10
}

// fitted shortens a text to about so many pixels.
func fitted(text, class string, pixels int) string {
	if measure(text, class) <= pixels {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && measure(string(runes)+"…", class) > pixels {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}
