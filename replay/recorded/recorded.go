// Package recorded is the scenarios that the course ships, with their recordings:
// they open at once, and can be changed and run again.
package recorded

import (
	"compress/gzip"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"etincelle/engine/event"
	"etincelle/replay/scenario"
)

//go:embed *.json *.jsonl.gz receiving/*.json receiving/*.jsonl.gz
var files embed.FS

// Names are the scenarios that there are.
func Names() []string {
	found, _ := fs.Glob(files, "*.json") // the pattern is well formed
	for i, name := range found {
		found[i] = strings.TrimSuffix(name, ".json")
	}
	return found
}

// Open is a scenario and what happened when it ran.
func Open(name string) (s scenario.Scenario, facts []event.Event, err error) {
	written, err := files.Open(name + ".json")
	if err != nil {
		return s, nil, fmt.Errorf("scenario %q: there is %s", name, strings.Join(Names(), ", "))
	}
	defer written.Close()
	if s, err = scenario.Read(written); err != nil {
		return s, nil, fmt.Errorf("scenario %s: %w", name, err)
	}
	facts, err = events(name)
	return s, facts, err
}

// Receiving is a program of receivers and what happened when it ran.
func Receiving(name string) (s scenario.Receiving, facts []event.Event, err error) {
	written, err := files.Open("receiving/" + name + ".json")
	if err != nil {
		return s, nil, err
	}
	defer written.Close()
	if s, err = scenario.ReadReceiving(written); err != nil {
		return s, nil, fmt.Errorf("scenario %s: %w", name, err)
	}
	facts, err = events("receiving/" + name)
	return s, facts, err
}

// events reads a recording.
func events(name string) ([]event.Event, error) {
	packed, err := files.Open(name + ".jsonl.gz")
	if err != nil {
		return nil, err
	}
	defer packed.Close()
	lines, err := gzip.NewReader(packed)
	if err != nil {
		return nil, fmt.Errorf("recording of %s: %w", name, err)
	}
	facts, err := event.Read(lines)
	if err != nil {
		return nil, fmt.Errorf("recording of %s: %w", name, err)
	}
	return facts, nil
}
