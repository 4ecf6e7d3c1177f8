package bench

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

const (
	flightRows = 3_367_760 // at scale 1: the year 2013 ten times over
	firstYear  = 2013
)

// flightSchema is the columns of flights.csv, in Spark's words. Doubles are the whole
// numbers that are missing for some flights, as pandas writes such columns.
const flightSchema = "year int, month int, day int, dep_time double, sched_dep_time int, dep_delay double, arr_delay double, " +
	"carrier string, flight int, tailnum string, origin string, dest string, air_time double, distance double, hour int, minute int"

// flightColumn is a column of flights.csv, and where the source has it.
type flightColumn struct {
	name, kind string
	at         int
}

// flightColumns finds the columns of flights.csv in the source's header.
func flightColumns(header string) (columns []flightColumn, err error) {
	names := strings.Split(header, ",")
	for _, field := range strings.Split(flightSchema, ", ") {
		c := flightColumn{}
		c.name, c.kind, _ = strings.Cut(field, " ")
		if c.at = slices.Index(names, c.name); c.at < 0 {
			return nil, fmt.Errorf("no column %q in the header %q", c.name, header)
		}
		columns = append(columns, c)
	}
	return columns, nil
}

// writeFlights writes the flights of source (CSV in gzip, "NA" for what is missing)
// as often as rows asks, each time a year later: those columns, nothing for NA.
func writeFlights(w io.Writer, source string, rows int, known *answers) error {
	f, err := os.Open(source)
	if err != nil {
		return fmt.Errorf("the flights come from %s: %w", source, err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", source, err)
	}
	lines := bufio.NewScanner(unzipped)
	lines.Scan() // the header; without one no column is found
	columns, err := flightColumns(lines.Text())
	if err != nil {
		return fmt.Errorf("%s: %w", source, err)
	}
	header := make([]string, len(columns))
	for i, c := range columns {
		header[i] = c.name
	}
	var year []string // the rows, without their first column
	for len(year) < rows && lines.Scan() {
		year = append(year, withoutYear(strings.Split(lines.Text(), ","), columns, known))
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", source, err)
	}
	if _, err := fmt.Fprintln(w, strings.Join(header, ",")); err != nil {
		return err
	}
	for i := range rows {
		at := strconv.Itoa(firstYear + i/len(year))
		if _, err := io.WriteString(w, at+year[i%len(year)]); err != nil {
			return err
		}
	}
	return nil
}

// withoutYear is a row's end, from the comma behind the year on.
func withoutYear(fields []string, columns []flightColumn, known *answers) string {
	var line strings.Builder
	var origin, carrier string
	for _, c := range columns[1:] {
		value := fields[c.at]
		switch {
		case value == "NA":
			value = ""
		case c.kind == "double" && c.name != "distance":
			value += ".0"
		}
		switch c.name {
		case "origin":
			origin = value
		case "carrier":
			carrier = value
		}
		line.WriteByte(',')
		line.WriteString(value)
	}
	known.flight(origin, carrier)
	line.WriteByte('\n')
	return line.String()
}
