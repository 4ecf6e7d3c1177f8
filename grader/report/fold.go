package report

import (
	"strings"

	"github.com/mattn/go-runewidth"
)

// Fold cuts a line at blanks so that no part is wider than width columns; the
// parts after the first are indented two columns deeper. French sets some signs
// apart by a blank: they stay with the word before them.
func Fold(text string, width int) []string {
	if width <= 0 || runewidth.StringWidth(text) <= width {
		return []string{text}
	}
	body := strings.TrimLeft(text, " ")
	indent := text[:len(text)-len(body)]
	var lines []string
	line := ""
	for _, word := range strings.Split(body, " ") {
		longer := line + " " + word
		switch {
		case line == "":
			line = word
		case runewidth.StringWidth(indent+longer) <= width || clings(word):
			line = longer
		default:
			lines = append(lines, indent+line)
			if len(lines) == 1 {
				indent += "  "
			}
			line = word
		}
	}
	return append(lines, indent+line)
}

func clings(word string) bool {
	switch word {
	case ":", ";", "!", "?", "»":
		return true
	}
	return false
}
