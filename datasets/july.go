package datasets

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
)

// July is the 28 485 flights that left New York in July 2013, in the order in which
// they left.
func July() ([]Departure, error) {
	const name = "flights/stream_2013-07.csv.gz"
	f, err := os.Open(Path(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	lines := bufio.NewScanner(unpacked)
	lines.Scan() // the header
	var all []Departure
	for lines.Scan() {
		d, err := ParseDeparture(lines.Text())
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return all, nil
}
