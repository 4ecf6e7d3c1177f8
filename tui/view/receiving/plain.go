package receiving

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/receiving"
	"etincelle/tui/stepper"
)

var (
	plainStep = message.Both("À {at} s :", "At {at} s:")
	plainEnd  = message.Both("À la fin : {batches:lot|lots}. Lignes : {accounts}.", "At the end: {batches:batch|batches}. Rows: {accounts}.")
	plainNone = message.Both("Il n'y a pas de lot de {at} s.", "There is no batch of {at} s.")
)

// Plain writes a recording as lines of text, for pipes and for screen readers: what
// each step means, then the totals.
func Plain(w io.Writer, recording []event.Event, o Options) error {
	_, err := PlainOn(w, recording, o, 0, true)
	return err
}

// PlainOn writes what a recording has more than up to the position that was told
// before, and returns which one is told now; the totals when the recording is over.
func PlainOn(w io.Writer, recording []event.Event, o Options, told int, over bool) (int, error) {
	line, err := model.New(recording)
	if err != nil {
		return told, fmt.Errorf("the recording cannot be read: %w", err)
	}
	out := bufio.NewWriter(w)
	say := func(level int, s string) {
		s = strings.ReplaceAll(canvas.Clean(s), message.Hard, " ")
		if o.ASCII {
			s = canvas.PlainSigns(s)
		}
		fmt.Fprintf(out, "%s%s\n", strings.Repeat("  ", level), s)
	}
	if told == 0 && o.Batch == nil {
		say(0, o.Title.In(o.Language))
	}
	to := line.Len()
	if o.Batch != nil {
		say(0, o.Title.In(o.Language))
		batch := line.Zero() + *o.Batch*1000
		told = line.DueAt(batch) - 1 // the facts of its blocks are before
		var b model.Batch
		if b, to, _ = line.Outcome(told); b.Time != batch {
			say(0, plainNone.Fill(o.Language, message.Facts{"at": int(*o.Batch)}))
			return told, out.Flush()
		}
	}
	for at := line.Next(model.ByEvent, told); told < to && (over || at < to); at = line.Next(model.ByEvent, told) {
		told = at
		s := line.At(at)
		say(0, plainStep.Fill(o.Language, message.Facts{"at": s.Elapsed()}))
		for _, sentence := range line.Why(at, o.Language) {
			say(1, sentence)
		}
	}
	if over {
		end := line.At(to)
		say(0, "")
		p := page{Look: stepper.Look{Language: o.Language}, line: line, state: end}
		say(0, plainEnd.Fill(o.Language, message.Facts{"batches": end.Batches.Len(), "accounts": p.accounts()}))
	}
	return told, out.Flush() // keeps the first error of all the writing
}
