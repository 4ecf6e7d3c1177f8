package frame

import (
	"fmt"

	"etincelle/engine/frame/column"
	"etincelle/engine/rdd"
)

// Collect runs f, and brings its rows to the program.
func (f *Frame) Collect() ([]Row, error) { return boxedRows(f.rows("collect")) }

// Take is the first n rows of f: of as few partitions as hold so many.
func (f *Frame) Take(n int) ([]Row, error) { return boxedRows(f.Limit(n).rows("head")) }

// First is the first row; an error when there is none.
func (f *Frame) First() (Row, error) {
	rows, err := f.Take(1)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("the frame has no rows")
	}
	return rows[0], nil
}

// Count is how many rows f has.
func (f *Frame) Count() (int64, error) {
	rows, err := boxedRows(f.Agg(CountAll().As("count")).rows("count"))
	if err != nil {
		return 0, err
	}
	if len(rows) != 1 {
		return 0, fmt.Errorf("a count gave %d rows, and not one: a mistake of the engine's own", len(rows))
	}
	return rows[0][0].(int64), nil
}

// NumPartitions is in how many partitions f's rows lie. Where adaptive execution
// decides that, the stages before the last one are run to know it.
func (f *Frame) NumPartitions() (int, error) {
	rows, err := f.dataset("getNumPartitions")
	if err != nil {
		return 0, err
	}
	return rdd.Node(rows).Partitions()
}

func boxedRows(b column.Batch, err error) ([]Row, error) {
	if err != nil {
		return nil, err
	}
	rows := make([]Row, b.Rows)
	for i := range rows {
		rows[i] = b.Row(i)
	}
	return rows, nil
}
