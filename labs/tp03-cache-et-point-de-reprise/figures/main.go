// The programs whose recordings are drawn as the figures of TP 3: figures.json
// says which figure is made of which. Each runs its tasks one after the other, so
// that the recording, and with it the figure, is the same every time.
//
//	ETINCELLE_RECORD=levels.jsonl go run ./labs/tp03-cache-et-point-de-reprise/figures levels
//	go run . figure storage levels.jsonl
package main

import (
	"fmt"
	"os"

	"etincelle/datasets"
	"etincelle/engine"
	"etincelle/engine/rdd"
)

func main() {
	scenes := map[string]func(){"levels": levels, "lost": lost}
	if len(os.Args) != 2 || scenes[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "expected the name of one scene: levels or lost")
		os.Exit(2)
	}
	scenes[os.Args[1]]()
}

// levels keeps four partitions where memory has room for three: the last one goes
// to disk.
func levels() {
	s := engine.Start(engine.Executors(1), engine.Cores(2), engine.Memory(2_700_000), engine.Sequential())
	defer s.Stop()
	flights := datasets.Flights(s, 4).SetName("flights").Persist(rdd.MemoryAndDisk)
	engine.Must(flights.Count())
}

// lost keeps one copy of some flights and two copies of others, and loses an
// executor; the job that comes after looks at neither.
func lost() {
	s := engine.Start(engine.Executors(2), engine.Cores(2), engine.Sequential())
	defer s.Stop()
	once := datasets.Flights(s, 4).SetName("once").Cache()
	twice := datasets.Flights(s, 2).SetName("twice").Persist(rdd.MemoryOnly2)
	engine.Must(once.Count())
	engine.Must(twice.Count())
	engine.Inside(s).KillExecutor("e1", "killed for the figure")
	engine.Must(rdd.Of(s, 1, 1).Count())
}
