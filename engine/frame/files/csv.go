package files

import (
	"bytes"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/plan/physical"
)

// CSV is a row a line, its fields set apart by a separator. A field in quotes may
// hold separators, and quotes written as \" or ""; it does not hold line ends.
type CSV struct {
	Header    bool   // the first line of each file names the columns
	Separator byte   // ','
	Quote     byte   // '"'
	Null      string // what stands for null besides nothing at all
}

// NewCSV is Spark's usual CSV.
func NewCSV() CSV { return CSV{Separator: ',', Quote: '"'} }

// Name implements Format.
func (c CSV) Name() string { return "csv" }

// Read implements Format. A field that is not of its column's type is null, and so
// are those that a line lacks (Spark's mode PERMISSIVE).
func (c CSV) Read(lines *Blocks, span physical.FileSpan, columns []Wanted, emit func(column.Batch) bool) error {
	r := newRowReader(c, columns)
	header := c.Header && span.From == 0
	for {
		block, err := lines.Next()
		if err != nil || block == nil {
			if err == nil && r.rows > 0 {
				emit(r.batch())
			}
			return err
		}
		if lines.at == int64(len(block)) && span.From == 0 {
			block = bytes.TrimPrefix(block, []byte("\xef\xbb\xbf"))
		}
		if header {
			header = false
			_, block = cutLine(block)
		}
		for len(block) > 0 {
			block = r.row(block)
			if r.rows == column.BatchRows && !emit(r.batch()) {
				return nil
			}
		}
	}
}

// cutLine is the first line without its end, and what follows.
func cutLine(block []byte) (line, rest []byte) {
	n := bytes.IndexByte(block, '\n')
	if n < 0 {
		return bytes.TrimSuffix(block, []byte("\r")), nil
	}
	return bytes.TrimSuffix(block[:n], []byte("\r")), block[n+1:]
}

// rowReader puts rows into columns.
type rowReader struct {
	csv    CSV
	fields []fieldReader // by place in the line; nil for one that nobody asked for
	out    []fieldReader // in the order asked for
	rows   int
	marks  [256]bool // the bytes that may end a field
	spare  []byte
}

func newRowReader(c CSV, columns []Wanted) *rowReader {
	r := &rowReader{csv: c}
	for _, w := range columns {
		for len(r.fields) <= w.At {
			r.fields = append(r.fields, nil)
		}
		f := newFieldReader(w.Type)
		r.out = append(r.out, f)
		if w.At >= 0 {
			r.fields[w.At] = f
		}
	}
	r.marks[c.Separator], r.marks['\n'] = true, true
	return r
}

// row reads one line, and is what follows it. Empty lines are no rows.
func (r *rowReader) row(block []byte) (rest []byte) {
	if block[0] == '\n' || block[0] == '\r' && len(block) > 1 && block[1] == '\n' {
		_, rest = cutLine(block)
		return rest
	}
	r.rows++
	at, place, done := 0, 0, false
	for ; place < len(r.fields) && !done; place++ {
		start := at
		if at < len(block) && block[at] == r.csv.Quote {
			var text []byte
			text, at, done = r.quoted(block, at)
			if f := r.fields[place]; f != nil {
				f.read(text, true)
			}
			continue
		}
		for at < len(block) && !r.marks[block[at]] {
			at++
		}
		text := block[start:at]
		if at >= len(block) || block[at] == '\n' {
			done = true
			text = bytes.TrimSuffix(text, []byte("\r"))
		}
		at++
		if f := r.fields[place]; f != nil {
			if r.isNull(text) {
				f.null()
			} else {
				f.read(text, false)
			}
		}
	}
	for ; place < len(r.fields); place++ {
		if f := r.fields[place]; f != nil {
			f.null()
		}
	}
	if done {
		return block[min(at, len(block)):]
	}
	if n := bytes.IndexByte(block[at:], '\n'); n >= 0 {
		return block[at+n+1:]
	}
	return nil
}

func (r *rowReader) isNull(text []byte) bool {
	return len(text) == 0 || r.csv.Null != "" && string(text) == r.csv.Null
}

// quoted reads a field in quotes that begins at; done is the end of the line.
func (r *rowReader) quoted(block []byte, at int) (text []byte, next int, done bool) {
	q := r.csv.Quote
	r.spare = r.spare[:0]
	for at++; at < len(block); at++ {
		switch c := block[at]; {
		case c == '\\' && at+1 < len(block) && (block[at+1] == q || block[at+1] == '\\'):
			at++
			r.spare = append(r.spare, block[at])
		case c == q && at+1 < len(block) && block[at+1] == q:
			at++
			r.spare = append(r.spare, q)
		case c == q:
			at++
			for at < len(block) && !r.marks[block[at]] { // what follows the quote is not read
				at++
			}
			return r.spare, at + 1, at >= len(block) || block[at] == '\n'
		case c == '\n': // the quote is never closed
			return r.spare, at + 1, true
		default:
			r.spare = append(r.spare, c)
		}
	}
	return r.spare, at, true
}

func (r *rowReader) batch() column.Batch {
	b := column.Batch{Columns: make([]column.Column, len(r.out)), Rows: r.rows}
	for i, f := range r.out {
		b.Columns[i] = f.column(r.rows)
	}
	r.rows = 0
	return b
}
