package canvas

import (
	"strconv"
	"strings"

	"github.com/gdamore/tcell/v2"
)

// Role says what a piece of text means, and how that looks: as the parameters
// of the terminal's own SGR sequence, so that text painted elsewhere (a
// notebook's code) keeps its look here.
//
// The palette is blue and orange, which nearly everybody can tell apart, in
// shades that read on light and on dark: the background stays the terminal's.
// No meaning is in the colour alone: a sign or a word says the same.
type Role string

// The roles of the screens.
const (
	Normal Role = ""
	Faint  Role = "2"          // what helps to read the rest
	Strong Role = "1"          // what to look at first
	Good   Role = "38;5;32"    // done, kept
	Bad    Role = "1;38;5;166" // failed, lost
	Active Role = "1;38;5;32"  // running now
	Chosen Role = "1;7"        // the focused title, the selected line
	Found  Role = "7"          // what was searched for
)

// style is the role for tcell. Without colour, bold and reverse do the work:
// grey is a colour too.
func (r Role) style(noColor bool) tcell.Style {
	s := tcell.StyleDefault
	if r == Normal {
		return s
	}
	codes := strings.Split(string(r), ";")
	for i := 0; i < len(codes); i++ {
		n, _ := strconv.Atoi(codes[i])
		switch {
		case n == 1:
			s = s.Bold(true)
		case n == 2 && !noColor:
			s = s.Dim(true)
		case n == 3:
			s = s.Italic(true)
		case n == 7:
			s = s.Reverse(true)
		case n == 9:
			s = s.StrikeThrough(true)
		case n >= 30 && n <= 37 && !noColor:
			s = s.Foreground(tcell.PaletteColor(n - 30))
		case n == 38 && i+2 < len(codes): // 38;5;N: the colour N of the palette
			color, _ := strconv.Atoi(codes[i+2])
			if !noColor {
				s = s.Foreground(tcell.PaletteColor(color))
			}
			i += 2
		}
	}
	return s
}
