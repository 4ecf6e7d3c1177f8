// Package stepper is the one way of moving of the stepping screens: a step at a time
// and back, play, go to, search, the page of keys, the language. What is stepped
// through, and how it is drawn, is each screen's own.
package stepper

import (
	"etincelle/grader/message"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
)

// Look is how one looks at what is stepped through, as far as it is alike on every
// page. A page embeds it, and is drawn from it.
type Look struct {
	Language message.Language
	Title    message.Text
	Help     *keys.Help // the page of keys, nil when it is closed
	Speed    int        // steps a second while it plays, 0 while it does not
	Notice   string     // said once in the place of the first line of keys
	Prompt   string     // what is asked in that place, before what the user types
	Live     Live
	Mouse    bool // it points
}

var mouseHelp = message.Both(
	"Souris : clic (panneau, lot), molette ; sélectionner du texte : Maj.",
	"Mouse: click (panel, batch), wheel; to select text: Shift.")

// More is what the page of keys says after the keys: what the signs mean, and the
// mouse.
func (l *Look) More(signs []canvas.Line) []canvas.Line {
	if l.Mouse {
		signs = append(signs, canvas.Text(canvas.Faint, l.Say(mouseHelp, nil)))
	}
	return signs
}

var seeMore = message.Both("… Entrée : tout", "… Enter: all")

// DrawSentences says what a step means: the most telling sentence, then the others as
// far as there is room.
func (l *Look) DrawSentences(c *canvas.Canvas, r canvas.Rect, sentences []string) {
	if r.Empty() {
		return
	}
	var lines []canvas.Line
	for i, paragraph := range sentences {
		look := canvas.Normal
		if i == 0 {
			look = canvas.Strong
		}
		for len(paragraph) > 0 && len(lines) <= r.Height {
			room := r.Width - 2
			if len(lines) == r.Height-1 {
				room -= canvas.Columns(l.Say(seeMore, nil)) + 1 // a word that is cut says nothing
			}
			first, rest := canvas.FirstLine(paragraph, room)
			lines, paragraph = append(lines, canvas.Text(look, " "+first)), rest
		}
	}
	for i, line := range lines[:min(len(lines), r.Height)] {
		if i == r.Height-1 && len(lines) > r.Height {
			line = line.Beside(canvas.Text(canvas.Faint, l.Say(seeMore, nil)+" "), r.Width)
		}
		c.Put(r.X, r.Y+i, r.Width, line)
	}
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
