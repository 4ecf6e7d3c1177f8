// Package stepper is the one way of moving of the stepping screens: a step at a time
// and back, play, go to, search, the page of keys, the language. What is stepped
// through, and how it is drawn, is each screen's own.
package stepper

import (
	"etincelle/grader/message"
	"etincelle/tui/keys"
)

// Look is how one looks at what is stepped through, as far as it is alike on every
// page. A page embeds it, and is drawn from it.
type Look struct {
	Language message.Language
	Title    string
	Help     *keys.Help // the page of keys, nil when it is closed
	Speed    int        // steps a second while it plays, 0 while it does not
	Notice   string     // said once in the place of the first line of keys
	Prompt   string     // what is asked in that place, before what the user types
}

// Say is a text in the page's language.
func (l *Look) Say(t message.Text, f message.Facts) string { return t.Fill(l.Language, f) }

// SwitchLanguage changes between French and English.
func (l *Look) SwitchLanguage() {
	if l.Language == message.English {
		l.Language = message.French
	} else {
		l.Language = message.English
	}
}
