package operator

import (
	"encoding/binary"
	"fmt"

	"etincelle/engine/frame/column"
	"etincelle/engine/stream/watermark"
)

// Rows as bytes, and back: keys and values of the state (see column.AppendRow).

// rowBuilder makes batches of rows that were bytes.
type rowBuilder struct {
	builders []column.Builder
	rows     int
}

func newRowBuilder(types ...column.Type) *rowBuilder {
	b := &rowBuilder{builders: make([]column.Builder, len(types))}
	for i, t := range types {
		b.builders[i] = column.NewBuilder(t, 0)
	}
	return b
}

// add reads one row, which may lie in several pieces: the columns of one after
// those of the other.
func (b *rowBuilder) add(pieces ...[]byte) error {
	at := 0
	for _, data := range pieces {
		for len(data) > 0 && at < len(b.builders) {
			rest, err := column.ReadRow(data, b.builders[at:at+1])
			if err != nil {
				return err
			}
			data = rest
			at++
		}
	}
	if at < len(b.builders) {
		return column.ErrDamaged
	}
	b.rows++
	return nil
}

// take is the rows so far; the builder starts again.
func (b *rowBuilder) take() column.Batch {
	batch := column.Batch{Columns: make([]column.Column, len(b.builders)), Rows: b.rows}
	for i, builder := range b.builders {
		batch.Columns[i] = builder.Build()
	}
	b.rows = 0
	return batch
}

// None is the place of an event time where there is none.
const None = -1

// eventTime is where rows carry the time by which they are late: a timestamp,
// or a window, whose end counts. A null is never late.
type eventTime int

// of is row i's event time, in microseconds.
func (e eventTime) of(b column.Batch, i int) (micros int64, ok bool) {
	if e == None {
		return 0, false
	}
	c := b.Columns[e]
	if c.Null(i) {
		return 0, false
	}
	if window, isWindow := c.(*column.Records); isWindow {
		c = window.Fields[1] // start, end
		if c.Null(i) {
			return 0, false
		}
	}
	return c.(*column.Vector[int64]).Data[i], true
}

// in is the event time of a row that is bytes, without reading all of it.
func (e eventTime) in(data []byte, types []column.Type) (micros int64, ok bool) {
	if e == None {
		return 0, false
	}
	for _, t := range types[:e] {
		data = skip(data, t)
	}
	if len(data) == 0 || data[0] == 0 {
		return 0, false
	}
	if types[e].Kind == column.Struct {
		data = skip(data[1:], types[e].Fields[0].Type)
	}
	if len(data) < 9 || data[0] == 0 {
		return 0, false
	}
	return int64(binary.LittleEndian.Uint64(data[1:])), true
}

// startOf is the start of the window at a place of a row that is bytes.
func startOf(data []byte, types []column.Type, at int) (micros int64, ok bool) {
	for _, t := range types[:at] {
		data = skip(data, t)
	}
	if len(data) < 10 || data[0] == 0 || data[1] == 0 {
		return 0, false
	}
	return int64(binary.LittleEndian.Uint64(data[2:])), true
}

// skip is what lies behind one value.
func skip(data []byte, t column.Type) []byte {
	if len(data) == 0 {
		return nil
	}
	null := data[0] == 0
	data = data[1:]
	if null {
		return data
	}
	size := 0
	switch t.Kind {
	case column.Boolean:
		size = 1
	case column.Int, column.Date32:
		size = 4
	case column.BigInt, column.TimestampMicros, column.Double:
		size = 8
	case column.Decimal128, column.CalendarInterval:
		size = 16
	case column.String:
		n, used := binary.Uvarint(data)
		size = max(used, 0) + int(n)
	case column.Array:
		n, used := binary.Uvarint(data)
		data = data[max(used, 0):]
		for ; n > 0 && len(data) > 0; n-- {
			data = skip(data, *t.Elem)
		}
	case column.Struct:
		for _, f := range t.Fields {
			data = skip(data, f.Type)
		}
	}
	if size < 0 || size > len(data) {
		return nil
	}
	return data[size:]
}

// dropLate takes the rows behind W(n-1) away, and counts and notes them.
func (p *Part) dropLate(b column.Batch, e eventTime) column.Batch {
	if e == None {
		return b
	}
	kept := make([]bool, b.Rows)
	for i := range kept {
		at, known := e.of(b, i)
		kept[i] = !known || !watermark.Behind(at, p.LateBy) // the decisive line: equality is late
		if !kept[i] {
			p.Dropped++
			p.late(Late{Row: b.Row(i), End: at})
		}
	}
	return b.Keep(kept)
}

// box adds a boxed row.
func (b *rowBuilder) box(row column.Row) error {
	if len(row) != len(b.builders) {
		return fmt.Errorf("a row has %d values, %d were expected", len(row), len(b.builders))
	}
	for i, v := range row {
		if err := b.builders[i].Append(v); err != nil {
			return err
		}
	}
	b.rows++
	return nil
}
