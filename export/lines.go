package export

import (
	"regexp"
	"strings"
)

// Lines of Markdown and of cells, as a Jupyter notebook writes them.

// sourceLines cuts a text into lines that keep their ends, as the format wants.
func sourceLines(text string) []string {
	lines := []string{}
	for line := range strings.Lines(clean(text)) {
		lines = append(lines, line)
	}
	return lines
}

var (
	headingID = regexp.MustCompile(`^(#{1,6} .*?)\s*\{#[^}]*\}\s*$`)
	reference = regexp.MustCompile(`<!--\s*[\pL_][\pL\pN_]*:(?:code|\d+(?:\.\d+)?)\s*-->`)
)

// readable is a line of Markdown without what only this course's reader knows: a
// heading's id, the cell that a number comes from.
func readable(line string) string {
	return reference.ReplaceAllString(headingID.ReplaceAllString(line, "$1"), "")
}

// trimmed is lines without the empty ones around them.
func trimmed(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}
