package notebook

import (
	"strings"
	"unicode"
)

// A notebook may come from anyone, and a terminal obeys what it is shown.

const tab = "    " // a tab on the screen

// clean is text that a terminal shows and does not obey: without control
// characters but the line's end, and without those that reorder what is read.
func clean(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\t", tab)
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, text)
}
