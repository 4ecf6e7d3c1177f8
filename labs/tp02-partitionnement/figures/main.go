// The programs whose recordings are drawn as the figures of TP 2: figures.json
// says which figure is made of which. Each runs its tasks one after the other, so
// that the recording, and with it the figure, is the same every time.
//
//	ETINCELLE_RECORD=combiner.jsonl go run ./labs/tp02-partitionnement/figures combiner
//	go run . figure stages combiner.jsonl
package main

import (
	"fmt"
	"os"
	"strconv"

	"etincelle/datasets"
	"etincelle/engine"
	"etincelle/engine/rdd"
)

func main() {
	scenes := map[string]func(*engine.Session){"combiner": combiner, "sizes": sizes, "reuse": reuse, "broadcast": broadcast, "salt": salt}
	if len(os.Args) != 2 || scenes[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "expected the name of one scene: combiner, sizes, reuse, broadcast or salt")
		os.Exit(2)
	}
	s := engine.Start(engine.Executors(2), engine.Cores(2), engine.Sequential())
	defer s.Stop()
	scenes[os.Args[1]](s)
}

// combiner counts the flights of each airline twice: all values moved, then
// added up before they move.
func combiner(s *engine.Session) {
	ones := rdd.MapToPair(datasets.Flights(s, 4), func(f datasets.Flight) (string, int) { return f.Carrier, 1 })
	engine.Must(rdd.GroupByKey(ones).Count())
	engine.Must(rdd.ReduceByKey(ones, rdd.Add).Count())
}

// sizes makes 4 partitions of 8 uneven ones: joined where they lie, then dealt out.
func sizes(s *engine.Session) {
	firstDays := rdd.Filter(datasets.Flights(s, 8), func(f datasets.Flight) bool { return f.Day <= 8 })
	engine.Must(firstDays.Collect())
	engine.Must(rdd.Coalesce(firstDays, 4).Collect())
	engine.Must(rdd.Repartition(firstDays, 4).Collect())
}

// reuse asks for the same shuffled rows twice.
func reuse(s *engine.Session) {
	dealt := rdd.Repartition(datasets.Flights(s, 8), 4)
	engine.Must(dealt.Count())
	engine.Must(dealt.Count())
}

// broadcast names the towns that flights leave from twice: by a join, then from a
// table that every executor has.
func broadcast(s *engine.Session) {
	miles := rdd.MapToPair(datasets.Flights(s, 4), func(f datasets.Flight) (string, int) { return f.Origin, f.Distance })
	towns := map[string]string{"EWR": "Newark", "JFK": "New York", "LGA": "New York"}
	table := rdd.Of(s, 1, rdd.KV("EWR", "Newark"), rdd.KV("JFK", "New York"), rdd.KV("LGA", "New York"))
	engine.Must(rdd.Join(miles, table).Count())
	shared := rdd.NewBroadcast(s, towns)
	engine.Must(rdd.Map(miles, func(p rdd.Pair[string, int]) string { return shared.Value()[p.Key] }).Count())
}

// salt places flights by airport, of which there are three, in 8 partitions; then
// by airport and salt.
func salt(s *engine.Session) {
	flights := datasets.Flights(s, 4)
	plain := rdd.MapToPair(flights, func(f datasets.Flight) (string, int) { return f.Origin, 1 })
	engine.Must(rdd.PartitionBy(plain, rdd.Hash(8)).Collect())
	byBoth := rdd.MapToPair(flights, func(f datasets.Flight) (string, int) { return f.Origin + "#" + strconv.Itoa(f.Number%16), 1 })
	engine.Must(rdd.PartitionBy(byBoth, rdd.Hash(8)).Collect())
}
