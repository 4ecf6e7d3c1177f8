package book

import (
	"slices"
	"strings"

	"etincelle/grader/message"
	"etincelle/grader/notebook"
)

// state is a notebook, how far its reader is, and how one looks at it.
type state struct {
	notebook  *notebook.Notebook
	language  message.Language
	exercises map[int]Mark // of the tasks

	// Kept on the disk, by question.
	predictions map[string]string

	// Of this sitting.
	results map[string]notebook.CellResult // by cell
	broken  string                         // why the cells cannot be built, "" when they can
	seen    map[string]bool                // cells whose outcome may be read, by name
	open    map[int]bool                   // folded answers, by key
	running []string                       // cells, nil when nothing runs
	seconds int                            // since when

	at    position
	focus int    // key of the entry that Enter works on, 0: none
	query string // what was searched for, in small letters
	hit   position
}

// position is a line of an entry. It stays true when lines come and go elsewhere.
type position struct{ key, line int }

// Mark is how an exercise stands.
type Mark int

// The marks.
const (
	ToDo Mark = iota
	ToMend
	Done
)

// newState opens a notebook: the cells whose question was answered on another
// day have been seen.
func newState(n *notebook.Notebook, l message.Language, predictions map[string]string, exercises map[int]Mark) *state {
	s := &state{
		notebook: n, language: l, predictions: predictions, exercises: exercises,
		results: map[string]notebook.CellResult{}, seen: map[string]bool{}, open: map[int]bool{},
	}
	for _, cell := range n.Cells() {
		s.seen[cell.Name] = len(s.unanswered(cell.Name)) == 0
	}
	return s
}

// turn replaces the notebook by another version of it: the student has edited
// it, or reads it in the other language, which answers in its own words.
func (s *state) turn(n *notebook.Notebook, l message.Language) {
	if l != s.language {
		s.results = map[string]notebook.CellResult{}
	}
	section := s.section()
	s.notebook, s.language, s.open, s.hit, s.focus = n, l, map[int]bool{}, position{}, 0
	for _, cell := range n.Cells() {
		if _, known := s.seen[cell.Name]; !known {
			s.seen[cell.Name] = len(s.unanswered(cell.Name)) == 0
		}
	}
	s.goTo(section)
}

// unanswered lists the questions about a cell that have no prediction.
func (s *state) unanswered(cell string) []*notebook.Predict {
	var list []*notebook.Predict
	for _, p := range s.notebook.Predicts() {
		if _, made := s.predictions[p.ID]; p.Cell == cell && !made {
			list = append(list, p)
		}
	}
	return list
}

// answers lists the predictions about a cell.
func (s *state) answers(cell string) []string {
	var list []string
	for _, p := range s.notebook.Predicts() {
		if text, made := s.predictions[p.ID]; p.Cell == cell && made {
			list = append(list, text)
		}
	}
	return list
}

// predict keeps a prediction. An empty one is none.
func (s *state) predict(id, text string) bool {
	text = strings.TrimSpace(text)
	if text == "" {
		return false
	}
	s.predictions[id] = text
	return true
}

// asks is the question to put before a cell is run, nil when there is none left:
// each was answered, or what happens was seen.
func (s *state) asks(cell string) *notebook.Predict {
	left := s.unanswered(cell)
	if s.seen[cell] || len(left) == 0 {
		return nil
	}
	return left[0]
}

// ran takes the results of cells in. Those that the reader asked for may be read.
func (s *state) ran(results []notebook.CellResult, asked []string) {
	for _, r := range results {
		s.results[r.Cell.Name] = r
	}
	for _, name := range asked {
		s.seen[name] = true
	}
	s.running, s.broken = nil, ""
}

// heading is the last heading at or above a key, nil above the first.
func (s *state) heading(key int) *notebook.Heading {
	var last *notebook.Heading
	for _, b := range s.notebook.Blocks {
		if b.At() > key {
			break
		}
		if h, is := b.(*notebook.Heading); is {
			last = h
		}
	}
	return last
}

// section is the id of the section that is read, "" before the first.
func (s *state) section() string {
	for _, b := range slices.Backward(s.notebook.Blocks) {
		if h, is := b.(*notebook.Heading); is && h.ID != "" && b.At() <= s.at.key {
			return h.ID
		}
	}
	return ""
}

// goTo turns to a section; false when there is none of that id.
func (s *state) goTo(id string) bool {
	section, found := s.notebook.Section(id)
	s.at, s.focus = position{}, 0
	if found {
		s.at = position{section.At(), 0}
	}
	return found
}

// task is the exercise of the section that is read: the first at or below its
// heading, else the last of the notebook; 0 when it has none.
func (s *state) task() int {
	from := 0
	if h := s.heading(max(s.at.key, s.focus)); h != nil {
		from = h.At()
	}
	number := 0
	for _, t := range s.notebook.Tasks() {
		number = t.Number
		if t.At() >= from {
			break
		}
	}
	return number
}

// counted says how many questions have a prediction, of how many.
func (s *state) counted() (made, all int) {
	for _, p := range s.notebook.Predicts() {
		all++
		if _, is := s.predictions[p.ID]; is {
			made++
		}
	}
	return made, all
}
