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
)

var (
	plainStep = message.Both("À {at} s :", "At {at} s:")
	plainEnd  = message.Both("À la fin : {received:ligne reçue|lignes reçues}, {processed} dans des lots réussis, {lost} perdues, {batches:lot|lots}.", "At the end: {received:row|rows} received, {processed} in batches that succeeded, {lost} lost, {batches:batch|batches}.")
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
	if told == 0 {
		say(0, o.Title)
	}
	for at := line.Next(model.ByEvent, told); told < line.Len() && (over || at < line.Len()); at = line.Next(model.ByEvent, told) {
		told = at
		s := line.At(at)
		say(0, plainStep.Fill(o.Language, message.Facts{"at": s.Elapsed()}))
		for _, sentence := range line.Why(at, o.Language) {
			say(1, sentence)
		}
	}
	if over {
		end := line.At(line.Len())
		say(0, "")
		say(0, plainEnd.Fill(o.Language, message.Facts{"received": end.Totals.Received, "processed": end.Totals.Processed, "lost": end.Totals.Lost, "batches": len(end.Batches)}))
	}
	return told, out.Flush() // keeps the first error of all the writing
}
