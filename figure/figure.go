// Package figure draws what a recording of the engine says, as SVG for pages and
// as text for terminals and for who cannot see: the stages of a job, the sizes of
// partitions, what the executors keep; and of streaming queries what arrives when,
// what each mode writes, what a watermark costs. A figure says nothing that the recording
// does not, and the same recording gives the same bytes.
//
//	facts.go                 what is read out of a recording
//	queries.go               what is read of streaming queries
//	stages.go, partitions.go, storage.go   one kind of figure each; so are
//	arrivals.go, modes.go, model.go, delays.go, state.go   those of streaming queries
//	bars.go, grid.go         bars and tables, which several kinds are drawn with
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
	Arrivals   Kind = "arrivals"   // event time against arrival, and the watermark
	Modes      Kind = "modes"      // what each output mode writes, batch by batch
	Model      Kind = "model"      // input table, result table and output at the first triggers
	Delays     Kind = "delays"     // what a watermark's delay loses, and how long it makes wait
	State      Kind = "state"      // how the state of queries grows
)

// named maps what people type to a kind.
var named = map[string]Kind{
	"stages": Stages, "étapes": Stages, "etapes": Stages,
	"partitions": Partitions,
	"storage":    Storage, "stockage": Storage,
	"arrivals": Arrivals, "arrivées": Arrivals, "arrivees": Arrivals,
	"modes": Modes,
	"model": Model, "modèle": Model, "modele": Model,
	"delays": Delays, "délais": Delays, "delais": Delays,
	"state": State, "état": State, "etat": State,
}

// kinds is what an error says is expected.
const kinds = "stages (étapes), partitions, storage (stockage), arrivals (arrivées), modes, model (modèle), delays (délais) or state (état)"

// drawQueries draws the kinds that show streaming queries.
var drawQueries = map[Kind]func([]query, words) (drawing, []string, error){
	Arrivals: drawArrivals, Modes: drawModes, Model: drawModel, Delays: drawDelays, State: drawState,
}

// KindNamed finds a kind by its English or French name.
func KindNamed(word string) (Kind, error) {
	kind, known := named[strings.ToLower(word)]
	if !known {
		return "", fmt.Errorf("found the kind of figure %q, expected %s", plain(word), kinds)
	}
	return kind, nil
}

// Options say how a figure is drawn.
type Options struct {
	Language message.Language
	Title    string // above the figure; "" says what it shows
	Jobs     []int  // the jobs drawn, by number; all when empty. A storage figure stands at the end of the last one
	Queries  []int  // the streaming queries drawn, by their place in the recording; all when empty
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
	w := words{o.Language}
	f := Figure{title: plain(o.Title), language: o.Language}
	if f.title == "" {
		f.title = w.say(titles[kind], nil)
	}
	draw := drawJobs
	if _, streams := drawQueries[kind]; streams {
		draw = drawStreams
	}
	var err error
	f.drawing, f.said, err = draw(kind, recording, o, w)
	return f, err
}

func drawJobs(kind Kind, recording []event.Event, o Options, w words) (drawing, []string, error) {
	if _, known := titles[kind]; !known {
		return nil, nil, fmt.Errorf("found the kind of figure %q, expected %s", kind, kinds)
	}
	jobs, err := readJobs(recording, o.Jobs)
	if err != nil {
		return nil, nil, err
	}
	if kind == Storage {
		return drawStorage(recording, jobs, w)
	}
	draw := drawStages
	if kind == Partitions {
		draw = drawPartitions
	}
	d, said := draw(jobs, w)
	return d, said, nil
}

func drawStreams(kind Kind, recording []event.Event, o Options, w words) (drawing, []string, error) {
	queries, err := readQueries(recording, o.Queries)
	if err != nil {
		return nil, nil, err
	}
	return drawQueries[kind](queries, w)
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
