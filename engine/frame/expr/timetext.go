package expr

import (
	"strconv"
	"strings"
	"time"

	"etincelle/engine/frame/column"
)

// parseTimestamp reads "2024-02-29[ T]13:45[:56[.789]][ zone]", or a day alone;
// without a zone of its own the text shows the clocks of zone.
func parseTimestamp(s string, zone *time.Location) (column.Timestamp, bool) {
	s = strings.TrimFunc(s, blank)
	year, month, day, rest, ok := cutDay(s)
	if !ok {
		return 0, false
	}
	clock := clockText{}
	if rest != "" {
		if rest[0] != ' ' && rest[0] != 'T' || strings.Count(strings.TrimLeft(s[:len(s)-len(rest)], "+-"), "-") < 2 {
			return 0, false
		}
		if clock, rest, ok = cutClock(rest[1:]); !ok {
			return 0, false
		}
		if rest = strings.TrimFunc(rest, blank); rest != "" {
			if zone, ok = zoneNamed(rest); !ok {
				return 0, false
			}
		}
	}
	at := time.Date(year, time.Month(month), day, clock.hour, clock.minute, clock.second, 0, zone)
	return column.Timestamp(at.UnixMicro() + int64(clock.micros)), true
}

type clockText struct{ hour, minute, second, micros int }

// cutClock reads h[:m[:s[.fraction]]] from the front of s; digits behind the sixth are cut.
func cutClock(s string) (c clockText, rest string, ok bool) {
	rest = s
	for i, part := range []*int{&c.hour, &c.minute, &c.second} {
		if i > 0 {
			if !strings.HasPrefix(rest, ":") {
				break
			}
			rest = rest[1:]
		}
		if *part, rest, ok = cutNumber(rest, 1, 2); !ok {
			return c, s, false
		}
		if i == 2 && strings.HasPrefix(rest, ".") {
			c.micros, rest = cutFraction(rest[1:])
		}
	}
	return c, rest, c.hour < 24 && c.minute < 60 && c.second < 60
}

// cutFraction reads the digits of a fraction as micros.
func cutFraction(s string) (micros int, rest string) {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	micros, _ = strconv.Atoi((s[:n] + "000000")[:6]) // digits alone
	return micros, s[n:]
}

// ZoneNamed is the time zone of a name; false when there is none.
func ZoneNamed(name string) (*time.Location, bool) { return zoneNamed(name) }

// zoneNamed is the zone that a text names: "Z", "UTC", "+01:00", "GMT-3", "Europe/Paris".
func zoneNamed(name string) (*time.Location, bool) {
	offset := name
	for _, prefix := range []string{"UTC", "GMT", "UT"} {
		if rest, found := strings.CutPrefix(name, prefix); found {
			offset = rest
			break
		}
	}
	if offset == "" || name == "Z" {
		return time.UTC, true
	}
	if offset[0] == '+' || offset[0] == '-' {
		clock, rest, ok := cutClock(offset[1:])
		if !ok && len(offset) == 5 { // +0130
			clock, rest, ok = cutClock(offset[1:3] + ":" + offset[3:])
		}
		seconds := clock.hour*3600 + clock.minute*60 + clock.second
		if !ok || rest != "" || seconds > 18*3600 {
			return nil, false
		}
		if offset[0] == '-' {
			seconds = -seconds
		}
		return time.FixedZone(name, seconds), true
	}
	if strings.Contains(name, "/") {
		zone, err := time.LoadLocation(name)
		return zone, err == nil
	}
	return nil, false
}
