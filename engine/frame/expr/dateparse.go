package expr

import (
	"strings"
	"time"

	"etincelle/engine/frame/column"
)

// clockFields are what a text said by a pattern; -1 for what it did not.
type clockFields struct {
	year, month, day, yearDay    int
	hour, minute, second, micros int
	half                         int // 0 before noon, 1 after
	hour12                       bool
	zone                         *time.Location
}

// parseByPattern reads s by a pattern; false when s is something else.
func parseByPattern(s string, pieces []piece, zone *time.Location) (time.Time, bool) {
	f := clockFields{year: 1970, month: 1, day: 1, yearDay: -1, half: -1, zone: zone}
	for i, p := range pieces {
		rest, ok := p.read(s, &f, i+1 < len(pieces) && pieces[i+1].letter != 0)
		if !ok {
			return time.Time{}, false
		}
		s = rest
	}
	if s != "" {
		return time.Time{}, false
	}
	return f.time()
}

func (f *clockFields) time() (time.Time, bool) {
	if f.hour12 && f.half >= 0 {
		f.hour = f.hour%12 + 12*f.half
	}
	if f.yearDay > 0 {
		f.month, f.day = 1, f.yearDay
	} else if f.month < 1 || f.month > 12 || f.day < 1 || f.day > daysIn(f.year, f.month) {
		return time.Time{}, false
	}
	if f.hour > 23 || f.minute > 59 || f.second > 59 {
		return time.Time{}, false
	}
	return time.Date(f.year, time.Month(f.month), f.day, f.hour, f.minute, f.second, f.micros*1000, f.zone), true
}

// read takes what a piece stands for off the front of s; tight pieces stand
// against other digits, so that they take just their width.
func (p piece) read(s string, f *clockFields, tight bool) (rest string, ok bool) {
	if p.letter == 0 {
		return strings.CutPrefix(s, p.text)
	}
	target, named := f.number(p)
	switch {
	case named != nil:
		for i, name := range named {
			for _, form := range []string{name, name[:3]} {
				if len(s) >= len(form) && strings.EqualFold(s[:len(form)], form) && (p.width >= 4) == (form == name) {
					*target = i + 1
					return s[len(form):], true
				}
			}
		}
		return s, false
	case target != nil:
		return p.readNumber(s, target, tight)
	}
	switch p.letter {
	case 'a':
		if len(s) < 2 {
			return s, false
		}
		f.half = strings.Index("AMPM", strings.ToUpper(s[:2])) / 2
		return s[2:], strings.EqualFold(s[:2], "am") || strings.EqualFold(s[:2], "pm")
	case 'S':
		n := 0
		for n < len(s) && n < p.width && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		f.micros, _ = cutFraction(s[:n])
		return s[n:], n > 0
	case 'z', 'Z', 'X', 'x', 'V', 'O':
		zone, ok := zoneNamed(s)
		if ok {
			f.zone = zone
		}
		return "", ok
	}
	return s, false
}

var (
	monthNames = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	dayNames   = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
)

// number is where a piece's number goes, and its names when it is read by name.
func (f *clockFields) number(p piece) (target *int, names []string) {
	switch p.letter {
	case 'y', 'u':
		return &f.year, nil
	case 'M', 'L':
		if p.width >= 3 {
			return &f.month, monthNames
		}
		return &f.month, nil
	case 'E':
		return new(int), dayNames // does not tell the day
	case 'd':
		return &f.day, nil
	case 'D':
		return &f.yearDay, nil
	case 'H', 'k':
		return &f.hour, nil
	case 'h', 'K':
		f.hour12 = true
		return &f.hour, nil
	case 'm':
		return &f.minute, nil
	case 's':
		return &f.second, nil
	}
	return nil, nil
}

func (p piece) readNumber(s string, target *int, tight bool) (string, bool) {
	most := 2
	switch {
	case tight:
		most = p.width
	case p.letter == 'y' || p.letter == 'u':
		most = max(p.width, 4)
	case p.letter == 'D':
		most = 3
	}
	n := 0
	for n < len(s) && n < most && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n < p.width {
		return s, false
	}
	v, _, _ := cutNumber(s[:n], 1, n)
	if p.width == 2 && (p.letter == 'y' || p.letter == 'u') {
		v += 2000
	}
	*target = v
	return s[n:], true
}

// formats keeps the pieces of the last pattern: most columns of patterns are one constant.
type formats struct {
	pattern string
	pieces  []piece
}

func (f *formats) of(pattern string) ([]piece, error) {
	if f.pieces != nil && f.pattern == pattern {
		return f.pieces, nil
	}
	pieces, err := cutPattern(pattern)
	f.pattern, f.pieces = pattern, pieces
	return pieces, err
}

func unparsed(s string) error {
	return Errorf("CANNOT_PARSE_TIMESTAMP", "Text '%s' could not be parsed at index 0. Use `try_to_timestamp` to tolerate invalid input string and return NULL instead.", s)
}

func evalDateFormat(c *Call) (column.Column, error) {
	f := &formats{}
	return try2(c, func(t int64, pattern string) (string, error) {
		pieces, err := f.of(pattern)
		return formatTime(local(column.Timestamp(t), c.Zone), pieces), err
	})
}

func evalFromUnix(c *Call) (column.Column, error) {
	f := &formats{}
	return try2(c, func(seconds int64, pattern string) (string, error) {
		pieces, err := f.of(pattern)
		micros, _ := multiplyInt64(seconds, microsASecond) // wraps, as Spark's
		return formatTime(local(column.Timestamp(micros), c.Zone), pieces), err
	})
}

func evalToDate(c *Call) (column.Column, error) {
	f := &formats{}
	return try2(c, func(s, pattern string) (int32, error) {
		t, err := f.parse(s, pattern, c.Zone)
		return int32(dateOf(t)), err
	})
}

func evalToTimestamp(c *Call) (column.Column, error) {
	f := &formats{}
	return try2(c, func(s, pattern string) (int64, error) {
		t, err := f.parse(s, pattern, c.Zone)
		return t.UnixMicro(), err
	})
}

func (f *formats) parse(s, pattern string, zone *time.Location) (time.Time, error) {
	pieces, err := f.of(pattern)
	if err != nil {
		return time.Time{}, err
	}
	t, ok := parseByPattern(s, pieces, zone)
	if !ok {
		return t, unparsed(s)
	}
	return t, nil
}

// signUnix: the pattern counts for strings alone.
func signUnix(args []Expr) (Signature, error) {
	t := timestampT
	if args[0].Type().Kind == column.String {
		t = stringT
	}
	return accept(args, []column.Type{t, stringT}, longT)
}

func evalUnix(c *Call) (column.Column, error) {
	if c.Args[0].Type().Kind == column.TimestampMicros {
		return try2(c, func(t int64, _ string) (int64, error) { return t / microsASecond, nil }) // toward 1970, as Spark
	}
	f := &formats{}
	return try2(c, func(s, pattern string) (int64, error) {
		t, err := f.parse(s, pattern, c.Zone)
		return t.Unix(), err
	})
}
