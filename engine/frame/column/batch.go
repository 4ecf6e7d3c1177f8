package column

// BatchRows is how many rows operators put in a batch when they may choose.
const BatchRows = 4096

// Batch is some rows: columns of equal length. It says how many, for a batch
// may have rows without columns (a count needs none), and what the engine
// counts as records are rows.
type Batch struct {
	Columns []Column
	Rows    int
}

// NewBatch is a batch of columns, which give its number of rows.
func NewBatch(columns ...Column) Batch {
	if len(columns) == 0 {
		return Batch{}
	}
	return Batch{columns, columns[0].Len()}
}

// Row is row i, boxed.
func (b Batch) Row(i int) Row {
	row := make(Row, len(b.Columns))
	for c, col := range b.Columns {
		row[c] = col.Value(i)
	}
	return row
}

// Take is the rows at rows, in that order; -1 gives a row of nulls.
func (b Batch) Take(rows []int32) Batch {
	taken := Batch{make([]Column, len(b.Columns)), len(rows)}
	for c, col := range b.Columns {
		taken.Columns[c] = col.Take(rows)
	}
	return taken
}

// Slice is the rows from, and without to.
func (b Batch) Slice(from, to int) Batch {
	part := Batch{make([]Column, len(b.Columns)), to - from}
	for c, col := range b.Columns {
		part.Columns[c] = col.Slice(from, to)
	}
	return part
}

// Keep is the rows for which kept is true, in order.
func (b Batch) Keep(kept []bool) Batch {
	rows := make([]int32, 0, len(kept))
	for i, k := range kept {
		if k {
			rows = append(rows, int32(i))
		}
	}
	if len(rows) == b.Rows {
		return b
	}
	return b.Take(rows)
}

// Concat is the rows of several batches of the same types, one behind the other.
func Concat(types []Type, batches ...Batch) Batch {
	if len(batches) == 1 {
		return batches[0]
	}
	whole := Batch{Columns: make([]Column, len(types))}
	for _, b := range batches {
		whole.Rows += b.Rows
	}
	for c, t := range types {
		parts := make([]Column, len(batches))
		for i, b := range batches {
			parts[i] = b.Columns[c]
		}
		whole.Columns[c] = Join(t, parts...)
	}
	return whole
}

// FromRows is a batch of boxed rows.
func FromRows(schema Schema, rows ...Row) (Batch, error) {
	batch := Batch{make([]Column, len(schema)), len(rows)}
	for c, f := range schema {
		b := NewBuilder(f.Type, len(rows))
		for _, row := range rows {
			if err := b.Append(row[c]); err != nil {
				return Batch{}, err
			}
		}
		batch.Columns[c] = b.Build()
	}
	return batch, nil
}
