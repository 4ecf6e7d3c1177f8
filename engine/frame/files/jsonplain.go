package files

import (
	"bytes"
	"strconv"

	"etincelle/engine/frame/column"
)

// plainObjects reads the lines that most files of JSON are made of: one flat object,
// without escapes, whose values are of the columns' types. It goes through a line
// once and makes nothing but the values. Any other line it leaves to encoding/json.
type plainObjects struct {
	columns  []Wanted
	names    [][]byte
	builders []column.Builder
	slots    []slot
	next     int               // the column whose name probably comes next
	strings  map[string]string // a text that came before need not be made again
}

// slot is a column's value in the line at hand.
type slot struct {
	set  bool
	null bool
	n    int64
	f    float64
	s    []byte
}

// mostStrings bounds the texts that are kept to be used again.
const mostStrings = 4096

func newPlainObjects(columns []Wanted, builders []column.Builder) *plainObjects {
	p := &plainObjects{columns: columns, builders: builders, slots: make([]slot, len(columns)), strings: map[string]string{}}
	for _, c := range columns {
		p.names = append(p.names, []byte(c.Name))
	}
	return p
}

// line adds a row; false when the line is not plain, and then nothing was added.
func (p *plainObjects) line(line []byte) bool {
	for i := range p.slots {
		p.slots[i].set = false
	}
	at := spaces(line, 0)
	if at >= len(line) || line[at] != '{' {
		return false
	}
	at = spaces(line, at+1)
	if at < len(line) && line[at] == '}' {
		return p.end(line, at+1)
	}
	for {
		name, next, ok := plainText(line, at)
		if !ok {
			return false
		}
		at = spaces(line, next)
		if at >= len(line) || line[at] != ':' {
			return false
		}
		if at, ok = p.value(p.find(name), line, spaces(line, at+1)); !ok {
			return false
		}
		at = spaces(line, at)
		switch {
		case at >= len(line):
			return false
		case line[at] == '}':
			return p.end(line, at+1)
		case line[at] != ',':
			return false
		}
		at = spaces(line, at+1)
	}
}

// find is the column of a name, -1 when nobody asked for it.
func (p *plainObjects) find(name []byte) int {
	for range p.names {
		at := p.next
		if p.next++; p.next == len(p.names) {
			p.next = 0
		}
		if bytes.Equal(p.names[at], name) {
			return at
		}
	}
	return -1
}

// value reads a value into a column's slot, and returns where it ends.
func (p *plainObjects) value(of int, line []byte, at int) (end int, ok bool) {
	if at >= len(line) {
		return at, false
	}
	var ignored slot
	s, kind := &ignored, column.Void
	if of >= 0 {
		s, kind = &p.slots[of], p.columns[of].Type.Kind
	}
	*s = slot{set: true}
	switch c := line[at]; {
	case c == '"':
		s.s, end, ok = plainText(line, at)
		return end, ok && (kind == column.String || kind == column.Void)
	case c == '-' || c >= '0' && c <= '9':
		return s.number(kind, line, at)
	case bytes.HasPrefix(line[at:], []byte("null")):
		s.null = true
		return at + len("null"), true
	}
	return at, false
}

// number reads a number: whole for the integral kinds.
func (s *slot) number(kind column.Kind, line []byte, at int) (end int, ok bool) {
	end = at
	if line[end] == '-' {
		end++
	}
	digits := end
	for ; end < len(line) && line[end] >= '0' && line[end] <= '9'; end++ {
		s.n = s.n*10 + int64(line[end]-'0')
	}
	n := end - digits
	if n == 0 || n > 18 || n > 1 && line[digits] == '0' {
		return at, false
	}
	if line[at] == '-' {
		s.n = -s.n
	}
	whole := end >= len(line) || line[end] != '.' && line[end] != 'e' && line[end] != 'E'
	switch kind {
	case column.BigInt, column.Void:
		return end, whole
	case column.Int:
		return end, whole && s.n == int64(int32(s.n))
	case column.Double:
		for end < len(line) && bytes.IndexByte([]byte("0123456789.eE+-"), line[end]) >= 0 {
			end++
		}
		var err error
		s.f, err = strconv.ParseFloat(string(line[at:end]), 64)
		return end, err == nil
	}
	return at, false
}

// end adds the row, when nothing but space follows the object.
func (p *plainObjects) end(line []byte, at int) bool {
	if spaces(line, at) < len(line) {
		return false
	}
	for i := range p.slots {
		switch p.builders[i].(type) {
		case *column.VectorBuilder[int64], *column.VectorBuilder[int32], *column.VectorBuilder[float64], *column.VectorBuilder[string]:
		default:
			if p.slots[i].set && !p.slots[i].null {
				return false
			}
		}
	}
	for i, b := range p.builders {
		s := &p.slots[i]
		if !s.set || s.null {
			b.AppendNull()
			continue
		}
		switch b := b.(type) {
		case *column.VectorBuilder[int64]:
			b.Add(s.n)
		case *column.VectorBuilder[int32]:
			b.Add(int32(s.n))
		case *column.VectorBuilder[float64]:
			b.Add(s.f)
		case *column.VectorBuilder[string]:
			b.Add(p.text(s.s))
		}
	}
	return true
}

func (p *plainObjects) text(b []byte) string {
	if s, known := p.strings[string(b)]; known {
		return s
	}
	s := string(b)
	if len(p.strings) < mostStrings {
		p.strings[s] = s
	}
	return s
}

// plainText is a text in quotes without escapes, of ASCII, and where it ends.
func plainText(line []byte, at int) (text []byte, end int, ok bool) {
	if at >= len(line) || line[at] != '"' {
		return nil, at, false
	}
	for end = at + 1; end < len(line); end++ {
		switch c := line[end]; {
		case c == '"':
			return line[at+1 : end], end + 1, true
		case c == '\\' || c < ' ' || c >= 0x80:
			return nil, at, false
		}
	}
	return nil, at, false
}

func spaces(line []byte, at int) int {
	for at < len(line) && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r' || line[at] == '\n') {
		at++
	}
	return at
}
