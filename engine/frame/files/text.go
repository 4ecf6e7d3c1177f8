package files

import (
	"bytes"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/plan/physical"
)

// Text is a row a line, in column "value".
type Text struct{}

// TextSchema is what Text gives.
var TextSchema = column.Schema{{Name: "value", Type: column.StringType, Nullable: true}}

// Name implements Format.
func (Text) Name() string { return "text" }

// Read implements Format.
func (Text) Read(lines *Blocks, _ physical.FileSpan, columns []Wanted, emit func(column.Batch) bool) error {
	var values []string
	flush := func() bool {
		b := column.Batch{Columns: make([]column.Column, len(columns)), Rows: len(values)}
		for i := range columns {
			b.Columns[i] = column.New(column.StringType, values, nil)
		}
		values = nil
		return emit(b)
	}
	for {
		block, err := lines.Next()
		if err != nil || block == nil {
			if err == nil && len(values) > 0 {
				flush()
			}
			return err
		}
		whole := string(block) // one string a block: its lines are parts of it
		for at := 0; at < len(block); {
			end, next := len(block), len(block)
			if n := bytes.IndexByte(block[at:], '\n'); n >= 0 {
				end, next = at+n, at+n+1
			}
			if end > at && block[end-1] == '\r' {
				end--
			}
			values = append(values, whole[at:end])
			at = next
			if len(values) == column.BatchRows && !flush() {
				return nil
			}
		}
	}
}
