package stepper

import (
	"errors"
	"fmt"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
)

// What a screen hands out: itself as a file, and the panel in focus for another window.

var (
	written = message.Both("Écrit : {path}", "Written: {path}")
	copied  = message.Both("Copié ; aussi dans {path}", "Copied; also in {path}")
	failure = message.Both("Échec : {error}", "Failed: {error}")
	panel   = message.Both("panneau", "panel")
)

// errNowhere is of a screen that was given no place for files.
var errNowhere = errors.New("no files are written here")

// pageWidth and pageHeight are the size of a page that is written to a file: what
// shows on a large terminal. A copied panel may have more lines.
const pageWidth, pageHeight, panelHeight = 120, 36, 1000

// Sheets is what a screen can hand out. Drawing it must not change what shows.
type Sheets interface {
	Name() string                           // of the step, for names of files: lot-6
	Sheet(width, height int) *canvas.Canvas // the page
	// InFocus is a page with the panel in focus alone, where it is, and its number.
	InFocus(width, height int) (page *canvas.Canvas, where canvas.Rect, number int)
}

// handing is a screen that hands out.
type handing interface {
	Sheets
	Base() *Stepper
}

// Base is the stepper itself, for what any screen does.
func (s *Stepper) Base() *Stepper { return s }

// HandOut are the keys that hand something out.
func HandOut[S handing]() []keys.Action[S] {
	return []keys.Action[S]{
		{Keys: keys.Letter('e'), Shown: keys.Same("e"),
			Full: message.Both("écrire l'écran dans un fichier texte et un fichier SVG", "write the screen to a text file and an SVG file"), Do: func(s S) { s.Base().export(s) }},
		{Keys: keys.Letter('y'), Shown: keys.Same("y"),
			Full: message.Both("copier le panneau : presse-papiers (OSC 52) et fichier", "copy the panel: clipboard (OSC 52) and a file"), Do: func(s S) { s.Base().copy(s) }},
	}
}

// export writes the page as text and as a picture.
func (s *Stepper) export(of Sheets) {
	c := of.Sheet(pageWidth, pageHeight)
	name := "etincelle-" + of.Name()
	path, err := s.write(name+".txt", []byte(c.String()))
	if err == nil {
		var picture string
		if picture, err = s.write(name+".svg", c.SVG()); err == nil {
			path += ", " + picture
		}
	}
	s.tell(written, path, err)
}

// copy gives the panel in focus, all its lines, to the terminal's clipboard. Some
// terminals take nothing: it is in a file as well.
func (s *Stepper) copy(of Sheets) {
	c, where, number := of.InFocus(pageWidth, panelHeight)
	inside := where.Inside()
	inside.Y, inside.Height = inside.Y-1, inside.Height+1 // the title is in the frame
	text := c.Part(canvas.At(0, 0, c.Width, 1)) + c.Part(inside)
	s.Window.Copy(text)
	path, err := s.write(fmt.Sprintf("etincelle-%s-%s-%d.txt", of.Name(), s.look.Say(panel, nil), number), []byte(text))
	s.tell(copied, path, err)
}

func (s *Stepper) tell(text message.Text, path string, err error) {
	if err != nil {
		s.look.Notice = s.look.Say(failure, message.Facts{"error": err.Error()})
		return
	}
	s.look.Notice = s.look.Say(text, message.Facts{"path": path})
}
