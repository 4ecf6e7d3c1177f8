// Package column holds rows as typed columns: what a frame's operators hand to
// each other instead of rows.
//
//	Type, Field, Schema   what a column may hold, and a table's columns
//	Column                some values of one type, and which of them are null
//	Batch                 columns of equal length, and that length
//	Builder               makes a Column a value at a time
//	AppendRow, ReadRow    a row as bytes: keys, state, sorting runs
//
// A Column never changes once it is made, so that operators may share it. Its
// memory is a Go slice of one element type:
//
//	boolean bool    int, date int32    bigint, timestamp int64    double float64
//	string string   decimal Int128     interval Interval          void nothing
//	array Lists     struct Records
//
// A loop over a column gets its slice once and looks at the mask only when
// there is one:
//
//	data, null := column.Data[int64](c), c.Nulls()
//	for i, v := range data {
//		if null == nil || !null[i] {
//			sum += v
//		}
//	}
//
// Boxed values, as AppendRow's opposite Value and rows on the driver have them:
// nil, bool, int32, int64, float64, string, Decimal, Date, Timestamp, Interval,
// []any for an array, and Row for a struct.
package column
