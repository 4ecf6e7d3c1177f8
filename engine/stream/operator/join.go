package operator

import (
	"encoding/binary"
	"slices"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/stream/state"
	"etincelle/engine/stream/watermark"
)

// JoinType is which rows without a match a join keeps, by Spark's names.
type JoinType string

// The types that a join of two streams may have.
const (
	Inner      JoinType = "Inner"
	LeftOuter  JoinType = "LeftOuter"
	RightOuter JoinType = "RightOuter"
	FullOuter  JoinType = "FullOuter"
	LeftSemi   JoinType = "LeftSemi"
)

// Join pairs the rows of two streams with equal keys; two nulls are equal here, as
// in Spark, which keeps null keys out by filters below wherever that is allowed: Spark's StreamingSymmetricHashJoin. Each
// side remembers its rows for as long as the other may still bring a match; a
// pair comes out in the batch of its later row.
type Join struct {
	How         JoinType
	Left, Right Side
	Condition   *expr.Bound // on a left row with a right row beside it; nil for none
}

// Side is one side of a join.
type Side struct {
	Types []column.Type
	Keys  []*expr.Bound // computed from a row
	Only  *expr.Bound   // what must hold of a row for it to match at all; nil for none
	Time  int           // place of the event time, by which rows are late; None for none

	// OverKey and OverTime say which rows can have no more match: those whose
	// key at OverKey is behind the watermark, or else those whose time at OverTime
	// is behind what OverAt makes of the watermark (milliseconds). None for never.
	OverKey  int
	OverTime int
	OverAt   func(watermark int64) (ms int64, ok bool)
}

// keyTypes are the types of the keys.
func (s *Side) keyTypes() []column.Type {
	types := make([]column.Type, len(s.Keys))
	for i, k := range s.Keys {
		types[i] = k.Type()
	}
	return types
}

// over returns what reports whether a row can have no more match, both as bytes.
func (s *Side) over(evict int64) func(key, row []byte) bool {
	if s.OverKey != None {
		types := s.keyTypes()
		return func(key, _ []byte) bool {
			at, known := eventTime(s.OverKey).in(key, types)
			return known && watermark.Behind(at, evict)
		}
	}
	bound, ok := int64(0), false
	if s.OverTime != None {
		bound, ok = s.OverAt(evict)
	}
	return func(_, row []byte) bool {
		at, known := eventTime(s.OverTime).in(row, s.Types)
		return ok && known && watermark.Behind(at, bound)
	}
}

// side is a Side at work.
type side struct {
	*Side
	left  bool
	outer bool // its rows without a match come out, with nulls beside
	rows  rowStore
}

// Run brings one partition of a batch into the state of both sides.
func (j *Join) Run(p *Part, left, right []column.Batch) ([]column.Batch, error) {
	l := &side{Side: &j.Left, left: true, outer: j.How == LeftOuter || j.How == FullOuter}
	r := &side{Side: &j.Right, outer: j.How == RightOuter || j.How == FullOuter}
	for _, s := range []*side{l, r} {
		name := "right"
		if s.left {
			name = "left"
		}
		var err error
		if s.rows.rows, err = p.store(name + "-rows"); err != nil {
			return nil, err
		}
		if s.rows.spans, err = p.store(name + "-keys"); err != nil {
			return nil, err
		}
	}
	// The left rows meet what is remembered of the right; then the right rows meet
	// all of the left: each pair once. A semi join takes the right side first: a left
	// row that finds a match at once is never remembered.
	type turn struct {
		mine, other *side
		in          []column.Batch
	}
	turns := []turn{{l, r, left}, {r, l, right}}
	if j.How == LeftSemi {
		slices.Reverse(turns)
	}
	var out []column.Batch
	for _, t := range turns {
		for _, b := range t.in {
			more, err := j.meet(p, t.mine, t.other, p.dropLate(b, eventTime(t.mine.Time)))
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
	}
	for _, s := range []*side{l, r} {
		gone, err := j.evict(p, s)
		if err != nil {
			return nil, err
		}
		out = append(out, gone)
	}
	p.Total = int64(l.rows.rows.Len() + r.rows.rows.Len())
	return out, p.end()
}

// meet pairs the rows of b with what the other side remembers, and remembers them.
func (j *Join) meet(p *Part, mine, other *side, b column.Batch) ([]column.Batch, error) {
	able, err := holds(mine.Only, b)
	if err != nil {
		return nil, err
	}
	var alone []int32 // rows that can never match, and come out at once
	pairs := newPairs(other.Types)
	keys, err := expr.EvalAll(mine.Keys, b)
	if err != nil {
		return nil, err
	}
	rowKeys := make([][]byte, b.Rows)
	for i := range b.Rows {
		if !able[i] {
			if mine.outer {
				alone = append(alone, int32(i))
			}
			continue
		}
		rowKeys[i] = column.AppendRow(nil, keys, i)
		if err := other.rows.of(rowKeys[i], func(at, value []byte) error { return pairs.add(i, at, value) }); err != nil {
			return nil, err
		}
	}
	matched, out, err := j.match(mine, other, b, pairs)
	if err != nil {
		return nil, err
	}
	// A row that is over already is remembered all the same where somebody still has
	// to see it: a left row may meet right rows of this batch, and an outer one without
	// a match has to come out when it is evicted.
	over := mine.over(p.EvictBy)
	for i := range b.Rows {
		if !able[i] || j.How == LeftSemi && mine.left && matched[i] {
			continue
		}
		row := column.AppendRow(nil, b.Columns, i)
		wanted := mine.left || mine.outer && !matched[i]
		if !wanted && over(rowKeys[i], row) {
			continue
		}
		mine.rows.add(rowKeys[i], matched[i], row)
		p.Updated++
		p.change(Change{Key: b.Row(i), What: Opened})
	}
	return append(out, mine.withNulls(b.Take(alone), other)), nil
}

// match finds the pairs for which the condition holds, and gives them as rows.
func (j *Join) match(mine, other *side, b column.Batch, pairs *pairs) (matched []bool, out []column.Batch, err error) {
	matched = make([]bool, b.Rows)
	here, there := b.Take(pairs.mine), pairs.rows.take()
	l, r := here, there
	if !mine.left {
		l, r = there, here
	}
	both := column.Batch{Columns: append(append([]column.Column{}, l.Columns...), r.Columns...), Rows: len(pairs.mine)}
	true_, err := holds(j.Condition, both)
	if err != nil {
		return nil, nil, err
	}
	for i := range true_ {
		if !true_[i] {
			continue
		}
		row, at := pairs.mine[i], pairs.at[i]
		if j.How == LeftSemi {
			// A left row comes out once: with the first match that it finds, or that finds it.
			if mine.left && matched[row] || !mine.left && other.rows.isMatched(at) {
				true_[i] = false
			}
		}
		matched[row] = true
		other.rows.setMatched(at)
	}
	if j.How == LeftSemi {
		return matched, []column.Batch{l.Keep(true_)}, nil
	}
	return matched, []column.Batch{both.Keep(true_)}, nil
}

// evict forgets the rows that can have no more match; those that never had one
// come out when the join keeps them.
func (j *Join) evict(p *Part, s *side) (column.Batch, error) {
	alone := newRowBuilder(s.Types...)
	over := s.over(p.EvictBy)
	for at, value := range s.rows.rows.All() {
		matched := value[0] == 1
		if !over(at, value[1:]) && !(j.How == LeftSemi && s.left && matched) {
			continue
		}
		s.rows.remove(at)
		p.Removed++
		if s.outer && !matched {
			if err := alone.add(value[1:]); err != nil {
				return column.Batch{}, err
			}
		}
	}
	other := &side{Side: &j.Left}
	if s.left {
		other = &side{Side: &j.Right}
	}
	gone := alone.take()
	for i := range min(gone.Rows, MaxNotes) {
		p.change(Change{Key: gone.Row(i), What: Closed})
	}
	return s.withNulls(gone, other), nil
}

// withNulls puts nulls beside rows, in the other side's place.
func (s *side) withNulls(b column.Batch, other *side) column.Batch {
	var nulls []column.Column
	for _, t := range other.Types {
		nulls = append(nulls, column.NullsOf(t, b.Rows))
	}
	if s.left {
		return column.Batch{Columns: append(append([]column.Column{}, b.Columns...), nulls...), Rows: b.Rows}
	}
	return column.Batch{Columns: append(nulls, b.Columns...), Rows: b.Rows}
}

// pairs are rows of a batch with candidates of the other side.
type pairs struct {
	mine []int32  // the row of the batch
	at   [][]byte // where the other row is
	rows *rowBuilder
}

func newPairs(types []column.Type) *pairs { return &pairs{rows: newRowBuilder(types...)} }

func (p *pairs) add(row int, at, value []byte) error {
	p.mine = append(p.mine, int32(row))
	p.at = append(p.at, at)
	return p.rows.add(value[1:])
}

// holds computes a condition; a null does not hold, no condition always does.
func holds(condition *expr.Bound, b column.Batch) ([]bool, error) {
	kept := make([]bool, b.Rows)
	if condition == nil {
		for i := range kept {
			kept[i] = true
		}
		return kept, nil
	}
	if b.Rows == 0 {
		return kept, nil
	}
	c, err := condition.Eval(b)
	if err != nil {
		return nil, err
	}
	data := column.Data[bool](c)
	for i := range kept {
		kept[i] = !c.Null(i) && data[i]
	}
	return kept, nil
}

// rowStore is the rows that one side remembers, several a key. It lies over two
// stores: rows, by key and number, with a byte that says whether the row had a
// match; spans, by key, the numbers that its rows have.
type rowStore struct{ rows, spans state.Store }

// span is the numbers of a key's rows: from, and without to; some may be gone.
func (s *rowStore) span(key []byte) (from, to uint64) {
	if data, ok := s.spans.Get(key); ok && len(data) == 16 {
		return binary.BigEndian.Uint64(data), binary.BigEndian.Uint64(data[8:])
	}
	return 0, 0
}

func (s *rowStore) setSpan(key []byte, from, to uint64) {
	if from == to {
		s.spans.Remove(key)
		return
	}
	s.spans.Put(key, binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, from), to))
}

func place(key []byte, number uint64) []byte {
	return binary.BigEndian.AppendUint64(append(make([]byte, 0, len(key)+8), key...), number)
}

// of calls f with each row of a key, in order of arrival.
func (s *rowStore) of(key []byte, f func(at, value []byte) error) error {
	from, to := s.span(key)
	for n := from; n < to; n++ {
		at := place(key, n)
		if value, ok := s.rows.Get(at); ok {
			if err := f(at, value); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *rowStore) add(key []byte, matched bool, row []byte) {
	from, to := s.span(key)
	value := append(make([]byte, 0, len(row)+1), 0)
	if matched {
		value[0] = 1
	}
	s.rows.Put(place(key, to), append(value, row...))
	s.setSpan(append([]byte{}, key...), from, to+1)
}

func (s *rowStore) isMatched(at []byte) bool {
	value, ok := s.rows.Get(at)
	return ok && value[0] == 1
}

func (s *rowStore) setMatched(at []byte) {
	if value, ok := s.rows.Get(at); ok && value[0] == 0 {
		s.rows.Put(at, append([]byte{1}, value[1:]...))
	}
}

// remove forgets a row, and closes the span where its ends are gone.
func (s *rowStore) remove(at []byte) {
	s.rows.Remove(at)
	key := append([]byte{}, at[:len(at)-8]...)
	from, to := s.span(key)
	first := from
	for first < to {
		if _, ok := s.rows.Get(place(key, first)); ok {
			break
		}
		first++
	}
	if first != from || first == to {
		s.setSpan(key, first, to)
	}
}
