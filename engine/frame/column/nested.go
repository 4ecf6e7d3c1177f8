package column

// Lists is a column of arrays: array i is Elem's values from Ends[i-1] (0 for
// the first one, or Start) up to Ends[i].
type Lists struct {
	Start int32
	Ends  []int32
	Elem  Column
	Mask  []bool
}

// Span is where array i's values are in Elem.
func (l *Lists) Span(i int) (from, to int) {
	if i == 0 {
		return int(l.Start), int(l.Ends[0])
	}
	return int(l.Ends[i-1]), int(l.Ends[i])
}

// Type implements Column.
func (l *Lists) Type() Type { return ArrayOf(l.Elem.Type()) }

// Len implements Column.
func (l *Lists) Len() int { return len(l.Ends) }

// Null implements Column.
func (l *Lists) Null(i int) bool { return l.Mask != nil && l.Mask[i] }

// Nulls implements Column.
func (l *Lists) Nulls() []bool { return l.Mask }

// Value implements Column: a []any.
func (l *Lists) Value(i int) any {
	if l.Null(i) {
		return nil
	}
	from, to := l.Span(i)
	values := make([]any, 0, to-from)
	for j := from; j < to; j++ {
		values = append(values, l.Elem.Value(j))
	}
	return values
}

// Take implements Column.
func (l *Lists) Take(rows []int32) Column {
	taken := &Lists{Ends: make([]int32, len(rows)), Mask: takeMask(l.Mask, rows)}
	var inside []int32
	for i, r := range rows {
		if r >= 0 {
			from, to := l.Span(int(r))
			for j := from; j < to; j++ {
				inside = append(inside, int32(j))
			}
		}
		taken.Ends[i] = int32(len(inside))
	}
	taken.Elem = l.Elem.Take(inside)
	return taken
}

// Slice implements Column.
func (l *Lists) Slice(from, to int) Column {
	start := l.Start
	if from > 0 {
		start = l.Ends[from-1]
	}
	return &Lists{start, l.Ends[from:to:to], l.Elem, sliceMask(l.Mask, from, to)}
}

// Records is a column of structs: field f of record i is Fields[f]'s value i.
type Records struct {
	Of     Type
	Fields []Column
	Mask   []bool
	Count  int
}

// Type implements Column.
func (r *Records) Type() Type { return r.Of }

// Len implements Column.
func (r *Records) Len() int { return r.Count }

// Null implements Column.
func (r *Records) Null(i int) bool { return r.Mask != nil && r.Mask[i] }

// Nulls implements Column.
func (r *Records) Nulls() []bool { return r.Mask }

// Value implements Column: a Row.
func (r *Records) Value(i int) any {
	if r.Null(i) {
		return nil
	}
	row := make(Row, len(r.Fields))
	for f, field := range r.Fields {
		row[f] = field.Value(i)
	}
	return row
}

// Take implements Column.
func (r *Records) Take(rows []int32) Column {
	taken := &Records{r.Of, make([]Column, len(r.Fields)), takeMask(r.Mask, rows), len(rows)}
	for f, field := range r.Fields {
		taken.Fields[f] = field.Take(rows)
	}
	return taken
}

// Slice implements Column.
func (r *Records) Slice(from, to int) Column {
	part := &Records{r.Of, make([]Column, len(r.Fields)), sliceMask(r.Mask, from, to), to - from}
	for f, field := range r.Fields {
		part.Fields[f] = field.Slice(from, to)
	}
	return part
}
