package datasets

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Departure is a flight that left New York, as a stream learns of it: at the moment
// when it leaves, and so as late as it is.
type Departure struct {
	Scheduled time.Time // UTC: the event's time
	Left      time.Time // UTC: when the stream learns of it
	Carrier   string    // IATA code of the airline, "UA"
	Origin    string    // "EWR", "JFK" or "LGA"
	Dest      string    // IATA code of the airport
	Delay     int       // minutes from Scheduled to Left, negative when early
}

// ParseDeparture reads one line of stream_storm_week.csv, or of the streams beside it.
func ParseDeparture(line string) (Departure, error) {
	fields := strings.Split(line, ",")
	if len(fields) != 9 {
		return Departure{}, fmt.Errorf("departure %q: found %d columns, expected 9", line, len(fields))
	}
	scheduled, err := time.Parse(time.RFC3339, fields[0])
	if err != nil {
		return Departure{}, fmt.Errorf("departure %q: the scheduled time: %w", line, err)
	}
	left, err := time.Parse(time.RFC3339, fields[1])
	if err != nil {
		return Departure{}, fmt.Errorf("departure %q: the time it left: %w", line, err)
	}
	delay, err := strconv.Atoi(fields[8])
	if err != nil {
		return Departure{}, fmt.Errorf("departure %q: the delay: %w", line, err)
	}
	return Departure{Scheduled: scheduled, Left: left, Carrier: fields[2], Origin: fields[5], Dest: fields[6], Delay: delay}, nil
}

// StormWeek is the 6 181 flights that left New York in a week of thunderstorms, 24 to
// 30 June 2013, in the order in which they left.
func StormWeek() ([]Departure, error) { return departures("flights/stream_storm_week.csv") }

// CalmWeek is the 6 480 flights that left New York in a quiet week, 23 to 29
// September 2013, in the order in which they left.
func CalmWeek() ([]Departure, error) { return departures("flights/stream_calm_week.csv") }

func departures(name string) ([]Departure, error) {
	text, err := os.ReadFile(Path(name))
	if err != nil {
		return nil, err
	}
	_, lines, _ := strings.Cut(string(text), "\n") // without the header
	var all []Departure
	for line := range strings.Lines(lines) {
		d, err := ParseDeparture(strings.TrimRight(line, "\r\n"))
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, nil
}
