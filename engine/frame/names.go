package frame

import "strings"

// nameParts splits a column's name at its dots; a part between backquotes is
// taken as it is: "f.`dep.delay`".
func nameParts(name string) []string {
	var parts []string
	var part strings.Builder
	quoted := false
	for _, r := range name {
		switch {
		case r == '`':
			quoted = !quoted
		case r == '.' && !quoted:
			parts = append(parts, part.String())
			part.Reset()
		default:
			part.WriteRune(r)
		}
	}
	return append(parts, part.String())
}
