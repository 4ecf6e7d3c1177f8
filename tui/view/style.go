package view

import "github.com/gdamore/tcell/v2"

// The palette is blue and orange, which nearly everybody can tell apart, in
// shades that read on light and on dark: the background stays the terminal's.
// No meaning is in the colour alone: a sign or a word says the same.
var (
	blue   = tcell.PaletteColor(32)
	orange = tcell.PaletteColor(166)
)

// style is how a role looks. Without colour, bold and reverse do the work.
func style(r role, noColor bool) tcell.Style {
	s := tcell.StyleDefault
	switch r {
	case strong:
		return s.Bold(true)
	case chosen:
		return s.Bold(true).Reverse(true)
	case good:
		if !noColor {
			s = s.Foreground(blue)
		}
	case bad:
		if !noColor {
			s = s.Foreground(orange)
		}
		return s.Bold(true)
	case active:
		if !noColor {
			s = s.Foreground(blue)
		}
		return s.Bold(true)
	case faint:
		if !noColor {
			s = s.Dim(true)
		}
	}
	return s
}
