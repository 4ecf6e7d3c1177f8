// Command cmd runs the scenario that it reads (`cmd receiving`: one with receivers) and
// writes what happened, an event a line: the process that a screen starts each time the experiment changes.
package main

import (
	"bufio"
	"fmt"
	"os"

	"etincelle/engine/event"
	"etincelle/replay"
	"etincelle/replay/scenario"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run reads the course's files from the working folder.
func run() error {
	facts, err := facts(len(os.Args) > 1 && os.Args[1] == "receiving")
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	for _, e := range facts {
		line, err := event.Encode(e)
		if err != nil {
			return err
		}
		out.Write(append(line, '\n')) // Flush keeps the first error
	}
	return out.Flush()
}

// facts runs the scenario that stands on the input, of receivers or of a query.
func facts(receiving bool) ([]event.Event, error) {
	if receiving {
		s, err := scenario.ReadReceiving(os.Stdin)
		if err != nil {
			return nil, err
		}
		return replay.RunReceiving(s)
	}
	s, err := scenario.Read(os.Stdin)
	if err != nil {
		return nil, err
	}
	return replay.Run(os.DirFS("."), s)
}
