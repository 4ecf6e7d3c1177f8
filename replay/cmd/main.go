// Command cmd runs the scenario that it reads and writes what happened, an event a
// line: the process that a screen starts each time the experiment changes.
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
	s, err := scenario.Read(os.Stdin)
	if err != nil {
		return err
	}
	facts, err := replay.Run(os.DirFS("."), s)
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
