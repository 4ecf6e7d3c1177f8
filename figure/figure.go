// Package figure draws what a recording of the engine says, as SVG for pages and
// as text for terminals and for who cannot see: the stages of a job, the sizes of
// partitions, what the executors keep. A figure says nothing that the recording
// does not, and the same recording gives the same bytes.
//
//	facts.go                 what is read out of a recording
//	stages.go, partitions.go, storage.go   one kind of figure each
//	svg.go, text.go          the two ways to draw
//	words.go                 the words, in French and English
//
// A recording is a stranger's file: what is drawn of it is bounded, and every
// word of it goes through plain (text.go) and, in SVG, is escaped.
package figure

import (
	"fmt"
	"strings"

	"etincelle/engine/event"
	"etincelle/grader/message"
)

// Kind is what a figure shows of a recording.
type Kind string

// The kinds.
const (
	Stages     Kind = "stages"     // each job's stages, their tasks, and the shuffles between them
	Partitions Kind = "partitions" // the rows of each partition, stage by stage
	Storage    Kind = "storage"    // the blocks that each executor keeps, in memory and on disk
)

// named maps what people type to a kind.
var named = map[string]Kind{
	"stages": Stages, "étapes": Stages, "etapes": Stages,
	"partitions": Partitions,
	"storage":    Storage, "stockage": Storage,
}

// KindNamed finds a kind by its English or French name.
func KindNamed(word string) (Kind, error) {
	kind, known := named[strings.ToLower(word)]
	if !known {
		return "", fmt.Errorf("found the kind of figure %q, expected stages (étapes), partitions or storage (stockage)", plain(word))
	}
	return kind, nil
}

// Options say how a figure is drawn.
type Options struct {
	Language message.Language
	Title    string // above the figure; "" says what it shows
	Jobs     []int  // the jobs drawn, by number; all when empty. A storage figure stands at the end of the last one
}

// Figure is a drawing that was not put on anything yet.
type Figure struct {
	title    string
	said     []string // one sentence for each thing drawn
	language message.Language
	drawing
}

// drawing is what each kind knows to do.
type drawing interface {
	paint(*canvas) // as SVG, below the title
	write(*sheet)  // as text, below the title
}

// Draw reads the recording of one session and draws it.
func Draw(kind Kind, recording []event.Event, o Options) (Figure, error) {
	f := Figure{title: plain(o.Title), language: o.Language}
	jobs, err := readJobs(recording, o.Jobs)
	if err != nil {
		return f, err
	}
	w := words{o.Language}
	switch kind {
	case Stages:
		f.drawing, f.said = drawStages(jobs, w)
	case Partitions:
		f.drawing, f.said = drawPartitions(jobs, w)
	case Storage:
		if f.drawing, f.said, err = drawStorage(recording, jobs, w); err != nil {
			return f, err
		}
	default:
		return f, fmt.Errorf("found the kind of figure %q, expected stages, partitions or storage", kind)
	}
	if f.title == "" {
		f.title = w.say(titles[kind], nil)
	}
	return f, nil
}

// SVG is the figure as one file without anything from elsewhere.
func (f Figure) SVG() []byte {
	c := newCanvas()
	c.heading(f.title)
	f.paint(c)
	return c.file(f.title, strings.Join(f.said, "\n"), f.language)
}

// Text is the figure for a terminal of 80 columns.
func (f Figure) Text() string {
	s := &sheet{}
	s.line(f.title)
	f.write(s)
	return s.text()
}
