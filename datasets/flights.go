package datasets

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// Flight is one departure from New York in 2013, with the columns that the
// labs use.
type Flight struct {
	Month, Day int
	Carrier    string // IATA code of the airline, "UA"
	Number     int    // flight number
	Tail       string // the aircraft's registration, "" when not known
	Origin     string // "EWR", "JFK" or "LGA"
	Dest       string // IATA code of the airport
	Distance   int    // miles
	Departed   bool   // false: cancelled, and Delay means nothing
	Delay      int    // minutes between the scheduled and the real departure, negative when early
}

// columns of flights_2013-01.csv, see README.md.
const (
	month = 1 + iota
	day
	departure
	_
	delay
	_
	_
	_
	carrier
	number
	tail
	origin
	dest
	_
	distance
	columns = 19
)

// ParseFlight reads one line of flights_2013-01.csv.
func ParseFlight(line string) (Flight, error) {
	fields := strings.Split(line, ",")
	if len(fields) != columns {
		return Flight{}, fmt.Errorf("flight %q: found %d columns, expected %d", line, len(fields), columns)
	}
	var bad error
	whole := func(column int) int {
		n, err := strconv.Atoi(fields[column])
		if err != nil && bad == nil {
			bad = fmt.Errorf("flight %q: column %d: %w", line, column+1, err)
		}
		return n
	}
	f := Flight{
		Month: whole(month), Day: whole(day), Carrier: fields[carrier], Number: whole(number),
		Origin: fields[origin], Dest: fields[dest], Distance: whole(distance), Departed: fields[departure] != "NA",
	}
	if fields[tail] != "NA" {
		f.Tail = fields[tail]
	}
	if f.Departed {
		f.Delay = whole(delay)
	}
	return f, bad
}

// Flights is the 27 004 departures of January 2013, read from the file in at
// least partitions splits. A line that is not a flight fails the task.
func Flights(s *engine.Session, partitions int) *rdd.RDD[Flight] {
	lines := rdd.TextFile(s, Path("flights/flights_2013-01.csv"), partitions)
	rows := rdd.Filter(lines, func(line string) bool { return !strings.HasPrefix(line, "year,") })
	return rdd.Map(rows, func(line string) Flight { return engine.Must(ParseFlight(line)) })
}

// Airlines is the names of the 16 airlines, by their code.
func Airlines(s *engine.Session, partitions int) *rdd.Pairs[string, string] {
	lines := rdd.TextFile(s, Path("flights/airlines.csv"), partitions)
	rows := rdd.Filter(lines, func(line string) bool { return line != "carrier,name" })
	return rdd.MapToPair(rows, func(line string) (string, string) {
		code, name, _ := strings.Cut(line, ",")
		return code, name
	})
}

// levels is how many folders up Path looks: tests run in their package's folder.
const levels = 6

// Path is where a dataset lies: under datasets/ in the program's folder or the
// nearest folder above it. Where there is none the first action on it says that
// the file does not exist.
func Path(name string) string {
	return above(filepath.Join("datasets", filepath.FromSlash(name)))
}

// above is a path below the program's folder or the nearest folder above it; the
// path itself when it is nowhere.
func above(below string) string {
	path := below
	for range levels {
		if _, err := os.Stat(path); err == nil {
			return path
		}
		path = filepath.Join("..", path)
	}
	return below
}
