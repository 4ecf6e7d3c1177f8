// Package export writes a TP's notebook for other programs: one HTML page that
// can be read and printed anywhere (html.go, block.go), and a Jupyter notebook
// (ipynb.go). Both show the outputs that stand in the notebook, which selftest
// holds to be those of its cells.
//
// A notebook, its figures and whatever a student wrote into a copy are text from
// outside: nothing of it can become a tag, a script or a request to elsewhere.
package export

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"unicode"

	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/grader/notebook"
)

const (
	maxFigure = 1 << 20 // bytes of a picture: a larger one is no figure of ours
	maxAnswer = 4 << 10 // runes of an answer to a question
)

// Source is a notebook that was read, and what lies beside it.
type Source struct {
	Lab      *lab.Lab
	Language message.Language
	Answers  map[string]string // the reader's own, by the id of the question; may be nil
	notebook *notebook.Notebook
	text     []byte
	files    fs.FS // the lab's folder; links that leave it cannot be read
	close    func() error
}

// Open reads a TP's notebook. Close it.
func Open(l *lab.Lab, language message.Language) (*Source, error) {
	folder, err := os.OpenRoot(l.Path("."))
	if err != nil {
		return nil, fmt.Errorf("open the folder of %s: %w", l.Short, err)
	}
	s := &Source{Lab: l, Language: language, files: folder.FS(), close: folder.Close}
	name := "notebook." + s.tag() + ".md"
	if s.text, err = fs.ReadFile(s.files, name); err == nil {
		s.notebook, err = notebook.Parse(path.Join("labs", l.Name, name), s.text)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read the notebook of %s: %w", l.Short, err), folder.Close())
	}
	return s, nil
}

// Close gives the folder back.
func (s *Source) Close() error { return s.close() }

func (s *Source) tag() string {
	if s.Language == message.English {
		return "en"
	}
	return "fr"
}

// answer is what the reader had answered to a question, "" when nothing.
func (s *Source) answer(id string) string {
	runes := []rune(strings.TrimSpace(clean(s.Answers[id])))
	return string(runes[:min(len(runes), maxAnswer)])
}

func (s *Source) say(t message.Text, facts message.Facts) string { return t.Fill(s.Language, facts) }

// picture is an SVG in the lab's folder, and the text beside it when there is one.
type picture struct {
	svg  []byte
	text string
}

// pictureAt reads the one that an image points at; false when it is none of
// the lab's own.
func (s *Source) pictureAt(target string) (picture, bool) {
	if !fs.ValidPath(target) || path.Ext(target) != ".svg" {
		return picture{}, false
	}
	svg, err := s.bounded(target)
	if err != nil || !isSVG(svg) {
		return picture{}, false
	}
	text, err := s.bounded(strings.TrimSuffix(target, ".svg") + ".txt")
	if err != nil {
		text = nil
	}
	return picture{svg, string(text)}, true
}

func (s *Source) bounded(name string) ([]byte, error) {
	f, err := s.files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFigure+1))
	if err == nil && len(data) > maxFigure {
		err = fmt.Errorf("%s: found more than %d KiB", name, maxFigure>>10)
	}
	return data, err
}

// isSVG reports whether data is XML whose first element is svg.
func isSVG(data []byte) bool {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	for first := true; ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return !first
		}
		if err != nil {
			return false
		}
		if element, is := token.(xml.StartElement); is && first {
			if element.Name.Local != "svg" {
				return false
			}
			first = false
		}
	}
}

// clean is text without what a page must not hold: control characters, marks
// that turn the order of what is read.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\ufeff', r == '\u2028', r == '\u2029', r&0xfffe == 0xfffe:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}

var (
	cellText         = message.Both("Cellule {name}", "Cell {name}")
	sharedText       = message.Both("Code commun aux cellules", "Code shared by the cells")
	illustrationText = message.Both("Illustration (compilée, non exécutée)", "Illustration (compiled, not run)")
	outputText       = message.Both("Sortie", "Output")
	predictText      = message.Both("Prédiction", "Prediction")
	answerText       = message.Both("Votre réponse :", "Your answer:")
	taskText         = message.Both("Exercice {number}", "Exercise {number}")
	asTextText       = message.Both("La figure en texte", "The figure as text")
	setupText        = message.Both(
		"Ce cahier vient de `{file}`. Pour le lancer : le noyau GoNB, Jupyter ouvert dans le dossier du cours, et d'abord la cellule suivante.",
		"This notebook comes from `{file}`. To run it: the GoNB kernel, Jupyter opened in the course's folder, and the next cell first.")
)
