package expr

import (
	"strconv"
	"strings"
)

// prettyWindow is the name of a column of a window: its SQL, with the frame that it
// has whether it was written or not.
func prettyWindow(w *WindowCall) string {
	var parts []string
	if len(w.Partition) > 0 {
		names := make([]string, len(w.Partition))
		for i, p := range w.Partition {
			names[i] = Pretty(p)
		}
		parts = append(parts, "PARTITION BY "+strings.Join(names, ", "))
	}
	if len(w.Order) > 0 {
		names := make([]string, len(w.Order))
		for i, o := range w.Order {
			names[i] = Pretty(o)
		}
		parts = append(parts, "ORDER BY "+strings.Join(names, ", "))
	}
	call, frame := Pretty(w.Func), prettyFrame(w.Frame)
	if r, ok := w.Func.(*RankCall); ok {
		call, frame = prettyRank(r, frame)
	}
	return call + " OVER (" + strings.Join(append(parts, frame), " ") + ")"
}

func prettyFrame(f WindowFrame) string {
	unit := "RANGE"
	if f.Rows {
		unit = "ROWS"
	}
	return unit + " BETWEEN " + prettyBound(f.Start) + " AND " + prettyBound(f.End)
}

func prettyBound(at int64) string {
	switch {
	case at == UnboundedPreceding:
		return "UNBOUNDED PRECEDING"
	case at == UnboundedFollowing:
		return "UNBOUNDED FOLLOWING"
	case at < 0:
		return strconv.FormatInt(-at, 10) + " PRECEDING"
	case at > 0:
		return strconv.FormatInt(at, 10) + " FOLLOWING"
	}
	return "CURRENT ROW"
}

// prettyRank is the text of a window function and of its frame: that of lag and
// lead is the one row that they look at, and some names are written large.
func prettyRank(r *RankCall, frame string) (call, itsFrame string) {
	name := r.Func.Name
	args := make([]string, len(r.Args))
	for i, a := range r.Args {
		args[i] = Pretty(a)
	}
	switch name {
	case "rank", "dense_rank", "percent_rank":
		return strings.ToUpper(name) + "()", frame
	case "lag", "lead":
		args = append(args, []string{"", "1", "NULL"}[len(args):]...)
		offset := args[1]
		if name == "lag" {
			offset = strings.TrimPrefix("-"+offset, "--")
		}
		frame = "ROWS BETWEEN " + offset + " FOLLOWING AND " + offset + " FOLLOWING"
	}
	return name + "(" + strings.Join(args, ", ") + ")", frame
}
