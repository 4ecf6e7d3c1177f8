package expr

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Java's patterns of dates and times ("yyyy-MM-dd HH:mm:ss"), as date_format
// writes and to_timestamp reads them: the letters that Spark documents, English
// names, quotes around plain text.

// piece is a run of one letter, or plain text.
type piece struct {
	letter byte // 0 for text
	width  int
	text   string
}

func wrongPattern(pattern string) error {
	return Errorf("INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER", "Unrecognized datetime pattern: '%s'.", pattern)
}

const patternLetters = "GyuMLdDHhkKmsSaEQqzZXxVO"

func cutPattern(pattern string) ([]piece, error) {
	var pieces []piece
	for i := 0; i < len(pattern); {
		c := pattern[i]
		switch {
		case c == '\'':
			end := strings.IndexByte(pattern[i+1:], '\'')
			if end < 0 {
				return nil, wrongPattern(pattern)
			}
			text := pattern[i+1 : i+1+end]
			if text == "" {
				text = "'"
			}
			pieces = append(pieces, piece{text: text})
			i += end + 2
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			n := 1
			for i+n < len(pattern) && pattern[i+n] == c {
				n++
			}
			switch {
			case strings.IndexByte("YWwec", c) >= 0: // weeks, which Spark gave up
				return nil, Errorf("INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION", "You may get a different result due to the upgrading to Spark >= 3.0: Fail to recognize '%s' pattern in the DateTimeFormatter.", pattern)
			case strings.IndexByte(patternLetters, c) < 0:
				return nil, wrongPattern(pattern)
			}
			pieces = append(pieces, piece{letter: c, width: n})
			i += n
		default:
			pieces = append(pieces, piece{text: pattern[i : i+1]})
			i++
		}
	}
	return pieces, nil
}

// formatTime writes t by a pattern.
func formatTime(t time.Time, pieces []piece) string {
	var out strings.Builder
	for _, p := range pieces {
		if p.letter == 0 {
			out.WriteString(p.text)
		} else {
			out.WriteString(p.format(t))
		}
	}
	return out.String()
}

func (p piece) format(t time.Time) string {
	pad := func(n int) string { return fmt.Sprintf("%0*d", p.width, n) }
	switch p.letter {
	case 'y', 'u':
		if p.width == 2 {
			return fmt.Sprintf("%02d", t.Year()%100)
		}
		return pad(t.Year())
	case 'M', 'L':
		return p.name(int(t.Month()), t.Format("Jan"), t.Format("January"))
	case 'Q', 'q':
		quarter := (int(t.Month()) + 2) / 3
		return p.name(quarter, "Q"+strconv.Itoa(quarter), []string{"1st", "2nd", "3rd", "4th"}[quarter-1]+" quarter")
	case 'E':
		if p.width >= 4 {
			return t.Format("Monday")
		}
		return t.Format("Mon")
	case 'd':
		return pad(t.Day())
	case 'D':
		return pad(t.YearDay())
	case 'H':
		return pad(t.Hour())
	case 'h':
		return pad((t.Hour()+11)%12 + 1)
	case 'k':
		return pad((t.Hour()+23)%24 + 1)
	case 'K':
		return pad(t.Hour() % 12)
	case 'm':
		return pad(t.Minute())
	case 's':
		return pad(t.Second())
	case 'S':
		return (fmt.Sprintf("%09d", t.Nanosecond()) + "000000000")[:min(p.width, 9)]
	case 'a':
		return t.Format("PM")
	case 'G':
		return "AD"
	}
	return p.zone(t)
}

// name is a number for one or two letters, a short name for three, a long one for four.
func (p piece) name(n int, short, long string) string {
	switch p.width {
	case 1, 2:
		return fmt.Sprintf("%0*d", p.width, n)
	case 3:
		return short
	}
	return long
}

func (p piece) zone(t time.Time) string {
	_, offset := t.Zone()
	switch p.letter {
	case 'V':
		return t.Location().String()
	case 'z':
		return t.Format("MST")
	case 'X':
		if offset == 0 {
			return "Z"
		}
	case 'O':
		return "GMT" + strings.TrimSuffix(t.Format("-7"), "0")
	}
	switch p.width {
	case 1:
		if p.letter != 'Z' && offset%3600 == 0 {
			return t.Format("-07")
		}
		return t.Format("-0700")
	case 2:
		return t.Format("-0700")
	}
	if p.letter == 'Z' && p.width == 3 {
		return t.Format("-0700")
	}
	return t.Format("-07:00")
}
