package home

import (
	"fmt"
	"io"
	"strings"

	"etincelle/grader/message"
)

// Plain writes what the screen shows as lines of text, for a pipe, a screen
// reader, or whoever prefers it. The exercises of the TP that comes next are
// listed, the other TPs have a line each.
func Plain(w io.Writer, c Course, l message.Language, suffix string, bold func(string) string) error {
	var b strings.Builder
	line := func(s string) { b.WriteString(strings.TrimRight(strings.ReplaceAll(s, "\u00a0", " "), " ") + "\n") }
	line(bold(title.In(l)))
	next := c.next(l)
	line("")
	for _, at := range c.places(func(tp int) bool { return tp == next.at.tp }) {
		row := strings.TrimRight(text(c.row(at, l)), " ")
		if at.exercise < 0 {
			row = bold(row)
		}
		line(row)
	}
	line("")
	line(bold(nextTitle.In(l)))
	for _, sentence := range next.what {
		line("  " + sentence)
	}
	if len(c.TPs) > 0 {
		line("")
		line(bold(commandsHeading.In(l)))
		for _, row := range commandRows(c.commands(next.at), l, suffix) {
			line(text(row[1:])) // a pipe has no keys
		}
	}
	line("")
	line(footing.In(l))
	_, err := fmt.Fprint(w, b.String())
	return err
}

var (
	commandsHeading = message.Both("Les commandes", "The commands")
	footing         = message.Both("Toutes les commandes : go run . help        English: go run . --lang en", "All commands: go run . --lang en help        Français : go run . --lang fr")
)
