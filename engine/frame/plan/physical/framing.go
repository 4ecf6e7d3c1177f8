package physical

import (
	"sort"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// framing computes one call of a window, a partition at a time.
type framing struct {
	call  windowCall
	args  []column.Column // over all rows of the task
	order []column.Column
	kept  column.Column // which rows the call's FILTER keeps; nil for all
}

// partition computes the call for the rows from, and without to, which are one
// partition of the window.
func (f *framing) partition(from, to int) (column.Column, error) {
	args := make([]column.Column, len(f.args))
	for i, a := range f.args {
		args[i] = a.Slice(from, to)
	}
	if rank, ok := f.call.Func.(*expr.RankCall); ok {
		return rank.Func.Eval(&expr.Partition{
			Rows: to - from, Peers: f.peers(from, to), Args: args, Literals: rank.Args, IgnoreNulls: rank.IgnoreNulls, Type: rank.Type(),
		})
	}
	lows, highs, err := f.frames(from, to)
	if err != nil {
		return nil, err
	}
	return f.aggregate(args, from, lows, highs)
}

// peers is the first of each row's peers, counted from the partition's first row.
func (f *framing) peers(from, to int) []int32 {
	peers := make([]int32, to-from)
	for i := range peers {
		switch {
		case i > 0 && compareKeys(f.order, from+i-1, f.order, from+i) == 0:
			peers[i] = peers[i-1]
		default:
			peers[i] = int32(i)
		}
	}
	return peers
}

// frames is, for each row, the first row of its frame and the one behind the last,
// counted from the partition's first row.
func (f *framing) frames(from, to int) (lows, highs []int, err error) {
	n := to - from
	lows, highs = make([]int, n), make([]int, n)
	frame := f.call.Frame
	if frame.Rows {
		for i := range n {
			lows[i] = clamp(offset(i, frame.Start, 0, n), n)
			highs[i] = clamp(offset(i, frame.End, 0, n-1)+1, n)
		}
		return lows, highs, nil
	}
	peers := f.peers(from, to)
	end := n
	for i := n - 1; i >= 0; i-- {
		if i+1 < n && peers[i+1] != peers[i] {
			end = i + 1
		}
		lows[i], highs[i] = int(peers[i]), end
	}
	for i := range n {
		if lows[i], err = f.rangeEdge(i, from, n, frame.Start, lows[i], true); err != nil {
			return nil, nil, err
		}
		if highs[i], err = f.rangeEdge(i, from, n, frame.End, highs[i], false); err != nil {
			return nil, nil, err
		}
	}
	return lows, highs, nil
}

func offset(i int, by int64, first, last int) int {
	switch by {
	case expr.UnboundedPreceding:
		return first
	case expr.UnboundedFollowing:
		return last
	}
	return i + int(by)
}

func clamp(i, n int) int { return max(0, min(i, n)) }

// rangeEdge is where a frame of values begins or ends for row i; peer is the edge
// of the row's own peers.
func (f *framing) rangeEdge(i, from, n int, by int64, peer int, low bool) (int, error) {
	switch by {
	case 0:
		return peer, nil
	case expr.UnboundedPreceding:
		return 0, nil
	case expr.UnboundedFollowing:
		return n, nil
	}
	if len(f.order) != 1 {
		return 0, expr.Errorf("DATATYPE_MISMATCH.RANGE_FRAME_MULTI_ORDER", "A range window frame with value boundaries cannot be used in a window specification with multiple order by expressions.")
	}
	key := f.order[0]
	if key.Null(from + i) {
		return peer, nil
	}
	value, err := number(key, from+i)
	if err != nil {
		return 0, err
	}
	direction := 1.0
	if f.call.Order[0].Desc {
		direction = -1
	}
	edge := direction*value + float64(by)
	return sort.Search(n, func(k int) bool {
		if key.Null(from + k) {
			return !f.call.Order[0].NullsFirst
		}
		v, _ := number(key, from+k) // the type is known to be one of numbers
		if low {
			return direction*v >= edge
		}
		return direction*v > edge
	}), nil
}

func number(c column.Column, i int) (float64, error) {
	switch c := c.(type) {
	case *column.Vector[int32]:
		return float64(c.Data[i]), nil
	case *column.Vector[int64]:
		return float64(c.Data[i]), nil
	case *column.Vector[float64]:
		return c.Data[i], nil
	}
	return 0, expr.Errorf("DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE", "a frame of values needs an order by numbers, not by %s.", c.Type())
}

// aggregate computes an aggregate over each row's frame. Frames that all are the
// whole partition are computed once, frames that only grow are carried on, and the
// others each for itself.
func (f *framing) aggregate(args []column.Column, from int, lows, highs []int) (column.Column, error) {
	n := len(lows)
	call := f.call.Func.(*expr.AggregateCall)
	growing := true
	for i := range n {
		growing = growing && lows[i] == 0 && (i == 0 || highs[i] >= highs[i-1])
	}
	if !growing {
		return f.slide(call, args, from, lows, highs)
	}
	var parts []column.Column
	var at []int32
	running, done := call.Accumulator(), 0
	running.Grow(1)
	for i := range n {
		if i > 0 && highs[i] == highs[i-1] {
			at = append(at, at[i-1])
			continue
		}
		rows := f.rows(from, done, highs[i])
		if err := running.Update(make([]int32, len(rows)), takeAll(args, rows)); err != nil {
			return nil, err
		}
		done = highs[i]
		result, err := running.Final()
		if err != nil {
			return nil, err
		}
		parts, at = append(parts, result), append(at, int32(len(parts)))
	}
	return column.Join(call.Type(), parts...).Take(at), nil
}

// slide computes an aggregate over frames that move: a group for each row.
func (f *framing) slide(call *expr.AggregateCall, args []column.Column, from int, lows, highs []int) (column.Column, error) {
	frames := call.Accumulator()
	frames.Grow(len(lows))
	for i := range lows {
		rows := f.rows(from, lows[i], highs[i])
		groups := make([]int32, len(rows))
		for k := range groups {
			groups[k] = int32(i)
		}
		if err := frames.Update(groups, takeAll(args, rows)); err != nil {
			return nil, err
		}
	}
	return frames.Final()
}

// rows are the rows from low, and before high, that the call's FILTER keeps.
func (f *framing) rows(from, low, high int) []int32 {
	var rows []int32
	for i := low; i < high; i++ {
		if f.kept == nil || !f.kept.Null(from+i) && column.Data[bool](f.kept)[from+i] {
			rows = append(rows, int32(i))
		}
	}
	return rows
}

func takeAll(columns []column.Column, rows []int32) []column.Column {
	taken := make([]column.Column, len(columns))
	for i, c := range columns {
		taken[i] = c.Take(rows)
	}
	return taken
}
