package bench

import (
	"fmt"
	"path/filepath"
	"strconv"

	"etincelle/engine"
	"etincelle/engine/frame"
)

// The jobs on frames: the questions of jobs.go again, and one on flights.

// framePartitions is how many partitions lie behind a frame's shuffle, as in the other programs.
const framePartitions = "2"

// delays is the flights of an origin and carrier.
type delays struct {
	Origin, Carrier string
	N               int
	Mean            *float64 // of the departures' delays; nil when all flights were cancelled
	Worst           *float64 // of the arrivals'
}

func flights(s *engine.Session, data string) *frame.Frame {
	return frame.Read(s).Header().Schema(flightSchema).CSV(filepath.Join(data, "flights.csv"))
}

func delaysOf(flights *frame.Frame) ([]delays, error) {
	return frame.CollectAs[delays](flights.
		GroupBy(frame.Col("origin"), frame.Col("carrier")).
		Agg(frame.CountAll().As("n"), frame.Avg(frame.Col("dep_delay")).As("mean"), frame.Max(frame.Col("arr_delay")).As("worst")).
		OrderBy(frame.Col("origin"), frame.Col("carrier")))
}

// aggCSV reads, groups and orders; it tells how many groups there are.
func aggCSV(s *engine.Session, data string) (string, error) {
	groups, err := delaysOf(flights(s, data))
	return strconv.Itoa(len(groups)), err
}

// cachedFlights keeps the four columns in memory; aggregating them is the job.
func cachedFlights(s *engine.Session, data string) (func() (string, error), error) {
	kept := flights(s, data).Select(frame.Cols("origin", "carrier", "dep_delay", "arr_delay")...).Cache()
	if _, err := kept.Count(); err != nil {
		return nil, err
	}
	return func() (string, error) {
		groups, err := delaysOf(kept)
		return strconv.Itoa(len(groups)), err
	}, nil
}

// dfWordcount finds what wordcount finds.
func dfWordcount(s *engine.Session, data string) (string, error) {
	type count struct {
		Word string
		N    int
	}
	top, err := frame.CollectAs[count](frame.Read(s).Text(filepath.Join(data, "text.txt")).
		Select(frame.SQL("explode(split(value, ' ')) AS word")).
		GroupBy(frame.Col("word")).Agg(frame.CountAll().As("n")).
		OrderBy(frame.Col("n").Desc(), frame.Col("word")).Limit(3))
	return fmt.Sprint(top), err
}

func pairsFrame(s *engine.Session, data string) *frame.Frame {
	return frame.Read(s).Header().Schema("k bigint, v bigint").CSV(filepath.Join(data, "pairs.csv"))
}

// dfSort orders the pairs by both columns; it tells the first and how many there are.
func dfSort(s *engine.Session, data string) (string, error) {
	sorted := pairsFrame(s, data).OrderBy(frame.Col("k"), frame.Col("v"))
	rows, err := sorted.Agg(frame.First(frame.Col("k")), frame.First(frame.Col("v")), frame.CountAll()).Collect()
	return fmt.Sprint(rows), err
}

// dfJoin counts what join counts.
func dfJoin(s *engine.Session, data string) (string, error) {
	pairs := pairsFrame(s, data)
	high := pairs.Where(frame.Col("v").Gt(frame.Lit(joinAbove)))
	low := pairs.Where(frame.Col("v").Lt(frame.Lit(joinBelow))).Rename("v", "w")
	n, err := high.Join(low, frame.Using("k"), frame.Inner).Count()
	return strconv.FormatInt(n, 10), err
}
