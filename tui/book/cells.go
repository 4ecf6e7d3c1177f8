package book

import (
	"context"
	"fmt"
	"runtime/debug"

	"etincelle/grader/message"
	"etincelle/grader/notebook"
)

// run is cells that run, away from the page's goroutine. The page hears of the
// end at the next tick.
type run struct {
	cancel  context.CancelFunc
	stopped bool         // by the reader
	done    chan outcome // holds one
	asked   []string     // cells whose outcome the reader asked for
	writing bool         // the outputs are wanted in a file
}

type outcome struct {
	results []notebook.CellResult
	err     error
}

// ticks in a second, while something runs.
const ticks = 10

var (
	busy        = message.Both("Une cellule tourne déjà : Échap l'arrête.", "A cell is running already: Esc stops it.")
	wasStopped  = message.Both("Arrêté.", "Stopped.")
	wrote       = message.Both("Écrit : {file}", "Written: {file}")
	damagedBook = message.Both("Le cahier modifié ne se lit pas : {why}", "The notebook was changed and cannot be read: {why}")
)

// askOrRun asks the questions about a cell that have no answer, then runs it.
func (s *screen) askOrRun(cell string) {
	if s.run != nil {
		s.notice = busy.In(s.language)
		return
	}
	question := s.asks(cell)
	if question == nil {
		s.runCells([]string{cell}, []string{cell}, false)
		return
	}
	s.askFor(question, func() {
		if _, made := s.predictions[question.ID]; made {
			s.askOrRun(cell) // there may be another
			return
		}
		s.runCells([]string{cell}, []string{cell}, false) // the reader would rather see
	})
}

func (s *screen) runAll() { s.runCells(s.all(), nil, false) }

func (s *screen) write() { s.runCells(s.all(), nil, true) }

// runCells starts cells, of the notebook as it now is on the disk.
func (s *screen) runCells(cells, asked []string, writing bool) {
	if s.run != nil {
		s.notice = busy.In(s.language)
		return
	}
	fresh, err := s.desk.Open(s.language)
	if err != nil {
		s.notice = damagedBook.Fill(s.language, message.Facts{"why": err.Error()})
		return
	}
	if fresh != s.notebook {
		s.turn(fresh, s.language)
	}
	ctx, cancel := context.WithCancel(context.Background())
	r := &run{cancel: cancel, done: make(chan outcome, 1), asked: asked, writing: writing}
	s.run, s.running, s.seconds, s.tenths = r, cells, 0, 0
	go func() {
		defer func() {
			if defect := recover(); defect != nil {
				r.done <- outcome{err: fmt.Errorf("%v\n%s", defect, debug.Stack())}
			}
		}()
		results, err := s.desk.Run(ctx, fresh, cells)
		r.done <- outcome{results, err}
	}()
	s.clock.Start(ticks)
	s.revealOutcome(s.laid(), s.height)
}

// hear takes in what has ended.
func (s *screen) hear() {
	if s.run == nil {
		return
	}
	s.tenths++
	s.seconds = s.tenths / ticks
	select {
	case came := <-s.run.done:
		r := s.run
		s.run, s.running = nil, nil
		r.cancel()
		s.clock.Stop()
		s.came(came, r)
	default:
	}
}

func (s *screen) came(came outcome, r *run) {
	switch {
	case came.err == nil:
		s.ran(came.results, r.asked)
		if r.writing {
			s.wrote(came.results)
		}
	case r.stopped:
		s.notice = wasStopped.In(s.language)
	default:
		s.broken = came.err.Error()
		s.notice = doesNotBuild.In(s.language)
	}
	s.revealOutcome(s.laid(), s.height)
}

func (s *screen) wrote(results []notebook.CellResult) {
	file, err := s.desk.Write(s.notebook, results)
	if err != nil {
		s.notice = err.Error()
		return
	}
	s.notice = wrote.Fill(s.language, message.Facts{"file": file})
}
