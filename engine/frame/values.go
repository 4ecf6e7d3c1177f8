package frame

import (
	"time"

	"etincelle/engine/frame/column"
)

// The values of rows that Go has no type for.
type (
	// Timestamp is an instant: microseconds since 1970-01-01T00:00Z.
	Timestamp = column.Timestamp
	// Date is a day, counted from 1970-01-01.
	Date = column.Date
	// Decimal is a decimal number, exact.
	Decimal = column.Decimal
)

// TimestampOf is t, cut to microseconds.
func TimestampOf(t time.Time) Timestamp { return column.TimestampOf(t) }
