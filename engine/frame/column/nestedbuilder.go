package column

import (
	"fmt"
	"reflect"
)

// nothingBuilder builds columns of type void.
type nothingBuilder int

func (b *nothingBuilder) Len() int               { return int(*b) }
func (b *nothingBuilder) AppendNull()            { *b++ }
func (b *nothingBuilder) AppendFrom(Column, int) { *b++ }
func (b *nothingBuilder) Build() Column {
	n := Nothing(*b)
	*b = 0
	return n
}

func (b *nothingBuilder) Append(v any) error {
	if v != nil {
		return fmt.Errorf("a value of type %T (%v) cannot be stored in a column of type void", v, v)
	}
	*b++
	return nil
}

// listBuilder builds columns of arrays.
type listBuilder struct {
	t    Type
	elem Builder
	ends []int32
	mask
}

func (b *listBuilder) Len() int { return len(b.ends) }

func (b *listBuilder) end(null bool) {
	b.mask.add(len(b.ends), null)
	b.ends = append(b.ends, int32(b.elem.Len()))
}

func (b *listBuilder) AppendNull() { b.end(true) }

func (b *listBuilder) AppendFrom(c Column, i int) {
	if c.Null(i) {
		b.AppendNull()
		return
	}
	l := c.(*Lists)
	from, to := l.Span(i)
	for j := from; j < to; j++ {
		b.elem.AppendFrom(l.Elem, j)
	}
	b.end(false)
}

func (b *listBuilder) Append(v any) error {
	if v == nil {
		b.AppendNull()
		return nil
	}
	if texts, ok := v.([]string); ok {
		if elem, ok := b.elem.(*VectorBuilder[string]); ok { // what split gives; reflection would box each
			for _, s := range texts {
				elem.Add(s)
			}
			b.end(false)
			return nil
		}
	}
	values := reflect.ValueOf(v)
	if values.Kind() != reflect.Slice {
		return fmt.Errorf("a value of type %T (%v) cannot be stored in a column of type %s", v, v, b.t)
	}
	for i := range values.Len() {
		if err := b.elem.Append(values.Index(i).Interface()); err != nil {
			return err
		}
	}
	b.end(false)
	return nil
}

func (b *listBuilder) Build() Column {
	c := &Lists{Ends: b.ends, Elem: b.elem.Build(), Mask: b.null}
	b.ends, b.null = nil, nil
	return c
}

// recordBuilder builds columns of structs.
type recordBuilder struct {
	t      Type
	fields []Builder
	n      int
	mask
}

func newRecordBuilder(t Type, n int) *recordBuilder {
	b := &recordBuilder{t: t, fields: make([]Builder, len(t.Fields))}
	for i, f := range t.Fields {
		b.fields[i] = NewBuilder(f.Type, n)
	}
	return b
}

func (b *recordBuilder) Len() int { return b.n }

func (b *recordBuilder) end(null bool) {
	b.mask.add(b.n, null)
	b.n++
}

func (b *recordBuilder) AppendNull() {
	for _, f := range b.fields {
		f.AppendNull()
	}
	b.end(true)
}

func (b *recordBuilder) AppendFrom(c Column, i int) {
	if c.Null(i) {
		b.AppendNull()
		return
	}
	for f, field := range c.(*Records).Fields {
		b.fields[f].AppendFrom(field, i)
	}
	b.end(false)
}

func (b *recordBuilder) Append(v any) error {
	if v == nil {
		b.AppendNull()
		return nil
	}
	row, ok := v.(Row)
	if !ok || len(row) != len(b.fields) {
		return fmt.Errorf("a value of type %T (%v) cannot be stored in a column of type %s: a Row of its %d fields can", v, v, b.t, len(b.fields))
	}
	for f, value := range row {
		if err := b.fields[f].Append(value); err != nil {
			return err
		}
	}
	b.end(false)
	return nil
}

func (b *recordBuilder) Build() Column {
	c := &Records{Of: b.t, Fields: make([]Column, len(b.fields)), Mask: b.null, Count: b.n}
	for f, field := range b.fields {
		c.Fields[f] = field.Build()
	}
	b.n, b.null = 0, nil
	return c
}
