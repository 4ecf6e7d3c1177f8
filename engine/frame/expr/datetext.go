package expr

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"etincelle/engine/frame/column"
)

// How dates and timestamps are written and read as text, by Spark's rules: more
// lenient than its date patterns, and the same everywhere (casts, literals,
// comparisons with a string, CSV).

const (
	microsASecond = int64(1_000_000)
	secondsADay   = int64(86_400)
	microsADay    = secondsADay * microsASecond
)

func dateText(d column.Date) string {
	year, month, day := d.Time().Date()
	return yearText(year) + fmt.Sprintf("-%02d-%02d", int(month), day)
}

// yearText is a year in at least four digits, with a sign when it has more.
func yearText(year int) string {
	if year > 9999 {
		return fmt.Sprintf("+%d", year)
	}
	if year < 0 {
		return fmt.Sprintf("-%04d", -year)
	}
	return fmt.Sprintf("%04d", year)
}

func timestampText(t column.Timestamp, zone *time.Location) string {
	at := local(t, zone)
	return yearText(at.Year()) + at.Format("-01-02 15:04:05.999999")
}

// local is t on the clocks of zone.
func local(t column.Timestamp, zone *time.Location) time.Time {
	return time.UnixMicro(int64(t)).In(zone)
}

// instantOf is the instant at which the clocks of zone show what at shows.
func instantOf(at time.Time, zone *time.Location) column.Timestamp {
	return column.Timestamp(time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), zone).UnixMicro())
}

// dateOf is the day that at shows.
func dateOf(at time.Time) column.Date {
	return column.Date(floorDiv(time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC).Unix(), secondsADay))
}

// midnight is the instant at which day d starts in zone.
func midnight(d column.Date, zone *time.Location) column.Timestamp { return instantOf(d.Time(), zone) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// parseDate reads "2024-2-29", "2024-02", "2024", and lets a time of day follow.
func parseDate(s string) (column.Date, bool) {
	s = strings.TrimFunc(s, blank)
	if i := strings.IndexAny(s, " T"); i > 0 && strings.Count(s[:i], "-") >= 2 {
		s = s[:i] // what follows the day is not read
	}
	year, month, day, rest, ok := cutDay(s)
	if !ok || rest != "" {
		return 0, false
	}
	return dateOf(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)), true
}

func blank(r rune) bool { return r <= ' ' || r == '\x7f' }

// cutDay reads year[-month[-day]] from the front of s.
func cutDay(s string) (year, month, day int, rest string, ok bool) {
	sign := 1
	if s != "" && (s[0] == '-' || s[0] == '+') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	year, rest, ok = cutNumber(s, 4, 7)
	if !ok {
		return 0, 0, 0, s, false
	}
	parts := [2]int{1, 1}
	for i := range parts {
		if !strings.HasPrefix(rest, "-") {
			break
		}
		if parts[i], rest, ok = cutNumber(rest[1:], 1, 2); !ok {
			return 0, 0, 0, s, false
		}
	}
	year, month, day = sign*year, parts[0], parts[1]
	return year, month, day, rest, month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// cutNumber reads from least to most digits from the front of s.
func cutNumber(s string, least, most int) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i < least || i > most {
		return 0, s, false
	}
	n, _ = strconv.Atoi(s[:i]) // at most seven digits
	return n, s[i:], true
}
