// Package check decides: it compares what came of each case with what was
// wanted, finds the misconception behind a difference, and adds up points. It
// is pure: values go in, verdicts come out, and nothing is run.
//
// A mark starts at 0. A group's points are earned only when every one of its
// cases came, with the right values and the right structure; what is missing,
// for whatever reason, earns nothing.
package check

import (
	"encoding/json"
	"fmt"
	"strings"

	"etincelle/grader/evidence"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

// Group is a property of one function and the cases that it is judged on, in
// growing size: the first that falls short is the one to show.
type Group struct {
	Points   int          `json:"points,omitempty"` // 0 in public cases: those explain, the hidden ones count
	Exercise int          `json:"exercise"`
	Function string       `json:"function"`
	Property string       `json:"property"`
	About    message.Text `json:"about,omitzero"` // what sets its cases apart, "" when nothing does
	Cases    []Case       `json:"cases"`
}

// Case is one call: inputs, and in public cases what is wanted.
type Case struct {
	Name    string           `json:"name"`
	Session protocol.Session `json:"session"`
	Params  map[string]int   `json:"params,omitempty"`
	Sources []Source         `json:"sources"`
	Want    *Want            `json:"want,omitempty"`
}

// Source is one input, with its rows.
type Source struct {
	Name       string              `json:"name"`
	Partitions [][]json.RawMessage `json:"partitions"`
}

// Want is what a right answer looks like.
type Want struct {
	Rows       []json.RawMessage `json:"rows,omitempty"` // in no order
	RowsOf     string            `json:"rowsOf,omitempty"`
	Partitions int               `json:"partitions"`
	OwnJobs    int               `json:"ownJobs,omitempty"` // run by the function itself
	Shuffles   int               `json:"shuffles"`
	Shuffled   int64             `json:"shuffled"` // rows written to shuffles
	Largest    int               `json:"largest"`  // rows of the largest partition
}

// WantFrom is what the reference did.
func WantFrom(o evidence.Outcome) Want {
	w := Want{Partitions: len(o.Rows), OwnJobs: o.OwnJobs(), Shuffles: o.Shuffles(), Shuffled: o.Shuffled()}
	for _, rows := range o.Rows {
		w.Rows = append(w.Rows, rows...)
		w.Largest = max(w.Largest, len(rows))
	}
	return w
}

// Count is the number of rows.
func (s Source) Count() int {
	n := 0
	for _, rows := range s.Partitions {
		n += len(rows)
	}
	return n
}

// isText reports whether the rows are lines of text.
func (s Source) isText() bool {
	for _, rows := range s.Partitions {
		for _, row := range rows {
			if len(row) == 0 || row[0] != '"' {
				return false
			}
		}
	}
	return true
}

// Source is the input of that name, empty when there is none.
func (c Case) Source(name string) Source {
	for _, s := range c.Sources {
		if s.Name == name {
			return s
		}
	}
	return Source{Name: name}
}

// SourceNames lists the inputs.
func (c Case) SourceNames() []string {
	var names []string
	for _, s := range c.Sources {
		names = append(names, s.Name)
	}
	return names
}

// told are the numbers of a case that its function is given, and that are told.
var told = []string{"n", "salts", "minutes", "every", "limit", "miles", "situation", "job", "stage", "bad", "failures", "streamed", "need", "mode",
	"length", "slide", "gap", "delay", "percent", "diesAt"}

const (
	fewPartitions = 12 // sizes of more are not listed
	fewRows       = 6  // an input of more rows is not written out
	fewLines      = 12 // nor one of more lines of text, or of more Go values
)

// Describe is the case in words: the sizes of its inputs, its numbers, its
// session, and its rows when they are few.
func (c Case) Describe(l message.Language) []string {
	var parts []string
	spread := len(c.Sources) == 0 // over partitions: only then do executors and cores matter
	for _, s := range c.Sources {
		if list := s.list(); list != "" {
			parts = append(parts, s.Name+" = "+list)
			spread = spread || !s.isPlain()
			continue
		}
		about := sourceText
		switch {
		case c.inBatches(s):
			about = batchesText
		case s.isPlain():
			about = plainText
		default:
			spread = true
		}
		text := about.Fill(l, message.Facts{"name": s.Name, "rows": s.Count(), "partitions": len(s.Partitions)})
		if n := len(s.Partitions); n > 1 && n <= fewPartitions {
			var sizes []string
			for _, rows := range s.Partitions {
				sizes = append(sizes, message.Number(l, int64(len(rows))))
			}
			text += " (" + strings.Join(sizes, ", ") + ")"
		}
		parts = append(parts, text)
	}
	for _, name := range told {
		if n, given := c.Params[name]; given {
			parts = append(parts, value(name, n, l))
		}
	}
	if spread {
		parts = append(parts, sessionText.Fill(l, message.Facts{"executors": c.Session.Executors, "cores": c.Session.Cores}))
	}
	if n := c.Session.Memory; n > 0 {
		parts = append(parts, memoryText.Fill(l, message.Facts{"bytes": n}))
	}
	if n := c.Params["stumbles"]; n > 0 {
		parts = append(parts, stumblesText.In(l))
	}
	if n := c.Session.Lose; n > 0 {
		parts = append(parts, lostText.Fill(l, message.Facts{"executors": n}))
	}
	separator := " ; "
	if l == message.English {
		separator = "; "
	}
	lines := []string{strings.Join(parts, separator)}
	for _, s := range c.Sources {
		if n := s.Count(); n > fewRows && (n > fewLines || !s.isText() && !s.isPlain()) || s.list() != "" {
			continue
		}
		name := ""
		if len(c.Sources) > 1 {
			name = s.Name + " "
		}
		for p, rows := range s.Partitions {
			part := fmt.Sprintf("[%d] ", p)
			if s.isPlain() && !c.inBatches(s) {
				part = ""
			}
			for _, row := range rows {
				lines = append(lines, "  "+name+part+Show(row))
			}
		}
	}
	return lines
}

var (
	sourceText = message.Text{
		French:  "{name} : {rows:ligne|lignes} en {partitions:partition|partitions}",
		English: "{name}: {rows:row|rows} in {partitions:partition|partitions}",
	}
	batchesText = message.Both(
		"{name} : {rows:ligne|lignes} en {partitions:lot|lots}",
		"{name}: {rows:row|rows} in {partitions:batch|batches}")
	plainText   = message.Both("{name} : {rows:ligne|lignes}", "{name}: {rows:row|rows}")
	sessionText = message.Text{
		French:  "{executors:exécuteur|exécuteurs} × {cores:cœur|cœurs}",
		English: "{executors:executor|executors} × {cores:core|cores}",
	}
	memoryText = message.Text{
		French:  "{bytes:octet|octets} de mémoire par exécuteur",
		English: "{bytes:byte|bytes} of memory for each executor",
	}
	stumblesText = message.Both(
		"la première tâche de chaque partition échoue après sa dernière ligne",
		"the first task of each partition fails after its last row")
	lostText = message.Text{
		French:  "{executors:exécuteur perdu|exécuteurs perdus} après la première action",
		English: "{executors:executor|executors} lost after the first action",
	}
)
