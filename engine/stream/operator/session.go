package operator

import (
	"cmp"
	"encoding/binary"
	"slices"

	"etincelle/engine/frame/column"
	"etincelle/engine/stream/state"
	"etincelle/engine/stream/watermark"
)

// Session is a grouping by session windows: runs of rows of one key, each of
// which begins before the one before has ended. Spark's SessionWindowStateStoreRestore,
// MergingSessions and SessionWindowStateStoreSave.
//
// In come partial results: the keys' columns, the session among them, then each
// call's buffers. The state holds, for each key without the session, the list of
// its sessions: start, end, buffers.
type Session struct {
	Aggregate     // Time is Window when rows have a watermark
	Window    int // which key is the session
}

// session is one session with its partial results. The row that holds the
// buffers lies in batch, or in bytes.
type session struct {
	start, end int64
	batch      *column.Batch
	row        int
	bytes      []byte
}

// Run brings one partition of a batch into the state.
func (s *Session) Run(p *Part, in []column.Batch) ([]column.Batch, error) {
	store, err := p.store("")
	if err != nil {
		return nil, err
	}
	fresh := map[string][]session{}
	var keys []string // in order of arrival
	for i := range in {
		// A row is judged alone, whatever it might touch; in complete mode too, unlike
		// those of other windows.
		in[i] = p.dropLate(in[i], eventTime(s.Time))
		s.split(&in[i], fresh, &keys)
	}
	for _, key := range keys {
		if err := s.bring(p, store, []byte(key), fresh[key]); err != nil {
			return nil, err
		}
	}
	out, err := s.out(p, store)
	if err != nil {
		return nil, err
	}
	return []column.Batch{out}, p.end()
}

// rest are the keys' places without the session.
func (s *Session) rest() []int {
	var places []int
	for i := range s.Keys {
		if i != s.Window {
			places = append(places, i)
		}
	}
	return places
}

// split deals the rows of a batch out to their keys.
func (s *Session) split(b *column.Batch, fresh map[string][]session, keys *[]string) {
	var columns []column.Column
	for _, i := range s.rest() {
		columns = append(columns, b.Columns[i])
	}
	windows := b.Columns[s.Window].(*column.Records)
	starts, ends := windows.Fields[0].(*column.Vector[int64]).Data, windows.Fields[1].(*column.Vector[int64]).Data
	var scraps []byte
	for i := range b.Rows {
		scraps = column.AppendRow(scraps[:0], columns, i)
		if _, known := fresh[string(scraps)]; !known {
			*keys = append(*keys, string(scraps))
		}
		fresh[string(scraps)] = append(fresh[string(scraps)], session{start: starts[i], end: ends[i], batch: b, row: i})
	}
}

// bring merges the new sessions of one key with those in the state.
func (s *Session) bring(p *Part, store state.Store, key []byte, fresh []session) error {
	value, _ := store.Get(key)
	kept, err := s.read(value)
	if err != nil {
		return err
	}
	all := append(slices.Clone(kept), fresh...)
	slices.SortStableFunc(all, func(a, b session) int { return cmp.Compare(a.start, b.start) })
	var merged []session
	for i := 0; i < len(all); {
		j, end := i+1, all[i].end
		for j < len(all) && all[j].start <= end { // the decisive line: exactly one gap apart is together
			end = max(end, all[j].end)
			j++
		}
		one, err := s.join(all[i:j], all[i].start, end)
		if err != nil {
			return err
		}
		merged = append(merged, one)
		i = j
	}
	p.Updated += int64(len(merged))
	for _, k := range kept {
		if !slices.ContainsFunc(merged, func(m session) bool { return m.start == k.start }) {
			p.Removed++
		}
	}
	store.Put(key, write(merged))
	return s.note(p, key, kept, merged)
}

// join is one session made of several.
func (s *Session) join(parts []session, start, end int64) (session, error) {
	calls := accumulators(s.Calls)
	for _, c := range calls {
		c.Grow(1)
	}
	for _, part := range parts {
		buffers, row, err := s.buffersOf(part)
		if err != nil {
			return session{}, err
		}
		for i, c := range calls {
			n := len(s.Calls[i].Buffer())
			one := make([]column.Column, n)
			for j, b := range buffers[:n] {
				one[j] = b.Slice(row, row+1)
			}
			if err := c.Merge([]int32{0}, one); err != nil {
				return session{}, err
			}
			buffers = buffers[n:]
		}
	}
	var buffers []column.Column
	for _, c := range calls {
		buffers = append(buffers, c.Buffers()...)
	}
	return session{start: start, end: end, bytes: column.AppendRow(nil, buffers, 0)}, nil
}

func (s *Session) buffersOf(part session) ([]column.Column, int, error) {
	if part.batch != nil {
		return part.batch.Columns[len(s.Keys):], part.row, nil
	}
	rows := newRowBuilder(s.buffers()...)
	if err := rows.add(part.bytes); err != nil {
		return nil, 0, err
	}
	return rows.take().Columns, 0, nil
}

// write is a key's sessions as bytes: start, end, length of the buffers, buffers.
func write(sessions []session) []byte {
	var data []byte
	for _, one := range sessions {
		data = binary.LittleEndian.AppendUint64(data, uint64(one.start))
		data = binary.LittleEndian.AppendUint64(data, uint64(one.end))
		data = binary.AppendUvarint(data, uint64(len(one.bytes)))
		data = append(data, one.bytes...)
	}
	return data
}

func (s *Session) read(data []byte) ([]session, error) {
	var sessions []session
	for len(data) > 0 {
		if len(data) < 16 {
			return nil, column.ErrDamaged
		}
		one := session{start: int64(binary.LittleEndian.Uint64(data)), end: int64(binary.LittleEndian.Uint64(data[8:]))}
		n, used := binary.Uvarint(data[16:])
		if used <= 0 || n > uint64(len(data)-16-used) {
			return nil, column.ErrDamaged
		}
		one.bytes = data[16+used : 16+used+int(n)]
		data = data[16+used+int(n):]
		sessions = append(sessions, one)
	}
	return sessions, nil
}

// out gives the rows that the mode asks for, and evicts. It counts the sessions.
func (s *Session) out(p *Part, store state.Store) (column.Batch, error) {
	rows := s.rows()
	closed := 0
	for key, value := range store.All() {
		sessions, err := s.read(value)
		if err != nil {
			return column.Batch{}, err
		}
		var open []session
		for _, one := range sessions {
			over := p.Mode == Append && s.Time != None && watermark.Behind(one.end, p.EvictBy) // the decisive line: nothing can make it longer
			if !over {
				open = append(open, one)
				p.open(one.start, one.end, 1)
			}
			if over || p.Mode == Complete {
				if err := rows.add(s.keyBytes(key, one), one.bytes); err != nil {
					return column.Batch{}, err
				}
			}
		}
		p.Total += int64(len(open))
		closed += len(sessions) - len(open)
		switch {
		case len(open) == 0:
			store.Remove(key)
		case len(open) < len(sessions):
			store.Put(key, write(open))
		}
	}
	p.Removed += int64(closed)
	out, err := s.finish(rows.take())
	if err == nil && p.Mode == Append {
		for i := range min(out.Rows, MaxNotes) {
			k, v := s.Aggregate.split(out.Row(i))
			p.change(Change{Key: k, Value: v, What: Closed})
		}
	}
	return out, err
}

// keyBytes puts the session back in its place among the keys.
func (s *Session) keyBytes(rest []byte, one session) []byte {
	types := make([]column.Type, 0, len(s.Keys))
	for _, i := range s.rest() {
		types = append(types, s.Keys[i])
	}
	behind := rest
	for _, t := range types[:s.Window] {
		behind = skip(behind, t)
	}
	data := append([]byte{}, rest[:len(rest)-len(behind)]...)
	data = append(data, 1) // the struct is not null
	for _, at := range []int64{one.start, one.end} {
		data = append(data, 1)
		data = binary.LittleEndian.AppendUint64(data, uint64(at))
	}
	return append(data, behind...)
}

// note keeps, for readers, what the batch did to the sessions of a key.
func (s *Session) note(p *Part, key []byte, kept, merged []session) error {
	if len(p.Changes) >= MaxNotes {
		return nil
	}
	rows := s.rows()
	for _, one := range append(slices.Clone(merged), kept...) {
		if err := rows.add(s.keyBytes(key, one), one.bytes); err != nil {
			return err
		}
	}
	out, err := s.finish(rows.take())
	if err != nil {
		return err
	}
	for i, one := range merged {
		k, v := s.Aggregate.split(out.Row(i))
		change := Change{Key: k, Value: v, What: Opened}
		for j, before := range kept {
			if before.start >= one.start && before.end <= one.end {
				change.What = Updated
				_, change.Before = s.Aggregate.split(out.Row(len(merged) + j))
			}
		}
		p.change(change)
	}
	return nil
}
