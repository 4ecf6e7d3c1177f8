package column

import (
	"fmt"
	"time"
)

// Row is one row, boxed, in the order of its schema.
type Row []any

// Date is a day, counted from 1970-01-01 in the proleptic Gregorian calendar.
type Date int32

// Time is the day's midnight, UTC.
func (d Date) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String is "2013-01-31".
func (d Date) String() string { return d.Time().Format("2006-01-02") }

// Timestamp is an instant: microseconds since 1970-01-01T00:00Z.
type Timestamp int64

// TimestampOf is t, cut to microseconds.
func TimestampOf(t time.Time) Timestamp { return Timestamp(t.UnixMicro()) }

// Time is the instant, UTC.
func (t Timestamp) Time() time.Time { return time.UnixMicro(int64(t)).UTC() }

// String is "2013-01-31 10:00:00.5": no more digits of a second than are needed.
func (t Timestamp) String() string { return t.Time().Format("2006-01-02 15:04:05.999999") }

// Interval is a length of calendar time: months and days have no fixed length,
// so the three do not add up.
type Interval struct {
	Months, Days int32
	Micros       int64
}

// String is how Spark shows it in plans and in Show.
func (v Interval) String() string {
	return fmt.Sprintf("%d months %d days %d microseconds", v.Months, v.Days, v.Micros)
}

// Int128 is a signed number of 128 bits, in two's complement: Hi*2^64 + Lo. It
// is what a decimal's digits are held in.
type Int128 struct {
	Hi int64
	Lo uint64
}

// Int128Of is v.
func Int128Of(v int64) Int128 { return Int128{Hi: v >> 63, Lo: uint64(v)} }

// Decimal is a decimal number, boxed: Unscaled * 10^-Scale.
type Decimal struct {
	Unscaled Int128
	Scale    int
}
