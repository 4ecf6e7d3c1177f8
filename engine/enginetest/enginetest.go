// Package enginetest is what tests of the engine need: to kill an executor,
// lose a block or a shuffle's files, make tasks fail, slow or hang (faults.go),
// write down what happened, and compare long text with a file. What happened is read from the session's events:
//
//	var heard event.Recorder
//	s := engine.Start(engine.Sequential(), engine.Listen(heard.Hear))
//	…
//	enginetest.Golden(t, "wordcount.txt", enginetest.Transcript(heard.Events()))
package enginetest

import (
	"strings"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

// Kill takes an executor away with all that it holds; it reports whether there
// was one of that name.
func Kill(s *engine.Session, executor string) bool {
	return engine.Inside(s).KillExecutor(executor, "killed by a test")
}

// Revive brings an executor back, empty.
func Revive(s *engine.Session, executor string) { engine.Inside(s).AddExecutor(executor) }

// LoseBlock takes the kept copies of one partition of r away.
func LoseBlock[T any](r *rdd.RDD[T], partition int) error {
	return engine.Inside(r.Session()).DropBlock(rdd.Node(r), partition, event.Lost)
}

// LoseShuffles deletes the files of the shuffles that r reads; the driver is
// not told, so the next task that reads them finds out. It reports how many there were.
func LoseShuffles[T any](r *rdd.RDD[T]) int {
	lost := 0
	for _, d := range rdd.Node(r).Deps() {
		if d.Shuffle != nil {
			engine.Inside(r.Session()).DropShuffle(d.Shuffle)
			lost++
		}
	}
	return lost
}

// Transcript is what happened, one fact a line.
func Transcript(events []event.Event) string {
	var b strings.Builder
	for _, e := range events {
		b.WriteString(e.String())
		b.WriteByte('\n')
	}
	return b.String()
}
